import { limitsFor, requireApproval, subjectHash } from '../approvals/index.ts'
import type { NamedApproval } from '../approvals/index.ts'
import type { Moment } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { sumMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import type { Quote } from './quote.ts'
import { sumUnapprovedToday } from './store.ts'

/**
 * What authority a refund takes. The amount is what goes back on the receipt today, this refund included: several
 * small refunds of one receipt take what one of them would. What somebody approved does not count again.
 */
async function questionOf(r: ReadHandle, call: Call, quote: Quote, reason: string | null) {
  const { sale } = quote
  const before = await sumUnapprovedToday(r, sale.id, call.today)
  return {
    kinds: quote.managerAmount > 0 ? (['normal', 'other_tender'] as const) : (['normal'] as const),
    amount: sumMoney([before, quote.amount]),
    currency: sale.currency,
    subject: { type: 'refund', id: String(sale.id), hash: hashOf(quote, reason) },
  }
}

/** Everything the approver is shown: the goods, what is paid out, and how. */
function hashOf(quote: Quote, reason: string | null): string {
  return subjectHash({
    reason,
    currency: quote.sale.currency,
    lines: quote.lines.map(({ choice, units, amount }) => ({
      line: choice.line.id,
      condition: choice.condition,
      units: units.map((unit) => unit.unitNo),
      amount,
    })),
    payBacks: quote.payBacks.map(({ tenderId, kind, amount, purpose, insteadOf }) => ({
      tenderId,
      kind,
      amount,
      purpose,
      insteadOf: insteadOf?.kind ?? null,
    })),
    strip: quote.strip.map(({ kind, amount }) => ({ kind, amount })),
  })
}

/** For the preview: what to ask an approval for, and whether this clerk needs one. */
export async function authorityFor(r: ReadHandle, call: Call, quote: Quote, reason: string | null) {
  const question = await questionOf(r, call, quote, reason)
  const { needed } = await limitsFor(r, call, question)
  const goods = quote.lines.map(({ choice, units }) => `${choice.line.name} × ${units.length}`)
  const summary = [quote.sale.receiptNo, ...goods].join(' · ')
  return { ...question, kinds: [...question.kinds], needed, summary: shorten(summary) }
}

const longestSummary = 200

function shorten(text: string): string {
  return text.length > longestSummary ? `${text.slice(0, longestSummary - 1)}…` : text
}

/**
 * Stands before a refund is written: null where the clerk may alone, otherwise the approval it is recorded under.
 * Refuses like `requireApproval`.
 */
export async function requireAuthority(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  refund: { quote: Quote; reason: string; number: string; approvalIds: readonly number[] },
): Promise<NamedApproval | null> {
  const { quote, reason, number, approvalIds } = refund
  return requireApproval(w, call, moment, {
    ...(await questionOf(w, call, quote, reason)),
    approvalIds,
    usedFor: { type: 'refund', id: number },
  })
}
