import { IdcardOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { Moment } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { BatchPanel } from './batch-panel.tsx'
import './cards.css'

/** Cards this desk has just issued; any other opens by its number in the box. */
export default function RecentCardsPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const board = useQuery(api.reports.board.queryOptions())
  const cards = board.data?.recent.filter((each) => each.kind === 'card')
  return (
    <Page title={t('cards:recent.title')} back="/" width="form">
      <PageHeader
        title={t('cards:recent.title')}
        facts={[
          <span key="scan">
            {t('cards:recent.scan')} <KeyCap keys="F2" />
          </span>,
          <span key="issue">
            {t('cards:recent.issue')} <KeyCap keys="F3" />
          </span>,
          <span key="customers">
            <Link to={paths.customers()}>{t('customers:keys.open')}</Link> <KeyCap keys="Alt+Z" />
          </span>,
        ]}
      />
      <RefusalAlert error={board.error} />
      {board.data && may('papers.print') ? <BatchPanel today={board.data.businessDate} /> : null}
      {cards ? (
        <Panel title={t('cards:recent.ofDesk')}>
          {cards.length === 0 ? (
            <EmptyState
              small
              icon={<IdcardOutlined />}
              title={t('cards:recent.none')}
              hint={t('cards:recent.noneHint')}
            />
          ) : (
            <RowList label={t('cards:recent.ofDesk')}>
              {cards.map((card) => (
                <li key={card.id}>
                  <Link className="row" to={paths.card(card.id)}>
                    <span className="row-main">
                      <span className="row-title">{card.note || card.number}</span>
                      <span className="row-note card-number">{card.number}</span>
                    </span>
                    <span className="row-side">
                      <span className="row-note">
                        <Moment at={card.at} />
                      </span>
                    </span>
                  </Link>
                </li>
              ))}
            </RowList>
          )}
        </Panel>
      ) : board.error ? null : (
        <LoadingState />
      )}
    </Page>
  )
}
