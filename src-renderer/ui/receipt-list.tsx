import { FileTextOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { BusinessDate } from './business-date.tsx'
import { MoreRows } from './more-rows.tsx'
import { Money } from './money.tsx'
import { Panel } from './page.tsx'
import { RowList } from './row-list.tsx'
import { EmptyState } from './states.tsx'
import { Tag } from './tag.tsx'

type ReceiptRow = InferClientOutputs<typeof desk>['sales']['ofProduct']['receipts'][number]

interface ReceiptListProps {
  receipts: readonly ReceiptRow[]
  more: boolean
  loadMore: () => void
  loading: boolean
  /** The page is this list. */
  first?: boolean
}

/** Receipts, newest first; Enter opens one. */
export function ReceiptList({ receipts, more, loadMore, loading, first }: ReceiptListProps) {
  const { t } = useTranslation()
  if (receipts.length === 0) {
    return (
      <EmptyState
        icon={<FileTextOutlined />}
        title={t('sales:receipts.none')}
        hint={t('sales:receipts.teach')}
      />
    )
  }
  return (
    <Panel title={t('sales:receipts.title')}>
      <RowList label={t('sales:receipts.title')} first={first}>
        {receipts.map((row) => (
          <li key={row.id}>
            <Link className="row" to={paths.sale(row.id)}>
              <span className="row-main">
                <span className="row-title">
                  {row.receiptNo}{' '}
                  {row.kind === 'return' ? <Tag tone="soon">{t('sales:posReturn')}</Tag> : null}
                </span>
                <span className="row-note">{row.goods}</span>
              </span>
              <span className="row-side">
                <Money amount={row.total} currency={row.currency} />
                <span className="row-note">
                  <BusinessDate date={row.businessDate} distance="ago" />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </RowList>
      <MoreRows more={more} loading={loading} loadMore={loadMore} />
    </Panel>
  )
}
