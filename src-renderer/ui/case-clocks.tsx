import { PauseCircleOutlined, PhoneOutlined, PlayCircleOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Input } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { answerChannels, answerKinds } from '../../src-main/clocks/contract.ts'
import { instantOfLocal } from '../../src-main/foundation/business-date.ts'
import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from './business-date.tsx'
import { type Clock, ClockTag, DueMoment, sayLeft } from './clock-tag.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Field } from './field.tsx'
import { KeyCap } from './key-cap.tsx'
import { KeyChoices } from './key-choices.tsx'
import { Panel } from './page.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { LoadingState } from './states.tsx'
import { useStore } from './store-context.ts'
import { Tag } from './tag.tsx'
import { useCommand } from './use-command.ts'
import { useTongue } from './use-tongue.ts'
import './clocks.css'

type CaseClocksState = InferClientOutputs<typeof desk>['clocks']['ofCase']

const answerKey = 'Alt+A'
const pauseKey = 'Alt+K'

/** The clocks of a case with what can be done to them: answer the customer, pause for a reason, resume. */
export function CaseClocks({ caseId }: { caseId: number }) {
  const { t } = useTranslation()
  const state = useQuery(
    api.clocks.ofCase.queryOptions({ input: { caseId }, refetchInterval: 60_000 }),
  )
  return (
    <Panel title={t('clocks:title')}>
      <RefusalAlert error={state.error} />
      {state.isLoading ? <LoadingState /> : null}
      {state.data ? <ClocksView caseId={caseId} state={state.data} /> : null}
    </Panel>
  )
}

function ClocksView({ caseId, state }: { caseId: number; state: CaseClocksState }) {
  const { t } = useTranslation()
  const { clocks, pause, answers, open } = state
  return (
    <>
      {state.clockBehind ? <Alert type="warning" showIcon title={t('clocks:behind')} /> : null}
      {pause ? <PauseNote pause={pause} /> : null}
      {clocks.length === 0 ? (
        <p className="row-note">{t('clocks:noClocks')}</p>
      ) : (
        <ul className="clock-list">
          {clocks.map((clock) => (
            <ClockRow key={clock.rule} clock={clock} />
          ))}
        </ul>
      )}
      <Answers answers={answers} />
      {open && clocks.length > 0 ? <ClockKeys caseId={caseId} paused={pause !== null} /> : null}
    </>
  )
}

function PauseNote({ pause }: { pause: NonNullable<CaseClocksState['pause']> }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const reasons = useQuery(api.clocks.pauseReasons.queryOptions())
  const named = reasons.data?.find(({ id }) => id === pause.reason)
  const name = named?.names[tongue] ?? pause.reason
  return (
    <p className="clock-paused">
      <strong>{t('clocks:pausedFor', { reason: name })}</strong>
      {pause.note ? ` · ${pause.note}` : ''}
      <br />
      <span className="row-note">
        {t('clocks:pausedSince')} <Moment at={pause.since} /> ·{' '}
        {t('clocks:pausedBy', { name: pause.by })}
        {pause.endsAt ? (
          <>
            {' · '}
            {t('clocks:pausedUntil')} <Moment at={pause.endsAt} />
          </>
        ) : null}
      </span>
    </p>
  )
}

function ClockRow({ clock }: { clock: Clock }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const runs = clock.leftMs !== null
  return (
    <li title={`${t('clocks:source')}: ${clock.sources[tongue]}`}>
      <p className="clock-head">
        <ClockTag clock={clock} /> {clock.names[tongue]}
        {clock.legal ? <Tag>{t('clocks:legal')}</Tag> : null}
      </p>
      <p className="row-note">
        {clock.state === 'not_started' ? t('clocks:waits') : <DueMoment clock={clock} />}
        {runs ? <> · {sayLeft(clock, t)}</> : null}
        {clock.stoppedAt ? (
          <>
            {' · '}
            {t('clocks:doneAt')} <Moment at={clock.stoppedAt} />
          </>
        ) : null}
        {clock.told ? <> · {t('clocks:told', { level: t(`clocks:level.${clock.told}`) })}</> : null}
      </p>
    </li>
  )
}

function Answers({ answers }: { answers: CaseClocksState['answers'] }) {
  const { t } = useTranslation()
  if (answers.length === 0) return null
  return (
    <ul className="clock-answers" aria-label={t('clocks:answers')}>
      {answers.map((answer) => (
        <li key={`${answer.at} ${answer.kind} ${answer.text}`}>
          {t(`clocks:answer.${answer.kind}`)} · {t(`clocks:answer.${answer.channel}`)} ·{' '}
          <Moment at={answer.at} /> · {answer.by}
          <br />
          <span className="row-note">{answer.text}</span>
        </li>
      ))}
    </ul>
  )
}

