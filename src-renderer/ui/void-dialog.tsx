import { Input } from 'antd'
import type { InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ConfirmDialog } from './confirm-dialog.tsx'
import { Field } from './field.tsx'
import { RefusalAlert } from './refusal-alert.tsx'

const SHORTEST_REASON = 2
const LONGEST_REASON = 200

interface VoidDialogProps {
  open: boolean
  title: string
  /** What voiding does, in a sentence. */
  hint: string
  confirmLabel: string
  error: unknown
  busy: boolean
  onVoid: (reason: string) => void
  onCancel: () => void
}

/** Nothing is deleted: a paper is voided, with a reason that stays. */
export function VoidDialog(props: VoidDialogProps) {
  const { open, title, hint, confirmLabel, error, busy, onVoid, onCancel } = props
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const field = useRef<InputRef>(null)
  useEffect(() => {
    if (!open) return undefined
    const timer = setTimeout(() => field.current?.focus(), 0)
    return () => clearTimeout(timer)
  }, [open])
  return (
    <ConfirmDialog
      open={open}
      danger
      title={title}
      confirmLabel={confirmLabel}
      busy={busy}
      unready={reason.trim().length < SHORTEST_REASON}
      onConfirm={() => onVoid(reason.trim())}
      onCancel={onCancel}
    >
      <RefusalAlert error={error} />
      <p className="why">{hint}</p>
      <Field label={t('papers:voidReason')}>
        {(id) => (
          <Input
            id={id}
            ref={field}
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
