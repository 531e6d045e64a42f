import { SaveOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { giveBackWays, issuers } from '../../src-main/vouchers/contract.ts'
import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'

type Settings = InferClientOutputs<typeof desk>['vouchers']['settings']

/** The store's own rules for vouchers: who issues them, how long they run, where a refund puts the money. */
export function VouchersPart() {
  const settings = useQuery(api.vouchers.settings.queryOptions())
  return (
    <>
      <RefusalAlert error={settings.error} retry={settings.refetch} />
      {settings.isLoading ? <LoadingState /> : null}
      {settings.data ? <VouchersForm key={settings.data.version} settings={settings.data} /> : null}
    </>
  )
}

function VouchersForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [values, setValues] = useState(settings)
  const set = (part: Partial<Settings>) => setValues((before) => ({ ...before, ...part }))
  const change = useCommand(desk.vouchers.changeSettings, {
    onDone: () => void message.success(t('settings:saved')),
  })
  const save = () => change.mutate(values)
  useHotkeys([{ keys: 'Ctrl+Enter', label: t('settings:save'), run: save }])
  return (
    <>
      <RefusalAlert error={change.error} />
      <Panel title={t('settings:vouchers.title')}>
        <div className="field-row">
          <Field label={t('settings:vouchers.issuer')} hint={<Caps issuer={values.issuer} />}>
            {(id) => (
              <Select
                id={id}
                className="full-width"
                value={values.issuer}
                options={issuers.map((value) => ({
                  value,
                  label: t(`settings:vouchers.issuers.${value}`),
                }))}
                onChange={(issuer) => set({ issuer })}
              />
            )}
          </Field>
          <Field label={t('settings:vouchers.giveBack')} hint={t('settings:vouchers.giveBackHint')}>
            {(id) => (
              <Select
                id={id}
                className="full-width"
                value={values.giveBack}
                options={giveBackWays.map((value) => ({
                  value,
                  label: t(`settings:vouchers.giveBackWays.${value}`),
                }))}
                onChange={(giveBack) => set({ giveBack })}
              />
            )}
          </Field>
        </div>
        <div className="field-row">
          <Field
            label={t('settings:vouchers.cashOutUpTo')}
            hint={t('settings:vouchers.cashOutUpToHint')}
          >
            {(id) => (
              <MoneyField
                id={id}
                className="full-width"
                value={values.cashOutUpTo}
                onChange={(amount) => set({ cashOutUpTo: amount === 0 ? null : amount })}
              />
            )}
          </Field>
        </div>
        <div className="field-row">
          <Months
            name="expiryMonths"
            value={values.expiryMonths}
            onChange={(expiryMonths) => set({ expiryMonths })}
          />
          <Months
            name="giftExpiryMonths"
            value={values.giftExpiryMonths}
            onChange={(giftExpiryMonths) => set({ giftExpiryMonths })}
          />
        </div>
      </Panel>
      <Button type="primary" icon={<SaveOutlined />} loading={change.isPending} onClick={save}>
        {t('settings:save')} <KeyCap keys="Ctrl+Enter" />
      </Button>
    </>
  )
}

interface MonthsProps {
  name: 'expiryMonths' | 'giftExpiryMonths'
  value: number | null
  onChange: (months: number | null) => void
}

/** Months a voucher runs; empty for ever. */
function Months({ name, value, onChange }: MonthsProps) {
  const { t } = useTranslation()
  return (
    <Field label={t(`settings:vouchers.${name}`)} hint={t(`settings:vouchers.${name}Hint`)}>
      {(id) => (
        <InputNumber
          id={id}
          className="full-width"
          min={1}
          max={120}
          precision={0}
          placeholder={t('settings:vouchers.endless')}
          value={value}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

/** What law lets a voucher hold where the store is, for who issues them: of one voucher, or of a consumer's together. */
function Caps({ issuer }: { issuer: Settings['issuer'] }) {
  const { t, i18n } = useTranslation()
  const { currency } = useStore()
  const caps = useQuery(api.vouchers.caps.queryOptions({ input: { issuer } }))
  const { named, bearer } = caps.data ?? { named: null, bearer: null }
  if (!named || !bearer) return null
  const say = ({ amount, per }: { amount: number; per: 'voucher' | 'consumer' }) =>
    t(`settings:vouchers.per.${per}`, { amount: formatMoney(amount, currency, i18n.language) })
  return t('settings:vouchers.caps', { named: say(named), bearer: say(bearer), law: named.law })
}
