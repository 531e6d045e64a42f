import { GiftOutlined, ScanOutlined, WalletOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { voucherStates } from '../../src-main/vouchers/contract.ts'
import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useScanner } from '../input/use-scanner.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { GoodwillDialog } from './goodwill-dialog.tsx'
import { RedeemDialog } from './redeem-dialog.tsx'
import { type VoucherRow, VoucherState } from './voucher.tsx'
import './vouchers.css'

const filters = ['all', ...voucherStates] as const
type Filter = (typeof filters)[number]

/** Every voucher, found by number, code, holder or the tail of a phone number. */
export default function VouchersPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const [state, setState] = useState<Filter>('all')
  const [text, setText] = useState('')
  const [dialog, setDialog] = useState<'redeem' | 'goodwill' | null>(null)
  const asked = useDeferredValue(text)
  const list = useInfiniteQuery(
    api.vouchers.list.infiniteOptions({
      input: (before: number | undefined) => ({ state, text: asked, before }),
      initialPageParam: undefined,
      getNextPageParam: (last) => (last.more ? last.vouchers.at(-1)?.id : undefined),
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.vouchers) ?? []
  // A scanned code shows its voucher, whatever field has the focus.
  useScanner((scanned) => setText(scanned), dialog === null)
  useHotkeys(
    filters.map((filter, index) => ({
      keys: String(index + 1),
      label: t(`vouchers:filter.${filter}`),
      run: () => setState(filter),
    })),
  )
  const actions: Action[] = []
  if (may('vouchers.redeem')) {
    actions.push({
      keys: 'Alt+U',
      label: t('vouchers:redeem.title'),
      icon: <ScanOutlined />,
      primary: true,
      run: () => setDialog('redeem'),
    })
  }
  if (may('vouchers.issue')) {
    actions.push({
      keys: 'Alt+G',
      label: t('vouchers:goodwill.title'),
      icon: <GiftOutlined />,
      run: () => setDialog('goodwill'),
    })
  }
  const title = t('vouchers:title')
  const open = (id: number) => void navigate(paths.voucher(id))
  return (
    <Page title={title} back="/" footer={<ActionBar actions={actions} />}>
      <PageHeader title={title} aside={<Outstanding />} />
      <div className="voucher-tools">
        <Field label={t('vouchers:search')}>
          {(id) => (
            <Input
              id={id}
              value={text}
              data-scan="true"
              maxLength={80}
              allowClear
              autoComplete="off"
              spellCheck={false}
              placeholder={t('vouchers:searchExample')}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <Segmented<Filter>
          aria-label={t('vouchers:filter.which')}
          value={state}
          options={filters.map((value, index) => ({
            value,
            label: (
              <span className="label-with-key">
                {t(`vouchers:filter.${value}`)}
                <KeyCap keys={String(index + 1)} />
              </span>
            ),
          }))}
          onChange={setState}
        />
      </div>
      <RefusalAlert error={list.error} retry={list.refetch} />
      {list.isLoading ? <LoadingState /> : null}
      {list.data ? <Rows rows={rows} isFiltered={state !== 'all' || asked !== ''} /> : null}
      <MoreRows
        more={list.hasNextPage}
        loading={list.isFetchingNextPage}
        loadMore={() => void list.fetchNextPage()}
      />
      {dialog === 'redeem' ? (
        <RedeemDialog
          onDone={({ voucherId }) => open(voucherId)}
          onCancel={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'goodwill' ? (
        <GoodwillDialog onDone={({ id }) => open(id)} onCancel={() => setDialog(null)} />
      ) : null}
    </Page>
  )
}

/** What all vouchers hold together: the store owes it. */
function Outstanding() {
  const { t } = useTranslation()
  const { today } = useStore()
  const { may } = useSession()
  const day = useQuery(
    api.vouchers.day.queryOptions({
      input: { businessDate: today },
      enabled: may('reports.read'),
    }),
  )
  if (!day.data) return null
  return (
    <p className="voucher-outstanding">
      <span className="row-note">{t('vouchers:outstanding')}</span>
      <Money amount={day.data.outstanding} currency={day.data.currency} size="large" />
    </p>
  )
}

function Rows({ rows, isFiltered }: { rows: readonly VoucherRow[]; isFiltered: boolean }) {
  const { t } = useTranslation()
  if (rows.length === 0) {
    const kind = isFiltered ? 'noneFound' : 'none'
    return (
      <EmptyState
        icon={<WalletOutlined />}
        title={t(`vouchers:${kind}`)}
        hint={t(`vouchers:${kind}Hint`)}
      />
    )
  }
  return (
    <Panel>
      <RowList label={t('vouchers:title')}>
        {rows.map((voucher) => (
          <li key={voucher.id}>
            <Link className="row voucher-row" to={paths.voucher(voucher.id)}>
              <span className="row-main">
                <span className="row-title slip-number">{voucher.number}</span>
                <span className="row-note">
                  <Of voucher={voucher} />
                </span>
              </span>
              <span className="row-side">
                <Money amount={voucher.balance} currency={voucher.currency} size="large" />
                <span className="row-note">
                  {t('vouchers:ofAmount')}{' '}
                  <Money amount={voucher.amount} currency={voucher.currency} />
                </span>
              </span>
              <span className="voucher-state">
                <VoucherState voucher={voucher} />
                <span className="row-note">
                  <BusinessDate date={voucher.businessDate} distance="ago" />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </RowList>
    </Panel>
  )
}

function Of({ voucher }: { voucher: VoucherRow }) {
  const { t } = useTranslation()
  const { holder, source } = voucher
  return [
    holder ? `${holder.name} ${holder.phoneMasked}` : t('vouchers:bearer'),
    [t(`vouchers:source.${source.type}`), source.number].filter(Boolean).join(' '),
  ].join(' · ')
}
