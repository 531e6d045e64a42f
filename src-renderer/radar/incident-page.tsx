import {
  CheckCircleOutlined,
  EditOutlined,
  PlusOutlined,
  ReloadOutlined,
  SafetyOutlined,
  StopOutlined,
  SwapOutlined,
  ToolOutlined,
} from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import type { Action } from '../ui/action-bar.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useFaultWords } from '../ui/fault-words.ts'
import { OwnerField } from '../ui/owner-field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { ActionRows } from './action-list.tsx'
import { IncidentState } from './incident-list.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { type Seen, SeenList } from './seen-list.tsx'
import { StopDialog } from './stop-dialog.tsx'
import './radar.css'

type Incident = InferClientOutputs<typeof desk>['radar']['incident']
type Dialog = 'contain' | 'close' | 'reopen' | 'note' | 'assign' | 'stop' | 'plan' | null

/** One incident: its cases, those like them, what was done, and what comes next. */
export default function IncidentPage() {
  const { t } = useTranslation()
  const incidentId = Number(useParams()['incidentId'])
  // The proposals come from the newest count.
  const scan = useQuery(
    api.radar.scan.queryOptions({ input: { dimension: null }, refetchOnWindowFocus: false }),
  )
  const incident = useQuery(
    api.radar.incident.queryOptions({
      input: { incidentId },
      enabled: !scan.isLoading,
    }),
  )
  if (incident.data) return <IncidentView key={incidentId} incident={incident.data} />
  return (
    <Page title={t('radar:incident.one')} back={paths.radar('incidents')}>
      <PageHeader title={t('radar:incident.one')} />
      {incident.error ? <RefusalAlert error={incident.error} /> : <LoadingState />}
    </Page>
  )
}

function IncidentView({ incident }: { incident: Incident }) {
  const { t } = useTranslation()
  const { word } = useFaultWords()
  const [dialog, setDialog] = useState<Dialog>(null)
  const actions = useIncidentActions(incident, setDialog)
  return (
    <Page
      title={`${t('radar:incident.one')} ${incident.number}`}
      back={paths.radar('incidents')}
      footer={actions.length > 0 ? <ActionBar actions={actions}>{null}</ActionBar> : undefined}
    >
      <PageHeader
        title={incident.title}
        mark={<IncidentState state={incident.state} />}
        facts={[
          incident.number,
          incident.goods,
          incident.batchNo,
          incident.fault ? word(incident.fault) : t('radar:anyFault'),
          incident.vendor,
          t('radar:incident.ownedBy', { name: incident.owner }),
          <BusinessDate key="on" date={incident.businessDate} />,
        ]}
      />
      {incident.conclusion ? (
        <p className="radar-text">
          <strong>{t('radar:incident.conclusion')}</strong> {incident.conclusion}
        </p>
      ) : null}
      <div className="radar-columns">
        <div>
          <MembersPanel incident={incident} />
          {incident.proposals.length > 0 ? <ProposalsPanel incident={incident} /> : null}
        </div>
        <div>
          <MeasuresPanel incident={incident} />
          <Panel title={t('radar:incident.timeline')}>
            <Timeline incident={incident} />
          </Panel>
        </div>
      </div>
      <Dialogs {...{ incident, dialog }} close={() => setDialog(null)} />
    </Page>
  )
}

function useIncidentActions(incident: Incident, setDialog: (dialog: Dialog) => void): Action[] {
  const { t } = useTranslation()
  const { may } = useSession()
  if (!may('quality.manage')) return []
  const isOver = incident.state === 'closed'
  const reopen: Action = {
    keys: 'Alt+O',
    label: t('radar:incident.do.reopen'),
    icon: <ReloadOutlined />,
    run: () => setDialog('reopen'),
  }
  const note: Action = {
    keys: 'Alt+E',
    label: t('radar:incident.do.note'),
    icon: <EditOutlined />,
    run: () => setDialog('note'),
  }
  if (isOver) return [reopen, note]
  const first: Action =
    incident.state === 'open'
      ? {
          keys: 'Ctrl+Enter',
          label: t('radar:incident.do.contain'),
          icon: <SafetyOutlined />,
          primary: true,
          run: () => setDialog('contain'),
        }
      : {
          keys: 'Ctrl+Enter',
          label: t('radar:incident.do.close'),
          icon: <CheckCircleOutlined />,
          primary: true,
          run: () => setDialog('close'),
        }
  return [
    first,
    note,
    {
      keys: 'Alt+W',
      label: t('radar:incident.do.assign'),
      icon: <SwapOutlined />,
      run: () => setDialog('assign'),
    },
    {
      keys: 'Alt+J',
      label: t('radar:do.plan'),
      icon: <ToolOutlined />,
      run: () => setDialog('plan'),
    },
    {
      keys: 'Alt+X',
      label: t('radar:do.stop'),
      icon: <StopOutlined />,
      danger: true,
      run: () => setDialog('stop'),
    },
    ...(incident.state === 'contained' ? [reopen] : []),
  ]
}

