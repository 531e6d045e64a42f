import { Checkbox } from 'antd'
import { Panel } from '../ui/page.tsx'
import { useTranslation } from 'react-i18next'

import { reasonClasses, remedies, voidFindings } from '../../src-main/policy/contract.ts'
import { AdjustmentFields } from './adjustment-fields.tsx'
import { AmountField, OneOf, SomeOf, WholeNumber } from './field-parts.tsx'
import type { FieldsProps } from './field-parts.tsx'
import { RemedyFields } from './remedy-fields.tsx'
import { TermFields } from './term-fields.tsx'

/** What a rule of its kind says: nothing but the fields of that kind. */
export function EffectFields(props: FieldsProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('policy-screen:write.says')}>
      <Fields {...props} />
    </Panel>
  )
}

function Fields(props: FieldsProps) {
  switch (props.form.effect) {
    case 'remedy':
      return (
        <>
          <Reasons {...props} />
          <RemedyFields {...props} />
        </>
      )
    case 'term':
      return <TermFields {...props} />
    case 'exclusion':
      return (
        <>
          <Reasons {...props} />
          <RemediesMeant {...props} label="takesAway" />
        </>
      )
    case 'adjustment':
      return (
        <>
          <Reasons {...props} />
          <AdjustmentFields {...props} />
        </>
      )
    case 'void':
      return (
        <>
          <Findings {...props} />
          <Reasons {...props} />
        </>
      )
    case 'exposure':
      return (
        <>
          <Reasons {...props} />
          <ExposureFields {...props} />
        </>
      )
    case 'duty':
      return (
        <>
          <Reasons {...props} />
          <RemediesMeant {...props} label="dutyWith" />
          <DutyFields {...props} />
        </>
      )
  }
}

function Reasons({ form, change }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <SomeOf
      label={t('policy-screen:field.reasons')}
      group="reasonClass"
      codes={reasonClasses}
      value={form.reasons}
      onChange={(reasons) => change({ reasons })}
    />
  )
}

function RemediesMeant({ form, change, label }: FieldsProps & { label: string }) {
  const { t } = useTranslation()
  return (
    <SomeOf
      label={t(`policy-screen:fact.${label}`)}
      group="remedy"
      codes={remedies}
      value={form.remediesMeant}
      onChange={(remediesMeant) => change({ remediesMeant })}
    />
  )
}

function Findings({ form, change }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <SomeOf
      label={t('policy-screen:fact.findings')}
      group="finding"
      codes={voidFindings}
      value={form.findings}
      onChange={(findings) => change({ findings })}
    />
  )
}

function ExposureFields({ form, change }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <div className="field-row">
      <WholeNumber
        label={t('policy-screen:field.times')}
        value={form.times}
        onChange={(times) => change({ times })}
      />
      <AmountField
        label={t('policy-screen:field.floor')}
        value={form.floor}
        onChange={(floor) => change({ floor })}
      />
      <WholeNumber
        label={t('policy-screen:field.delayDays')}
        value={form.delayDays}
        min={1}
        onChange={(delayDays) => change({ delayDays })}
      />
    </div>
  )
}

function DutyFields({ form, change }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <div className="field-row">
      <WholeNumber
        label={t('policy-screen:field.withinDays')}
        value={form.withinDays}
        hint={t('policy-screen:due.atOnce')}
        onChange={(withinDays) => change({ withinDays })}
      />
      <OneOf
        label={t('policy-screen:field.dayKind')}
        group="dayKind"
        codes={['calendar', 'working']}
        value={form.dutyDayKind}
        onChange={(dutyDayKind) => change({ dutyDayKind })}
      />
      {form.remediesMeant.includes('repair') && form.withinDays !== null ? (
        <Checkbox
          checked={form.metByLoan}
          onChange={(event) => change({ metByLoan: event.target.checked })}
        >
          {t('policy-screen:field.metByLoan')}
        </Checkbox>
      ) : null}
    </div>
  )
}
