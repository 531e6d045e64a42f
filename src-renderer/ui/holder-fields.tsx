import { Input } from 'antd'
import { useTranslation } from 'react-i18next'

import { Field } from './field.tsx'

/** Name and phone of a voucher's holder as they are typed; both empty make a bearer voucher. */
export interface HolderValues {
  name: string
  phone: string
}

export const noHolder: HolderValues = { name: '', phone: '' }

/** The holder the fields name; null for the bearer. */
export function holderOf({ name, phone }: HolderValues): HolderValues | null {
  const holder = { name: name.trim(), phone: phone.trim() }
  return holder.name === '' && holder.phone === '' ? null : holder
}

/** One of the two is missing: neither a named voucher nor a bearer's. */
export function isHalfNamed(values: HolderValues): boolean {
  const holder = holderOf(values)
  return holder !== null && (holder.name === '' || holder.phone.replaceAll(/\D/g, '').length < 5)
}

interface HolderFieldsProps {
  value: HolderValues
  onChange: (value: HolderValues) => void
  /** What two empty fields mean here. */
  hint?: string
}

/** Whose voucher it is: a named one can be replaced when it is lost, and may hold more. */
export function HolderFields({ value, onChange, hint }: HolderFieldsProps) {
  const { t } = useTranslation()
  return (
    <div className="field-row">
      <Field label={t('vouchers:holder.name')} hint={hint ?? t('vouchers:holder.hint')}>
        {(id) => (
          <Input
            id={id}
            value={value.name}
            maxLength={40}
            autoComplete="off"
            onChange={(event) => onChange({ ...value, name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('vouchers:holder.phone')}>
        {(id) => (
          <Input
            id={id}
            value={value.phone}
            maxLength={40}
            inputMode="tel"
            autoComplete="off"
            onChange={(event) => onChange({ ...value, phone: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}
