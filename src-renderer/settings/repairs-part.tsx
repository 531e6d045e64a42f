import { SaveOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'

type Settings = InferClientOutputs<typeof desk>['repairs']['settings']

/** The store's numbers for repairs: storage, how long a repair holds, and when it is usually promised. */
export function RepairsPart() {
  const settings = useQuery(api.repairs.settings.queryOptions())
  return (
    <>
      <RefusalAlert error={settings.error} />
      {settings.isLoading ? <LoadingState /> : null}
      {settings.data ? <RepairsForm key={settings.data.version} settings={settings.data} /> : null}
    </>
  )
}

function RepairsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [values, setValues] = useState(settings)
  const set = (part: Partial<Settings>) => setValues((before) => ({ ...before, ...part }))
  const change = useCommand(desk.repairs.changeSettings, {
    onDone: () => void message.success(t('settings:saved')),
  })
  const save = () => change.mutate(values)
  useHotkeys([{ keys: 'Ctrl+Enter', label: t('settings:save'), run: save }])
  const days = (name: 'storageDays' | 'warrantyDays' | 'promiseDays', least: number) => (
    <Field
      label={t(`settings:repairs.${name}`)}
      hint={name === 'warrantyDays' ? t('settings:repairs.warrantyHint') : undefined}
    >
      {(id) => (
        <InputNumber
          id={id}
          className="full-width"
          min={least}
          max={name === 'promiseDays' ? 365 : 3650}
          precision={0}
          value={values[name]}
          onChange={(value) => set({ [name]: value ?? least })}
        />
      )}
    </Field>
  )
  return (
    <>
      <RefusalAlert error={change.error} />
      <Panel title={t('settings:repairs.storage')}>
        <p className="settings-note">{t('settings:repairs.storageHint')}</p>
        <div className="field-row">
          {days('storageDays', 1)}
          <Field label={t('settings:repairs.storageFee')}>
            {(id) => (
              <MoneyField
                id={id}
                className="full-width"
                value={values.storageFee}
                onChange={(storageFee) => set({ storageFee: storageFee ?? 0 })}
              />
            )}
          </Field>
        </div>
      </Panel>
      <Panel title={t('settings:repairs.usual')}>
        <div className="field-row">
          {days('warrantyDays', 0)}
          {days('promiseDays', 1)}
        </div>
      </Panel>
      <Button type="primary" icon={<SaveOutlined />} loading={change.isPending} onClick={save}>
        {t('settings:save')} <KeyCap keys="Ctrl+Enter" />
      </Button>
    </>
  )
}
