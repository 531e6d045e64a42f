import { useTranslation } from 'react-i18next'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { useStore } from './store-context.ts'

interface MoneyProps {
  /** Integer minor units (分, cents). */
  amount: number
  currency?: string
  /** `big` for the one figure a customer looks for. */
  size?: 'normal' | 'large' | 'big'
  /** Struck through: a price that no longer holds. */
  struck?: boolean
  className?: string
}

/** An amount in the store's currency, figures of equal width so columns line up. */
export function Money({ amount, currency, size = 'normal', struck, className }: MoneyProps) {
  const { i18n } = useTranslation()
  const store = useStore()
  const text = formatMoney(amount, currency ?? store.currency, i18n.language)
  const classes = ['money', `money-${size}`, struck ? 'money-struck' : '', className ?? '']
  return <span className={classes.filter(Boolean).join(' ')}>{text}</span>
}
