import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { api, desk } from '../app/client.ts'
import { ApproverBox } from '../ui/approver-box.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { HolderFields, holderOf, noHolder } from '../ui/holder-fields.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { useGoodwillApproval } from '../ui/use-goodwill-approval.ts'

interface GoodwillDialogProps {
  onDone: (issued: { id: number; number: string }) => void
  onCancel: () => void
}

/** Gives a voucher out of goodwill; beyond the clerk's day the approver signs in the same dialog. */
export function GoodwillDialog({ onDone, onCancel }: GoodwillDialogProps) {
  const { t, i18n } = useTranslation()
  const { currency } = useStore()
  const [amount, setAmount] = useState<number | null>(null)
  const [what, setWhat] = useState('')
  const [fields, setFields] = useState(noHolder)
  const holder = holderOf(fields)
  const caps = useQuery(api.vouchers.caps.queryOptions())
  const cap = holder ? caps.data?.named : caps.data?.bearer
  const isFilled = what.trim().length >= 2 && amount !== null && amount > 0
  const gift = isFilled
    ? { amount, what: what.trim(), toWhom: holder?.name ?? '', caseId: null }
    : null
  const { approval, isReady } = useGoodwillApproval(gift)
  const issue = useCommand(desk.vouchers.issueGoodwill, { onDone })
  const submit = () => {
    if (!gift || !isReady || issue.isPending) return
    issue.mutate({ ...gift, holder, approvalId: approval.approvalId })
  }
  return (
    <ConfirmDialog
      open
      title={t('vouchers:goodwill.title')}
      confirmLabel={t('vouchers:goodwill.confirm')}
      busy={issue.isPending}
      unready={!isReady}
      width={560}
      onConfirm={submit}
      onCancel={onCancel}
    >
      <RefusalAlert error={issue.error} />
      <div className="field-row">
        <Field
          label={t('vouchers:goodwill.amount')}
          hint={
            cap
              ? t(`vouchers:cap.${cap.per}`, {
                  amount: formatMoney(cap.amount, currency, i18n.language),
                  law: cap.law,
                })
              : undefined
          }
        >
          {(id) => (
            <MoneyField id={id} className="full-width" value={amount} onChange={setAmount} />
          )}
        </Field>
        <Field label={t('vouchers:goodwill.what')}>
          {(id) => (
            <Input
              id={id}
              value={what}
              maxLength={200}
              autoComplete="off"
              placeholder={t('vouchers:goodwill.example')}
              onChange={(event) => setWhat(event.target.value)}
            />
          )}
        </Field>
      </div>
      <HolderFields value={fields} onChange={setFields} />
      <div className="voucher-approval">
        <ApproverBox approval={approval} />
      </div>
    </ConfirmDialog>
  )
}
