import type { Moment } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { sumMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { giveBackToVouchers, issueVoucher, requireWithinCaps } from '../vouchers/index.ts'
import type { MoneyMovement } from '../pos-instructions/index.ts'
import type { ReturnQuote } from './quote.ts'
import type { PayBack } from './rules.ts'
import { findSaleCustomer } from './store.ts'

/** Whose voucher the customer gets instead of money; left out for the customer of the sale, null for a bearer. */
type AskedHolder = { name: string; phone: string } | null | undefined

/** What a customer is paid for goods of a sale. */
export interface Payments {
  sale: ReturnQuote['sale']
  payBacks: readonly PayBack[]
}

/** What the customer takes as a voucher instead of the way it was paid. */
function insteadOfMoney(quote: Payments): number {
  return sumMoney(
    quote.payBacks
      .filter(({ kind, insteadOf }) => kind === 'voucher' && insteadOf !== null)
      .map(({ amount }) => amount),
  )
}

async function holderOf(r: ReadHandle, quote: Payments, asked: AskedHolder) {
  if (asked !== undefined) return asked
  const customer = await findSaleCustomer(r, quote.sale.id)
  return customer && customer.name !== '' && customer.phone !== '' ? customer : null
}

/** For previews: refuses a voucher that law would not let the store issue, with the rule. */
export async function requireVoucherLawful(
  r: ReadHandle,
  call: Call,
  quote: Payments,
  asked: AskedHolder,
): Promise<void> {
  const amount = insteadOfMoney(quote)
  if (amount === 0) return
  const { currency } = quote.sale
  await requireWithinCaps(r, call, { amount, currency, holder: await holderOf(r, quote, asked) })
}

/**
 * The vouchers of what comes back: one for what the customer takes instead of money, and what the sale took of vouchers back
 * on them.
 *
 * @returns what is left for the POS to pay: vouchers of others are its business
 */
export async function writeVouchers(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  paid: {
    source: MoneyMovement['source'] & { type: 'refund' | 'exchange' | 'price_adjustment' }
    caseId: number
    note: string
  },
  quote: Payments,
  asked: AskedHolder,
): Promise<PayBack[]> {
  const { sale } = quote
  const { source, caseId } = paid
  const amount = insteadOfMoney(quote)
  const { currency } = sale
  if (amount > 0) {
    await issueVoucher(w, call, moment, {
      source,
      caseId,
      amount,
      currency,
      holder: await holderOf(w, quote, asked),
      customerId: sale.customerId,
      reason: paid.note,
    })
  }
  const forPos: PayBack[] = []
  for (const row of quote.payBacks) {
    if (row.kind !== 'voucher') forPos.push(row)
    if (row.kind !== 'voucher' || row.insteadOf !== null) continue
    const reference = sale.tenders.find((each) => each.id === row.tenderId)?.reference ?? ''
    const given = await giveBackToVouchers(w, call, moment, {
      source,
      caseId,
      receiptId: sale.id,
      reference,
      amount: row.amount,
      currency,
    })
    const left = row.amount - sumMoney(given.map((each) => each.amount))
    if (left > 0) forPos.push({ ...row, amount: left })
  }
  return forPos
}
