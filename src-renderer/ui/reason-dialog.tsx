import { Input } from 'antd'
import { useState } from 'react'

import { ConfirmDialog } from './confirm-dialog.tsx'
import { Field } from './field.tsx'
import { RefusalAlert } from './refusal-alert.tsx'

const SHORTEST_REASON = 2
const LONGEST_REASON = 200

interface ReasonDialogProps {
  open: boolean
  title: string
  /** What confirming does, in a sentence. */
  hint: string
  /** What the field asks for. */
  label: string
  confirmLabel: string
  danger?: boolean
  error: unknown
  busy: boolean
  onReason: (reason: string) => void
  onCancel: () => void
}

/** Asks why before something that is written down with its reason. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { open, title, hint, label, confirmLabel, danger, error, busy, onReason, onCancel } = props
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog
      open={open}
      danger={danger ?? false}
      title={title}
      confirmLabel={confirmLabel}
      busy={busy}
      unready={reason.trim().length < SHORTEST_REASON}
      onConfirm={() => onReason(reason.trim())}
      onCancel={onCancel}
    >
      <RefusalAlert error={error} />
      <p className="why">{hint}</p>
      <Field label={label}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={LONGEST_REASON}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
