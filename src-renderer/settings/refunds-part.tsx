import { SaveOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Checkbox, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import {
  conditions,
  otherTenderNeeds,
  roundingModes,
  roundingSteps,
} from '../../src-main/refunds/contract.ts'
import { tenderKinds } from '../../src-main/sales/contract.ts'
import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'

type Settings = InferClientOutputs<typeof desk>['refunds']['settings']
type TenderKind = (typeof tenderKinds)[number]
type Need = (typeof otherTenderNeeds)[number]

/** What a payment can be turned into; back the way it came is always possible. */
const targets = ['cash', 'voucher', 'stored_value'] as const

const ppmOfPercent = 10_000

/** The store's own rules for refund money: other tenders, cash rounding, what is kept for goods in a lesser state. */
export function RefundsPart() {
  const settings = useQuery(api.refunds.settings.queryOptions())
  return (
    <>
      <RefusalAlert error={settings.error} />
      {settings.isLoading ? <LoadingState /> : null}
      {settings.data ? <RefundsForm key={settings.data.version} settings={settings.data} /> : null}
    </>
  )
}

function RefundsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [values, setValues] = useState(settings)
  const set = (part: Partial<Settings>) => setValues((before) => ({ ...before, ...part }))
  const change = useCommand(desk.refunds.changeSettings, {
    onDone: () => void message.success(t('settings:saved')),
  })
  const save = () => change.mutate(values)
  useHotkeys([{ keys: 'Ctrl+Enter', label: t('settings:save'), run: save }])
  return (
    <>
      <RefusalAlert error={change.error} />
      <Panel title={t('settings:refunds.tenders')}>
        <p className="settings-note">{t('settings:refunds.tendersHint')}</p>
        <Checkbox
          checked={values.originalOnly}
          onChange={(event) => set({ originalOnly: event.target.checked })}
        >
          {t('settings:refunds.originalOnly')}
        </Checkbox>
        {values.originalOnly ? null : (
          <WaysTable ways={values.ways} onChange={(ways) => set({ ways })} />
        )}
      </Panel>
      <Panel title={t('settings:refunds.rounding')}>
        <div className="field-row">
          <Field label={t('settings:refunds.step')} hint={t('settings:refunds.stepHint')}>
            {(id) => (
              <Select
                id={id}
                className="full-width"
                value={values.roundingStep}
                options={roundingSteps.map((value) => ({
                  value,
                  label: t(`settings:refunds.steps.${value}`),
                }))}
                onChange={(roundingStep) => set({ roundingStep })}
              />
            )}
          </Field>
          <Field label={t('settings:refunds.mode')}>
            {(id) => (
              <Select
                id={id}
                className="full-width"
                disabled={values.roundingStep === 'none'}
                value={values.roundingMode}
                options={roundingModes.map((value) => ({
                  value,
                  label: t(`settings:refunds.modes.${value}`),
                }))}
                onChange={(roundingMode) => set({ roundingMode })}
              />
            )}
          </Field>
        </div>
      </Panel>
      <Panel title={t('settings:refunds.grades')}>
        <p className="settings-note">{t('settings:refunds.gradesHint')}</p>
        <div className="field-row">
          {conditions.map((condition) => (
            <Field key={condition} label={t(`refunds:condition.${condition}`)}>
              {(id) => (
                <InputNumber
                  id={id}
                  className="full-width"
                  min={0}
                  max={100}
                  precision={2}
                  suffix="%"
                  value={(values.grades[condition] ?? 0) / ppmOfPercent}
                  onChange={(percent) => {
                    const ppm = Math.round((percent ?? 0) * ppmOfPercent)
                    set({ grades: { ...values.grades, [condition]: ppm } })
                  }}
                />
              )}
            </Field>
          ))}
        </div>
      </Panel>
      <Button type="primary" icon={<SaveOutlined />} loading={change.isPending} onClick={save}>
        {t('settings:save')} <KeyCap keys="Ctrl+Enter" />
      </Button>
    </>
  )
}

interface WaysTableProps {
  ways: Settings['ways']
  onChange: (ways: Settings['ways']) => void
}

/** Which payment may go back as what, and what it takes. */
function WaysTable({ ways, onChange }: WaysTableProps) {
  const { t } = useTranslation()
  const choose = (from: TenderKind, to: TenderKind, needs: Need | 'never') => {
    const others = ways.filter((way) => way.from !== from || way.to !== to)
    onChange(needs === 'never' ? others : [...others, { from, to, needs }])
  }
  return (
    <table className="ways-table">
      <caption className="sr-only">{t('settings:refunds.tenders')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('settings:refunds.paidWith')}</th>
          {targets.map((to) => (
            <th key={to} scope="col">
              {t('settings:refunds.backAs', { tender: t(`refunds:tender.${to}`) })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tenderKinds.map((from) => (
          <tr key={from}>
            <th scope="row">{t(`refunds:tender.${from}`)}</th>
            {targets.map((to) => (
              <td key={to}>
                {from === to ? (
                  <span className="row-note">{t('settings:refunds.same')}</span>
                ) : (
                  <Select<Need | 'never'>
                    className="full-width"
                    aria-label={t('settings:refunds.wayOf', {
                      from: t(`refunds:tender.${from}`),
                      to: t(`refunds:tender.${to}`),
                    })}
                    value={ways.find((way) => way.from === from && way.to === to)?.needs ?? 'never'}
                    options={(['never', ...otherTenderNeeds] as const).map((value) => ({
                      value,
                      label: t(`settings:refunds.needs.${value}`),
                    }))}
                    onChange={(needs) => choose(from, to, needs)}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
