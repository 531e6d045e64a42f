import { Button, Input, Select } from 'antd'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { InferClientOutputs } from '@orpc/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'

export type CaseFile = InferClientOutputs<typeof desk>['cases']['file']
type Deed = CaseFile['may'][number]

/** Refetches what hangs on a case once something about it was written. */
function useRefresh(): () => void {
  const cache = useQueryClient()
  return () => {
    for (const room of ['cases', 'complaints', 'clocks', 'reports']) {
      void cache.invalidateQueries({ queryKey: [[room]] })
    }
  }
}

type Ask = 'offer' | 'reassign' | 'second' | 'call' | 'decline' | 'end_second'

/** Keys of what can be done with who works on a case; only what may be done is shown. */
const buttons: readonly { ask: Ask; keys: string; needs: Deed }[] = [
  { ask: 'offer', keys: 'Alt+H', needs: 'offer' },
  { ask: 'reassign', keys: 'Alt+G', needs: 'reassign' },
  { ask: 'second', keys: 'Alt+T', needs: 'ask_second' },
  { ask: 'call', keys: 'Alt+J', needs: 'call' },
]

/** Whose turn it is, always in sight: owner, who is asked to take over, who helps, who was called. */
export function OwnerPanel({ file }: { file: CaseFile }) {
  const { t } = useTranslation()
  const [ask, setAsk] = useState<Ask | null>(null)
  const refresh = useRefresh()
  const answer = useCommand(desk.cases.answerOffer, { onDone: refresh })
  const come = useCommand(desk.cases.answerCall, { onDone: refresh })
  const { owner, handOver, second, dutyCall } = file
  const offered = useQuery(
    api.clocks.handOvers.queryOptions({ enabled: handOver !== null, refetchInterval: 60_000 }),
  )
  const waiting = handOver && offered.data?.find(({ handOverId }) => handOverId === handOver.id)
  const may = (deed: Deed) => file.may.includes(deed)
  const isCalled = dutyCall?.state === 'called'
  const shown = buttons.filter(
    ({ ask: each, needs }) =>
      may(needs) && !(each === 'offer' && handOver) && !(each === 'call' && isCalled),
  )
  useHotkeys(
    shown.map(({ ask: each, keys }) => ({
      keys,
      label: t(`complaints:people.${each}`),
      run: () => setAsk(each),
    })),
  )
  return (
    <Panel title={t('complaints:people.title')}>
      <RefusalAlert error={answer.error ?? come.error} />
      <p className="owner-line">
        <strong>{owner.name}</strong> {owner.phone}{' '}
        {owner.active ? null : <Tag tone="risk">{t('complaints:people.left')}</Tag>}
      </p>
      {handOver ? (
        <div className="people-note">
          <p>
            <Tag tone="soon">{t('complaints:people.offered', { name: handOver.to.name })}</Tag>{' '}
            <Moment at={handOver.offeredAt} />
          </p>
          <p>{handOver.reason}</p>
          {waiting ? (
            <p>
              {waiting.overdue ? (
                <Tag tone="risk">
                  {waiting.toActive
                    ? t('cases:handOver.waited', { count: waiting.waitedMinutes })
                    : t('cases:handOver.gone', { to: waiting.toName })}
                </Tag>
              ) : (
                <span className="row-note">
                  {t('cases:handOver.waited', { count: waiting.waitedMinutes })}
                </span>
              )}{' '}
              {waiting.overdue ? t('cases:handOver.decide') : null}
            </p>
          ) : null}
          <p className="promise-keys">
            {may('accept') ? (
              <Button
                type="primary"
                size="small"
                onClick={() => answer.mutate({ handOverId: handOver.id, answer: 'accept' })}
              >
                {t('complaints:people.accept')}
              </Button>
            ) : null}
            {may('decline') ? (
              <Button size="small" onClick={() => setAsk('decline')}>
                {t('complaints:people.decline')}
              </Button>
            ) : null}
            {may('take_back') ? (
              <Button
                size="small"
                onClick={() => answer.mutate({ handOverId: handOver.id, answer: 'take_back' })}
              >
                {t('complaints:people.takeBack')}
              </Button>
            ) : null}
          </p>
        </div>
      ) : null}
      {second ? (
        <p className="people-note">
          {t('complaints:people.secondIs', { name: second.person.name })}{' '}
          {may('end_second') ? (
            <Button size="small" onClick={() => setAsk('end_second')}>
              {t('complaints:people.end_second')}
            </Button>
          ) : null}
        </p>
      ) : null}
      {dutyCall && dutyCall.state !== 'called_off' ? (
        <div className="people-note">
          <p>
            <Tag tone={isCalled ? 'soon' : 'good'}>
              {t(`complaints:people.${dutyCall.state}`, { name: dutyCall.manager.name })}
            </Tag>{' '}
            <Moment at={dutyCall.answeredAt ?? dutyCall.calledAt} />
          </p>
          {isCalled && may('answer_call') ? (
            <p className="promise-keys">
              <Button
                type="primary"
                size="small"
                onClick={() => come.mutate({ callId: dutyCall.id, answer: 'arrive' })}
              >
                {t('complaints:people.arrive')}
              </Button>
              <Button
                size="small"
                onClick={() => come.mutate({ callId: dutyCall.id, answer: 'call_off' })}
              >
                {t('complaints:people.callOff')}
              </Button>
            </p>
          ) : null}
        </div>
      ) : null}
      {shown.length > 0 ? (
        <p className="people-keys">
          {shown.map(({ ask: each, keys }) => (
            <Button key={each} size="small" onClick={() => setAsk(each)}>
              {t(`complaints:people.${each}`)} <KeyCap keys={keys} />
            </Button>
          ))}
        </p>
      ) : null}
      {ask ? <AskDialog file={file} ask={ask} close={() => setAsk(null)} done={refresh} /> : null}
    </Panel>
  )
}

