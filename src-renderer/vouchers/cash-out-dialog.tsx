import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { parseVoucherCode, spellVoucherCode } from '../../src-main/foundation/voucher-code.ts'
import { cashOutWays } from '../../src-main/vouchers/contract.ts'
import { api, desk } from '../app/client.ts'
import { useScanner } from '../input/use-scanner.tsx'
import { ApproverBox } from '../ui/approver-box.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Money } from '../ui/money.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useApproval } from '../ui/use-approval.ts'
import { useCommand } from '../ui/use-command.ts'
import type { Voucher } from './voucher.tsx'

interface CashOutDialogProps {
  voucher: Voucher
  /** A code that was scanned before, on the way here. */
  scanned: string | undefined
  onDone: () => void
  onCancel: () => void
}

const spelled = (text: string) => {
  const code = parseVoucherCode(text)
  return code === null ? text : spellVoucherCode(code)
}

/** Pays out what is left: scan the voucher, say who gets it and how; the till pays against the printed code. */
export function CashOutDialog({ voucher, scanned = '', onDone, onCancel }: CashOutDialogProps) {
  const { t, i18n } = useTranslation()
  const { balance, currency, holder, rest } = voucher
  const limit = rest.cashUpTo
  const isOverCash = limit !== null && balance > limit.amount
  const [code, setCode] = useState(() => spelled(scanned))
  const [receiver, setReceiver] = useState(holder?.name ?? '')
  const [way, setWay] = useState<(typeof cashOutWays)[number]>(isOverCash ? 'bank_card' : 'cash')
  const [reason, setReason] = useState('')
  const parsed = parseVoucherCode(code)
  const found = useQuery(
    api.vouchers.lookUp.queryOptions({
      input: { scan: parsed ?? code },
      enabled: parsed !== null,
      staleTime: 0,
      retry: false,
    }),
  )
  const isHere = parsed !== null && found.data?.voucher.id === voucher.id
  const isOther = parsed !== null && found.data !== undefined && !isHere
  const question = useQuery(
    api.vouchers.approvalFor.queryOptions({
      input: { voucherId: voucher.id, step: 'cash_out' },
      staleTime: 0,
    }),
  )
  const approval = useApproval(question.data ?? null)
  useScanner((text) => setCode(spelled(text)))
  const pay = useCommand(desk.vouchers.cashOut, { onDone })
  const isFree = approval.phase === 'free' || approval.phase === 'granted'
  const isReady = isHere && isFree && receiver.trim() !== '' && reason.trim().length >= 2
  const submit = () => {
    if (!isReady || pay.isPending) return
    pay.mutate({
      scan: parsed,
      way,
      receiver: receiver.trim(),
      reason: reason.trim(),
      expectedAmount: balance,
      approvalIds: approval.approvalId === null ? [] : [approval.approvalId],
    })
  }
  return (
    <ConfirmDialog
      open
      title={t('vouchers:cashOut.title', { number: voucher.number })}
      confirmLabel={t('vouchers:cashOut.confirm')}
      busy={pay.isPending}
      unready={!isReady}
      width={560}
      onConfirm={submit}
      onCancel={onCancel}
    >
      <p className="voucher-found">
        <span className="row-main">
          <span>{t('vouchers:cashOut.hint')}</span>
          <span className="row-note">
            {t(`vouchers:cashOut.${rest.ground ?? 'none'}`, { law: rest.law ?? '' })}
          </span>
        </span>
        <Money amount={balance} currency={currency} size="large" />
      </p>
      <RefusalAlert error={pay.error ?? question.error ?? (parsed === null ? null : found.error)} />
      <Field label={t('vouchers:cashOut.code')} hint={t('vouchers:cashOut.codeHint')}>
        {(id) => (
          <Input
            id={id}
            className="voucher-code"
            value={code}
            data-scan="true"
            maxLength={80}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      {isOther ? (
        <p className="voucher-refused" role="alert">
          {t('vouchers:cashOut.otherCode')}
        </p>
      ) : null}
      <div className="field-row">
        <Field label={t('vouchers:cashOut.receiver')}>
          {(id) => (
            <Input
              id={id}
              value={receiver}
              maxLength={40}
              autoComplete="off"
              onChange={(event) => setReceiver(event.target.value)}
            />
          )}
        </Field>
        <Field
          label={t('vouchers:cashOut.way')}
          hint={
            limit
              ? t('vouchers:cashOut.cashLimit', {
                  amount: formatMoney(limit.amount, currency, i18n.language),
                  law: limit.law,
                })
              : undefined
          }
        >
          {(id) => (
            <Select
              id={id}
              className="full-width"
              value={way}
              options={cashOutWays.map((value) => ({
                value,
                label: t(`vouchers:cashOut.ways.${value}`),
                disabled: value === 'cash' && isOverCash,
              }))}
              onChange={setWay}
            />
          )}
        </Field>
      </div>
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
