import { SaveOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Checkbox, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { closingPapers } from '../../src-main/day-closes/contract.ts'
import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'

type Settings = InferClientOutputs<typeof desk>['dayCloses']['settings']

/** How the store closes its days: who signs, when it is reminded, what is printed by itself. */
export function DayClosePart() {
  const settings = useQuery(api.dayCloses.settings.queryOptions())
  return (
    <>
      <RefusalAlert error={settings.error} />
      {settings.isLoading ? <LoadingState /> : null}
      {settings.data ? <DayCloseForm key={settings.data.version} settings={settings.data} /> : null}
    </>
  )
}

function DayCloseForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [values, setValues] = useState(settings)
  const set = (part: Partial<Settings>) => setValues((before) => ({ ...before, ...part }))
  const change = useCommand(desk.dayCloses.changeSettings, {
    onDone: () => void message.success(t('settings:saved')),
  })
  const save = () => change.mutate(values)
  useHotkeys([{ keys: 'Ctrl+Enter', label: t('settings:save'), run: save }])
  return (
    <>
      <RefusalAlert error={change.error} />
      <Panel title={t('day-closes:settings.signers')}>
        <Radio.Group
          name="day-close-signers"
          aria-label={t('day-closes:settings.signers')}
          value={values.signers}
          options={[
            { value: 3, label: t('day-closes:settings.three') },
            { value: 2, label: t('day-closes:settings.two') },
          ]}
          onChange={(event) => set({ signers: event.target.value === 2 ? 2 : 3 })}
        />
      </Panel>
      <Panel title={t('day-closes:settings.title')}>
        <div className="field-row">
          <Field label={t('day-closes:settings.remind')} hint={t('day-closes:settings.remindHint')}>
            {(id) => (
              <InputNumber
                id={id}
                className="full-width"
                min={0}
                max={240}
                precision={0}
                value={values.remindMinutes}
                onChange={(value) => set({ remindMinutes: value ?? 0 })}
              />
            )}
          </Field>
        </div>
        <fieldset className="close-papers">
          <legend>{t('day-closes:settings.papers')}</legend>
          {closingPapers.map((paper) => (
            <Checkbox
              key={paper}
              checked={values.papers.includes(paper)}
              onChange={({ target }) =>
                set({
                  papers: closingPapers.filter((each) =>
                    each === paper ? target.checked : values.papers.includes(each),
                  ),
                })
              }
            >
              {t(`day-closes:settings.paper.${paper}`)}
            </Checkbox>
          ))}
          <p className="settings-note">{t('day-closes:settings.papersHint')}</p>
        </fieldset>
      </Panel>
      <Button type="primary" icon={<SaveOutlined />} loading={change.isPending} onClick={save}>
        {t('settings:save')} <KeyCap keys="Ctrl+Enter" />
      </Button>
    </>
  )
}
