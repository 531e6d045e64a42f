import { useQuery } from '@tanstack/react-query'
import { DatePicker, Input } from 'antd'
import type { InputRef } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { parseVoucherCode, spellVoucherCode } from '../../src-main/foundation/voucher-code.ts'
import { api, desk } from '../app/client.ts'
import { useScanner } from '../input/use-scanner.tsx'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { isWriting } from '../input/writing.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { Money } from '../ui/money.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { type VoucherRow, VoucherState } from './voucher.tsx'

interface RedeemDialogProps {
  /** A code that was scanned before, on the way here. */
  scanned?: string | undefined
  onDone: (done: { voucherId: number; balance: number }) => void
  onCancel: () => void
}

/**
 * Writes down that a till takes a voucher: scan the voucher, scan the receipt, look at the amount, Ctrl+Enter. A scan
 * finds its field by itself; the code is proof that somebody holds the paper.
 */
export function RedeemDialog({ scanned = '', onDone, onCancel }: RedeemDialogProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  const [code, setCode] = useState(() => spelled(scanned))
  const [typedAmount, setAmount] = useState<number | null>(null)
  const [receiptNo, setReceiptNo] = useState('')
  const [till, setTill] = useState('')
  const [date, setDate] = useState(today)
  const codeField = useRef<InputRef>(null)
  const receipt = useRef<InputRef>(null)
  const parsed = parseVoucherCode(code)
  // What is no code is asked about as well once it is long enough: the desk says what is wrong with it.
  const isAsked = parsed !== null || code.replaceAll(/[\s-]/g, '').length >= 12
  const found = useQuery(
    api.vouchers.lookUp.queryOptions({
      input: { scan: parsed ?? code },
      enabled: isAsked,
      staleTime: 0,
      retry: false,
    }),
  )
  const voucher = isAsked ? found.data?.voucher : undefined
  const refusal = found.data?.refusal ?? null
  const amount = typedAmount ?? voucher?.balance ?? null
  const voucherId = voucher?.id
  useEffect(() => {
    if (voucherId === undefined || refusal !== null) return
    // The answer may come late: who has gone on to another field stays there.
    const isElsewhere = isWriting() && document.activeElement !== codeField.current?.input
    if (!isElsewhere) receipt.current?.focus()
  }, [voucherId, refusal])
  useScanner((text) => {
    if (parseVoucherCode(text) === null && parsed !== null) setReceiptNo(text)
    else setCode(spelled(text))
  })
  const redeem = useCommand(desk.vouchers.redeem, { onDone })
  const isReady =
    voucher !== undefined &&
    refusal === null &&
    amount !== null &&
    amount > 0 &&
    receiptNo.trim() !== ''
  const submit = () => {
    if (!isReady || redeem.isPending) return
    redeem.mutate({ scan: parsed ?? code, amount, receiptNo, till, receiptDate: date })
  }
  const toReceipt = useEnterSubmit(() => receipt.current?.focus())
  return (
    <ConfirmDialog
      open
      title={t('vouchers:redeem.title')}
      confirmLabel={t('vouchers:redeem.confirm')}
      busy={redeem.isPending}
      unready={!isReady}
      width={560}
      onConfirm={submit}
      onCancel={onCancel}
    >
      <RefusalAlert error={redeem.error} />
      <Field label={t('vouchers:redeem.code')} hint={t('vouchers:redeem.codeHint')}>
        {(id) => (
          <Input
            id={id}
            ref={codeField}
            className="voucher-code"
            value={code}
            data-scan="true"
            maxLength={80}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setCode(event.target.value)}
            {...toReceipt}
          />
        )}
      </Field>
      <RefusalAlert error={isAsked ? found.error : null} />
      {voucher ? <Found voucher={voucher} /> : null}
      {refusal ? (
        <p className="voucher-refused" role="alert">
          {t(`errors:${refusal.reason}`, refusal.params)}
        </p>
      ) : null}
      <div className="field-row">
        <Field label={t('vouchers:redeem.receiptNo')} hint={t('vouchers:redeem.receiptHint')}>
          {(id) => (
            <Input
              id={id}
              ref={receipt}
              value={receiptNo}
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setReceiptNo(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('vouchers:redeem.amount')}>
          {(id) => (
            <MoneyField id={id} className="full-width" value={amount} onChange={setAmount} />
          )}
        </Field>
      </div>
      <div className="field-row">
        <Field label={t('vouchers:redeem.till')}>
          {(id) => (
            <Input
              id={id}
              value={till}
              maxLength={20}
              autoComplete="off"
              onChange={(event) => setTill(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('vouchers:redeem.date')}>
          {(id) => (
            <DatePicker
              id={id}
              className="full-width"
              value={dayjs(date)}
              maxDate={dayjs(today)}
              allowClear={false}
              onChange={(chosen) => setDate(chosen ? chosen.format('YYYY-MM-DD') : today)}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}

function spelled(text: string): string {
  const code = parseVoucherCode(text)
  return code === null ? text : spellVoucherCode(code)
}

function Found({ voucher }: { voucher: VoucherRow }) {
  const { t } = useTranslation()
  const { number, holder, balance, currency, expiresOn } = voucher
  return (
    <div className="voucher-found" role="status">
      <span className="row-main">
        <span className="row-title slip-number">{number}</span>
        <span className="row-note">
          {holder ? `${holder.name} ${holder.phoneMasked}` : t('vouchers:bearer')}
          {expiresOn ? (
            <>
              {' · '}
              {t('vouchers:fact.until')} <BusinessDate date={expiresOn} />
            </>
          ) : null}
        </span>
      </span>
      <Money amount={balance} currency={currency} size="large" />
      <VoucherState voucher={voucher} />
    </div>
  )
}
