import { useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { MoneyField } from '../ui/money-field.tsx'
import { Money } from '../ui/money.tsx'
import type { SaleLine } from '../ui/return-form.ts'
import { type Granted, isKept } from './refund-form.ts'
import type { RefundChange, RefundValues } from './refund-form.ts'

const nothing: Granted = new Map()

/** What the rules grant of a price difference for each line, for all of its units that are still out. */
export function useGranted(receiptId: number, enabled: boolean): Granted {
  const rights = useQuery(
    api.rights.ofReceipt.queryOptions({
      input: { receiptId, answers: { all: { reason: 'price' }, lines: [] } },
      enabled,
    }),
  )
  return useMemo(() => {
    if (!enabled || !rights.data) return nothing
    return new Map(
      rights.data.lines.flatMap(({ saleLineId, units, verdict }) => {
        const remedy = verdict?.remedies.find((each) => each.remedy === 'price_difference')
        return remedy?.allowed ? [[saleLineId, { units, amount: remedy.amount }] as const] : []
      }),
    )
  }, [enabled, rights.data])
}

interface PriceDifferenceProps {
  line: SaleLine
  values: RefundValues
  /** What the rules grant for the chosen units; 0 where they grant none. */
  granted: number
  currency: string
  onChange: (part: RefundChange) => void
}

/**
 * For a price complaint the goods can stay: then the difference is paid, for all chosen units together. What the rules
 * grant is filled in; another amount can be written over it.
 */
export function PriceDifference(props: PriceDifferenceProps) {
  const { line, values, granted, currency, onChange } = props
  const { t } = useTranslation()
  const kept = isKept(values, line.id)
  const keep = (amount: number | null | undefined) =>
    onChange((now) => {
      const { [line.id]: _before, ...others } = now.keeps
      return { keeps: amount === undefined ? others : { ...others, [line.id]: amount } }
    })
  return (
    <span className="price-difference">
      <Checkbox checked={kept} onChange={(event) => keep(event.target.checked ? null : undefined)}>
        {t('refunds:lines.keep')}
      </Checkbox>
      {kept ? (
        <>
          <MoneyField
            aria-label={t('refunds:lines.differenceOf', { name: line.name })}
            placeholder={t('refunds:lines.difference')}
            value={values.keeps[line.id] ?? (granted > 0 ? granted : null)}
            onChange={keep}
          />
          <span className="row-note">
            {granted > 0 ? (
              <>
                {t('refunds:lines.granted')} <Money amount={granted} currency={currency} />
              </>
            ) : (
              t('refunds:lines.notGranted')
            )}
          </span>
        </>
      ) : null}
    </span>
  )
}
