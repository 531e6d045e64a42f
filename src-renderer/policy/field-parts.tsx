import { Checkbox, DatePicker, InputNumber, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

import { minorDigits } from '../../src-main/foundation/money.ts'
import { Field } from '../ui/field.tsx'
import { useStore } from '../ui/store-context.ts'
import type { RuleForm } from './rule-form.ts'

/** What every part of the form gets. */
export interface FieldsProps {
  form: RuleForm
  change: (next: Partial<RuleForm>) => void
}

const PPM_OF_PERCENT = 10_000
const PERCENT_DIGITS = 4

/** How a code is said. */
function word(t: TFunction, group: string, code: string): string {
  return t(`policy-screen:${group}.${code}`)
}

interface ChoiceProps<Code extends string> {
  label: string
  /** Group of words the codes are said with. */
  group: string
  codes: readonly Code[]
  value: Code
  onChange: (value: Code) => void
}

/** One of a few, all in sight. */
export function OneOf<Code extends string>(props: ChoiceProps<Code>) {
  const { label, group, codes, value, onChange } = props
  const { t } = useTranslation()
  return (
    <fieldset className="field">
      <legend>{label}</legend>
      <Radio.Group
        value={value}
        onChange={(event) => onChange(event.target.value as Code)}
        options={codes.map((code) => ({ value: code, label: word(t, group, code) }))}
      />
    </fieldset>
  )
}

/** One of a few or nothing, for what a rule may leave as it is. */
export function OneOrNone<Code extends string>(
  props: Omit<ChoiceProps<Code>, 'value' | 'onChange'> & {
    value: Code | null
    onChange: (value: Code | null) => void
    none: string
  },
) {
  const { label, group, codes, value, onChange, none } = props
  const { t } = useTranslation()
  return (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          className="full-width"
          value={String(value ?? '')}
          options={[
            { value: '', label: none },
            ...codes.map((code) => ({
              value: String(code),
              label: word(t, group, code),
            })),
          ]}
          onChange={(next) => onChange(codes.find((code) => code === next) ?? null)}
        />
      )}
    </Field>
  )
}

/** Some of a few, all in sight. */
export function SomeOf<Code extends string>(
  props: Omit<ChoiceProps<Code>, 'value' | 'onChange'> & {
    value: readonly Code[]
    onChange: (value: Code[]) => void
  },
) {
  const { label, group, codes, value, onChange } = props
  const { t } = useTranslation()
  return (
    <fieldset className="field">
      <legend>{label}</legend>
      <Checkbox.Group
        value={[...value]}
        onChange={(next) => onChange(codes.filter((code) => next.includes(code)))}
        options={codes.map((code) => ({ value: code, label: word(t, group, code) }))}
      />
    </fieldset>
  )
}

interface NumberProps {
  label: string
  value: number | null
  onChange: (value: number | null) => void
  min?: number
  max?: number
  suffix?: string
  hint?: string
}

interface ScaledProps extends NumberProps {
  /** So many of what is kept are one of what is shown. */
  scale: number
  digits: number
  formatter?: (shown: number | string | undefined) => string
}

/** A number shown in another unit than it is kept in. */
function ScaledNumber(props: ScaledProps) {
  const { label, value, onChange, min = 0, max, suffix, hint, scale, digits, formatter } = props
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <InputNumber
          id={id}
          className="full-width"
          value={value === null ? null : value / scale}
          min={min}
          {...(max === undefined ? {} : { max })}
          {...(formatter === undefined ? {} : { formatter })}
          precision={digits}
          suffix={suffix}
          onChange={(next) => onChange(next === null ? null : Math.round(next * scale))}
        />
      )}
    </Field>
  )
}

/** A whole number, or nothing. */
export function WholeNumber(props: NumberProps) {
  return <ScaledNumber {...props} scale={1} digits={0} />
}

/** A share of the price in percent, kept in parts per million. */
export function PercentField(props: NumberProps) {
  return (
    <ScaledNumber
      {...props}
      max={100}
      suffix="%"
      scale={PPM_OF_PERCENT}
      digits={PERCENT_DIGITS}
      formatter={(shown) => trimZeros(String(shown ?? ''))}
    />
  )
}

/** `0.0500` reads `0.05`. */
function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
}

/** An amount in the store's currency, kept in minor units. */
export function AmountField(props: NumberProps) {
  const { currency } = useStore()
  const digits = minorDigits(currency)
  return <ScaledNumber {...props} suffix={currency} scale={10 ** digits} digits={digits} />
}

interface DateFieldProps {
  label: string
  value: string | null
  onChange: (value: string | null) => void
  clearable?: boolean
  hint?: string
}

/** A business date. */
export function DateField({ label, value, onChange, clearable, hint }: DateFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <DatePicker
          id={id}
          className="full-width"
          allowClear={clearable ?? false}
          value={value === null ? null : dayjs(value)}
          onChange={(next) => onChange(next ? next.format('YYYY-MM-DD') : null)}
        />
      )}
    </Field>
  )
}

/** Words typed one by one: codes, brands; with suggestions, others can still be typed. */
export function WordsField({
  label,
  value,
  onChange,
  options,
  suggestions = [],
}: {
  label: string
  value: readonly string[]
  onChange: (value: string[]) => void
  options?: readonly { value: string; label: string }[]
  suggestions?: readonly string[]
}) {
  return (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          className="full-width"
          mode={options ? 'multiple' : 'tags'}
          value={[...value]}
          options={
            options ? [...options] : suggestions.map((each) => ({ value: each, label: each }))
          }
          showSearch={{ optionFilterProp: 'label' }}
          {...(options ? {} : { tokenSeparators: [',', '，'] })}
          {...(options || suggestions.length > 0 ? {} : { open: false, suffixIcon: null })}
          onChange={(next: string[]) => onChange(next.map((each) => each.trim()))}
        />
      )}
    </Field>
  )
}