function MembersPanel({ incident }: { incident: Incident }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [leaving, setLeaving] = useState<Seen | null>(null)
  const remove = useCommand(desk.radar.removeCase, { onDone: () => setLeaving(null) })
  const canRemove = may('quality.manage') && incident.state !== 'closed'
  return (
    <Panel title={t('radar:incident.members', { count: incident.members.length })}>
      {incident.members.length === 0 ? (
        <p className="row-note">{t('radar:incident.noMembers')}</p>
      ) : null}
      <SeenList
        cases={incident.members}
        label={t('radar:incident.members', { count: incident.members.length })}
        aside={(seen) =>
          canRemove ? (
            <Button size="small" onClick={() => setLeaving(seen)}>
              {t('radar:incident.remove')}
            </Button>
          ) : null
        }
      />
      <ReasonDialog
        open={leaving !== null}
        title={t('radar:incident.removeTitle', { number: leaving?.number ?? '' })}
        hint={t('radar:incident.removeHint')}
        label={t('radar:incident.reason')}
        confirmLabel={t('radar:incident.remove')}
        error={remove.error}
        busy={remove.isPending}
        onReason={(reason) =>
          remove.mutate({
            incidentId: incident.id,
            caseId: leaving?.caseId ?? 0,
            reason,
            version: incident.version,
          })
        }
        onCancel={() => setLeaving(null)}
      />
    </Panel>
  )
}

function ProposalsPanel({ incident }: { incident: Incident }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const add = useCommand(desk.radar.addCases)
  const addAll = (caseIds: number[]) =>
    add.mutate({ incidentId: incident.id, caseIds, version: incident.version })
  return (
    <Panel
      title={t('radar:incident.proposals', { count: incident.proposals.length })}
      extra={
        may('complaints.record') ? (
          <Button
            icon={<PlusOutlined />}
            loading={add.isPending}
            onClick={() => addAll(incident.proposals.map(({ caseId }) => caseId))}
          >
            {t('radar:incident.addAll')}
          </Button>
        ) : null
      }
    >
      <RefusalAlert error={add.error} />
      <SeenList
        cases={incident.proposals}
        label={t('radar:incident.proposals', { count: incident.proposals.length })}
        aside={({ caseId }) =>
          may('complaints.record') ? (
            <Button size="small" disabled={add.isPending} onClick={() => addAll([caseId])}>
              {t('radar:incident.add')}
            </Button>
          ) : null
        }
      />
    </Panel>
  )
}

/** Goods out of sale and corrective actions for this incident. */
function MeasuresPanel({ incident }: { incident: Incident }) {
  const { t } = useTranslation()
  const actions = useQuery(
    api.actions.list.queryOptions({ input: { all: true, incidentId: incident.id } }),
  )
  const isNone = incident.stops.length === 0 && actions.data?.length === 0
  return (
    <Panel title={t('radar:incident.measures')}>
      {isNone ? <p className="row-note">{t('radar:incident.noMeasures')}</p> : null}
      <ul className="radar-list">
        {incident.stops.map((stop) => (
          <li key={stop.id}>
            <Link to={paths.radar('stops')}>
              {t('radar:stop.one')} {stop.number}
            </Link>
            <Tag tone={stop.state === 'in_force' ? 'risk' : 'good'}>
              {t(`radar:stop.state.${stop.state}`)}
            </Tag>
          </li>
        ))}
      </ul>
      <ActionRows actions={actions.data ?? []} />
    </Panel>
  )
}

function Timeline({ incident }: { incident: Incident }) {
  const { t } = useTranslation()
  return (
    <ol className="timeline">
      {incident.timeline.map((event) => {
        const details = ['note', 'reason', 'goods', 'title', 'owner', 'proof']
          .map((name) => event.data[name])
          .filter((value) => typeof value === 'string' && value !== '')
        return (
          <li key={event.id}>
            <p className="timeline-head">
              <strong>
                {t(`radar:event.${event.kind}`, { number: event.data['number'] ?? '' })}
              </strong>
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

interface DialogsProps {
  incident: Incident
  dialog: Dialog
  close: () => void
}

function Dialogs({ incident, dialog, close }: DialogsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [ownerId, setOwnerId] = useState(incident.ownerId)
  const step = useCommand(desk.radar.stepIncident, { onDone: close })
  const { id: incidentId, version } = incident
  const words =
    dialog === 'contain' || dialog === 'close' || dialog === 'reopen' || dialog === 'note'
  return (
    <>
      {words ? (
        <ReasonDialog
          open
          title={t(`radar:incident.do.${dialog}`)}
          hint={t(`radar:incident.ask.${dialog}`)}
          label={t(`radar:incident.words.${dialog}`)}
          confirmLabel={t(`radar:incident.do.${dialog}`)}
          error={step.error}
          busy={step.isPending}
          onReason={(note) => step.mutate({ incidentId, action: dialog, note, version })}
          onCancel={close}
        />
      ) : null}
      {dialog === 'assign' ? (
        <ConfirmDialog
          open
          title={t('radar:incident.do.assign')}
          confirmLabel={t('radar:incident.do.assign')}
          busy={step.isPending}
          onConfirm={() => step.mutate({ incidentId, action: 'assign', ownerId, version })}
          onCancel={close}
        >
          <RefusalAlert error={step.error} />
          <OwnerField label={t('radar:incident.owner')} value={ownerId} onChange={setOwnerId} />
        </ConfirmDialog>
      ) : null}
      {dialog === 'stop' ? (
        <StopDialog
          productId={incident.productId}
          incidentId={incidentId}
          close={close}
          onDone={() => void navigate(paths.radar('stops'))}
        />
      ) : null}
      {dialog === 'plan' ? (
        <PlanDialog
          of={{ incidentId }}
          close={close}
          onDone={(actionId) => void navigate(paths.action(actionId))}
        />
      ) : null}
    </>
  )
}
