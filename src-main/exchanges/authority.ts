import { limitsFor, type NamedApproval, requireApproval, subjectHash } from '../approvals/index.ts'
import type { Moment } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { sumMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import {
  compensationOf,
  rightsOf,
  shownOf,
  summaryOf,
  sumUnapprovedToday,
} from '../refunds/index.ts'
import type { acceptances, exchangeFlags } from './contract.ts'
import type { ExchangeQuote } from './quote.ts'

export type ExchangeFlag = (typeof exchangeFlags)[number]
export type Acceptance = (typeof acceptances)[number]

/** Flags that say what was done and need nobody: the till has no price either for what is in no catalogue. */
const harmless: readonly ExchangeFlag[] = ['typed_price']

/**
 * What authority an exchange takes. Within the rules it is the money that leaves the store, as with a refund: goods
 * for goods moves none. Beyond them, by a flag, it is all that the goods are credited with.
 */
async function questionOf(
  r: ReadHandle,
  call: Call,
  quote: ExchangeQuote,
  { reason }: { reason: string | null },
) {
  const { back, settlement, credit } = quote
  const rights = await rightsOf(r, back, 'exchange')
  const flags = flagsOf(quote, rights.isGranted)
  const isConceded = flags.some((flag) => !harmless.includes(flag))
  const before = await sumUnapprovedToday(r, call, back.sale.id)
  const kinds = new Set(rights.kinds)
  if (isConceded) kinds.add('abnormal')
  if (settlement.managerAmount > 0) kinds.add('other_tender')
  const acceptance: Acceptance = isConceded ? 'conceded' : 'owed'
  return {
    flags,
    acceptance,
    question: {
      kinds: [...kinds],
      atLeast: rights.atLeast,
      amount: sumMoney([before.amount, isConceded ? credit : Math.max(-quote.difference, 0)]),
      compensation: compensationOf(rights.beyond, before),
      currency: back.sale.currency,
      subject: { type: 'exchange', id: String(back.sale.id), hash: hashOf(quote, reason) },
    },
  }
}

function flagsOf(quote: ExchangeQuote, isGranted: boolean): ExchangeFlag[] {
  const flags = new Set<ExchangeFlag>()
  if (!isGranted) flags.add('not_granted')
  for (const { units } of quote.serials) {
    for (const { flag } of units) {
      if (flag === 'mismatch') flags.add('serial_mismatch')
      if (flag === 'missing') flags.add('serial_missing')
    }
  }
  if (quote.lines.some((line) => line.discount > 0)) flags.add('typed_discount')
  if (quote.lines.some((line) => line.pricing === 'typed')) flags.add('typed_price')
  return [...flags]
}

/** Everything the approver is shown: both sides, serial numbers, and what is paid. */
function hashOf(quote: ExchangeQuote, reason: string | null): string {
  return subjectHash({
    reason,
    ...shownOf(quote.back, quote.settlement),
    serials: quote.serials.map(({ saleLineId, units }) => ({
      line: saleLineId,
      read: units.map((unit) => unit.serialNo),
    })),
    given: quote.lines.map((line) => ({
      product: line.choice.goods.productId,
      name: line.choice.goods.name,
      serialNo: line.serialNo,
      units: line.choice.units,
      discount: line.discount,
      amount: line.paidAmount,
    })),
    difference: quote.difference,
  })
}

/** For the preview: what to ask an approval for, and whether this clerk needs one. */
export async function authorityFor(
  r: ReadHandle,
  call: Call,
  quote: ExchangeQuote,
  asked: { reason: string | null },
) {
  const { question, flags, acceptance } = await questionOf(r, call, quote, asked)
  const { needed } = await limitsFor(r, call, question)
  const back = quote.back.lines.map(({ choice, units }) => `${choice.line.name} × ${units.length}`)
  const given = quote.lines.map(({ choice }) => `${choice.goods.name} × ${choice.units}`)
  const summary = summaryOf([quote.back.sale.receiptNo, [...back, '→', ...given].join(' ')])
  return { flags, acceptance, approval: { ...question, needed, summary } }
}

/**
 * Stands before an exchange is written: null where the clerk may alone, otherwise the approval it is recorded under.
 * Refuses like `requireApproval`.
 */
export async function requireAuthority(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  exchange: {
    quote: ExchangeQuote
    number: string
    reason: string
    approvalIds: readonly number[]
  },
): Promise<{
  approval: NamedApproval | null
  flags: ExchangeFlag[]
  acceptance: Acceptance
}> {
  const { quote, number, approvalIds } = exchange
  const { question, flags, acceptance } = await questionOf(w, call, quote, exchange)
  const usedFor = { type: 'exchange', id: number }
  const approval = await requireApproval(w, call, moment, { ...question, approvalIds, usedFor })
  return { approval, flags, acceptance }
}
