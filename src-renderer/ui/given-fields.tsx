import { Input } from 'antd'
import { useTranslation } from 'react-i18next'

import { Field } from './field.tsx'
import { MoneyField } from './money-field.tsx'

interface TextFieldProps {
  label: string
  value: string
  maxLength: number
  placeholder?: string
  onChange: (text: string) => void
}

/** One line of words about what is given or offered. */
export function TextField({ label, value, maxLength, placeholder, onChange }: TextFieldProps) {
  return (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          value={value}
          maxLength={maxLength}
          autoComplete="off"
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

/** What it is worth. */
export function AmountField({
  value,
  onChange,
}: {
  value: number | null
  onChange: (amount: number | null) => void
}) {
  const { t } = useTranslation()
  return (
    <Field label={t('approvals:offer.amount')}>
      {(id) => <MoneyField id={id} className="full-width" value={value} onChange={onChange} />}
    </Field>
  )
}
