import { Checkbox, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { effects, ownLayers } from '../../src-main/policy/contract.ts'
import { Field } from '../ui/field.tsx'
import { Panel } from '../ui/page.tsx'
import { useStore } from '../ui/store-context.ts'
import { DateField, OneOf } from './field-parts.tsx'
import type { FieldsProps } from './field-parts.tsx'
import { emptyRule } from './rule-form.ts'

const LONGEST_TEXT = 400
const LONGEST_BASIS = 200

/** What every rule has: kind, layer, both languages, ground and days. */
export function HeaderFields({
  form,
  change,
  effectFixed,
}: FieldsProps & { effectFixed: boolean }) {
  const { t } = useTranslation()
  const { today } = useStore()
  const word = (field: 'text' | 'basis', language: 'zh' | 'en', max: number) => (
    <Field label={t(`policy-screen:field.${field}.${language}`)}>
      {(id) => (
        <Input.TextArea
          id={id}
          lang={language === 'zh' ? 'zh-CN' : 'en'}
          value={form[field][language]}
          maxLength={max}
          autoSize={{ minRows: field === 'text' ? 2 : 1, maxRows: 6 }}
          onChange={(event) =>
            change({ [field]: { ...form[field], [language]: event.target.value } })
          }
        />
      )}
    </Field>
  )
  return (
    <Panel title={t('policy-screen:write.head')}>
      <div className="field-row">
        <Field label={t('policy-screen:field.effect')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              disabled={effectFixed}
              value={form.effect}
              options={effects.map((value) => ({
                value,
                label: t(`policy-screen:effect.${value}`),
              }))}
              onChange={(effect) => {
                const { reasons, window, scope, not } = emptyRule(effect, today)
                change({ effect, reasons, window, scope, not })
              }}
            />
          )}
        </Field>
        <Field label={t('policy-screen:field.layer')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              value={form.layer}
              options={ownLayers.map((value) => ({
                value,
                label: t(`policy-screen:layer.${value}`),
              }))}
              onChange={(layer) => change({ layer })}
            />
          )}
        </Field>
      </div>
      <div className="field-row">
        {word('text', 'zh', LONGEST_TEXT)}
        {word('text', 'en', LONGEST_TEXT)}
      </div>
      <div className="field-row">
        {word('basis', 'zh', LONGEST_BASIS)}
        {word('basis', 'en', LONGEST_BASIS)}
      </div>
      <div className="field-row">
        <DateField
          label={t('policy-screen:field.validFrom')}
          value={form.validFrom}
          onChange={(validFrom) => change({ validFrom: validFrom ?? today })}
        />
        <DateField
          label={t('policy-screen:field.validTo')}
          value={form.validTo}
          clearable
          onChange={(validTo) => change({ validTo })}
        />
        <OneOf
          label={t('policy-screen:field.validBy')}
          group="validBy"
          codes={['sale', 'today']}
          value={form.validBy}
          onChange={(validBy) => change({ validBy })}
        />
      </div>
      <div className="field-row">
        <Field label={t('policy-screen:field.source')} hint={t('policy-screen:field.sourceHint')}>
          {(id) => (
            <Input
              id={id}
              value={form.source}
              maxLength={LONGEST_BASIS}
              autoComplete="off"
              onChange={(event) => change({ source: event.target.value })}
            />
          )}
        </Field>
        <div className="policy-alone">
          <Checkbox
            checked={form.unverified}
            onChange={(event) => change({ unverified: event.target.checked })}
          >
            {t('policy-screen:field.unverified')}
          </Checkbox>
          <Checkbox
            checked={!form.enabled}
            onChange={(event) => change({ enabled: !event.target.checked })}
          >
            {t('policy-screen:field.disabled')}
          </Checkbox>
        </div>
      </div>
    </Panel>
  )
}
