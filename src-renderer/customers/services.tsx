import { CustomerServiceOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { InferClientOutputs } from '@orpc/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'

type Page = InferClientOutputs<typeof desk>['customers']['services']
type Service = Page['rows'][number]

const pathOf: Record<Service['kind'], (id: number) => string> = {
  complaint: paths.complaint,
  refund: paths.refund,
  exchange: (id) => paths.exchange(id),
  repair: (id) => paths.repair(id),
  refusal: paths.refusal,
  voucher: paths.voucher,
  card: paths.card,
}

/** States in which something is still to be done. */
const openStates = ['open', 'ordered', 'awaiting_handover', 'active']

/** What they came back for, newest first. */
export function Services({ customerId }: { customerId: number }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(
    api.customers.services.infiniteOptions({
      input: (after: Page['next']) => ({ customerId, ...(after && { after }) }),
      initialPageParam: null as Page['next'],
      getNextPageParam: (last) => last.next,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const title = t('customers:services.title')
  return (
    <>
      <RefusalAlert error={list.error} retry={list.refetch} />
      {list.isLoading ? <LoadingState /> : null}
      {list.data && rows.length === 0 ? (
        <EmptyState
          icon={<CustomerServiceOutlined />}
          title={t('customers:services.none')}
          hint={t('customers:services.noneHint')}
        />
      ) : null}
      {rows.length > 0 ? (
        <Panel title={title}>
          <RowList label={title}>
            {rows.map((row) => (
              <ServiceLine key={`${row.kind}-${row.id}`} row={row} />
            ))}
          </RowList>
          <MoreRows
            more={list.hasNextPage}
            loading={list.isFetchingNextPage}
            loadMore={() => void list.fetchNextPage()}
          />
        </Panel>
      ) : null}
    </>
  )
}

function whatOf(row: Service, t: (key: string) => string): string {
  if (row.what === '') return ''
  if (row.kind === 'complaint') return t(`complaints:class.${row.what}`)
  if (row.kind === 'refusal') return t(`customers:services.claim.${row.what}`)
  return t(`customers:services.reason.${row.what}`)
}

function ServiceLine({ row }: { row: Service }) {
  const { t } = useTranslation()
  const isOpen = openStates.includes(row.state)
  return (
    <li>
      <Link className="row" to={pathOf[row.kind](row.id)}>
        <span className="row-main">
          <span className="row-title">
            {t(`customers:services.${row.kind}`)} {row.number}{' '}
            <Tag tone={isOpen ? 'soon' : 'plain'}>{t(`customers:services.state.${row.state}`)}</Tag>
          </span>
          <span className="row-note">{[whatOf(row, t), row.text].filter(Boolean).join(' · ')}</span>
        </span>
        <span className="row-side">
          {row.amount !== null && row.currency !== null ? (
            <Money amount={row.amount} currency={row.currency} />
          ) : null}
          <span className="row-note">
            <BusinessDate date={row.businessDate} distance="ago" />
          </span>
        </span>
      </Link>
    </li>
  )
}
