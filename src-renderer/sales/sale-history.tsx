import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { RowList } from '../ui/row-list.tsx'
import { Tag } from '../ui/tag.tsx'
import type { Sale } from './sale.ts'

interface Entry {
  key: string
  to: string
  date: string
  kind: string
  number: string
  note?: ReactNode
  amount?: number
  state?: ReactNode
}

function useEntries(sale: Sale): Entry[] {
  const { t } = useTranslation()
  const refusals = useQuery(api.rights.refusalsOf.queryOptions({ input: { receiptId: sale.id } }))
  const exchanges = useQuery(
    api.exchanges.ofReceipt.queryOptions({ input: { receiptId: sale.id } }),
  )
  const vouchers = useQuery(api.vouchers.ofReceipt.queryOptions({ input: { receiptId: sale.id } }))
  const repairs = useQuery(api.repairs.ofReceipt.queryOptions({ input: { receiptId: sale.id } }))
  const exchangeState = (exchange: { state: string }): ReactNode =>
    exchange.state === 'handed_over' ? (
      <Tag tone="good">{t('sales:history.handedOver')}</Tag>
    ) : (
      <Tag tone="soon">{t('sales:history.open')}</Tag>
    )
  const voided = (
    <Tag tone="risk" key="void">
      {t('sales:history.void')}
    </Tag>
  )
  const entries: Entry[] = [
    ...sale.cards.map((card) => ({
      key: `card-${card.id}`,
      to: paths.card(card.id),
      date: card.businessDate,
      kind: t('sales:one.card'),
      number: card.number,
      state: card.state === 'void' ? voided : null,
    })),
    ...sale.refunds.map((refund) => ({
      key: `refund-${refund.id}`,
      to: paths.refund(refund.id),
      date: refund.businessDate,
      kind: t(`sales:one.${refund.kind === 'return' ? 'refund' : refund.kind}`),
      number: refund.number,
      amount: refund.amount,
      state: refund.state === 'void' ? voided : null,
    })),
    ...(exchanges.data ?? []).map((exchange) => ({
      key: `exchange-${exchange.id}`,
      to: paths.exchange(exchange.id),
      date: exchange.businessDate,
      kind: t('sales:one.exchange'),
      number: exchange.number,
      note: t('sales:history.exchanged', {
        back: exchange.returnedGoods,
        given: exchange.givenGoods,
      }),
      state: exchange.state === 'void' ? voided : exchangeState(exchange),
    })),
    ...(vouchers.data ?? []).map((voucher) => ({
      key: `voucher-${voucher.kind}-${voucher.id}-${voucher.ref}`,
      to: paths.voucher(voucher.id),
      date: voucher.businessDate,
      kind: t('sales:one.voucher'),
      number: voucher.number,
      note: t(`sales:history.voucher.${voucher.kind}`, { ref: voucher.ref }),
      amount: voucher.amount,
      state:
        voucher.state === 'void' || voucher.state === 'lost' ? (
          <Tag tone="risk">{t(`vouchers:state.${voucher.state}`)}</Tag>
        ) : null,
    })),
    ...sale.posReturns.map((back) => ({
      key: `return-${back.id}`,
      to: paths.sale(back.id),
      date: back.businessDate,
      kind: t('sales:posReturn'),
      number: back.receiptNo,
      note: back.standsFor ? t('sales:history.standsFor', back.standsFor) : null,
      amount: back.total,
    })),
    ...(repairs.data ?? []).map((repair) => ({
      key: `repair-${repair.id}`,
      to: paths.repair(repair.id),
      date: repair.businessDate,
      kind: t('sales:one.repair'),
      number: repair.number,
      note: repair.goods
        .map(({ name, reception }) => `${name} · ${t(`repairs:reception.${reception}`)}`)
        .join(t('repairs:and')),
      state:
        repair.state === 'open' ? (
          <Tag tone="soon">{t('sales:history.open')}</Tag>
        ) : (
          <Tag tone="good">{t('sales:history.closed')}</Tag>
        ),
    })),
    ...(refusals.data ?? []).map((refusal) => ({
      key: `refusal-${refusal.id}`,
      to: paths.refusal(refusal.id),
      date: refusal.businessDate,
      kind: t('sales:one.refusal'),
      number: refusal.number,
      note: `${t(`rights:refuse.claim.${refusal.claim}`)} · ${refusal.goods}`,
    })),
    ...sale.complaints.map((complaint) => ({
      key: `complaint-${complaint.id}`,
      to: paths.complaint(complaint.id),
      date: complaint.businessDate,
      kind: t('sales:one.complaint'),
      number: complaint.number,
      note: complaint.text,
      state: complaint.open ? (
        <Tag tone="soon">{t('sales:history.open')}</Tag>
      ) : (
        <Tag tone="good">{t('sales:history.closed')}</Tag>
      ),
    })),
  ]
  return entries.toSorted((a, b) => b.date.localeCompare(a.date))
}

/**
 * What was done about this sale before, newest first: one line with the latest, so that the rights keep the screen;
 * Alt+H opens the whole list. Nothing where nothing was done.
 */
export function SaleHistory({ sale }: { sale: Sale }) {
  const { t } = useTranslation()
  const entries = useEntries(sale)
  const [open, setOpen] = useState(false)
  const toggle = () => setOpen((now) => !now)
  useHotkeys([
    { keys: 'Alt+H', label: t('sales:history.all'), run: toggle, when: entries.length > 0 },
  ])
  if (entries.length === 0) return null
  const title = t('sales:history.title', { count: entries.length })
  return (
    <section className="sale-history" aria-label={title}>
      <Button size="small" aria-expanded={open} onClick={toggle}>
        {title} <KeyCap keys="Alt+H" />
      </Button>
      <RowList label={title}>
        {(open ? entries : entries.slice(0, 1)).map((entry) => (
          <li key={entry.key}>
            <Link className="row row-flat" to={entry.to}>
              <span className="history-kind">{entry.kind}</span>
              <span className="history-number">{entry.number}</span>
              <span className="history-note">{entry.note}</span>
              {entry.state}
              {entry.amount === undefined ? null : (
                <Money amount={entry.amount} currency={sale.currency} />
              )}
              <span className="history-date">
                <BusinessDate date={entry.date} distance="ago" />
              </span>
            </Link>
          </li>
        ))}
      </RowList>
    </section>
  )
}
