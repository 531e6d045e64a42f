import { PhoneOutlined, StopOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { contactChannels } from '../../src-main/followups/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import type { CaseTabProps } from '../app/room.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { useWords } from '../ui/closing-fields.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { Tries } from './call-page.tsx'
import { FollowUpState } from './follow-up-state.tsx'
import { Learnt } from './learnt.tsx'
import './followups.css'

type OfCase = InferClientOutputs<typeof desk>['followups']['ofCase']
type Row = OfCase['rows'][number]

const BEGIN = 'Alt+F'
const BAN = 'Alt+N'

/** Follow-ups of a case: what is planned, what came of each, and whether the customer may be contacted at all. */
export default function FollowUpsTab({ caseId }: CaseTabProps) {
  const of = useQuery(api.followups.ofCase.queryOptions({ input: { caseId } }))
  if (of.data) return <TabView caseId={caseId} of={of.data} />
  return of.error ? <RefusalAlert error={of.error} /> : <LoadingState />
}

function TabView({ caseId, of }: { caseId: number; of: OfCase }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { may } = useSession()
  const [dialog, setDialog] = useState<'begin' | 'ban' | 'lift' | Row | null>(null)
  const close = () => {
    setDialog(null)
    void cache.invalidateQueries({ queryKey: [['followups']] })
  }
  const ban = useCommand(desk.followups.ban, { onDone: close })
  const lift = useCommand(desk.followups.liftBan, { onDone: close })
  const callOff = useCommand(desk.followups.callOff, { onDone: close })
  const mayAct = may('complaints.record') && of.reachable
  useHotkeys([
    {
      keys: BEGIN,
      label: t('followups:case.begin'),
      when: mayAct,
      run: () => setDialog('begin'),
    },
    { keys: BAN, label: t('followups:case.ban'), when: mayAct, run: () => setDialog('ban') },
  ])
  const isBanned = of.bans.length > 0
  return (
    <>
      <Panel
        title={t('followups:title')}
        extra={
          <span className="list-tools">
            {of.bans.map((channel) => (
              <Tag key={channel} tone="risk">
                {t(`followups:ban.${channel}`)}
              </Tag>
            ))}
            {isBanned && may('followups.manage') ? (
              <Button onClick={() => setDialog('lift')}>{t('followups:case.lift')}</Button>
            ) : null}
            {mayAct ? (
              <>
                <Button icon={<StopOutlined />} onClick={() => setDialog('ban')}>
                  {t('followups:case.ban')} <KeyCap keys={BAN} />
                </Button>
                <Button type="primary" icon={<PhoneOutlined />} onClick={() => setDialog('begin')}>
                  {t('followups:case.begin')} <KeyCap keys={BEGIN} />
                </Button>
              </>
            ) : null}
          </span>
        }
      >
        {of.rows.length === 0 ? (
          <EmptyState
            small
            icon={<PhoneOutlined />}
            title={t('followups:case.none')}
            hint={t(of.reachable ? 'followups:case.teach' : 'followups:case.unreachable')}
          />
        ) : (
          <ul className="case-parts">
            {of.rows.map((row) => (
              <CaseRow key={row.id} row={row} callOff={() => setDialog(row)} />
            ))}
          </ul>
        )}
      </Panel>
      <Learnt caseId={caseId} />
      {dialog === 'begin' ? <BeginDialog caseId={caseId} plans={of.plans} close={close} /> : null}
      {dialog === 'ban' ? (
        <BanDialog
          error={ban.error}
          busy={ban.isPending}
          onCancel={() => setDialog(null)}
          onBan={(channel, reason) => ban.mutate({ caseId, channel, reason })}
        />
      ) : null}
      <ReasonDialog
        open={dialog === 'lift'}
        title={t('followups:case.lift')}
        hint={t('followups:case.liftHint')}
        label={t('followups:case.reason')}
        confirmLabel={t('followups:case.lift')}
        error={lift.error}
        busy={lift.isPending}
        onCancel={() => setDialog(null)}
        onReason={(reason) => {
          const [channel] = of.bans
          if (channel) lift.mutate({ caseId, channel, reason })
        }}
      />
      <ReasonDialog
        open={typeof dialog === 'object' && dialog !== null}
        title={t('followups:case.callOff')}
        hint={t('followups:case.callOffHint')}
        label={t('followups:case.reason')}
        confirmLabel={t('followups:case.callOff')}
        error={callOff.error}
        busy={callOff.isPending}
        onCancel={() => setDialog(null)}
        onReason={(reason) => {
          if (typeof dialog !== 'object' || dialog === null) return
          callOff.mutate({ followUpId: dialog.id, reason, version: dialog.version })
        }}
      />
    </>
  )
}

function CaseRow({ row, callOff }: { row: Row; callOff: () => void }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const say = useWords()
  const isWaiting = row.state === 'waiting'
  return (
    <li className="followup-of-case">
      <div>
        <Link to={paths.followUp(row.id)}>
          {say(row.planName)}
          {row.steps > 1 ? ` · ${t('followups:step', { step: row.step, steps: row.steps })}` : ''}
        </Link>{' '}
        <FollowUpState row={row} />
        <p className="row-note part-note">
          {row.ownerName} · {t(`followups:channel.${row.channel}`)} ·{' '}
          <Moment at={row.endedAt ?? row.nextAt} />
          {row.reason ? ` · ${row.reason}` : ''}
        </p>
        <Tries row={row} />
      </div>
      {isWaiting && may('complaints.record') ? (
        <Button size="small" onClick={callOff}>
          {t('followups:case.callOff')}
        </Button>
      ) : null}
    </li>
  )
}

function BeginDialog({
  caseId,
  plans,
  close,
}: {
  caseId: number
  plans: OfCase['plans']
  close: () => void
}) {
  const { t } = useTranslation()
  const say = useWords()
  const { today } = useStore()
  const [planId, setPlanId] = useState<string | null>(plans[0]?.planId ?? null)
  const [onDate, setOnDate] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const begin = useCommand(desk.followups.begin, { onDone: close })
  return (
    <ConfirmDialog
      open
      title={t('followups:case.begin')}
      confirmLabel={t('followups:case.begin')}
      busy={begin.isPending}
      unready={planId === null}
      onCancel={close}
      onConfirm={() =>
        planId !== null &&
        begin.mutate({ caseId, planId, ...(onDate && { onDate }), reason: reason.trim() })
      }
    >
      <RefusalAlert error={begin.error} />
      <Field label={t('followups:case.plan')}>
        {(id) => (
          <Select
            id={id}
            className="full-width"
            value={planId}
            options={plans.map((each) => ({ value: each.planId, label: say(each.name) }))}
            onChange={setPlanId}
          />
        )}
      </Field>
      <Field label={t('followups:case.onDate')} hint={t('followups:case.onDateHint')}>
        {(id) => (
          <DatePicker
            id={id}
            minDate={dayjs(today)}
            value={onDate ? dayjs(onDate) : null}
            onChange={(next) => setOnDate(next ? next.format('YYYY-MM-DD') : null)}
          />
        )}
      </Field>
      <Field label={t('followups:case.about')}>
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

type BanChannel = OfCase['bans'][number]

function BanDialog({
  error,
  busy,
  onBan,
  onCancel,
}: {
  error: unknown
  busy: boolean
  onBan: (channel: BanChannel, reason: string) => void
  onCancel: () => void
}) {
  const { t } = useTranslation()
  const [channel, setChannel] = useState<BanChannel>('any')
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog
      open
      title={t('followups:case.ban')}
      confirmLabel={t('followups:case.ban')}
      busy={busy}
      unready={reason.trim().length < 2}
      onCancel={onCancel}
      onConfirm={() => onBan(channel, reason.trim())}
    >
      <RefusalAlert error={error} />
      <p className="why">{t('followups:case.banHint')}</p>
      <Field label={t('followups:case.channel')}>
        {(id) => (
          <Select
            id={id}
            className="full-width"
            value={channel}
            options={(['any', ...contactChannels] as const).map((value) => ({
              value,
              label: t(`followups:ban.${value}`),
            }))}
            onChange={setChannel}
          />
        )}
      </Field>
      <Field label={t('followups:case.reason')}>
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
