import { Checkbox, DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import type { Voucher } from './voucher.tsx'

interface ExtendDialogProps {
  voucher: Voucher
  onDone: () => void
  onCancel: () => void
}

/** A later last day, at no charge. */
export function ExtendDialog({ voucher, onDone, onCancel }: ExtendDialogProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  const from = [voucher.expiresOn ?? today, today].toSorted().at(-1) ?? today
  const [until, setUntil] = useState(dayjs(from).add(1, 'year').format('YYYY-MM-DD'))
  const [endless, setEndless] = useState(false)
  const [reason, setReason] = useState('')
  const extend = useCommand(desk.vouchers.extend, { onDone })
  const isReady = reason.trim().length >= 2
  const submit = () => {
    if (!isReady || extend.isPending) return
    extend.mutate({
      voucherId: voucher.id,
      until: endless ? null : until,
      reason: reason.trim(),
      version: voucher.version,
    })
  }
  return (
    <ConfirmDialog
      open
      title={t('vouchers:extend.title', { number: voucher.number })}
      confirmLabel={t('vouchers:extend.confirm')}
      busy={extend.isPending}
      unready={!isReady}
      onConfirm={submit}
      onCancel={onCancel}
    >
      <p>{t('vouchers:extend.hint')}</p>
      <RefusalAlert error={extend.error} />
      <Field label={t('vouchers:reason')}>
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
      <Field label={t('vouchers:extend.until')}>
        {(id) => (
          <DatePicker
            id={id}
            className="full-width"
            value={dayjs(until)}
            minDate={dayjs(from)}
            allowClear={false}
            disabled={endless}
            onChange={(chosen) => setUntil(chosen ? chosen.format('YYYY-MM-DD') : until)}
          />
        )}
      </Field>
      <Checkbox checked={endless} onChange={(event) => setEndless(event.target.checked)}>
        {t('vouchers:extend.endless')}
      </Checkbox>
    </ConfirmDialog>
  )
}
