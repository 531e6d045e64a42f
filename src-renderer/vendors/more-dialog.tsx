import { Input } from 'antd'
import { type ComponentRef, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ApproverBox } from '../ui/approver-box.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyChoices } from '../ui/key-choices.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import { SplitFields } from './agree-dialog.tsx'
import type { Claim } from './claim.ts'
import { useSplitApproval } from './use-split-approval.ts'

const deeds = ['deem', 'rule', 'escalate', 'dispute', 'withdraw', 'reverse'] as const
type Deed = (typeof deeds)[number]

/** What is done less often: settled without their signature, taken further, given up, taken back. */
export function MoreDialog({ claim, close }: { claim: Claim; close: () => void }) {
  const { t } = useTranslation()
  const allowed = deeds.filter((deed) => claim.may.includes(deed))
  const [deed, setDeed] = useState<Deed | null>(null)
  const [reason, setReason] = useState('')
  const field = useRef<ComponentRef<typeof Input.TextArea>>(null)
  const [amount, setAmount] = useState<number | null>(Math.min(claim.asked, claim.most))
  const settles = deed === 'deem' || deed === 'rule'
  const approval = useSplitApproval(claim, settles ? amount : null)
  const decide = useCommand(desk.vendors.decide, { onDone: close })
  const move = useCommand(desk.vendors.move, { onDone: close })
  const reverse = useCommand(desk.vendors.reverse, { onDone: close })
  const words = reason.trim()
  const hasAuthority = approval.phase === 'free' || approval.phase === 'granted'
  const isReady =
    deed !== null && words.length >= 2 && (!settles || (amount !== null && hasAuthority))
  const submit = () => {
    const seen = { claimId: claim.id, version: claim.version }
    if (deed === 'deem' || deed === 'rule') {
      decide.mutate({
        ...seen,
        basis: deed === 'deem' ? 'deemed' : 'ruled',
        vendorAmount: amount ?? 0,
        grounds: words,
        approvalId: approval.approvalId,
      })
    } else if (deed === 'reverse') reverse.mutate({ ...seen, reason: words })
    else if (deed !== null) move.mutate({ ...seen, action: deed, reason: words })
  }
  return (
    <ConfirmDialog
      open
      width={620}
      title={`${t('vendors:act.more')} · ${claim.vendor.name}`}
      confirmLabel={deed ? t(`vendors:more.${deed}`) : t('vendors:act.more')}
      danger={deed === 'withdraw' || deed === 'reverse'}
      busy={decide.isPending || move.isPending || reverse.isPending}
      focusField={false}
      unready={!isReady}
      onConfirm={submit}
      onCancel={close}
    >
      <RefusalAlert error={decide.error ?? move.error ?? reverse.error} />
      <KeyChoices
        legend={t('vendors:more.what')}
        value={deed}
        choices={allowed.map((value, index) => ({
          keys: String(index + 1),
          value,
          label: t(`vendors:more.${value}`),
        }))}
        onChoose={(next) => {
          setDeed(next)
          // The field is there only once something is chosen.
          setTimeout(() => field.current?.focus(), 0)
        }}
      />
      {deed ? <p className="why">{t(`vendors:moreHint.${deed}`)}</p> : null}
      {settles ? <SplitFields claim={claim} amount={amount} onAmount={setAmount} /> : null}
      {deed ? (
        <Field label={t(settles ? 'vendors:more.grounds' : 'vendors:more.reason')}>
          {(id) => (
            <Input.TextArea
              id={id}
              ref={field}
              value={reason}
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 6 }}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      {settles ? <ApproverBox approval={approval} /> : null}
    </ConfirmDialog>
  )
}
