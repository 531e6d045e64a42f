import { Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { approverRoles, conditionGrades, remedies } from '../../src-main/policy/contract.ts'
import type { Remedy } from '../../src-main/policy/contract.ts'
import { Field } from '../ui/field.tsx'
import { useStore } from '../ui/store-context.ts'
import { DateField, OneOf, OneOrNone, PercentField, SomeOf, WholeNumber } from './field-parts.tsx'
import type { FieldsProps } from './field-parts.tsx'
import { countingTriggers } from './rule-form.ts'
import type { RemedyForm, RuleForm } from './rule-form.ts'
import { WindowFields } from './window-fields.tsx'

const TRIGGERS = [
  'none',
  'failed_repairs',
  'parts_missing',
  'repair_overdue',
  'cumulative_repair',
  'failed_after_repair',
  'found_substandard',
  'price_fell',
  'exchange_without_stock',
  'exchange_declined',
] as const
const FEES = ['none', 'depreciation', 'grade', 'restock', 'daily'] as const
const FREIGHT = ['store', 'customer', 'shared', 'by_liability'] as const
const GIFTS = ['return', 'keep', 'return_or_value'] as const
const NEEDS = ['complete', 'receipt', 'memberCard', 'repairRecords', 'medicalProof'] as const

/** What a customer may get, within which days, at what cost. */
export function RemedyFields(props: FieldsProps) {
  const { t } = useTranslation()
  const { form, change } = props
  return (
    <>
      <WindowFields window={form.window} always={false} change={(window) => change({ window })} />
      <TriggerFields {...props} />
      <Remedies {...props} />
      <OneOf
        label={t('policy-screen:fact.chooser')}
        group="chooser"
        codes={['customer', 'store']}
        value={form.chooser}
        onChange={(chooser) => change({ chooser })}
      />
      <NeedsFields {...props} />
      <div className="field-row">
        <OneOf
          label={t('policy-screen:fact.freight')}
          group="freight"
          codes={FREIGHT}
          value={form.freight}
          onChange={(freight) => change({ freight })}
        />
        <OneOf
          label={t('policy-screen:fact.gift')}
          group="gift"
          codes={GIFTS}
          value={form.gift}
          onChange={(gift) => change({ gift })}
        />
        <OneOrNone
          label={t('policy-screen:fact.approver')}
          group="approverRole"
          codes={approverRoles}
          none={t('policy-screen:byMatrix')}
          value={form.approver}
          onChange={(approver) => change({ approver })}
        />
      </div>
      <SeasonFields {...props} />
    </>
  )
}

function TriggerFields({ form, change }: FieldsProps) {
  const { t } = useTranslation()
  const { trigger } = form
  const put = (next: Partial<RuleForm['trigger']>) => change({ trigger: { ...trigger, ...next } })
  return (
    <div className="field-row">
      <Field label={t('policy-screen:fact.trigger')}>
        {(id) => (
          <Select
            id={id}
            className="full-width"
            value={trigger.kind}
            options={TRIGGERS.map((value) => ({
              value,
              label: t(`policy-screen:triggerKind.${value}`),
            }))}
            onChange={(kind) => put({ kind })}
          />
        )}
      </Field>
      {countingTriggers.includes(trigger.kind) ? (
        <WholeNumber
          label={t(
            trigger.kind === 'failed_repairs'
              ? 'policy-screen:field.repairs'
              : 'policy-screen:field.days',
          )}
          value={trigger.number}
          min={1}
          onChange={(number) => put({ number })}
        />
      ) : null}
      {trigger.kind === 'repair_overdue' ? (
        <OneOf
          label={t('policy-screen:field.cause')}
          group="cause"
          codes={['repairer', 'any']}
          value={trigger.cause}
          onChange={(cause) => put({ cause })}
        />
      ) : null}
    </div>
  )
}

function Remedies({ form, change }: FieldsProps) {
  const { t } = useTranslation()
  const toggle = (remedy: Remedy, on: boolean) => {
    const others = form.remedies.filter((each) => each.remedy !== remedy)
    const fresh: RemedyForm = { remedy, fee: 'none', ppm: null, grades: {} }
    const next = on ? [...others, fresh] : others
    change({
      remedies: next.toSorted((a, b) => remedies.indexOf(a.remedy) - remedies.indexOf(b.remedy)),
    })
  }
  return (
    <fieldset className="field">
      <legend>{t('policy-screen:fact.remedies')}</legend>
      {remedies.map((remedy) => {
        const chosen = form.remedies.find((each) => each.remedy === remedy)
        return (
          <div key={remedy} className="policy-remedy">
            <Checkbox
              checked={chosen !== undefined}
              onChange={(event) => toggle(remedy, event.target.checked)}
            >
              {t(`policy-screen:remedy.${remedy}`)}
            </Checkbox>
            {chosen ? (
              <FeeFields
                remedy={chosen}
                change={(next) =>
                  change({
                    remedies: form.remedies.map((each) => (each === chosen ? next : each)),
                  })
                }
              />
            ) : null}
          </div>
        )
      })}
    </fieldset>
  )
}

interface FeeFieldsProps {
  remedy: RemedyForm
  change: (remedy: RemedyForm) => void
}

function FeeFields({ remedy, change }: FeeFieldsProps) {
  const { t } = useTranslation()
  const name = t(`policy-screen:remedy.${remedy.remedy}`)
  return (
    <div className="policy-fee">
      <Select
        aria-label={t('policy-screen:field.feeOf', { remedy: name })}
        className="policy-fee-kind"
        value={remedy.fee}
        options={FEES.map((value) => ({ value, label: t(`policy-screen:fee.${value}`) }))}
        onChange={(fee) => change({ ...remedy, fee })}
      />
      {remedy.fee === 'restock' || remedy.fee === 'daily' ? (
        <PercentField
          label={t('policy-screen:field.share')}
          value={remedy.ppm}
          onChange={(ppm) => change({ ...remedy, ppm })}
        />
      ) : null}
      {remedy.fee === 'grade' ? (
        <div className="field-row">
          {conditionGrades.map((grade) => (
            <PercentField
              key={grade}
              label={t(`policy-screen:condition.${grade}`)}
              value={remedy.grades[grade] ?? null}
              onChange={(ppm) => {
                const { [grade]: _old, ...others } = remedy.grades
                change({ ...remedy, grades: ppm === null ? others : { ...others, [grade]: ppm } })
              }}
            />
          ))}
        </div>
      ) : null}
    </div>
  )
}

function NeedsFields({ form, change }: FieldsProps) {
  const { t } = useTranslation()
  const { needs } = form
  const put = (next: Partial<RuleForm['needs']>) => change({ needs: { ...needs, ...next } })
  return (
    <div className="field-row">
      <SomeOf
        label={t('policy-screen:field.conditions')}
        group="condition"
        codes={conditionGrades}
        value={needs.conditions}
        onChange={(conditions) => put({ conditions })}
      />
      <SomeOf
        label={t('policy-screen:fact.needs')}
        group="need"
        codes={NEEDS}
        value={NEEDS.filter((flag) => needs[flag])}
        onChange={(on) =>
          put({
            complete: on.includes('complete'),
            receipt: on.includes('receipt'),
            memberCard: on.includes('memberCard'),
            repairRecords: on.includes('repairRecords'),
            medicalProof: on.includes('medicalProof'),
          })
        }
      />
    </div>
  )
}

function SeasonFields({ form, change }: FieldsProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  const { season } = form
  return (
    <>
      <Checkbox
        checked={season !== null}
        onChange={(event) =>
          change({
            season: event.target.checked ? { soldFrom: today, soldTo: today, until: today } : null,
          })
        }
      >
        {t('policy-screen:field.season')}
      </Checkbox>
      {season ? (
        <div className="field-row">
          {(['soldFrom', 'soldTo', 'until'] as const).map((field) => (
            <DateField
              key={field}
              label={t(`policy-screen:field.season_${field}`)}
              value={season[field]}
              onChange={(date) => change({ season: { ...season, [field]: date ?? today } })}
            />
          ))}
        </div>
      ) : null}
      <WholeNumber
        label={t('policy-screen:field.kilometresTo')}
        hint={t('policy-screen:field.kilometresHint')}
        value={form.kilometresTo}
        min={1}
        max={9_999_999}
        onChange={(kilometresTo) => change({ kilometresTo })}
      />
    </>
  )
}
