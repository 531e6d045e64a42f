import { CheckOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { currentLanguage } from '../app/i18n.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { StoreFields, storeDefaults } from '../ui/store-fields.tsx'
import type { StoreValues } from '../ui/store-fields.tsx'
import { useDraft } from '../ui/use-draft.ts'
import { DoorPage } from './brand.tsx'
import { PinField } from '../ui/pin-field.tsx'

interface ManagerValues {
  code: string
  managerName: string
  pin: string
  pinAgain: string
}

type SetUpValues = StoreValues & ManagerValues

/** First run: the store, its day, and its first manager. Everything but names and PIN has a good default. */
export function SetUpPage({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<SetUpValues>()
  // The PIN stays out of the draft: nothing on disk may hold it in clear.
  const [draft, keepDraft, clearDraft] = useDraft<Partial<SetUpValues>>('set-up', {
    ...storeDefaults(),
    code: '001',
  })
  const [start] = useState(draft)
  const setUp = useMutation({
    mutationFn: ({ code, managerName, pin, pinAgain: _again, ...store }: SetUpValues) =>
      desk.settings.setUp({
        ...store,
        language: currentLanguage(),
        manager: { code, name: managerName, pin },
      }),
    onSuccess: () => {
      clearDraft()
      onDone()
    },
  })
  useHotkeys([{ keys: 'Ctrl+Enter', label: t('staff:setUp.submit'), run: () => form.submit() }])
  useEffect(() => form.getFieldInstance('name')?.focus(), [form])

  return (
    <DoorPage title={t('staff:setUp.title')} hint={t('staff:setUp.hint')} wide>
      <RefusalAlert error={setUp.error} />
      <Form<SetUpValues>
        form={form}
        name="set-up"
        layout="vertical"
        requiredMark={false}
        initialValues={start}
        scrollToFirstError={{ focus: true }}
        onValuesChange={(_changed, { pin: _pin, pinAgain: _again, ...rest }) => keepDraft(rest)}
        onFinish={(values) => setUp.mutate(values)}
      >
        <div className="form-columns">
          <fieldset>
            <legend>{t('staff:setUp.store')}</legend>
            <StoreFields />
          </fieldset>
          <fieldset>
            <legend>{t('staff:setUp.manager')}</legend>
            <p className="fieldset-hint">{t('staff:setUp.managerHint')}</p>
            <Form.Item
              name="code"
              label={t('staff:code')}
              rules={[{ required: true, message: t('staff:setUp.codeMissing') }]}
            >
              <Input size="large" maxLength={12} autoComplete="off" spellCheck={false} />
            </Form.Item>
            <Form.Item
              name="managerName"
              label={t('staff:name')}
              rules={[{ required: true, whitespace: true, message: t('staff:setUp.nameMissing') }]}
            >
              <Input size="large" maxLength={40} autoComplete="off" />
            </Form.Item>
            <Form.Item
              name="pin"
              label={t('staff:pinNew')}
              extra={t('staff:pinRule')}
              rules={[{ required: true, pattern: /^\d{4,12}$/, message: t('staff:pinMissing') }]}
            >
              <PinField />
            </Form.Item>
            <Form.Item
              name="pinAgain"
              label={t('staff:pinAgain')}
              dependencies={['pin']}
              rules={[
                ({ getFieldValue }) => ({
                  validator: (_rule, value) =>
                    value && value === getFieldValue('pin')
                      ? Promise.resolve()
                      : Promise.reject(new Error(t('staff:pinDiffers'))),
                }),
              ]}
            >
              <PinField />
            </Form.Item>
            <Button
              type="primary"
              size="large"
              block
              htmlType="submit"
              icon={<CheckOutlined />}
              loading={setUp.isPending}
            >
              {t('staff:setUp.submit')} <KeyCap keys="Ctrl+Enter" />
            </Button>
          </fieldset>
        </div>
      </Form>
    </DoorPage>
  )
}
