import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { InstructionState, useTenderName } from '../ui/pos-instructions.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Grounds } from './grounds.tsx'
import type { Pair } from './match-dialog.tsx'
import { type DeskRow, paidBy, type Reconciliation } from './reconcile.ts'

/** Letters of the candidates, in their order. */
const letters = ['A', 'B', 'C', 'D', 'E'] as const

/** The page of the paper an instruction belongs to. */
const pathOfSource: Record<DeskRow['source']['type'], (id: number) => string> = {
  refund: paths.refund,
  price_adjustment: paths.refund,
  exchange: paths.exchange,
  repair: paths.repair,
  voucher: paths.voucher,
  compensation: paths.compensations,
}

interface InstructionDetailProps {
  number: string
  /** Absent where the POS has answered it, or it was cancelled. */
  row: DeskRow | undefined
  list: Reconciliation
  onMatch: (pair: Pair) => void
}

/** One instruction: what it is about, which payments could be its answer, and what happened to it. */
export function InstructionDetail({ number, row, list, onMatch }: InstructionDetailProps) {
  const { t } = useTranslation()
  const nameOf = useTenderName()
  const open = useQuery(api.posInstructions.open.queryOptions({ input: { number } }))
  if (open.error) return <RefusalAlert error={open.error} retry={open.refetch} />
  if (!open.data) return <LoadingState />
  const told = open.data
  return (
    <Panel className="pos-detail">
      <p className="pos-amount">
        <Money amount={told.amount} currency={told.currency} size="big" />
        <InstructionState state={told.state} />
      </p>
      <h2>
        {t(`pos-instructions:direction.${told.direction}`)} {nameOf(told.tender)}
      </h2>
      <dl className="pos-facts">
        <dt>{t('pos-instructions:fact.number')}</dt>
        <dd>{told.number}</dd>
        <dt>{t(`pos-instructions:source.${told.source.type}`)}</dt>
        <dd>
          <Link to={pathOfSource[told.source.type](told.source.id)}>{told.source.number}</Link>
        </dd>
        {told.receiptId && told.receiptNo ? (
          <>
            <dt>{t('pos-instructions:fact.sale')}</dt>
            <dd>
              <Link to={paths.sale(told.receiptId)}>{told.receiptNo}</Link>{' '}
              {told.soldOn ? <BusinessDate date={told.soldOn} /> : null}
            </dd>
          </>
        ) : null}
        <dt>{t('pos-instructions:fact.raised')}</dt>
        <dd>
          {told.raisedBy} · <Moment at={told.raisedAt} />
        </dd>
        {told.settlement ? (
          <>
            <dt>{t('pos-instructions:fact.posNumber')}</dt>
            <dd>
              {told.settlement.posNumber} · {t(`pos-instructions:how.${told.settlement.how}`)}
            </dd>
          </>
        ) : null}
      </dl>
      {told.doubt === 'none' ? null : (
        <Alert type="warning" showIcon title={t(`pos-instructions:doubt.${told.doubt}`)} />
      )}
      {told.settlement ? <Grounds grounds={told.settlement.why} /> : null}
      {row ? <Candidates row={row} list={list} onMatch={onMatch} /> : null}
      <h3>{t('pos-instructions:history')}</h3>
      <ol className="pos-events">
        {told.events.map((event) => (
          <li key={event.id}>
            <strong>{t(`pos-instructions:event.${event.action}`)}</strong>{' '}
            {typeof event.data['posNumber'] === 'string' ? event.data['posNumber'] : null}{' '}
            <span className="row-note">
              {event.actor} · <Moment at={event.at} />
            </span>
            {typeof event.data['reason'] === 'string' && event.data['reason'] !== '' ? (
              <p>{event.data['reason']}</p>
            ) : null}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Candidates({
  row,
  list,
  onMatch,
}: {
  row: DeskRow
  list: Reconciliation
  onMatch: (pair: Pair) => void
}) {
  const { t } = useTranslation()
  const { may } = useSession()
  const candidates = list.candidates
    .filter((each) => each.instructionId === row.id)
    .flatMap(({ receiptId, grounds }) => {
      const payment = list.till.find((each) => each.receiptId === receiptId)
      return payment ? [{ payment, grounds }] : []
    })
    .slice(0, letters.length)
  const match = (index: number) => {
    const chosen = candidates[index]
    if (!chosen) return
    const { payment, grounds } = chosen
    onMatch({ payment, grounds, rows: paidBy(list.desk, row, payment) })
  }
  const canMatch = may('instructions.settle')
  useHotkeys(
    canMatch
      ? candidates.map((_, index) => ({
          keys: letters[index] ?? '',
          label: t('pos-instructions:match.this'),
          run: () => match(index),
        }))
      : [],
  )
  return (
    <>
      <h3>{t('pos-instructions:candidates.title')}</h3>
      {candidates.length === 0 ? (
        <p className="row-note">{t('pos-instructions:candidates.none')}</p>
      ) : (
        <ul className="pos-candidates">
          {candidates.map(({ payment, grounds }, index) => (
            <li key={payment.receiptId}>
              <p>
                <strong>{payment.receiptNo}</strong>
                {payment.till
                  ? ` · ${t('pos-instructions:till', { till: payment.till })}`
                  : ''} ·{' '}
                <BusinessDate date={payment.businessDate} /> ·{' '}
                <Money amount={payment.amount} currency={payment.currency} />
              </p>
              <p className="row-note">{payment.goods}</p>
              <Grounds grounds={grounds} />
              {canMatch ? (
                <Button size="small" onClick={() => match(index)}>
                  {t('pos-instructions:match.this')} <KeyCap keys={letters[index] ?? ''} />
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