interface AskDialogProps {
  file: CaseFile
  ask: Ask
  close: () => void
  done: () => void
}

/** Who, and why: written into the story of the case. */
function AskDialog({ file, ask, close, done }: AskDialogProps) {
  const { t } = useTranslation()
  const colleagues = useQuery(api.staff.colleagues.queryOptions({ staleTime: 60_000 }))
  const [personId, setPerson] = useState<number | null>(null)
  const [reason, setReason] = useState('')
  const asksPerson = ask !== 'decline' && ask !== 'end_second'
  const people = (colleagues.data ?? []).filter(({ id, role }) =>
    ask === 'call' ? role !== 'clerk' : id !== file.owner.id,
  )
  // Whoever has the duty today is who is meant; anybody above a clerk can be chosen instead.
  const duty = useQuery(api.alerts.duty.queryOptions({ input: {}, staleTime: 60_000 }))
  const onDuty = people.find(({ id }) => duty.data?.now.some(({ operator }) => operator.id === id))
  const chosen = personId ?? (ask === 'call' ? ((onDuty ?? people[0])?.id ?? null) : null)
  const finish = {
    onDone: () => {
      close()
      done()
    },
  }
  const caseId = file.id
  const write = useCommand(async (why: string): Promise<unknown> => {
    const toId = chosen ?? 0
    if (ask === 'offer') return desk.cases.offer({ caseId, toId, reason: why })
    if (ask === 'reassign') return desk.cases.reassign({ caseId, toId, reason: why })
    if (ask === 'second') return desk.cases.setSecond({ caseId, operatorId: toId, reason: why })
    if (ask === 'call') return desk.cases.callManager({ caseId, managerId: toId, reason: why })
    if (ask === 'end_second') return desk.cases.setSecond({ caseId, operatorId: null, reason: why })
    return desk.cases.answerOffer({
      handOverId: file.handOver?.id ?? 0,
      answer: 'decline',
      reason: why,
    })
  }, finish)
  return (
    <ConfirmDialog
      open
      title={t(`complaints:people.${ask}`)}
      confirmLabel={t(`complaints:people.${ask}`)}
      busy={write.isPending}
      unready={reason.trim().length < 2 || (asksPerson && chosen === null)}
      onCancel={close}
      onConfirm={() => write.mutate(reason.trim())}
    >
      <RefusalAlert error={write.error} />
      <p className="why">{t(`complaints:people.why.${ask}`)}</p>
      {asksPerson ? (
        <Field label={t('complaints:people.who')}>
          {(id) => (
            <Select
              id={id}
              value={chosen}
              showSearch={{ optionFilterProp: 'label' }}
              options={people.map((each) => ({ value: each.id, label: each.name }))}
              onChange={setPerson}
            />
          )}
        </Field>
      ) : null}
      <Field label={t('complaints:people.reason')}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
