import { SaveOutlined } from '@ant-design/icons'
import type { InferClientInputs, InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Form, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { StoreFields } from '../ui/store-fields.tsx'
import { useCommand } from '../ui/use-command.ts'

type Profile = InferClientOutputs<typeof desk>['settings']['read']
type Change = InferClientInputs<typeof desk>['settings']['change']

const PAPER_LANGUAGES = ['zh', 'en', 'bilingual'] as const
const LONGEST_IDLE = 480

function StoreForm({ profile }: { profile: Profile }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { may } = useSession()
  const [form] = Form.useForm<Omit<Change, 'version' | 'language'>>()
  const change = useCommand(desk.settings.change, {
    onDone: () => void message.success(t('settings:saved')),
  })
  const mayChange = may('settings.change')
  useHotkeys([
    {
      keys: 'Ctrl+Enter',
      label: t('settings:save'),
      when: mayChange,
      run: () => form.submit(),
    },
  ])
  return (
    <Form
      form={form}
      name="store"
      layout="vertical"
      requiredMark={false}
      disabled={!mayChange}
      initialValues={profile}
      scrollToFirstError={{ focus: true }}
      onFinish={(values) =>
        change.mutate({ ...values, language: profile.language, version: profile.version })
      }
    >
      <RefusalAlert error={change.error} />
      {mayChange ? null : <p className="settings-note">{t('settings:readOnly')}</p>}
      <StoreFields />
      <div className="form-row">
        <Form.Item name="paperLanguage" label={t('settings:store.paperLanguage')}>
          <Select
            options={PAPER_LANGUAGES.map((value) => ({
              value,
              label: t(`settings:store.paperLanguages.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="idleLockMinutes"
          label={t('settings:store.idleLock')}
          rules={[{ required: true, message: t('settings:store.idleLockRule') }]}
        >
          <InputNumber
            min={1}
            max={LONGEST_IDLE}
            precision={0}
            suffix={t('settings:store.minutes')}
            className="settings-number"
          />
        </Form.Item>
      </div>
      {mayChange ? (
        <Button type="primary" htmlType="submit" icon={<SaveOutlined />} loading={change.isPending}>
          {t('settings:save')} <KeyCap keys="Ctrl+Enter" />
        </Button>
      ) : null}
    </Form>
  )
}

/** The store as it stands on every paper, and how its days are cut. */
export function StorePart() {
  const { t } = useTranslation()
  const profile = useQuery(api.settings.read.queryOptions())
  return (
    <Panel title={t('settings:part.store')}>
      <RefusalAlert error={profile.error} />
      {profile.data ? <StoreForm key={profile.data.version} profile={profile.data} /> : null}
      {profile.isLoading ? <LoadingState /> : null}
    </Panel>
  )
}
