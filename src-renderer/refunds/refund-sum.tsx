import { useTranslation } from 'react-i18next'

import { Capitals, MoneyStrip } from '../ui/money-strip.tsx'
import { Money } from '../ui/money.tsx'
import { OtherTenders } from '../ui/other-tenders.tsx'
import { Tenders } from '../ui/tenders.tsx'
import type { Quote, RefundChange, RefundValues } from './refund-form.ts'

interface RefundSumProps {
  quote: Quote | undefined
  currency: string
  /** The figure belongs to what is chosen now. */
  settled: boolean
  values: RefundValues
  onChange: (part: RefundChange) => void
}

/** The one figure the customer waits for, how it is paid back, and how it came about. */
export function RefundSum({ quote, currency, settled, values, onChange }: RefundSumProps) {
  const { t } = useTranslation()
  return (
    <section className="refund-sum panel" aria-label={t('refunds:sum.title')} aria-busy={!settled}>
      <h2>{t('refunds:sum.title')}</h2>
      <p className={settled ? 'sum-figure' : 'sum-figure sum-waiting'} aria-live="polite">
        <Money amount={quote?.amount ?? 0} currency={currency} size="big" />
      </p>
      {quote && quote.strip.length > 1 ? (
        <>
          <Capitals amount={quote.amount} currency={currency} />
          <Tenders tenders={quote.tenders} currency={currency} />
          <OtherTenders quote={quote} values={values} onChange={onChange} />
          <h3>{t('refunds:sum.how')}</h3>
          <MoneyStrip strip={quote.strip} currency={currency} />
          {quote.carrierClaim ? <p className="row-note">{t('refunds:claim.willOpen')}</p> : null}
        </>
      ) : (
        <p className="row-note">{t('refunds:sum.nothing')}</p>
      )}
    </section>
  )
}
