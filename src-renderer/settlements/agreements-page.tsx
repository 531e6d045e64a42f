import { CheckCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { DutyTabs } from '../ui/duty-tabs.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { TimerTag } from './timer-tag.tsx'
import { ToolButton } from './tool-button.tsx'
import './settlements.css'

/** What was agreed with customers and is not carried out yet, the most urgent first. */
export default function AgreementsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const list = useQuery(api.settlements.underWay.queryOptions({ refetchInterval: 60_000 }))
  return (
    <Page title={t('settlements:tabs.agreements')} back="/">
      <PageHeader
        title={t('settlements:tabs.agreements')}
        facts={[t('settlements:underWay.hint')]}
        aside={<DutyTabs current="agreements" />}
      />
      <RefusalAlert error={list.error} />
      {list.data ? (
        <Panel
          title={t('settlements:underWay.title')}
          extra={
            <ToolButton
              keys="Alt+M"
              label={t('settlements:tabs.compensations')}
              when={may('reports.read')}
              run={() => void navigate(paths.compensations())}
            />
          }
        >
          {list.data.length === 0 ? (
            <EmptyState
              icon={<CheckCircleOutlined />}
              title={t('settlements:underWay.none')}
              hint={t('settlements:underWay.teach')}
            />
          ) : (
            <RowList label={t('settlements:tabs.agreements')}>
              {list.data.map((row) => (
                <li key={row.settlementId}>
                  <Link className="row" to={paths.remedyOf(row.complaintId)}>
                    <span className="row-main">
                      <span className="row-title">{row.title}</span>
                      <span className="row-note">
                        {row.complaintNumber} · {row.number} ·{' '}
                        {t('settlements:plan.executor', { name: row.executor })} ·{' '}
                        {t('settlements:underWay.left', { left: row.left, of: row.of })}
                      </span>
                    </span>
                    <span className="row-side agreement-timer">
                      <TimerTag timer={row.timer} />
                    </span>
                  </Link>
                </li>
              ))}
            </RowList>
          )}
        </Panel>
      ) : list.error ? null : (
        <LoadingState />
      )}
    </Page>
  )
}
