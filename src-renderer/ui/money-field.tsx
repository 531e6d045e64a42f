import { InputNumber } from 'antd'
import type { InputNumberProps } from 'antd'

import { formatDecimal, minorDigits } from '../../src-main/foundation/money.ts'
import { useStore } from './store-context.ts'

interface MoneyFieldProps extends Pick<
  InputNumberProps<string>,
  'placeholder' | 'disabled' | 'className' | 'onPressEnter' | 'status'
> {
  id?: string
  'aria-label'?: string
  /** Integer minor units; null while empty. */
  value: number | null
  onChange: (amount: number | null) => void
}

/** An amount as people write it, kept as the integer it is: no float ever stands between. */
export function MoneyField({ value, onChange, ...rest }: MoneyFieldProps) {
  const { currency } = useStore()
  const digits = minorDigits(currency)
  return (
    <InputNumber<string>
      {...rest}
      stringMode
      controls={false}
      min="0"
      max="99999999"
      precision={digits}
      inputMode="decimal"
      autoComplete="off"
      value={value === null ? null : formatDecimal(value, currency)}
      onChange={(text) => onChange(text === null || text === '' ? null : readDecimal(text, digits))}
    />
  )
}

/** `12.5` with two digits → 1250. Digits beyond are cut: the field never shows more. */
function readDecimal(text: string, digits: number): number | null {
  const [whole = '', part = ''] = text.replaceAll(/[^\d.]/g, '').split('.')
  const minor = Number(whole + part.slice(0, digits).padEnd(digits, '0'))
  return Number.isSafeInteger(minor) ? minor : null
}
