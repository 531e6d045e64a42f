import { Input, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { complainants, demands, modes, severities } from '../../src-main/complaints/contract.ts'
import { Field } from '../ui/field.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import type { DetailValues } from './complaint-form.ts'

interface DetailFieldsProps {
  values: DetailValues
  onChange: (part: Partial<DetailValues>) => void
}

/** What the store's form wants beside the words: nobody needs it for a complaint solved on the spot. */
export function DetailFields({ values, onChange }: DetailFieldsProps) {
  const { t } = useTranslation()
  return (
    <div className="detail-fields">
      <Field label={t('complaints:detail.desired')} wide>
        {(id) => (
          <Input
            id={id}
            value={values.desired}
            maxLength={4000}
            autoComplete="off"
            placeholder={t('complaints:detail.desiredExample')}
            onChange={(event) => onChange({ desired: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('complaints:detail.demand')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            value={values.demand}
            placeholder={t('complaints:detail.notAsked')}
            options={demands.map((value) => ({ value, label: t(`complaints:demand.${value}`) }))}
            onChange={(demand) => onChange({ demand: demand ?? null })}
          />
        )}
      </Field>
      <Field label={t('complaints:detail.amount')}>
        {(id) => (
          <MoneyField
            id={id}
            value={values.demandAmount}
            onChange={(demandAmount) => onChange({ demandAmount })}
          />
        )}
      </Field>
      <Field label={t('complaints:detail.mode')}>
        {(id) => (
          <Select
            id={id}
            value={values.mode}
            options={modes.map((value) => ({ value, label: t(`complaints:mode.${value}`) }))}
            onChange={(mode) => onChange({ mode })}
          />
        )}
      </Field>
      <fieldset className="field">
        <legend>{t('complaints:detail.severity')}</legend>
        <Segmented
          value={values.severity}
          options={severities.map((value) => ({
            value,
            label: t(`complaints:severity.${value}`),
          }))}
          onChange={(severity) => onChange({ severity })}
        />
      </fieldset>
      <fieldset className="field">
        <legend>{t('complaints:detail.complainant')}</legend>
        <Segmented
          value={values.complainant}
          options={complainants.map((value) => ({
            value,
            label: t(`complaints:complainant.${value}`),
          }))}
          onChange={(complainant) => onChange({ complainant })}
        />
      </fieldset>
    </div>
  )
}
