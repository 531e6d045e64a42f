import { Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'

import type { BackUnit, GivenUnit } from './handover.ts'

/** Every answer a finding can have, as the locales know them. */
type Found =
  | NonNullable<BackUnit['goods' | 'accessories' | 'card' | 'manual' | 'invoice']['is']>
  | NonNullable<GivenUnit['seal' | 'appearance' | 'manual' | 'accessories']['is']>

interface FindingFieldProps<Is extends Found> {
  /** What is looked at: `三包凭证`. */
  label: string
  /** The goods it belongs to, for the screen reader. */
  of: string
  values: readonly Is[]
  /** Answers that need a reason. */
  wrong: readonly Is[]
  finding: { is?: Is | null | undefined; reason?: string | undefined }
  onChange: (finding: { is: Is; reason: string }) => void
}

/** One thing somebody looked at: as it should be, or not and why. */
export function FindingField<Is extends Found>(props: FindingFieldProps<Is>) {
  const { label, of, values, wrong, finding, onChange } = props
  const { t } = useTranslation()
  const is = finding.is ?? null
  const reason = finding.reason ?? ''
  const name = `${label} · ${of}`
  return (
    <div className="finding">
      <span className="finding-label">{label}</span>
      <Radio.Group
        optionType="button"
        buttonStyle="solid"
        size="small"
        aria-label={name}
        value={is}
        options={values.map((value) => ({ value, label: t(`exchanges:found.${value as Found}`) }))}
        onChange={(event) => onChange({ is: event.target.value as Is, reason })}
      />
      {is !== null && wrong.includes(is) ? (
        <Input
          size="small"
          className="finding-reason"
          value={reason}
          maxLength={200}
          autoComplete="off"
          status={reason.trim() === '' ? 'warning' : ''}
          placeholder={t('exchanges:handover.why')}
          aria-label={t('exchanges:handover.whyOf', { name })}
          onChange={(event) => onChange({ is, reason: event.target.value })}
        />
      ) : null}
    </div>
  )
}
