import { CheckOutlined, CloseOutlined, EditOutlined, ReloadOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { DatePicker, Input, Radio } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import type { Action as BarAction } from '../ui/action-bar.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { ActionState } from './action-list.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { seenPath } from './seen-list.tsx'
import './radar.css'

type Action = InferClientOutputs<typeof desk>['actions']['open']
type Dialog = 'edit' | 'done' | 'judge' | 'cancel' | null

/** One corrective action: why, what, who, by when, its proof, and whether it helped. */
export default function ActionPage() {
  const { t } = useTranslation()
  const actionId = Number(useParams()['actionId'])
  const action = useQuery(api.actions.open.queryOptions({ input: { actionId } }))
  if (action.data) return <ActionView key={actionId} action={action.data} />
  return (
    <Page title={t('radar:action.one')} back={paths.radar('actions')}>
      <PageHeader title={t('radar:action.one')} />
      {action.error ? <RefusalAlert error={action.error} /> : <LoadingState />}
    </Page>
  )
}

function ActionView({ action }: { action: Action }) {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<Dialog>(null)
  const close = () => setDialog(null)
  const actions = useSteps(action, setDialog)
  const texts = (
    [
      ['rootCause', action.rootCause],
      ['what', action.what],
      ['proof', action.proof],
    ] as const
  ).filter(([, text]) => text !== '')
  return (
    <Page
      title={`${t('radar:action.one')} ${action.number}`}
      back={paths.radar('actions')}
      footer={actions.length > 0 ? <ActionBar actions={actions}>{null}</ActionBar> : undefined}
    >
      <PageHeader
        title={action.title}
        mark={<ActionState action={action} />}
        facts={[
          action.number,
          action.goods,
          t(`radar:cause.${action.cause}`),
          action.owner,
          <span key="due">
            {t('radar:action.dueOn')} <BusinessDate date={action.dueOn} />
          </span>,
          action.incident ? (
            <Link key="incident" to={paths.incident(action.incident.id)}>
              {action.incident.number}
            </Link>
          ) : null,
        ]}
      />
      <div className="radar-columns">
        <div>
          <Panel title={t('radar:action.content')}>
            {texts.map(([name, text]) => (
              <section key={name}>
                <h3>{t(`radar:action.${name}`)}</h3>
                <p className="radar-text">{text}</p>
              </section>
            ))}
            {action.doneOn && action.checkOn ? (
              <p className="row-note">
                {t('radar:action.doneOn')} <BusinessDate date={action.doneOn} /> ·{' '}
                {t('radar:action.checkOn')} <BusinessDate date={action.checkOn} />
              </p>
            ) : null}
          </Panel>
          {action.effect ? <EffectPanel effect={action.effect} /> : null}
        </div>
        <div>
          {action.cases.length > 0 ? (
            <Panel title={t('radar:action.cases')}>
              <ul className="radar-list">
                {action.cases.map((each) => (
                  <li key={each.caseId}>
                    <span className="row-main">
                      <Link to={seenPath(each)}>{each.number}</Link>
                      <p className="radar-excerpt">{each.excerpt}</p>
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
          ) : null}
          <Panel title={t('radar:incident.timeline')}>
            <History action={action} />
          </Panel>
        </div>
      </div>
      {dialog === 'edit' ? (
        <PlanDialog of={{}} action={action} close={close} onDone={close} />
      ) : null}
      {dialog === 'done' ? <DoneDialog action={action} close={close} /> : null}
      {dialog === 'judge' ? <JudgeDialog action={action} close={close} /> : null}
      {dialog === 'cancel' ? <CancelDialog action={action} close={close} /> : null}
    </Page>
  )
}

function useSteps(action: Action, setDialog: (dialog: Dialog) => void): BarAction[] {
  const { t } = useTranslation()
  const { may } = useSession()
  const manages = may('quality.manage')
  const steps: BarAction[] = []
  if (action.state === 'planned' && may('complaints.record')) {
    steps.push({
      keys: 'Ctrl+Enter',
      label: t('radar:action.do.done'),
      icon: <CheckOutlined />,
      primary: true,
      run: () => setDialog('done'),
    })
  }
  if (action.state === 'done' && manages) {
    steps.push({
      keys: 'Ctrl+Enter',
      label: t('radar:action.do.judge'),
      icon: <CheckOutlined />,
      primary: true,
      run: () => setDialog('judge'),
    })
  }
  if (action.state === 'planned' && manages) {
    steps.push(
      {
        keys: 'Alt+E',
        label: t('radar:action.edit'),
        icon: <EditOutlined />,
        run: () => setDialog('edit'),
      },
      {
        keys: 'Delete',
        label: t('radar:action.do.cancel'),
        icon: <CloseOutlined />,
        danger: true,
        run: () => setDialog('cancel'),
      },
    )
  }
  if (action.state === 'ineffective' && manages) {
    steps.push({
      keys: 'Ctrl+Enter',
      label: t('radar:action.do.again'),
      icon: <ReloadOutlined />,
      primary: true,
      run: () => setDialog('edit'),
    })
  }
  return steps
}

/** Failures before and after, and what the figures say by themselves. */
function EffectPanel({ effect }: { effect: NonNullable<Action['effect']> }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('radar:effect.title')}>
      <table className="radar-figures">
        <thead>
          <tr>
            <th scope="col">{t('radar:effect.period', { days: effect.days })}</th>
            <th scope="col">{t('radar:effect.failures')}</th>
            <th scope="col">{t('radar:effect.sold')}</th>
          </tr>
        </thead>
        <tbody>
          {(['before', 'after'] as const).map((when) => (
            <tr key={when}>
              <td>{t(`radar:effect.${when}`)}</td>
              <td>{effect[when].failures}</td>
              <td>{effect[when].sold}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t(`radar:effect.proposal.${effect.proposal}`)}</p>
      <p className="row-note">
        {t('radar:effect.chance', { percent: Math.round(effect.fewer * 1000) / 10 })}
      </p>
    </Panel>
  )
}

function History({ action }: { action: Action }) {
  const { t } = useTranslation()
  return (
    <ol className="timeline">
      {action.events.map((event) => {
        const details = ['owner', 'what', 'proof', 'note', 'reason']
          .map((name) => event.data[name])
          .filter((value) => typeof value === 'string' && value !== '')
        return (
          <li key={event.id}>
            <p className="timeline-head">
              <strong>{t(`radar:event.action_${event.kind}`, { number: '' })}</strong>
              <span className="row-note">
                {event.actor} · <Moment at={event.at} />
              </span>
            </p>
            {details.length > 0 ? <p className="timeline-detail">{details.join('\n')}</p> : null}
          </li>
        )
      })}
    </ol>
  )
}

function DoneDialog({ action, close }: { action: Action; close: () => void }) {
  const { t } = useTranslation()
  const { today } = useStore()
  const [doneOn, setDoneOn] = useState(today)
  const [proof, setProof] = useState('')
  const done = useCommand(desk.actions.done, { onDone: close })
  return (
    <ConfirmDialog
      open
      title={t('radar:action.do.done')}
      confirmLabel={t('radar:action.do.done')}
      busy={done.isPending}
      unready={proof.trim().length < 2}
      onCancel={close}
      onConfirm={() =>
        done.mutate({ actionId: action.id, doneOn, proof: proof.trim(), version: action.version })
      }
    >
      <RefusalAlert error={done.error} />
      <Field label={t('radar:action.proof')} hint={t('radar:action.proofHint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            value={proof}
            maxLength={2000}
            onChange={(event) => setProof(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('radar:action.doneOn')}>
        {(id) => (
          <DatePicker
            id={id}
            className="full-width"
            allowClear={false}
            maxDate={dayjs(today)}
            value={dayjs(doneOn)}
            onChange={(day) => setDoneOn(day?.format('YYYY-MM-DD') ?? today)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

function JudgeDialog({ action, close }: { action: Action; close: () => void }) {
  const { t } = useTranslation()
  const [helped, setHelped] = useState(action.effect?.proposal === 'effective')
  const [note, setNote] = useState('')
  const judge = useCommand(desk.actions.judge, { onDone: close })
  return (
    <ConfirmDialog
      open
      title={t('radar:action.do.judge')}
      confirmLabel={t('radar:action.do.judge')}
      busy={judge.isPending}
      unready={note.trim().length < 2}
      onCancel={close}
      onConfirm={() =>
        judge.mutate({ actionId: action.id, helped, note: note.trim(), version: action.version })
      }
    >
      <RefusalAlert error={judge.error} />
      {action.effect ? (
        <p className="why">{t(`radar:effect.proposal.${action.effect.proposal}`)}</p>
      ) : null}
      <Radio.Group
        aria-label={t('radar:action.do.judge')}
        optionType="button"
        buttonStyle="solid"
        value={helped}
        options={[
          { value: true, label: t('radar:action.state.effective') },
          { value: false, label: t('radar:action.state.ineffective') },
        ]}
        onChange={(event) => setHelped(event.target.value)}
      />
      <Field label={t('radar:action.verdict')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            value={note}
            maxLength={2000}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

function CancelDialog({ action, close }: { action: Action; close: () => void }) {
  const { t } = useTranslation()
  const cancel = useCommand(desk.actions.cancel, { onDone: close })
  return (
    <ReasonDialog
      open
      danger
      title={t('radar:action.do.cancel')}
      hint={t('radar:action.cancelHint')}
      label={t('radar:incident.reason')}
      confirmLabel={t('radar:action.do.cancel')}
      error={cancel.error}
      busy={cancel.isPending}
      onReason={(reason) => cancel.mutate({ actionId: action.id, reason, version: action.version })}
      onCancel={close}
    />
  )
}
