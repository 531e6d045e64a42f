import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { PromiseFields } from '../ui/promise-fields.tsx'
import { dueInstant } from '../ui/promise-form.ts'
import type { PromiseValues } from '../ui/promise-form.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useNow } from '../ui/use-now.ts'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import type { Complaint } from './complaint-form.ts'

interface DialogProps {
  complaint: Complaint
  open: boolean
  close: () => void
}

/** Gives an open complaint a new owner and a new promise. */
export function PromiseDialog({ complaint, open, close }: DialogProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { timeZone } = useStore()
  const [values, setValues] = useState<PromiseValues>({
    ownerId: complaint.ownerId,
    promiseText: t('complaints:promise.usual'),
    due: 'tomorrow',
    dueLocal: null,
  })
  const dueAt = dueInstant(values.due, values.dueLocal, useNow(), timeZone)
  const promise = useCommand(desk.complaints.promise, {
    onDone: () => {
      close()
      void cache.invalidateQueries({ queryKey: [['complaints']] })
      void cache.invalidateQueries({ queryKey: [['cases']] })
    },
  })
  return (
    <ConfirmDialog
      open={open}
      width={680}
      title={t('complaints:one.promise')}
      confirmLabel={t('complaints:promise.give')}
      busy={promise.isPending}
      unready={values.ownerId === null || values.promiseText.trim() === '' || dueAt === null}
      onCancel={close}
      onConfirm={() =>
        promise.mutate({
          complaintId: complaint.id,
          ownerId: values.ownerId ?? complaint.ownerId,
          text: values.promiseText.trim(),
          dueAt: dueAt ?? '',
          version: complaint.version,
        })
      }
    >
      <RefusalAlert error={promise.error} />
      <PromiseFields
        values={values}
        missing={null}
        onChange={(part) => setValues((now) => ({ ...now, ...part }))}
      />
    </ConfirmDialog>
  )
}
