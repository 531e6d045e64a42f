import type { Moment } from '../cases/index.ts'
import type { WriteHandle } from '../database/store.ts'
import { raiseInstruction } from '../pos-instructions/index.ts'
import type { Call } from '../handlers.ts'
import { type PayBack, payCustomer, type ReturnQuote } from '../refunds/index.ts'
import type { CarriedShare } from '../refunds/index.ts'
import { redeemVoucher } from '../vouchers/index.ts'

interface Payer {
  source: { type: 'exchange'; id: number; number: string }
  caseId: number
  sale: ReturnQuote['sale']
}

/** Money the customer adds. A voucher of ours that was redeemed for it at once needs no till. */
export interface Collection {
  kind: CarriedShare['kind']
  label: string
  reference: string
  amount: number
  isRedeemed: boolean
}

/** Whether what was added is off the customer's voucher already: then it carries the voucher's number. */
export function isRedeemed({ kind, reference }: Pick<Collection, 'kind' | 'reference'>): boolean {
  return kind === 'voucher' && reference !== ''
}

/**
 * Takes what the customer adds off his voucher where its code was scanned, within the caller's transaction; null
 * where nothing is to be added. Refuses like `redeemVoucher`.
 */
export async function takeCollection(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  asked: {
    number: string
    caseId: number
    currency: string
    collect: { kind: CarriedShare['kind']; label: string; amount: number } | null
    voucherCode: string
  },
): Promise<Collection | null> {
  const { number, caseId, currency, collect, voucherCode } = asked
  if (!collect) return null
  if (collect.kind !== 'voucher' || voucherCode === '') {
    return { ...collect, reference: '', isRedeemed: false }
  }
  const { amount } = collect
  const purpose = { type: 'exchange', number, caseId } as const
  const redeemed = await redeemVoucher(w, call, moment, {
    code: voucherCode,
    amount,
    currency,
    for: purpose,
  })
  return { ...collect, reference: redeemed.number, isRedeemed: true }
}

/** Tells the POS what to pay back and what to collect for an exchange; vouchers are given at this desk. */
export async function settleMoney(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  money: Payer & {
    note: string
    payBacks: readonly PayBack[]
    collection: Collection | null
    voucherHolder: Parameters<typeof payCustomer>[3]['voucherHolder']
  },
): Promise<void> {
  const { source, caseId, sale, collection } = money
  await payCustomer(w, call, moment, money)
  if (!collection || collection.isRedeemed) return
  const { kind, label, reference, amount } = collection
  await raiseInstruction(w, call, moment, {
    kind: 'collect',
    source,
    caseId,
    receiptId: sale.id,
    tender: { kind, label, reference },
    amount,
    currency: sale.currency,
  })
}
