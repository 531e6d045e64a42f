import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { tenderKinds } from '../../src-main/sales/contract.ts'
import { Field } from '../ui/field.tsx'
import { Capitals } from '../ui/money-strip.tsx'
import { OtherTenders } from '../ui/other-tenders.tsx'
import { Tenders } from '../ui/tenders.tsx'
import { HowStrip } from './figure-strip.tsx'
import { SignedMoney } from './signed-money.tsx'
import type { ExchangeChange, ExchangeValues, Quote } from './exchange-form.ts'

interface ExchangeSumProps {
  quote: Quote | undefined
  currency: string
  /** The figure belongs to what is chosen now. */
  settled: boolean
  values: ExchangeValues
  onChange: (part: ExchangeChange) => void
}

/** 多退少补: the one signed figure, who pays it and how, and how it came about. */
export function ExchangeSum({ quote, currency, settled, values, onChange }: ExchangeSumProps) {
  const { t } = useTranslation()
  const difference = quote?.difference ?? 0
  return (
    <section
      className="exchange-sum panel"
      aria-label={t('exchanges:sum.title')}
      aria-busy={!settled}
    >
      <h2>{t(`exchanges:sum.${signOf(quote)}`)}</h2>
      <p className={settled ? 'sum-figure' : 'sum-figure sum-waiting'} aria-live="polite">
        <SignedMoney amount={difference} currency={currency} />
      </p>
      {quote ? (
        <>
          {difference === 0 ? null : <Capitals amount={Math.abs(difference)} currency={currency} />}
          {quote.collect ? (
            <Field label={t('exchanges:sum.collectBy')}>
              {(id) => (
                <Select
                  id={id}
                  className="full-width"
                  value={values.collect}
                  options={tenderKinds.map((value) => ({
                    value,
                    label: t(`refunds:tender.${value}`),
                  }))}
                  onChange={(collect) => onChange({ collect })}
                />
              )}
            </Field>
          ) : null}
          {quote.collect && values.collect === 'voucher' ? (
            <Field label={t('exchanges:sum.voucherCode')} hint={t('exchanges:sum.voucherHint')}>
              {(id) => (
                <Input
                  id={id}
                  value={values.voucherCode}
                  maxLength={80}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => onChange({ voucherCode: event.target.value })}
                />
              )}
            </Field>
          ) : null}
          {quote.tenders.length > 0 && difference < 0 ? (
            <>
              <Tenders tenders={quote.tenders} currency={currency} />
              <OtherTenders quote={quote} values={values} onChange={onChange} />
            </>
          ) : null}
          <h3>{t('refunds:sum.how')}</h3>
          <HowStrip strip={quote.strip} figures={quote.figures} currency={currency} />
          {quote.carrierClaim ? <p className="row-note">{t('refunds:claim.willOpen')}</p> : null}
        </>
      ) : (
        <p className="row-note">{t('exchanges:sum.nothing')}</p>
      )}
    </section>
  )
}

function signOf(quote: Quote | undefined): 'title' | 'even' | 'collect' | 'payBack' {
  if (!quote) return 'title'
  if (quote.difference === 0) return 'even'
  return quote.difference > 0 ? 'collect' : 'payBack'
}
