import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { listFigures } from './money-store.ts'
import type { ReturnQuote } from './quote.ts'
import { findRefund, listRefundLines, listRefundTenders } from './store.ts'

/** The returned side of an exchange as it was written: lines, what is paid back of it, and its strip. */
export async function readReturn(r: ReadHandle, refundId: number) {
  const tenders = await listRefundTenders(r, refundId)
  const strip = await listFigures(r, refundId)
  const { version } = (await findRefund(r, refundId)) ?? { version: 0 }
  return {
    version,
    lines: await listRefundLines(r, refundId),
    payBacks: tenders.filter((each) => !each.carried),
    strip: strip.map((each) => ({ ...each, detail: { ...each.detail } })),
  }
}

/**
 * Goods a till has taken back already are not taken back again, neither for money nor for other goods, unless somebody
 * looked: refuses the first return nobody has (`refunds.till_returned`).
 */
export function requireTillReturnsSeen(
  call: Call,
  { tillReturns, sale }: Pick<ReturnQuote, 'tillReturns' | 'sale'>,
  seen: readonly number[],
): void {
  const unseen = tillReturns.find(({ receiptId }) => !seen.includes(receiptId))
  if (!unseen) return
  const { receiptNo, till, businessDate, amount } = unseen
  refuse('refunds.till_returned', {
    receiptNo,
    till,
    businessDate,
    amount: formatMoney(amount, sale.currency, call.profile.language),
  })
}
