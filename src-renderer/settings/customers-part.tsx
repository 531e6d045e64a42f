import { SaveOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { detailFields } from '../../src-main/customers/contract.ts'
import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'

type Settings = InferClientOutputs<typeof desk>['customers']['settings']

/** Which personal details the store asks for, and what customers agree to. */
export function CustomersPart() {
  const settings = useQuery(api.customers.settings.queryOptions())
  return (
    <>
      <RefusalAlert error={settings.error} />
      {settings.isLoading ? <LoadingState /> : null}
      {settings.data ? (
        <CustomersForm key={settings.data.version} settings={settings.data} />
      ) : null}
    </>
  )
}

function CustomersForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [asks, setAsks] = useState(settings.asks)
  const [wording, setWording] = useState(settings.wording || t('settings:customers.wordingUsual'))
  const change = useCommand(desk.customers.changeSettings, {
    onDone: ({ removed }) =>
      void message.success(
        removed > 0 ? t('settings:customers.removed', { count: removed }) : t('settings:saved'),
      ),
  })
  const save = () =>
    change.mutate({
      asks,
      wording: asks.length > 0 ? wording.trim() : settings.wording,
      version: settings.version,
    })
  useHotkeys([{ keys: 'Ctrl+Enter', label: t('settings:save'), run: save }])
  return (
    <>
      <RefusalAlert error={change.error} />
      <Panel title={t('settings:customers.asks')}>
        <p className="settings-note">{t('settings:customers.asksHint')}</p>
        <Checkbox.Group
          value={asks}
          options={detailFields.map((value) => ({
            value,
            label: t(`customers:detail.${value}`),
          }))}
          onChange={(chosen) => setAsks(detailFields.filter((each) => chosen.includes(each)))}
        />
        {asks.length > 0 ? (
          <Field
            label={t('settings:customers.wording')}
            hint={t('settings:customers.wordingHint')}
            wide
          >
            {(id) => (
              <Input.TextArea
                id={id}
                value={wording}
                maxLength={1000}
                autoSize={{ minRows: 3, maxRows: 8 }}
                onChange={(event) => setWording(event.target.value)}
              />
            )}
          </Field>
        ) : null}
      </Panel>
      <Button type="primary" icon={<SaveOutlined />} loading={change.isPending} onClick={save}>
        {t('settings:save')} <KeyCap keys="Ctrl+Enter" />
      </Button>
    </>
  )
}
