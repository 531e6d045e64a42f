import { ClusterOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, type desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { useFaultWords } from '../ui/fault-words.ts'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { OverSwitch } from './over-switch.tsx'

type Incident = InferClientOutputs<typeof desk>['radar']['incidents'][number]

export function IncidentState({ state }: { state: Incident['state'] }) {
  const { t } = useTranslation()
  const tone = state === 'closed' ? 'good' : state === 'contained' ? 'teal' : 'soon'
  return <Tag tone={tone}>{t(`radar:incident.state.${state}`)}</Tag>
}

/** Incidents: several cases of one matter. */
export function IncidentList({ tabs }: { tabs: ReactNode }) {
  const { t } = useTranslation()
  const [closed, setClosed] = useState(false)
  const list = useQuery(api.radar.incidents.queryOptions({ input: { closed } }))
  const title = t('radar:title')
  return (
    <Page title={title} back="/">
      <PageHeader title={title} aside={tabs} facts={[t('radar:hint.incidents')]} />
      <OverSwitch label={t('radar:incident.withClosed')} value={closed} onChange={setClosed} />
      <RefusalAlert error={list.error} retry={list.refetch} />
      {list.isLoading ? <LoadingState /> : null}
      {list.data?.length === 0 ? (
        <EmptyState
          icon={<ClusterOutlined />}
          title={t('radar:empty.incidents')}
          hint={t('radar:empty.incidentsHint')}
        />
      ) : null}
      {list.data && list.data.length > 0 ? (
        <Panel>
          <RowList label={t('radar:view.incidents')}>
            {list.data.map((incident) => (
              <li key={incident.id}>
                <IncidentRow incident={incident} />
              </li>
            ))}
          </RowList>
        </Panel>
      ) : null}
    </Page>
  )
}

export function IncidentRow({ incident }: { incident: Incident }) {
  const { t } = useTranslation()
  const { word } = useFaultWords()
  return (
    <Link className="row" to={paths.incident(incident.id)}>
      <span className="row-main">
        <span className="row-title radar-title">{incident.title}</span>
        <span className="row-note">
          {[
            incident.number,
            incident.goods,
            incident.fault ? word(incident.fault) : '',
            t('radar:incident.cases', { count: incident.cases }),
            incident.owner,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span className="row-side">
        <IncidentState state={incident.state} />
        <span className="row-note">
          <BusinessDate date={incident.businessDate} />
        </span>
      </span>
    </Link>
  )
}