function ClockKeys({ caseId, paused }: { caseId: number; paused: boolean }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [dialog, setDialog] = useState<'answer' | 'pause' | null>(null)
  const resume = useCommand(desk.clocks.resume)
  const mayAct = may('complaints.record')
  const change = () => (paused ? resume.mutate({ caseId }) : setDialog('pause'))
  const changeLabel = paused ? t('clocks:resume.action') : t('clocks:pause.action')
  useHotkeys([
    {
      keys: answerKey,
      label: t('clocks:answer.action'),
      when: mayAct,
      run: () => setDialog('answer'),
    },
    { keys: pauseKey, label: changeLabel, when: mayAct && !resume.isPending, run: change },
  ])
  if (!mayAct) return null
  const close = () => setDialog(null)
  return (
    <>
      <RefusalAlert error={resume.error} />
      <div className="clock-keys">
        <Button
          icon={<PhoneOutlined />}
          aria-keyshortcuts={answerKey}
          onClick={() => setDialog('answer')}
        >
          {t('clocks:answer.action')} <KeyCap keys={answerKey} />
        </Button>
        <Button
          icon={paused ? <PlayCircleOutlined /> : <PauseCircleOutlined />}
          aria-keyshortcuts={pauseKey}
          loading={resume.isPending}
          onClick={change}
        >
          {changeLabel} <KeyCap keys={pauseKey} />
        </Button>
      </div>
      {dialog === 'answer' ? <AnswerDialog caseId={caseId} close={close} /> : null}
      {dialog === 'pause' ? <PauseDialog caseId={caseId} close={close} /> : null}
    </>
  )
}

interface DialogProps {
  caseId: number
  close: () => void
}

/** What the customer was told, and how. */
function AnswerDialog({ caseId, close }: DialogProps) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<(typeof answerKinds)[number]>('heard')
  const [channel, setChannel] = useState<(typeof answerChannels)[number]>('phone')
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? t(`clocks:answer.usual_${kind}`)
  const answer = useCommand(desk.clocks.answer, { onDone: close })
  return (
    <ConfirmDialog
      open
      width={560}
      title={t('clocks:answer.title')}
      confirmLabel={t('clocks:answer.confirm')}
      busy={answer.isPending}
      unready={text.trim() === ''}
      focusField={false}
      onCancel={close}
      onConfirm={() => answer.mutate({ caseId, kind, channel, text: text.trim() })}
    >
      <RefusalAlert error={answer.error} />
      <KeyChoices
        legend={t('clocks:answer.what')}
        value={kind}
        onChoose={setKind}
        choices={answerKinds.map((value, at) => ({
          keys: String(at + 1),
          value,
          label: t(`clocks:answer.${value}`),
        }))}
      />
      <p className="field-hint">{t('clocks:answer.planHint')}</p>
      <KeyChoices
        legend={t('clocks:answer.channel')}
        value={channel}
        onChoose={setChannel}
        choices={answerChannels.map((value, at) => ({
          keys: String(at + answerKinds.length + 1),
          value,
          label: t(`clocks:answer.${value}`),
        }))}
      />
      <Field label={t('clocks:answer.text')}>
        {(id) => (
          <Input
            id={id}
            value={text}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

/** Why the clocks rest: one of the named reasons. */
function PauseDialog({ caseId, close }: DialogProps) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const reasons = useQuery(api.clocks.pauseReasons.queryOptions())
  const [reason, setReason] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [until, setUntil] = useState<Dayjs | null>(null)
  const { timeZone } = useStore()
  const endsAt =
    until && instantOfLocal(until.format('YYYY-MM-DDTHH:mm:ss'), timeZone).toISOString()
  const pause = useCommand(desk.clocks.pause, { onDone: close })
  return (
    <ConfirmDialog
      open
      width={560}
      title={t('clocks:pause.title')}
      confirmLabel={t('clocks:pause.confirm')}
      busy={pause.isPending}
      unready={reason === null}
      focusField={false}
      onCancel={close}
      onConfirm={() =>
        reason !== null && pause.mutate({ caseId, reason, note: note.trim(), endsAt })
      }
    >
      <RefusalAlert error={pause.error ?? reasons.error} />
      <KeyChoices
        legend={t('clocks:pause.why')}
        value={reason}
        onChoose={setReason}
        choices={(reasons.data ?? []).map(({ id, names }, at) => ({
          keys: String(at + 1),
          value: id,
          label: names[tongue],
        }))}
      />
      <p className="field-hint">{t('clocks:legalHint')}</p>
      <Field label={t('clocks:pause.until')}>
        {(id) => (
          <DatePicker
            id={id}
            showTime={{ format: 'HH:mm', minuteStep: 15 }}
            format="YYYY-MM-DD HH:mm"
            value={until}
            onChange={(next) => setUntil(next)}
          />
        )}
      </Field>
      <Field label={t('clocks:pause.note')}>
        {(id) => (
          <Input
            id={id}
            value={note}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
