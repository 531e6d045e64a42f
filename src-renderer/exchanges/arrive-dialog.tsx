import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { useScanner } from '../input/use-scanner.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Exchange } from './exchange-form.ts'

interface ArriveDialogProps {
  exchange: Exchange
  onDone: () => void
  onClose: () => void
}

/** Ordered goods are here: their serial numbers, and on with the handover. */
export function ArriveDialog({ exchange, onDone, onClose }: ArriveDialogProps) {
  const { t } = useTranslation()
  const ordered = exchange.lines.filter((line) => exchange.later === null || line.part === 2)
  const tracked = ordered.filter((line) => line.serialTracked)
  const [serials, setSerials] = useState<Record<number, string>>(() =>
    Object.fromEntries(tracked.map((line) => [line.id, line.serialNo])),
  )
  const arrive = useCommand(desk.exchanges.arrive, { onDone })
  const blank = tracked.find((line) => (serials[line.id] ?? '').trim() === '')
  useScanner((code) => {
    if (!blank) return false
    setSerials((now) => ({ ...now, [blank.id]: code }))
    return true
  })
  return (
    <ConfirmDialog
      open
      title={t('exchanges:arrive.title')}
      confirmLabel={t('exchanges:arrive.confirm')}
      busy={arrive.isPending}
      unready={blank !== undefined}
      onCancel={onClose}
      onConfirm={() =>
        arrive.mutate({
          exchangeId: exchange.id,
          version: exchange.version,
          serials: tracked.map((line) => ({
            lineId: line.id,
            serialNo: (serials[line.id] ?? '').trim(),
          })),
        })
      }
    >
      <RefusalAlert error={arrive.error} />
      <p className="why">
        {t('exchanges:arrive.hint', { goods: ordered.map((line) => line.name).join('、') })}
      </p>
      {tracked.map((line) => (
        <Field key={line.id} label={t('exchanges:give.serialOf', { name: line.name })}>
          {(id) => (
            <Input
              id={id}
              value={serials[line.id] ?? ''}
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setSerials((now) => ({ ...now, [line.id]: event.target.value }))}
            />
          )}
        </Field>
      ))}
    </ConfirmDialog>
  )
}
