import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { offerKinds } from '../../src-main/approvals/contract.ts'
import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Field } from './field.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { useCommand } from './use-command.ts'
import { AmountField, TextField } from './given-fields.tsx'

type Offer = InferClientOutputs<typeof desk>['approvals']['offers'][number]

interface OfferDialogProps {
  /** The case it was offered in, where that is known; else it can be chosen. */
  caseId?: number
  onDone: (offer: Offer) => void
  onCancel: () => void
}

const OUTSIDER = 0

/** Writes down what somebody offered a customer by word of mouth. */
export function OfferDialog({ caseId: ofCase, onDone, onCancel }: OfferDialogProps) {
  const { t } = useTranslation()
  const { operator } = useSession()
  const colleagues = useQuery(api.staff.colleagues.queryOptions({ staleTime: 60_000 }))
  const cases = useQuery(
    api.complaints.list.queryOptions({ input: { state: 'open' }, enabled: ofCase === undefined }),
  )
  const [caseId, setCase] = useState<number | null>(ofCase ?? null)
  const [what, setWhat] = useState('')
  const [toWhom, setToWhom] = useState('')
  const [amount, setAmount] = useState<number | null>(null)
  const [kind, setKind] = useState<(typeof offerKinds)[number]>('compensation')
  const [makerId, setMaker] = useState(operator.id)
  const [makerName, setMakerName] = useState('')
  const record = useCommand(desk.approvals.recordOffer, { onDone })
  const isReady =
    what.trim().length >= 2 && amount !== null && (makerId !== OUTSIDER || makerName.trim() !== '')
  const submit = () => {
    if (!isReady || amount === null || record.isPending) return
    record.mutate({
      kind,
      amount,
      what: what.trim(),
      toWhom: toWhom.trim(),
      caseId,
      madeBy: makerId === OUTSIDER ? { name: makerName.trim() } : { operatorId: makerId },
    })
  }
  return (
    <ConfirmDialog
      open
      title={t('approvals:offer.add')}
      confirmLabel={t('approvals:offer.confirm')}
      busy={record.isPending}
      unready={!isReady}
      width={560}
      onConfirm={submit}
      onCancel={onCancel}
    >
      <RefusalAlert error={record.error} />
      <p className="why">{t('approvals:offer.why')}</p>
      <TextField
        label={t('approvals:offer.what')}
        value={what}
        maxLength={200}
        placeholder={t('approvals:offer.example')}
        onChange={setWhat}
      />
      <div className="field-row">
        <AmountField value={amount} onChange={setAmount} />
        <Field label={t('approvals:offer.kind')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              value={kind}
              options={offerKinds.map((value) => ({ value, label: t(`approvals:kind.${value}`) }))}
              onChange={setKind}
            />
          )}
        </Field>
      </div>
      <div className="field-row">
        <Field label={t('approvals:offer.madeBy')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              value={makerId}
              loading={colleagues.isPending}
              options={[
                ...(colleagues.data ?? []).map((each) => ({
                  value: each.id,
                  label: `${each.name} · ${t(`app:role.${each.role}`)}`,
                })),
                { value: OUTSIDER, label: t('approvals:offer.outsider') },
              ]}
              onChange={setMaker}
            />
          )}
        </Field>
        <TextField
          label={t('approvals:offer.toWhom')}
          value={toWhom}
          maxLength={80}
          onChange={setToWhom}
        />
      </div>
      {ofCase === undefined && cases.data?.length ? (
        <Field label={t('approvals:offer.case')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={caseId}
              options={cases.data.map((each) => ({
                value: each.caseId,
                label: `${each.number} ${each.text.slice(0, 40)}`,
              }))}
              onChange={(chosen) => setCase(chosen ?? null)}
            />
          )}
        </Field>
      ) : null}
      {makerId === OUTSIDER ? (
        <TextField
          label={t('approvals:offer.outsiderName')}
          value={makerName}
          maxLength={40}
          onChange={setMakerName}
        />
      ) : null}
    </ConfirmDialog>
  )
}
