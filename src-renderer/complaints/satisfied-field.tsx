import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'

import type { ComplaintValues } from './complaint-form.ts'

/** Was the customer content? Not having asked is an answer of its own. */
export function SatisfiedField({
  value,
  onChange,
}: {
  value: ComplaintValues['satisfied']
  onChange: (value: ComplaintValues['satisfied']) => void
}) {
  const { t } = useTranslation()
  return (
    <fieldset className="field">
      <legend>{t('complaints:satisfied.title')}</legend>
      <Radio.Group
        optionType="button"
        buttonStyle="solid"
        value={value}
        options={(['yes', 'no', 'not_asked'] as const).map((each) => ({
          value: each,
          label: t(`complaints:satisfied.${each}`),
        }))}
        onChange={(event) => onChange(event.target.value)}
      />
    </fieldset>
  )
}
