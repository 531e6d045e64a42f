import { CloseOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { writeFigure } from '../../src-main/foundation/figure-text.ts'
import type { ReportColumn, ReportTable } from '../../src-main/reports/figures/contract.ts'
import { api, type desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useTongue } from '../ui/use-tongue.ts'
import type { Asked, OpenFigure } from './report-address.ts'

type Item = InferClientOutputs<typeof desk>['reports']['cases']['items'][number]

const PAGE_SIZE = 50

interface FigureCasesProps {
  asked: Asked
  figure: OpenFigure
  table: ReportTable
  onClose: () => void
}

/** What is behind one figure, the oldest first; Enter opens it. */
export function FigureCases({ asked, figure, table, onClose }: FigureCasesProps) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const list = useRef<HTMLDivElement>(null)
  const found = useInfiniteQuery(
    api.reports.cases.infiniteOptions({
      input: (offset: number) => ({ ...asked, ...figure, offset, limit: PAGE_SIZE }),
      initialPageParam: 0,
      getNextPageParam: (page, _pages, offset) =>
        offset + page.items.length < page.total ? offset + page.items.length : undefined,
    }),
  )
  useHotkeys([{ keys: 'Esc', label: t('report-screen:close'), run: onClose }])
  const pages = found.data?.pages ?? []
  const items = pages.flatMap((page) => page.items)
  const isThere = items.length > 0
  useLayoutEffect(() => {
    if (isThere) list.current?.querySelector<HTMLElement>('a')?.focus()
  }, [isThere])
  const column = table.columns.find(({ key }) => key === figure.column)
  const row = table.rows.find(({ key }) => key === figure.row)
  const rowName = row === undefined ? t('report-screen:total') : row.label
  const [first] = pages
  const title = [
    typeof rowName === 'string' ? rowName : rowName[tongue],
    column?.label[tongue],
    figure.part === 'of' ? t('report-screen:whole') : null,
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <Panel
      className="figure-cases"
      title={title}
      extra={
        <Button
          size="small"
          icon={<CloseOutlined />}
          aria-label={`${t('report-screen:close')} Esc`}
          aria-keyshortcuts="Escape"
          onClick={onClose}
        >
          <KeyCap keys="Esc" />
        </Button>
      }
    >
      <RefusalAlert error={found.error} />
      {found.isPending ? <LoadingState /> : null}
      {first ? (
        <p className="row-note">
          {t('report-screen:behind', { count: first.total })}
          {first.sum === null ? null : (
            <>
              {' · '}
              <Money amount={first.sum} currency={table.currency} />
            </>
          )}
        </p>
      ) : null}
      {first && !isThere ? <EmptyState small title={t('report-screen:nothingBehind')} /> : null}
      <div ref={list}>
        <RowList label={title}>
          {items.map((item, at) => (
            // The same case may stand twice: solved again after it was opened again.
            <li key={`${item.kind} ${item.id} ${at}`}>
              <ItemRow item={item} column={column} currency={table.currency} />
            </li>
          ))}
        </RowList>
      </div>
      <MoreRows
        more={found.hasNextPage}
        loading={found.isFetchingNextPage}
        loadMore={() => void found.fetchNextPage()}
      />
    </Panel>
  )
}

interface ItemRowProps {
  item: Item
  column: ReportColumn | undefined
  currency: string
}

function ItemRow({ item, column, currency }: ItemRowProps) {
  const value =
    item.value === null || column === undefined
      ? null
      : writeFigure(item.value, column.kind, currency).text
  const inside = (
    <>
      <span className="row-main">
        <span className="row-title">{item.text || item.number}</span>{' '}
        <span className="row-note">{[item.number, item.owner].filter(Boolean).join(' · ')}</span>
      </span>
      <span className="row-side">
        {value === null ? null : <strong>{value}</strong>}
        <span className="row-note">
          <BusinessDate date={item.date} />
        </span>
      </span>
    </>
  )
  if (item.link === null) return <span className="row">{inside}</span>
  return (
    <Link className="row" to={pageOf(item.link)}>
      {inside}
    </Link>
  )
}

function pageOf({ page, id }: NonNullable<Item['link']>): string {
  switch (page) {
    case 'approval':
      return paths.approvals('history', id)
    case 'case':
      return paths.caseFile(id)
    case 'complaint':
      return paths.complaint(id)
    case 'customer':
      return paths.customer(id)
    case 'exchange':
      return paths.exchange(id)
    case 'refund':
      return paths.refund(id)
    case 'repair':
      return paths.repair(id)
  }
}
