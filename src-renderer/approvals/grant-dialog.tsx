import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Money } from '../ui/money.tsx'
import { PinField } from '../ui/pin-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Approval } from './approval.ts'

interface GrantDialogProps {
  approval: Approval
  onDone: () => void
  onCancel: () => void
}

/** A yes is a signature: the approver's own PIN, once more, for this amount. */
export function GrantDialog({ approval, onDone, onCancel }: GrantDialogProps) {
  const { t } = useTranslation()
  const [pin, setPin] = useState('')
  const [note, setNote] = useState('')
  const grant = useCommand(desk.approvals.grant, { onDone })
  const isReady = /^\d{4,12}$/.test(pin)
  const submit = () => {
    if (!isReady || grant.isPending) return
    grant.mutate(
      { approvalId: approval.id, version: approval.version, pin, note: note.trim() },
      { onError: () => setPin('') },
    )
  }
  const onEnter = useEnterSubmit(submit)
  return (
    <ConfirmDialog
      open
      title={t('approvals:grant.title')}
      confirmLabel={t('approvals:action.grant')}
      busy={grant.isPending}
      unready={!isReady}
      onConfirm={submit}
      onCancel={onCancel}
    >
      <RefusalAlert error={grant.error} />
      <p className="approval-amount">
        <Money amount={approval.amount} currency={approval.currency} size="large" />
        <span>{approval.summary}</span>
      </p>
      <Field label={t('approvals:grant.pin')}>
        {(id) => (
          <PinField
            id={id}
            value={pin}
            onChange={(event) => setPin(event.target.value)}
            {...onEnter}
          />
        )}
      </Field>
      <Field label={t('approvals:grant.note')}>
        {(id) => (
          <Input
            id={id}
            value={note}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
