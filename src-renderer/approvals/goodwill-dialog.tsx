import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { ApproverBox } from '../ui/approver-box.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useApproval } from '../ui/use-approval.ts'
import { useCommand } from '../ui/use-command.ts'

interface GoodwillDialogProps {
  onDone: () => void
  onCancel: () => void
}

/** Gives something out of goodwill; beyond the clerk's own authority the approver signs in the same dialog. */
export function GoodwillDialog({ onDone, onCancel }: GoodwillDialogProps) {
  const { t } = useTranslation()
  const { currency } = useStore()
  const [what, setWhat] = useState('')
  const [toWhom, setToWhom] = useState('')
  const [amount, setAmount] = useState<number | null>(null)
  const isFilled = what.trim().length >= 2 && amount !== null && amount > 0
  const gift = { amount: amount ?? 1, what: what.trim(), toWhom: toWhom.trim(), caseId: null }
  // Typing goes first: the desk is asked about what stands when the hand rests.
  const asked = useDeferredValue(JSON.stringify(gift))
  const subject = useQuery(
    api.approvals.goodwillSubject.queryOptions({
      input: JSON.parse(asked) as typeof gift,
      enabled: isFilled,
    }),
  )
  const isSettled = isFilled && asked === JSON.stringify(gift) && subject.data !== undefined
  const approval = useApproval(
    isSettled && subject.data
      ? {
          kinds: ['goodwill'],
          amount: gift.amount,
          currency,
          subject: subject.data,
          summary: [gift.what, gift.toWhom].filter(Boolean).join(' · '),
        }
      : null,
  )
  const give = useCommand(desk.approvals.giveGoodwill, { onDone })
  const isReady = isSettled && (approval.phase === 'free' || approval.phase === 'granted')
  const submit = () => {
    if (isReady && !give.isPending) give.mutate({ ...gift, approvalId: approval.approvalId })
  }
  return (
    <ConfirmDialog
      open
      title={t('approvals:goodwill.give')}
      confirmLabel={t('approvals:goodwill.confirm')}
      busy={give.isPending}
      unready={!isReady}
      width={560}
      onConfirm={submit}
      onCancel={onCancel}
    >
      <RefusalAlert error={give.error} />
      <div className="field-row">
        <Field label={t('approvals:goodwill.what')}>
          {(id) => (
            <Input
              id={id}
              value={what}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setWhat(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('approvals:offer.amount')}>
          {(id) => (
            <MoneyField id={id} className="full-width" value={amount} onChange={setAmount} />
          )}
        </Field>
      </div>
      <Field label={t('approvals:offer.toWhom')}>
        {(id) => (
          <Input
            id={id}
            value={toWhom}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => setToWhom(event.target.value)}
          />
        )}
      </Field>
      <div className="goodwill-approval">
        <ApproverBox approval={approval} />
      </div>
    </ConfirmDialog>
  )
}
