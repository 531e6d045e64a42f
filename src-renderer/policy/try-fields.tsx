import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Checkbox, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import {
  channels,
  conditionGrades,
  reasonClasses,
  remedies,
  voidFindings,
} from '../../src-main/policy/contract.ts'
import { Field } from '../ui/field.tsx'
import {
  AmountField,
  DateField,
  OneOf,
  OneOrNone,
  SomeOf,
  WholeNumber,
  WordsField,
} from './field-parts.tsx'
import { useBilingual } from './policy.ts'
import type { Trial } from './policy.ts'
import { useTiers, useVocabulary } from './use-words.ts'

interface TryFieldsProps {
  trial: Trial
  change: (next: Partial<Trial>) => void
}

type Repair = Trial['repairs'][number]
const PROOFS = ['receipt', 'memberCard', 'medical', 'repairRecords'] as const

/** The facts a verdict hangs on; what is not known stays open and comes back as a question. */
export function TryFields(props: TryFieldsProps) {
  return (
    <>
      <Goods {...props} />
      <Dates {...props} />
      <Claim {...props} />
      <Findings {...props} />
      <Repairs {...props} />
      <More {...props} />
    </>
  )
}

function Goods({ trial, change }: TryFieldsProps) {
  const { t } = useTranslation()
  const say = useBilingual()
  const { categories } = useVocabulary()
  return (
    <>
      <Field label={t('policy-screen:field.category')}>
        {(id) => (
          <Select
            id={id}
            className="full-width"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('policy-screen:try.noCategory')}
            value={trial.category}
            options={categories.map(({ code, name }) => ({ value: code, label: say(name) }))}
            onChange={(category) => change({ category: category ?? null })}
          />
        )}
      </Field>
      <div className="field-row">
        <AmountField
          label={t('policy-screen:field.paid')}
          value={trial.paid}
          onChange={(paid) => change({ paid: paid ?? 0 })}
        />
        <WholeNumber
          label={t('policy-screen:field.units')}
          value={trial.units}
          min={1}
          max={9_999}
          onChange={(units) => change({ units: units ?? 1 })}
        />
      </div>
    </>
  )
}

function Dates({ trial, change }: TryFieldsProps) {
  const { t } = useTranslation()
  return (
    <div className="field-row">
      <DateField
        label={t('policy-screen:field.sold')}
        value={trial.sold}
        onChange={(sold) => change({ sold: sold ?? trial.sold })}
      />
      <DateField
        label={t('policy-screen:field.onDay')}
        value={trial.today}
        onChange={(today) => change({ today: today ?? trial.today })}
      />
    </div>
  )
}

function Claim({ trial, change }: TryFieldsProps) {
  const { t } = useTranslation()
  const unknown = t('policy-screen:try.unknown')
  return (
    <>
      <div className="field-row">
        <OneOrNone
          label={t('policy-screen:field.reason')}
          group="reasonClass"
          codes={reasonClasses}
          none={unknown}
          value={trial.reason}
          onChange={(reason) => change({ reason })}
        />
        <OneOrNone
          label={t('policy-screen:field.condition')}
          group="condition"
          codes={conditionGrades}
          none={unknown}
          value={trial.condition}
          onChange={(condition) => change({ condition })}
        />
      </div>
      <div className="field-row">
        <YesNo
          label={t('policy-screen:field.complete')}
          value={trial.complete}
          onChange={(complete) => change({ complete })}
        />
        <YesNo
          label={t('policy-screen:field.inStock')}
          value={trial.sameModelInStock}
          onChange={(sameModelInStock) => change({ sameModelInStock })}
        />
        <OneOrNone
          label={t('policy-screen:field.wish')}
          group="remedy"
          codes={remedies}
          none={unknown}
          value={trial.wish}
          onChange={(wish) => change({ wish })}
        />
      </div>
    </>
  )
}

interface YesNoProps {
  label: string
  value: boolean | null
  onChange: (value: boolean | null) => void
}

function YesNo({ label, value, onChange }: YesNoProps) {
  const { t } = useTranslation()
  return (
    <OneOrNone
      label={label}
      group="answer"
      codes={['yes', 'no']}
      none={t('policy-screen:try.unknown')}
      value={value === null ? null : value ? 'yes' : 'no'}
      onChange={(next) => onChange(next === null ? null : next === 'yes')}
    />
  )
}

function Findings({ trial, change }: TryFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <SomeOf
        label={t('policy-screen:field.proofs')}
        group="proof"
        codes={PROOFS}
        value={PROOFS.filter((proof) => trial.proof[proof])}
        onChange={(on) =>
          change({
            proof: {
              receipt: on.includes('receipt'),
              memberCard: on.includes('memberCard'),
              medical: on.includes('medical'),
              repairRecords: on.includes('repairRecords'),
            },
          })
        }
      />
      <Checkbox
        checked={trial.findings !== null}
        onChange={(event) => change({ findings: event.target.checked ? [] : null })}
      >
        {t('policy-screen:try.looked')}
      </Checkbox>
      {trial.findings ? (
        <SomeOf
          label={t('policy-screen:fact.findings')}
          group="finding"
          codes={voidFindings}
          value={trial.findings}
          onChange={(findings) => change({ findings })}
        />
      ) : null}
    </>
  )
}

