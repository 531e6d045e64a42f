import { EditOutlined, SaveOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Checkbox, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'

type Settings = InferClientOutputs<typeof desk>['complaints']['settings']

const bases = ['byItem', 'byCustomer', 'byCause'] as const

/** When a complaint counts as the repetition of another, and where the words to say are written. */
export function ComplaintsPart() {
  const settings = useQuery(api.complaints.settings.queryOptions())
  return (
    <>
      <RefusalAlert error={settings.error} />
      {settings.isLoading ? <LoadingState /> : null}
      {settings.data ? (
        <ComplaintsForm key={settings.data.version} settings={settings.data} />
      ) : null}
    </>
  )
}

function ComplaintsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [values, setValues] = useState(settings)
  const change = useCommand(desk.complaints.changeSettings, {
    onDone: () => void message.success(t('settings:saved')),
  })
  const save = () => change.mutate(values)
  useHotkeys([{ keys: 'Ctrl+Enter', label: t('settings:save'), run: save }])
  return (
    <>
      <RefusalAlert error={change.error} />
      <Panel title={t('cases:settings.repeats')}>
        <p className="settings-note">{t('cases:settings.repeatsHint')}</p>
        <Field label={t('cases:settings.days')} hint={t('cases:settings.daysHint')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              max={366}
              precision={0}
              value={values.recomplaintDays}
              onChange={(days) => setValues((now) => ({ ...now, recomplaintDays: days ?? 0 }))}
            />
          )}
        </Field>
        {bases.map((basis) => (
          <p key={basis}>
            <Checkbox
              checked={values[basis]}
              onChange={(event) => setValues((now) => ({ ...now, [basis]: event.target.checked }))}
            >
              {t(`cases:settings.${basis}`)}
            </Checkbox>
          </p>
        ))}
      </Panel>
      <Panel title={t('cases:guides.title')}>
        <p className="settings-note">{t('cases:settings.guidesHint')}</p>
        <Link to={paths.complaintGuides()}>
          <EditOutlined /> {t('cases:settings.guides')}
        </Link>
      </Panel>
      <Button type="primary" icon={<SaveOutlined />} loading={change.isPending} onClick={save}>
        {t('settings:save')} <KeyCap keys="Ctrl+Enter" />
      </Button>
    </>
  )
}
