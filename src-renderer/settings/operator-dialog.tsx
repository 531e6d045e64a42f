import { Form, Input, Segmented, Switch } from 'antd'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import type { Operator } from '../app/session.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { PinField } from '../ui/pin-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { OperatorRow } from './operators-part.tsx'

interface OperatorValues {
  code: string
  name: string
  phone: string
  role: Operator['role']
  active: boolean
  pin: string
}

interface OperatorDialogProps {
  /** Absent: a new operator. */
  operator?: OperatorRow
  onDone: () => void
  onCancel: () => void
}

const ROLES = ['clerk', 'floor_manager', 'store_manager'] as const

const newOperator = { code: '', name: '', phone: '', role: 'clerk', active: true, pin: '' } as const

/** Adds an operator, or changes name, phone, role and whether they may sign in. */
export function OperatorDialog({ operator, onDone, onCancel }: OperatorDialogProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<OperatorValues>()
  const add = useCommand(desk.staff.add, { onDone })
  const change = useCommand(desk.staff.change, { onDone })
  const save = ({ code, name, phone, role, active, pin }: OperatorValues) => {
    if (operator) {
      change.mutate({ id: operator.id, version: operator.version, name, phone, role, active })
    } else add.mutate({ code, name, phone, role, pin })
  }
  const title = operator ? t('settings:operators.editTitle') : t('settings:operators.add')
  return (
    <ConfirmDialog
      open
      title={title}
      confirmLabel={operator ? t('settings:save') : t('settings:operators.add')}
      onConfirm={() => form.submit()}
      onCancel={onCancel}
      busy={add.isPending || change.isPending}
    >
      <RefusalAlert error={add.error ?? change.error} />
      <Form<OperatorValues>
        form={form}
        name="operator"
        layout="vertical"
        requiredMark={false}
        initialValues={operator ?? newOperator}
        onFinish={save}
      >
        {operator ? null : (
          <Form.Item
            name="code"
            label={t('settings:operators.code')}
            rules={[
              { required: true, whitespace: true, message: t('settings:operators.codeRule') },
            ]}
          >
            <Input maxLength={12} autoComplete="off" spellCheck={false} />
          </Form.Item>
        )}
        <Form.Item
          name="name"
          label={t('settings:operators.name')}
          rules={[{ required: true, whitespace: true, message: t('settings:operators.nameRule') }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="phone" label={t('settings:operators.phone')}>
          <Input maxLength={40} autoComplete="off" inputMode="tel" />
        </Form.Item>
        <Form.Item name="role" label={t('settings:operators.role')}>
          <Segmented options={ROLES.map((value) => ({ value, label: t(`app:role.${value}`) }))} />
        </Form.Item>
        {operator ? (
          <Form.Item
            name="active"
            label={t('settings:operators.maySignIn')}
            valuePropName="checked"
            extra={t('settings:operators.maySignInHint')}
          >
            <Switch />
          </Form.Item>
        ) : (
          <Form.Item
            name="pin"
            label={t('settings:operators.pin')}
            extra={t('settings:operators.pinRule')}
            rules={[
              {
                required: true,
                pattern: /^\d{4,12}$/,
                message: t('settings:operators.pinMissing'),
              },
            ]}
          >
            <PinField />
          </Form.Item>
        )}
      </Form>
    </ConfirmDialog>
  )
}