function Repairs({ trial, change }: TryFieldsProps) {
  const { t } = useTranslation()
  const put = (index: number, next: Partial<Repair>) =>
    change({
      repairs: trial.repairs.map((each, at) => (at === index ? { ...each, ...next } : each)),
    })
  const fresh: Repair = {
    part: null,
    handedIn: trial.sold,
    handedBack: trial.today,
    waitedForParts: 0,
    delayedBy: null,
    failed: true,
    recorded: true,
  }
  return (
    <fieldset className="field">
      <legend>{t('policy-screen:try.repairs')}</legend>
      {trial.repairs.map((repair, index) => (
        // Repairs have no identity but their place in the list.
        <div key={index} className="field-row policy-part">
          <DateField
            label={t('policy-screen:field.handedIn')}
            value={repair.handedIn}
            onChange={(handedIn) => put(index, { handedIn: handedIn ?? repair.handedIn })}
          />
          <DateField
            label={t('policy-screen:field.handedBack')}
            value={repair.handedBack}
            clearable
            onChange={(handedBack) => put(index, { handedBack })}
          />
          <WholeNumber
            label={t('policy-screen:field.waited')}
            value={repair.waitedForParts}
            onChange={(days) => put(index, { waitedForParts: days ?? 0 })}
          />
          <div className="policy-alone">
            <Checkbox
              checked={repair.failed}
              onChange={(event) => put(index, { failed: event.target.checked })}
            >
              {t('policy-screen:field.failedAgain')}
            </Checkbox>
            <Checkbox
              checked={repair.recorded}
              onChange={(event) => put(index, { recorded: event.target.checked })}
            >
              {t('policy-screen:field.recorded')}
            </Checkbox>
          </div>
          <Button
            icon={<DeleteOutlined />}
            aria-label={t('policy-screen:try.removeRepair', { number: index + 1 })}
            onClick={() => change({ repairs: trial.repairs.filter((_each, at) => at !== index) })}
          />
        </div>
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() => change({ repairs: [...trial.repairs, fresh] })}
      >
        {t('policy-screen:try.addRepair')}
      </Button>
    </fieldset>
  )
}

/** Facts that seldom matter. */
function More({ trial, change }: TryFieldsProps) {
  const { t } = useTranslation()
  const { tags } = useVocabulary()
  const tiers = useTiers()
  return (
    <details className="policy-more">
      <summary>{t('policy-screen:try.more')}</summary>
      <div className="field-row">
        {(['delivered', 'installed', 'exchanged'] as const).map((field) => (
          <DateField
            key={field}
            label={t(`policy-screen:field.${field}`)}
            value={trial[field]}
            clearable
            onChange={(date) => change({ [field]: date })}
          />
        ))}
      </div>
      <div className="field-row">
        {(['brand', 'counter', 'sku'] as const).map((field) => (
          <Field key={field} label={t(`policy-screen:field.${field}`)}>
            {(id) => (
              <Input
                id={id}
                value={trial[field]}
                maxLength={60}
                autoComplete="off"
                onChange={(event) => change({ [field]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <Field label={t('policy-screen:field.tier')}>
          {(id) => (
            <AutoComplete
              id={id}
              className="full-width"
              value={trial.tier ?? ''}
              maxLength={40}
              options={tiers.map((value) => ({ value }))}
              onChange={(tier: string) => change({ tier: tier || null })}
            />
          )}
        </Field>
      </div>
      <div className="field-row">
        <WordsField
          label={t('policy-screen:field.tags')}
          value={trial.tags}
          options={[...new Set([...tags, ...trial.tags])].map((value) => ({
            value,
            label: t(`policy-screen:tag.${value}`, { defaultValue: value }),
          }))}
          onChange={(value) => change({ tags: value })}
        />
        <AmountField
          label={t('policy-screen:field.currentPrice')}
          value={trial.currentPrice}
          onChange={(currentPrice) => change({ currentPrice })}
        />
      </div>
      <div className="field-row">
        <WholeNumber
          label={t('policy-screen:field.kilometres')}
          value={trial.kilometres ?? null}
          max={9_999_999}
          onChange={(kilometres) => change({ kilometres })}
        />
        <OneOf
          label={t('policy-screen:field.channels')}
          group="channel"
          codes={channels}
          value={trial.channel}
          onChange={(channel) => change({ channel })}
        />
        <div className="policy-alone">
          <Checkbox
            checked={trial.foundSubstandard}
            onChange={(event) => change({ foundSubstandard: event.target.checked })}
          >
            {t('policy-screen:field.foundSubstandard')}
          </Checkbox>
        </div>
      </div>
    </details>
  )
}
