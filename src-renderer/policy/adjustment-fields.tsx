import { Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { remedies } from '../../src-main/policy/contract.ts'
import { Field } from '../ui/field.tsx'
import { OneOf, OneOrNone, PercentField } from './field-parts.tsx'
import type { FieldsProps } from './field-parts.tsx'
import type { RuleForm, TestFee } from './rule-form.ts'
import { WindowFields } from './window-fields.tsx'

const STORE_PAYS: TestFee = { fault: 'store', noFault: 'store', unknown: 'store' }

/** How remedies are carried out; what stays empty changes nothing. */
export function AdjustmentFields({ form, change }: FieldsProps) {
  const { t } = useTranslation()
  const { adjust } = form
  const put = (next: Partial<RuleForm['adjust']>) => change({ adjust: { ...adjust, ...next } })
  const none = t('policy-screen:unchanged')
  return (
    <>
      <WindowFields window={form.window} always change={(window) => change({ window })} />
      <div className="field-row">
        <OneOrNone
          label={t('policy-screen:fact.depreciation')}
          group="depreciation"
          codes={['forbidden', 'allowed']}
          none={none}
          value={adjust.depreciation}
          onChange={(depreciation) => put({ depreciation })}
        />
        <PercentField
          label={t('policy-screen:fact.dailyAtMost')}
          value={adjust.dailyPpmAtMost}
          onChange={(dailyPpmAtMost) => put({ dailyPpmAtMost })}
        />
        <OneOrNone
          label={t('policy-screen:fact.gift')}
          group="gift"
          codes={['return', 'keep', 'return_or_value']}
          none={none}
          value={adjust.gift}
          onChange={(gift) => put({ gift })}
        />
        <OneOrNone
          label={t('policy-screen:fact.freight')}
          group="freight"
          codes={['store', 'customer', 'shared', 'by_liability']}
          none={none}
          value={adjust.freight}
          onChange={(freight) => put({ freight })}
        />
      </div>
      <div className="field-row">
        <OneOrNone
          label={t('policy-screen:fact.priceBasis')}
          group="priceBasis"
          codes={['paid', 'higher_of_paid_and_current']}
          none={none}
          value={adjust.priceBasis}
          onChange={(priceBasis) => put({ priceBasis })}
        />
        <OneOrNone
          label={t('policy-screen:fact.burdenOfProof')}
          group="burdenOfProof"
          codes={['seller', 'customer']}
          none={none}
          value={adjust.burdenOfProof}
          onChange={(burdenOfProof) => put({ burdenOfProof })}
        />
        <Field label={t('policy-screen:fact.offerOrder')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              mode="multiple"
              placeholder={none}
              value={adjust.offerOrder}
              options={remedies.map((value) => ({
                value,
                label: t(`policy-screen:remedy.${value}`),
              }))}
              onChange={(offerOrder) => put({ offerOrder })}
            />
          )}
        </Field>
      </div>
      <TestFeeFields testFee={adjust.testFee} change={(testFee) => put({ testFee })} />
      <div className="policy-checks">
        <Checkbox
          checked={adjust.repairedPartRestarts}
          onChange={(event) => put({ repairedPartRestarts: event.target.checked })}
        >
          {t('policy-screen:repairedPartRestarts')}
        </Checkbox>
        <Checkbox
          checked={adjust.lostTime}
          onChange={(event) => put({ lostTime: event.target.checked })}
        >
          {t('policy-screen:lostTime')}
        </Checkbox>
      </div>
    </>
  )
}

interface TestFeeFieldsProps {
  testFee: TestFee | null
  change: (testFee: TestFee | null) => void
}

function TestFeeFields({ testFee, change }: TestFeeFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Checkbox
        checked={testFee !== null}
        onChange={(event) => change(event.target.checked ? STORE_PAYS : null)}
      >
        {t('policy-screen:field.testFee')}
      </Checkbox>
      {testFee ? (
        <div className="field-row">
          <OneOf
            label={t('policy-screen:field.testFee_fault')}
            group="payer"
            codes={['store', 'customer']}
            value={testFee.fault}
            onChange={(fault) => change({ ...testFee, fault })}
          />
          <OneOf
            label={t('policy-screen:field.testFee_noFault')}
            group="payer"
            codes={['store', 'customer']}
            value={testFee.noFault}
            onChange={(noFault) => change({ ...testFee, noFault })}
          />
          <OneOf
            label={t('policy-screen:field.testFee_unknown')}
            group="payer"
            codes={['store', 'customer', 'shared']}
            value={testFee.unknown}
            onChange={(unknown) => change({ ...testFee, unknown })}
          />
        </div>
      ) : null}
    </>
  )
}
