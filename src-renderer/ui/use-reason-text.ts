import { useTranslation } from 'react-i18next'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { writeDate } from './dates.ts'
import { useStore } from './store-context.ts'

interface Reason {
  key: string
  params: Readonly<Record<string, string | number>>
}

const IS_DATE = /^\d{4}-\d{2}-\d{2}$/

/** Says a reason of the engine as a sentence: dates as people write them, amounts as money. */
export function useReasonText(): (reason: Reason) => string {
  const { t, i18n } = useTranslation()
  const { today, currency } = useStore()
  return ({ key, params }) => {
    const said = Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        if (typeof value === 'string' && IS_DATE.test(value)) {
          return [name, writeDate(value, today, i18n.language)]
        }
        const isAmount = typeof value === 'number' && name.toLowerCase().endsWith('amount')
        return [name, isAmount ? formatMoney(value, currency, i18n.language) : value]
      }),
    )
    return t(`policy:${key}`, { ...said, defaultValue: key })
  }
}
