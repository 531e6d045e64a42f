import { ClusterOutlined, ToolOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import type { CaseTabProps } from '../app/room.ts'
import { useSession } from '../app/session.ts'
import { useFaultWords } from '../ui/fault-words.ts'
import { Field } from '../ui/field.tsx'
import { GoodsWarnings } from '../ui/goods-warnings.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { ActionRows } from './action-list.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import './radar.css'

type Facts = InferClientOutputs<typeof desk>['radar']['caseFacts']

/** What was wrong with the goods of a case, the incident it is part of, and what is done against it. */
export default function QualityTab({ caseId }: CaseTabProps) {
  const { t } = useTranslation()
  const facts = useQuery(api.radar.caseFacts.queryOptions({ input: { caseId } }))
  if (facts.error) return <RefusalAlert error={facts.error} retry={facts.refetch} />
  if (!facts.data) return <LoadingState text={t('radar:counting')} />
  return (
    <div className="radar-columns">
      <div>
        <GoodsWarnings productId={facts.data.productId} />
        <FaultPanel key={`${facts.data.seen.fault}-${facts.data.batchNo}`} facts={facts.data} />
      </div>
      <div>
        <IncidentPanel facts={facts.data} />
        <ActionsPanel caseId={caseId} />
      </div>
    </div>
  )
}

const SOUND = 'none'

function FaultPanel({ facts }: { facts: Facts }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { word, options } = useFaultWords()
  const { seen, proposed, others, batchNo } = facts
  const chosen = seen.chosen ? (seen.fault === '' ? SOUND : seen.fault) : null
  const [fault, setFault] = useState<string | null>(chosen ?? proposed)
  const [batch, setBatch] = useState(batchNo)
  const set = useCommand(desk.radar.setFault)
  return (
    <Panel title={t('radar:case.fault')}>
      <p className="row-note">
        {[
          seen.goods || t('radar:case.noGoods'),
          seen.daysSinceSale === null ? '' : t('radar:seen.days', { count: seen.daysSinceSale }),
          others > 0 ? t('radar:case.others', { count: others }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <RefusalAlert error={set.error} />
      <div className="radar-form">
        <Field
          label={t('radar:case.which')}
          hint={
            seen.chosen
              ? undefined
              : proposed
                ? t('radar:case.proposed', { fault: word(proposed) })
                : t('radar:case.notProposed')
          }
        >
          {(id) => (
            <Select
              id={id}
              className="full-width"
              showSearch={{ optionFilterProp: 'label' }}
              value={fault}
              options={[...options, { value: SOUND, label: t('radar:case.sound') }]}
              onChange={setFault}
            />
          )}
        </Field>
        <Field label={t('radar:case.batch')} hint={t('radar:case.batchHint')}>
          {(id) => (
            <Input
              id={id}
              value={batch}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => setBatch(event.target.value)}
            />
          )}
        </Field>
      </div>
      {may('complaints.record') ? (
        <Button
          type="primary"
          loading={set.isPending}
          disabled={fault === null || (fault === chosen && batch === batchNo)}
          onClick={() =>
            set.mutate({
              caseId: seen.caseId,
              fault: fault === SOUND ? '' : (fault ?? ''),
              batchNo: batch.trim(),
            })
          }
        >
          {t('radar:case.set')}
        </Button>
      ) : null}
    </Panel>
  )
}

function IncidentPanel({ facts }: { facts: Facts }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { incident, caseId } = facts.seen
  const [busy, setBusy] = useState<number | null>(null)
  const add = useCommand(desk.radar.addCases, { onDone: () => setBusy(null) })
  const join = async (incidentId: number) => {
    setBusy(incidentId)
    const { version } = await desk.radar.incident({ incidentId })
    add.mutate({ incidentId, caseIds: [caseId], version })
  }
  return (
    <Panel title={t('radar:case.incident')}>
      <RefusalAlert error={add.error} />
      {incident ? (
        <p>
          <ClusterOutlined aria-hidden="true" />{' '}
          <Link to={paths.incident(incident.id)}>{incident.number}</Link>
        </p>
      ) : facts.incidents.length === 0 ? (
        <p className="row-note">{t('radar:case.noIncident')}</p>
      ) : (
        <ul className="radar-list" aria-label={t('radar:case.incident')}>
          {facts.incidents.map((each) => (
            <li key={each.id}>
              <span className="row-main">
                <Link to={paths.incident(each.id)}>
                  {each.number} {each.title}
                </Link>
              </span>
              {may('complaints.record') ? (
                <Button
                  size="small"
                  loading={busy === each.id && add.isPending}
                  onClick={() => void join(each.id)}
                >
                  {t('radar:case.join')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function ActionsPanel({ caseId }: { caseId: number }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [planning, setPlanning] = useState(false)
  const actions = useQuery(api.actions.list.queryOptions({ input: { all: true, caseId } }))
  return (
    <Panel
      title={t('radar:case.actions')}
      extra={
        may('quality.manage') ? (
          <Button icon={<ToolOutlined />} onClick={() => setPlanning(true)}>
            {t('radar:do.plan')}
          </Button>
        ) : null
      }
    >
      <RefusalAlert error={actions.error} />
      {actions.data?.length === 0 ? <p className="row-note">{t('radar:case.noActions')}</p> : null}
      <ActionRows actions={actions.data ?? []} />
      {planning ? (
        <PlanDialog
          of={{ caseIds: [caseId] }}
          close={() => setPlanning(false)}
          onDone={() => setPlanning(false)}
        />
      ) : null}
    </Panel>
  )
}
