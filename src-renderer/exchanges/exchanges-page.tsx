import { SwapOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import type { ExchangeRow } from './exchange-form.ts'
import './exchanges.css'

/** Exchanges nobody has finished, then the last ones. */
export default function ExchangesPage() {
  const { t } = useTranslation()
  const unfinished = useQuery(api.exchanges.unfinished.queryOptions())
  const unsigned = useQuery(api.handovers.unsigned.queryOptions())
  const recent = useQuery(api.exchanges.recent.queryOptions({ input: { limit: 50 } }))
  const given = (unsigned.data ?? []).filter((each) => each.state === 'given')
  const isEmpty = unfinished.data?.length === 0 && given.length === 0
  return (
    <Page title={t('exchanges:list.title')}>
      <PageHeader title={t('exchanges:list.title')} />
      <RefusalAlert error={unfinished.error ?? unsigned.error ?? recent.error} />
      <div className="exchange-lists">
        <Panel title={t('exchanges:list.unfinished')}>
          {!unfinished.data && !unfinished.error ? <LoadingState /> : null}
          {isEmpty ? (
            <EmptyState
              small
              icon={<SwapOutlined />}
              title={t('exchanges:list.none')}
              hint={t('exchanges:list.teach')}
            />
          ) : null}
          <RowList label={t('exchanges:list.unfinished')}>
            {given.map((each) => (
              <li key={`form-${each.id}`}>
                <Link className="row" to={paths.exchange(each.exchangeId)}>
                  <span className="row-main">
                    <span className="row-title">
                      <Tag tone="soon">{t('exchanges:state.given')}</Tag> {each.goods}
                    </span>
                    <span className="row-note">
                      {each.number} {each.customer}
                    </span>
                  </span>
                  <span className="row-side">
                    <BusinessDate date={each.businessDate} distance="ago" />
                  </span>
                </Link>
              </li>
            ))}
            {(unfinished.data ?? []).map((each) => (
              <li key={each.id}>
                <Row exchange={each} />
              </li>
            ))}
          </RowList>
        </Panel>
        <Panel title={t('exchanges:list.recent')}>
          {!recent.data && !recent.error ? <LoadingState /> : null}
          {recent.data?.exchanges.length === 0 ? (
            <p className="row-note">{t('exchanges:list.noneYet')}</p>
          ) : null}
          <RowList label={t('exchanges:list.recent')}>
            {(recent.data?.exchanges ?? []).map((each) => (
              <li key={each.id}>
                <Row exchange={each} />
              </li>
            ))}
          </RowList>
        </Panel>
      </div>
    </Page>
  )
}

function Row({ exchange }: { exchange: ExchangeRow }) {
  const { t } = useTranslation()
  const tone = exchange.state === 'void' ? 'risk' : exchange.next ? 'soon' : 'plain'
  return (
    <Link className="row" to={paths.exchange(exchange.id)}>
      <span className="row-main">
        <span className="row-title">
          <Tag tone={tone}>
            {exchange.next
              ? t(`exchanges:todo.${exchange.next}`)
              : t(`exchanges:state.${exchange.state}`)}
          </Tag>{' '}
          {exchange.returnedGoods} → {exchange.givenGoods}
        </span>
        <span className="row-note">
          {exchange.number} · {exchange.receiptNo} {exchange.customer}
        </span>
      </span>
      <span className="row-side">
        <Money amount={exchange.difference} currency={exchange.currency} />
        <span className="row-note">
          {exchange.dueOn ? (
            <BusinessDate date={exchange.dueOn} distance="left" />
          ) : (
            <BusinessDate date={exchange.businessDate} distance="ago" />
          )}
        </span>
      </span>
    </Link>
  )
}
