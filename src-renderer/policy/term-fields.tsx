import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'

import { clockStarts } from '../../src-main/policy/contract.ts'
import { Field } from '../ui/field.tsx'
import { PercentField, SomeOf, WholeNumber } from './field-parts.tsx'
import type { FieldsProps } from './field-parts.tsx'
import type { PartForm } from './rule-form.ts'
import { byPreference } from './window-fields.tsx'

/** Warranty of the whole unit and of its main parts, and what a day of use costs. */
export function TermFields({ form, change }: FieldsProps) {
  const { t } = useTranslation()
  const putPart = (index: number, next: Partial<PartForm>) =>
    change({
      parts: form.parts.map((part, at) => (at === index ? { ...part, ...next } : part)),
    })
  const undecided = t('policy-screen:undecidedValue')
  return (
    <>
      <div className="field-row">
        <WholeNumber
          label={t('policy-screen:field.unitMonths')}
          value={form.unitMonths}
          min={1}
          {...(form.unitMonths === null ? { hint: undecided } : {})}
          onChange={(unitMonths) => change({ unitMonths })}
        />
        <PercentField
          label={t('policy-screen:field.dailyRate')}
          value={form.dailyPpm}
          {...(form.dailyPpm === null ? { hint: undecided } : {})}
          onChange={(dailyPpm) => change({ dailyPpm })}
        />
      </div>
      <SomeOf
        label={t('policy-screen:field.start')}
        group="start"
        codes={clockStarts}
        value={form.start}
        onChange={(start) => change({ start: byPreference.filter((each) => start.includes(each)) })}
      />
      {form.parts.map((part, index) => (
        // Parts have no identity but their place while their code is typed.
        <div key={index} className="field-row policy-part">
          <Field label={t('policy-screen:field.partCode')}>
            {(id) => (
              <Input
                id={id}
                value={part.part}
                maxLength={40}
                autoComplete="off"
                onChange={(event) =>
                  putPart(index, {
                    part: event.target.value.toLowerCase().replaceAll(/[^a-z0-9_]/g, ''),
                  })
                }
              />
            )}
          </Field>
          {(['zh', 'en'] as const).map((language) => (
            <Field key={language} label={t(`policy-screen:field.partName.${language}`)}>
              {(id) => (
                <Input
                  id={id}
                  value={part.name[language]}
                  maxLength={60}
                  autoComplete="off"
                  onChange={(event) =>
                    putPart(index, { name: { ...part.name, [language]: event.target.value } })
                  }
                />
              )}
            </Field>
          ))}
          <WholeNumber
            label={t('policy-screen:field.partMonths')}
            value={part.months}
            min={1}
            {...(part.months === null ? { hint: undecided } : {})}
            onChange={(months) => putPart(index, { months })}
          />
          <Button
            icon={<DeleteOutlined />}
            aria-label={t('policy-screen:field.removePart', { part: part.name.zh || part.part })}
            onClick={() => change({ parts: form.parts.filter((_part, at) => at !== index) })}
          />
        </div>
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() =>
          change({ parts: [...form.parts, { part: '', name: { zh: '', en: '' }, months: null }] })
        }
      >
        {t('policy-screen:field.addPart')}
      </Button>
    </>
  )
}
