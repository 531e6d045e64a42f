import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { BusinessDate } from '../ui/business-date.tsx'
import { PickRow } from '../ui/list-detail.tsx'
import { Money } from '../ui/money.tsx'
import { InstructionState, useTenderName } from '../ui/pos-instructions.tsx'
import { RowList } from '../ui/row-list.tsx'
import { Tag } from '../ui/tag.tsx'
import type { DeskRow, Settlement, TillRow } from './reconcile.ts'

interface RowProps {
  current: boolean
  onChoose: () => void
  title: ReactNode
  note: ReactNode
  amount: ReactNode
  state: ReactNode
}

function Row({ current, onChoose, title, note, amount, state }: RowProps) {
  return (
    <PickRow current={current} onChoose={onChoose}>
      <span className="row-main">
        <span className="row-title">{title}</span>
        <span className="row-note">{note}</span>
      </span>
      <span className="row-side">
        {amount}
        {state}
      </span>
    </PickRow>
  )
}

/** How long money has been waiting: a day is usual, more is not. */
function Age({ days }: { days: number }) {
  const { t } = useTranslation()
  return (
    <span className={days > 1 ? 'tone-risk' : 'row-note'}>
      {t('pos-instructions:age', { count: days })}
    </span>
  )
}

interface ListProps<RowType> {
  rows: readonly RowType[]
  currentId: number | undefined
  onChoose: (id: number) => void
}

function More({ shown }: { shown: boolean }) {
  const { t } = useTranslation()
  return shown ? <p className="row-note">{t('pos-instructions:more')}</p> : null
}

/** Instructions the POS has not answered, the oldest first. */
export function DeskList({
  rows,
  more,
  currentId,
  onChoose,
}: ListProps<DeskRow> & { more: boolean }) {
  const { t } = useTranslation()
  const nameOf = useTenderName()
  return (
    <>
      <RowList label={t('pos-instructions:view.desk')}>
        {rows.map((row) => (
          <Row
            key={row.id}
            current={row.id === currentId}
            onChoose={() => onChoose(row.id)}
            title={
              <>
                {t(`pos-instructions:direction.${row.direction}`)} {nameOf(row.tender)} ·{' '}
                {row.source.number}
              </>
            }
            note={
              <>
                {row.number} · <BusinessDate date={row.businessDate} /> · <Age days={row.age} />
              </>
            }
            amount={<Money amount={row.amount} currency={row.currency} size="large" />}
            state={<InstructionState state={row.state} />}
          />
        ))}
      </RowList>
      <More shown={more} />
    </>
  )
}

/** Payments of tills that nobody at the desk knows of, the oldest first. */
export function TillList({
  rows,
  more,
  currentId,
  onChoose,
}: ListProps<TillRow> & { more: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <RowList label={t('pos-instructions:view.till')}>
        {rows.map((row) => (
          <Row
            key={row.receiptId}
            current={row.receiptId === currentId}
            onChoose={() => onChoose(row.receiptId)}
            title={
              <>
                {row.receiptNo}
                {row.till ? ` · ${t('pos-instructions:till', { till: row.till })}` : ''}
              </>
            }
            note={
              <>
                <BusinessDate date={row.businessDate} /> · <Age days={row.age} /> · {row.goods}
              </>
            }
            amount={<Money amount={row.amount} currency={row.currency} size="large" />}
            state={row.mentions.length > 0 ? <Tag tone="risk">{row.mentions[0]}</Tag> : null}
          />
        ))}
      </RowList>
      <More shown={more} />
    </>
  )
}

/** What was put together, first what came to another amount. */
export function SettledList({ rows, currentId, onChoose }: ListProps<Settlement>) {
  const { t } = useTranslation()
  return (
    <RowList label={t('pos-instructions:view.settled')}>
      {rows.map((row) => {
        const [first] = row.instructions
        const told = row.instructions.reduce((sum, each) => sum + each.amount, 0)
        const differs = row.posAmount !== null && row.posAmount !== told
        return (
          <Row
            key={row.id}
            current={row.id === currentId}
            onChoose={() => onChoose(row.id)}
            title={
              <>
                {row.posNumber} ↔ {first?.source.number}
              </>
            }
            note={
              <>
                {t(`pos-instructions:how.${row.how}`)} · <BusinessDate date={row.date} />
              </>
            }
            amount={
              <Money amount={told} {...(first ? { currency: first.currency } : {})} size="large" />
            }
            state={
              differs ? (
                <Tag tone="risk">{t('pos-instructions:differs')}</Tag>
              ) : row.posAmount === null ? (
                <Tag tone="soon">{t('pos-instructions:notImported')}</Tag>
              ) : (
                <Tag tone="good">{t('pos-instructions:agrees')}</Tag>
              )
            }
          />
        )
      })}
    </RowList>
  )
}
