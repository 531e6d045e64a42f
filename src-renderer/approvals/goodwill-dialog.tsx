import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ApproverBox } from '../ui/approver-box.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useGoodwillApproval } from '../ui/use-goodwill-approval.ts'
import { AmountField, TextField } from '../ui/given-fields.tsx'

interface GoodwillDialogProps {
  onDone: () => void
  onCancel: () => void
}

/** Gives something out of goodwill; beyond the clerk's own authority the approver signs in the same dialog. */
export function GoodwillDialog({ onDone, onCancel }: GoodwillDialogProps) {
  const { t } = useTranslation()
  const [what, setWhat] = useState('')
  const [toWhom, setToWhom] = useState('')
  const [amount, setAmount] = useState<number | null>(null)
  const isFilled = what.trim().length >= 2 && amount !== null && amount > 0
  const gift = isFilled ? { amount, what: what.trim(), toWhom: toWhom.trim(), caseId: null } : null
  const { approval, isReady } = useGoodwillApproval(gift)
  const give = useCommand(desk.approvals.giveGoodwill, { onDone })
  const submit = () => {
    if (gift && isReady && !give.isPending)
      give.mutate({ ...gift, approvalId: approval.approvalId })
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
        <TextField
          label={t('approvals:goodwill.what')}
          value={what}
          maxLength={200}
          onChange={setWhat}
        />
        <AmountField value={amount} onChange={setAmount} />
      </div>
      <TextField
        label={t('approvals:offer.toWhom')}
        value={toWhom}
        maxLength={80}
        onChange={setToWhom}
      />
      <div className="goodwill-approval">
        <ApproverBox approval={approval} />
      </div>
    </ConfirmDialog>
  )
}
