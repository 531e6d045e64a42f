import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { PromiseFields } from '../ui/promise-fields.tsx'
import { dueInstant } from '../ui/promise-form.ts'
import type { PromiseValues } from '../ui/promise-form.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { useNow } from '../ui/use-now.ts'
import type { Exchange } from './exchange-form.ts'

interface PromiseAgainDialogProps {
  exchange: Exchange
  onDone: () => void
  onClose: () => void
}

/** A new promise for ordered goods. */
export function PromiseAgainDialog({ exchange, onDone, onClose }: PromiseAgainDialogProps) {
  const { t } = useTranslation()
  const { timeZone } = useStore()
  const [values, setValues] = useState<PromiseValues>({
    ownerId: exchange.order?.ownerId ?? null,
    promiseText: t('exchanges:order.usual'),
    due: 'pick',
    dueLocal: null,
  })
  const dueAt = dueInstant(values.due, values.dueLocal, useNow(), timeZone)
  const again = useCommand(desk.exchanges.promiseAgain, { onDone })
  const { ownerId, promiseText } = values
  return (
    <ConfirmDialog
      open
      width={680}
      title={t('exchanges:order.again')}
      confirmLabel={t('exchanges:order.promise')}
      busy={again.isPending}
      unready={ownerId === null || promiseText.trim() === '' || dueAt === null}
      onCancel={onClose}
      onConfirm={() =>
        again.mutate({
          exchangeId: exchange.id,
          version: exchange.version,
          ownerId: ownerId ?? 0,
          text: promiseText.trim(),
          dueAt: dueAt ?? '',
        })
      }
    >
      <RefusalAlert error={again.error} />
      <PromiseFields
        values={values}
        missing={null}
        onChange={(part) => setValues((now) => ({ ...now, ...part }))}
      />
    </ConfirmDialog>
  )
}
