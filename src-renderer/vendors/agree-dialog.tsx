import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ApproverBox } from '../ui/approver-box.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextField } from '../ui/given-fields.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { Money } from '../ui/money.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { type Signature, SignaturePad } from '../ui/signature-pad.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Claim } from './claim.ts'
import { useSplitApproval } from './use-split-approval.ts'

/** Both sides sign: what they bear, what we bear; theirs on screen or paper, ours with the authority it takes. */
export function AgreeDialog({ claim, close }: { claim: Claim; close: () => void }) {
  const { t } = useTranslation()
  const lastOffer = claim.log.findLast(({ amount }) => amount !== null)?.amount ?? claim.asked
  const [amount, setAmount] = useState<number | null>(Math.min(lastOffer, claim.most))
  const [signer, setSigner] = useState('')
  const [text, setText] = useState('')
  const [signature, setSignature] = useState<Signature | null>(null)
  const approval = useSplitApproval(claim, amount)
  const agree = useCommand(desk.vendors.agree, { onDone: close })
  const tooMuch = amount !== null && amount > claim.most
  const isReady =
    amount !== null &&
    !tooMuch &&
    signer.trim() !== '' &&
    signature !== null &&
    (approval.phase === 'free' || approval.phase === 'granted')
  return (
    <ConfirmDialog
      open
      width={720}
      title={`${t('vendors:act.agree')} · ${claim.vendor.name}`}
      confirmLabel={t('vendors:agree.confirm')}
      busy={agree.isPending}
      unready={!isReady}
      onConfirm={() =>
        amount !== null &&
        agree.mutate({
          claimId: claim.id,
          version: claim.version,
          vendorAmount: amount,
          signer: signer.trim(),
          signature: signature?.kind === 'drawn' ? signature.sha256 : null,
          text: text.trim(),
          approvalId: approval.approvalId,
        })
      }
      onCancel={close}
    >
      <RefusalAlert error={agree.error} />
      <SplitFields claim={claim} amount={amount} onAmount={setAmount} />
      <div className="field-row">
        <TextField
          label={t('vendors:agree.signer')}
          value={signer}
          maxLength={60}
          onChange={setSigner}
        />
        <Field label={t('vendors:agree.note')}>
          {(id) => (
            <Input
              id={id}
              value={text}
              maxLength={4000}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      </div>
      <SignaturePad
        label={t('vendors:agree.signature')}
        value={signature}
        onChange={setSignature}
      />
      <ApproverBox approval={approval} />
    </ConfirmDialog>
  )
}

interface SplitFieldsProps {
  claim: Claim
  amount: number | null
  onAmount: (amount: number | null) => void
}

/** Who bears what of what the store gave; never more than that. */
export function SplitFields({ claim, amount, onAmount }: SplitFieldsProps) {
  const { t } = useTranslation()
  const { most, currency } = claim
  const tooMuch = amount !== null && amount > most
  return (
    <div className="field-row">
      <Field
        label={t('vendors:split.vendor')}
        {...(tooMuch ? { problem: t('vendors:split.tooMuch') } : {})}
        hint={
          <>
            {t('vendors:split.most')} <Money amount={most} currency={currency} />
          </>
        }
      >
        {(id) => <MoneyField id={id} className="full-width" value={amount} onChange={onAmount} />}
      </Field>
      <div className="field">
        <span className="vendor-label">{t('vendors:split.store')}</span>
        <strong className="vendor-rest">
          <Money amount={Math.max(most - (amount ?? 0), 0)} currency={currency} />
        </strong>
      </div>
    </div>
  )
}
