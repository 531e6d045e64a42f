import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { ApproverBox } from '../ui/approver-box.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useApproval } from '../ui/use-approval.ts'
import { useCommand } from '../ui/use-command.ts'
import type { Voucher } from './voucher.tsx'

/** A step that takes a reason, and may take somebody above the clerk. */
export type Step =
  | { kind: 'void' }
  | { kind: 'loss' }
  | { kind: 'undo'; redemptionId: number }
  | { kind: 'cash_out_undo'; payment: string }

interface StepDialogProps {
  voucher: Voucher
  step: Step
  /** `replacement` is the voucher that took the place of a lost one. */
  onDone: (replacement?: { id: number }) => void
  onCancel: () => void
}

/** Declares a voucher void, takes a redemption back, or accepts a loss report, with reason and approval in place. */
export function StepDialog({ voucher, step, onDone, onCancel }: StepDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [phone, setPhone] = useState('')
  const isLoss = step.kind === 'loss'
  const isUndo = step.kind === 'undo'
  const isPayment = step.kind === 'cash_out_undo'
  const askedPhone = useDeferredValue(phone.trim())
  const isPhoneSaid = !isLoss || askedPhone.replaceAll(/\D/g, '').length >= 5
  const question = useQuery(
    api.vouchers.approvalFor.queryOptions({
      input: {
        voucherId: voucher.id,
        step: step.kind,
        phone: askedPhone,
        ...(isUndo && { redemptionId: step.redemptionId }),
        ...(isPayment && { payment: step.payment }),
      },
      enabled: isPhoneSaid,
      staleTime: 0,
    }),
  )
  const isSettled = isPhoneSaid && askedPhone === phone.trim()
  const approval = useApproval(isSettled && question.data ? question.data : null)
  const voiding = useCommand(desk.vouchers.void, { onDone: () => onDone() })
  const undoing = useCommand(desk.vouchers.undoRedemption, { onDone: () => onDone() })
  const takingBack = useCommand(desk.vouchers.undoCashOut, { onDone: () => onDone() })
  const losing = useCommand(desk.vouchers.reportLoss, { onDone })
  const commands = [voiding, undoing, takingBack, losing]
  const busy = commands.some((each) => each.isPending)
  const isFree = approval.phase === 'free' || approval.phase === 'granted'
  const isReady = isSettled && isFree && reason.trim().length >= 2
  const submit = () => {
    if (!isReady || busy) return
    const { id: voucherId, version } = voucher
    const approvalIds = approval.approvalId === null ? [] : [approval.approvalId]
    const common = { voucherId, reason: reason.trim(), approvalIds, version }
    if (isLoss) losing.mutate({ ...common, phone: phone.trim() })
    else if (isUndo) undoing.mutate({ ...common, redemptionId: step.redemptionId })
    else if (isPayment) takingBack.mutate({ ...common, payment: step.payment })
    else voiding.mutate(common)
  }
  return (
    <ConfirmDialog
      open
      danger={!isUndo && !isPayment}
      title={t(`vouchers:${step.kind}.title`, { number: voucher.number })}
      confirmLabel={t(`vouchers:${step.kind}.confirm`)}
      busy={busy}
      unready={!isReady}
      width={560}
      onConfirm={submit}
      onCancel={onCancel}
    >
      <p>{t(`vouchers:${step.kind}.hint`)}</p>
      <RefusalAlert error={commands.find((each) => each.error)?.error ?? question.error} />
      {isLoss ? (
        <Field
          label={t('vouchers:loss.phone')}
          hint={t('vouchers:loss.phoneHint', {
            name: voucher.holder?.name ?? '',
            phone: voucher.holder?.phoneMasked ?? '',
          })}
        >
          {(id) => (
            <Input
              id={id}
              value={phone}
              maxLength={40}
              inputMode="tel"
              autoComplete="off"
              onChange={(event) => setPhone(event.target.value)}
            />
          )}
        </Field>
      ) : null}
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
      <div className="voucher-approval">
        <ApproverBox approval={approval} />
      </div>
    </ConfirmDialog>
  )
}
