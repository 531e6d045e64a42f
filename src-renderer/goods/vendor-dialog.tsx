import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import type { GoodsUnit } from '../ui/goods-unit.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'

/** The vendor takes goods away, or brings them back: by whom. */
export function VendorDialog({ unit, close }: { unit: GoodsUnit; close: () => void }) {
  const { t } = useTranslation()
  const [place, setPlace] = useState(unit.vendor)
  const [reason, setReason] = useState('')
  const took = unit.state === 'for_vendor'
  const note = useCommand(desk.goods.vendor, { onDone: close })
  const label = t(`goods:act.${took ? 'vendorTook' : 'vendorSentBack'}`)
  return (
    <ConfirmDialog
      open
      title={`${label} · ${unit.name}`}
      confirmLabel={label}
      busy={note.isPending}
      unready={place.trim() === ''}
      onConfirm={() =>
        note.mutate({
          unitId: unit.id,
          took,
          place: place.trim(),
          reason: reason.trim(),
          version: unit.version,
        })
      }
      onCancel={close}
    >
      <RefusalAlert error={note.error} />
      <Field label={t(took ? 'goods:move.whoTook' : 'goods:move.whoBrought')}>
        {(id) => (
          <Input
            id={id}
            value={place}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => setPlace(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('goods:move.note')}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
