import { Form } from 'antd'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { PinField } from '../ui/pin-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { OperatorRow } from './operators-part.tsx'

interface PinDialogProps {
  operator: OperatorRow
  onDone: () => void
  onCancel: () => void
}

/** Gives an operator a new PIN and lifts a lock-out. */
export function PinDialog({ operator, onDone, onCancel }: PinDialogProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ pin: string }>()
  const reset = useCommand(desk.staff.resetPin, { onDone })
  return (
    <ConfirmDialog
      open
      title={t('settings:operators.resetPinOf', { name: operator.name })}
      confirmLabel={t('settings:operators.resetPin')}
      onConfirm={() => form.submit()}
      onCancel={onCancel}
      busy={reset.isPending}
    >
      <RefusalAlert error={reset.error} />
      <Form
        form={form}
        name="reset-pin"
        layout="vertical"
        requiredMark={false}
        onFinish={({ pin }) => reset.mutate({ id: operator.id, pin })}
      >
        <Form.Item
          name="pin"
          label={t('settings:operators.newPin')}
          extra={t('settings:operators.pinRule')}
          rules={[
            { required: true, pattern: /^\d{4,12}$/, message: t('settings:operators.pinMissing') },
          ]}
        >
          <PinField />
        </Form.Item>
      </Form>
    </ConfirmDialog>
  )
}
