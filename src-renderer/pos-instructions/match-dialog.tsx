import { useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Money } from '../ui/money.tsx'
import { useTenderName } from '../ui/pos-instructions.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import { Grounds } from './grounds.tsx'
import type { DeskRow, Ground, TillRow } from './reconcile.ts'

/** A payment and the instructions a person says it is for. */
export interface Pair {
  payment: TillRow
  rows: readonly DeskRow[]
  grounds: readonly Ground[]
}

/** Shows both sides once more before they are put together. */
export function MatchDialog({ pair, close }: { pair: Pair | null; close: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const nameOf = useTenderName()
  const [reason, setReason] = useState('')
  const match = useCommand(desk.posInstructions.matchByHand, {
    onDone: () => {
      close()
      void cache.invalidateQueries()
    },
  })
  const told = pair?.rows.reduce((sum, each) => sum + each.amount, 0) ?? 0
  const differs = pair !== null && told !== pair.payment.amount
  return (
    <ConfirmDialog
      open={pair !== null}
      title={t('pos-instructions:match.title')}
      confirmLabel={t('pos-instructions:match.do')}
      busy={match.isPending}
      unready={differs && reason.trim().length < 2}
      focusField={differs}
      onConfirm={() => {
        if (!pair) return
        match.mutate({
          instructions: pair.rows.map(({ id, version }) => ({ id, version })),
          receiptId: pair.payment.receiptId,
          reason: reason.trim(),
        })
      }}
      onCancel={close}
    >
      <RefusalAlert error={match.error} />
      {pair ? (
        <>
          <ul className="pos-settling">
            {pair.rows.map((each) => (
              <li key={each.id}>
                {each.source.number} · {nameOf(each.tender)}{' '}
                <Money amount={each.amount} currency={each.currency} />
              </li>
            ))}
            <li>
              {pair.payment.receiptNo}{' '}
              <Money amount={pair.payment.amount} currency={pair.payment.currency} />
            </li>
          </ul>
          <Grounds grounds={pair.grounds} />
          <Field
            label={t('pos-instructions:match.reason')}
            {...(differs ? { hint: t('pos-instructions:match.differsHint') } : {})}
          >
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
        </>
      ) : null}
    </ConfirmDialog>
  )
}
