import { DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { PinField } from '../ui/pin-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'

const SHORTEST_PIN = 4
const SHORTEST_NOTE = 2
const LONGEST_NOTE = 400

/** What a signature says. */
export interface Signature {
  pin: string
  note: string
  /** The first day it counts; today where the dialog does not ask. */
  from: string
}

interface SignatureDialogProps {
  open: boolean
  title: string
  /** What signing does, in a sentence. */
  hint: string
  confirmLabel: string
  danger?: boolean
  /** Label of the date, where one is asked for. */
  dateLabel?: string
  /** Days before today are refused, except where the first word is spoken. */
  pastAllowed?: boolean
  noteNeeded?: boolean
  error: unknown
  busy: boolean
  onSign: (signature: Signature) => void
  onCancel: () => void
}

/** A manager answers for a change of the rules with their own PIN, and says why. */
export function SignatureDialog(props: SignatureDialogProps) {
  // Nothing that was typed is left when it opens again, a PIN least of all.
  return props.open ? <OpenDialog {...props} /> : null
}

function OpenDialog(props: SignatureDialogProps) {
  const { open, title, hint, confirmLabel, danger, dateLabel, noteNeeded, error, busy } = props
  const { t } = useTranslation()
  const { today } = useStore()
  const [pin, setPin] = useState('')
  const [note, setNote] = useState('')
  const [from, setFrom] = useState(today)
  const ready = pin.length >= SHORTEST_PIN && (!noteNeeded || note.trim().length >= SHORTEST_NOTE)
  return (
    <ConfirmDialog
      open={open}
      title={title}
      confirmLabel={confirmLabel}
      danger={danger ?? false}
      busy={busy}
      unready={!ready}
      onConfirm={() => props.onSign({ pin, note: note.trim(), from })}
      onCancel={props.onCancel}
    >
      <RefusalAlert error={error} />
      <p className="why">{hint}</p>
      <Field label={t(noteNeeded ? 'policy-screen:sign.reason' : 'policy-screen:sign.note')}>
        {(id) => (
          <Input
            id={id}
            value={note}
            maxLength={LONGEST_NOTE}
            autoComplete="off"
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <div className="field-row">
        {dateLabel === undefined ? null : (
          <Field label={dateLabel}>
            {(id) => (
              <DatePicker
                id={id}
                className="full-width"
                allowClear={false}
                value={dayjs(from)}
                {...(props.pastAllowed ? {} : { minDate: dayjs(today) })}
                onChange={(next) => setFrom(next ? next.format('YYYY-MM-DD') : today)}
              />
            )}
          </Field>
        )}
        <Field label={t('policy-screen:sign.pin')}>
          {(id) => (
            <PinField
              id={id}
              size="middle"
              value={pin}
              onChange={(event) => setPin(event.target.value)}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}
