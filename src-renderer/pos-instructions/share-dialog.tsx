import { useQueryClient } from '@tanstack/react-query'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Money } from '../ui/money.tsx'
import { useTenderName } from '../ui/pos-instructions.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { DeskRow, TillRow } from './reconcile.ts'

interface ShareDialogProps {
  payment: TillRow
  rows: readonly DeskRow[]
  close: () => void
}

/** One receipt of a till that paid several documents: which, until they come to the whole. */
export function ShareDialog({ payment, rows, close }: ShareDialogProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const nameOf = useTenderName()
  const [chosen, setChosen] = useState<number[]>([])
  const [reason, setReason] = useState('')
  const share = useCommand(desk.posInstructions.shareByHand, {
    onDone: () => {
      close()
      void cache.invalidateQueries()
    },
  })
  const open = rows.filter(
    ({ direction, currency }) => direction === payment.direction && currency === payment.currency,
  )
  const picked = open.filter(({ id }) => chosen.includes(id))
  const sum = picked.reduce((total, { amount }) => total + amount, 0)
  const toggle = (id: number) =>
    setChosen((now) => (now.includes(id) ? now.filter((each) => each !== id) : [...now, id]))
  return (
    <ConfirmDialog
      open
      width={600}
      title={t('pos-instructions:share.title', { number: payment.receiptNo })}
      confirmLabel={t('pos-instructions:share.do')}
      busy={share.isPending}
      unready={picked.length < 2 || sum !== payment.amount || reason.trim().length < 2}
      onConfirm={() =>
        share.mutate({
          instructions: picked.map(({ id, version }) => ({ id, version })),
          receiptId: payment.receiptId,
          reason: reason.trim(),
        })
      }
      onCancel={close}
    >
      <RefusalAlert error={share.error} />
      <p className="why">{t('pos-instructions:share.why')}</p>
      <ul className="pos-candidates pos-shares">
        {open.map((row) => (
          <li key={row.id}>
            <Checkbox checked={chosen.includes(row.id)} onChange={() => toggle(row.id)}>
              {row.source.number} · {nameOf(row.tender)} · <BusinessDate date={row.businessDate} />{' '}
              · <Money amount={row.amount} currency={row.currency} />
            </Checkbox>
          </li>
        ))}
      </ul>
      <p className="pos-share-sum">
        <Money amount={sum} currency={payment.currency} /> /{' '}
        <Money amount={payment.amount} currency={payment.currency} />
      </p>
      <Field label={t('pos-instructions:match.reason')}>
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
