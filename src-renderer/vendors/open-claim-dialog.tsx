import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextField } from '../ui/given-fields.tsx'
import { KeyChoices } from '../ui/key-choices.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { Money } from '../ui/money.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { CaseVendors, Proposal } from './claim.ts'

interface OpenClaimDialogProps {
  caseId: number
  found: CaseVendors
  close: () => void
  onOpened: (claimId: number) => void
}

/** Whom to ask for what: begins with what the desk proposes, and can be said otherwise. */
export function OpenClaimDialog({ caseId, found, close, onOpened }: OpenClaimDialogProps) {
  const { t } = useTranslation()
  const { proposals, left, currency } = found
  const [at, setAt] = useState(proposals.length > 0 ? '0' : 'other')
  const proposal = proposals[Number(at)]
  const [otherId, setOtherId] = useState<number | null>(null)
  const [form, setForm] = useState(() => formOf(proposal, t('vendors:claim.usualAsks'), left))
  const open = useCommand(desk.vendors.openClaim, {
    onDone: ({ id }) => {
      close()
      onOpened(id)
    },
  })
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }))
  const choose = (next: string) => {
    setAt(next)
    setForm(formOf(proposals[Number(next)], form.asks, left))
  }
  const vendorId = proposal?.vendor.id ?? otherId
  const units = proposal?.units ?? [{ saleLineId: null, unitNo: 0 }]
  const isReady =
    vendorId !== null &&
    form.amount !== null &&
    form.goods.trim() !== '' &&
    form.fault.trim().length >= 2 &&
    form.asks.trim().length >= 2
  return (
    <ConfirmDialog
      open
      width={680}
      title={t('vendors:claim.open')}
      confirmLabel={t('vendors:claim.confirm')}
      busy={open.isPending}
      unready={!isReady}
      onConfirm={() =>
        vendorId !== null &&
        open.mutate({
          caseId,
          vendorId,
          carrierClaimId: proposal?.carrierClaimId ?? null,
          goods: form.goods.trim(),
          fault: form.fault.trim(),
          asks: form.asks.trim(),
          askedAmount: form.amount ?? 0,
          units,
        })
      }
      onCancel={close}
    >
      <RefusalAlert error={open.error} />
      {proposals.length > 0 ? (
        <KeyChoices
          legend={t('vendors:claim.whom')}
          value={at}
          choices={[
            ...proposals.map((each, index) => ({
              keys: `Alt+${index + 1}`,
              value: String(index),
              label: `${each.vendor.name} · ${t(`vendors:kind.${each.vendor.kind}`)}`,
            })),
            {
              keys: `Alt+${proposals.length + 1}`,
              value: 'other',
              label: t('vendors:claim.other'),
            },
          ]}
          onChoose={choose}
        />
      ) : null}
      {proposal ? null : <OtherParty value={otherId} onChange={setOtherId} />}
      <div className="field-row">
        <TextField
          label={t('vendors:claim.goods')}
          value={form.goods}
          maxLength={200}
          onChange={(goods) => change({ goods })}
        />
        <Field
          label={t('vendors:claim.asked')}
          hint={
            <>
              {t('vendors:costs.left')} <Money amount={left} currency={currency} />
            </>
          }
        >
          {(id) => (
            <MoneyField
              id={id}
              className="full-width"
              value={form.amount}
              onChange={(amount) => change({ amount })}
            />
          )}
        </Field>
      </div>
      <Field label={t('vendors:claim.fault')} hint={t('vendors:claim.faultHint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={form.fault}
            maxLength={4000}
            autoSize={{ minRows: 3, maxRows: 8 }}
            onChange={(event) => change({ fault: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('vendors:claim.asks')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={form.asks}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 5 }}
            onChange={(event) => change({ asks: event.target.value })}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

function formOf(proposal: Proposal | undefined, asks: string, left: number) {
  return {
    goods: proposal?.goods ?? '',
    fault: proposal?.fault ?? '',
    asks,
    amount: (proposal?.amount ?? left) as number | null,
  }
}

/** Somebody the case does not name by itself, found by some letters of the name. */
function OtherParty({
  value,
  onChange,
}: {
  value: number | null
  onChange: (vendorId: number | null) => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const words = useDeferredValue(text.trim())
  const vendors = useQuery(api.vendors.list.queryOptions({ input: { kind: 'vendor', words } }))
  const carriers = useQuery(api.vendors.list.queryOptions({ input: { kind: 'carrier', words } }))
  const found = [...(vendors.data?.rows ?? []), ...(carriers.data?.rows ?? [])]
  return (
    <Field label={t('vendors:claim.whom')} hint={t('vendors:claim.otherHint')}>
      {(id) => (
        <Select
          id={id}
          className="full-width"
          showSearch={{ filterOption: false, onSearch: setText }}
          value={value}
          options={found.map((each) => ({
            value: each.id,
            label: `${each.name} · ${t(`vendors:kind.${each.kind}`)}`,
          }))}
          onChange={onChange}
        />
      )}
    </Field>
  )
}
