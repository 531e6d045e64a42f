import { useTranslation } from 'react-i18next'

import { Money } from '../ui/money.tsx'
import type { Quote, Refund } from './refund-form.ts'

interface RefundSumProps {
  quote: Quote | undefined
  currency: string
  /** The figure belongs to what is chosen now. */
  settled: boolean
}

/** The one figure the customer waits for, how it is paid back, and how it came about. */
export function RefundSum({ quote, currency, settled }: RefundSumProps) {
  const { t } = useTranslation()
  return (
    <section className="refund-sum panel" aria-label={t('refunds:sum.title')} aria-busy={!settled}>
      <h2>{t('refunds:sum.title')}</h2>
      <p className={settled ? 'sum-figure' : 'sum-figure sum-waiting'} aria-live="polite">
        <Money amount={quote?.amount ?? 0} currency={currency} size="big" />
      </p>
      {quote ? (
        <>
          <Tenders tenders={quote.tenders} currency={currency} />
          <h3>{t('refunds:sum.how')}</h3>
          {quote.lines.map((line) => (
            <dl key={line.saleLineId} className="sum-line">
              <dt className="sum-name">{line.name}</dt>
              <dd className="sum-name">{t('refunds:sum.units', { count: line.units })}</dd>
              <dt>{t('refunds:sum.paid')}</dt>
              <dd>
                <Money amount={line.paidAmount} currency={currency} />
              </dd>
              {line.returnedBefore === 0 ? null : (
                <>
                  <dt>{t('refunds:sum.before')}</dt>
                  <dd>
                    <Money amount={-line.returnedBefore} currency={currency} />
                  </dd>
                </>
              )}
              <dt className="sum-now">{t('refunds:sum.now')}</dt>
              <dd className="sum-now">
                <Money amount={line.amount} currency={currency} />
              </dd>
            </dl>
          ))}
        </>
      ) : (
        <p className="row-note">{t('refunds:sum.nothing')}</p>
      )}
    </section>
  )
}

/** Back the way it was paid. */
export function Tenders({ tenders, currency }: { tenders: Refund['tenders']; currency: string }) {
  const { t } = useTranslation()
  return (
    <ul className="tenders" aria-label={t('refunds:sum.tenders')}>
      {tenders.map((tender, index) => (
        // A refund can go back to two tenders of one kind; their order is all that tells them apart.
        <li key={index}>
          <span>{tender.label || t(`refunds:tender.${tender.kind}`)}</span>
          <Money amount={tender.amount} currency={currency} size="large" />
        </li>
      ))}
    </ul>
  )
}
