import { limitsFor, requireApproval, subjectHash } from '../approvals/index.ts'
import type { DraftFacts, NamedApproval } from '../approvals/index.ts'
import { approverRoles } from '../approvals/contract.ts'
import { type ApprovalKind, type ApproverRole, rankOf } from '../approvals/rules.ts'
import type { RiskFlag } from '../cases/contract.ts'
import { findOpenRisks, type Moment } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { sumMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { openCaseOfProofs } from '../rights/index.ts'
import type { ReturnRemedy } from './decided.ts'
import type { Quote, ReturnQuote } from './quote.ts'
import type { PayBack } from './rules.ts'
import { sumUnapproved } from './store.ts'
import type { Figure } from './strip.ts'

/**
 * What authority a refund takes. The amount is what goes back on the receipt today, this refund included: several
 * small refunds of one receipt take what one of them would. What somebody approved, or somebody above recorded on
 * their own authority, does not count again.
 */
async function questionOf(r: ReadHandle, call: Call, quote: Quote, asked: Decided) {
  const { sale, managerAmount } = quote
  const before = await sumUnapprovedToday(r, call, sale.id)
  const rights = await rightsOf(r, quote, 'refund')
  return {
    kinds: managerAmount > 0 ? [...rights.kinds, 'other_tender' as const] : rights.kinds,
    atLeast: rights.atLeast,
    amount: sumMoney([before.amount, quote.amount]),
    compensation: compensationOf(rights.beyond, before),
    currency: sale.currency,
    subject: { type: 'refund', id: String(sale.id), hash: hashOf(quote, asked.reason) },
  }
}

/** What this operator, or others of no higher rank, gave back on a receipt today with nobody's approval. */
export function sumUnapprovedToday(
  r: ReadHandle,
  call: Call,
  receiptId: number,
): Promise<{ amount: number; compensation: number }> {
  const { role } = call.actor
  return sumUnapproved(r, receiptId, {
    businessDate: call.today,
    roles: ['system', ...approverRoles.filter((each) => rankOf(each) <= rankOf(role))],
  })
}

/** What the limit for compensation is about: this one's and, like the amount, what went out today before it. */
export function compensationOf(beyond: number, before: { compensation: number }): number | null {
  return beyond > 0 ? sumMoney([beyond, before.compensation]) : null
}

interface Decided {
  reason: string | null
}

/**
 * What the decision and the open cases say of authority: a lost slip, goods the rules would not take back (or not
 * before somebody has answered what they ask), more than was paid, a risk, and the role a rule asks for.
 */
export async function rightsOf(
  r: ReadHandle,
  quote: ReturnQuote,
  remedy: ReturnRemedy,
): Promise<{
  kinds: ApprovalKind[]
  isGranted: boolean
  atLeast: ApproverRole | null
  /** How much of it nobody owes, minor units. */
  beyond: number
}> {
  const { decision } = quote
  const lines = decision.lines.filter((line) => line !== null)
  const remedies = lines.flatMap(({ verdict }) =>
    verdict.remedies.filter((each) => each.remedy === remedy),
  )
  const approvers = remedies.flatMap((each) => (each.allowed && each.approver) || [])
  if (decision.written?.approver) approvers.push(decision.written.approver)
  const isGranted = remedies.every((each) => each.allowed) && beyondRules(quote) === 0
  const kinds: ApprovalKind[] = ['normal']
  if (lines.some(({ facts }) => !facts.proof.receipt)) kinds.push('no_slip')
  // What the catalogue does not say somebody else has to have looked at.
  const isSeen = quote.facts.allowances.some(({ seenPrice = null }) => seenPrice !== null)
  if (!isGranted || isSeen) kinds.push('abnormal')
  const beyond = beyondOf(quote)
  if (beyond > 0) kinds.push('compensation')
  if ((await risksOf(r, quote)).length > 0) kinds.push('risk_flag')
  return {
    kinds,
    isGranted,
    atLeast: approverRoles.findLast((role) => approvers.includes(role)) ?? null,
    beyond,
  }
}

/** What of each price difference no rule grants, minor units. */
function beyondRules({ decision, allowances }: ReturnQuote): number {
  const parts = allowances.map(({ amount }, at) => {
    const verdict = decision.allowances[at]?.verdict
    if (verdict === undefined) return 0
    const granted = verdict.remedies.find(({ remedy }) => remedy === 'price_difference')
    return Math.max(amount - (granted?.allowed ? granted.amount : 0), 0)
  })
  return sumMoney(parts)
}

/**
 * Money beyond what was paid for the goods, minor units: what of a price difference for goods that stay no rule
 * grants, and a price rise that nobody but the form speaks of. What a rule grants is the customer's right, not a
 * favour.
 */
export function beyondOf(quote: ReturnQuote): number {
  const rises = quote.lines.map(({ choice }) => (choice.isDecided ? 0 : choice.priceRise))
  return beyondRules(quote) + sumMoney(rises)
}

/** Risks of open cases this refund touches: of its sale, its customer, and the claim it settles or the case it joins. */
export async function risksOf(
  r: ReadHandle,
  { sale, decision, caseId }: Pick<ReturnQuote, 'sale' | 'decision' | 'caseId'>,
): Promise<RiskFlag[]> {
  const proofSetId = decision.written?.proofSetId ?? null
  const claim = proofSetId === null ? null : await openCaseOfProofs(r, proofSetId)
  return findOpenRisks(r, {
    receiptId: sale.id,
    customerId: sale.customerId,
    caseId: claim ?? caseId,
  })
}

/** Everything the approver is shown: the goods, what is paid out, and how. */
function hashOf(quote: Quote, reason: string | null): string {
  return subjectHash({ reason, ...shownOf(quote, quote) })
}

/** What comes back and how it is paid, as an approval of it is asked for. */
export function shownOf(
  quote: ReturnQuote,
  paid: { payBacks: readonly PayBack[]; strip: readonly Figure[] },
): { readonly [name: string]: DraftFacts } {
  return {
    currency: quote.sale.currency,
    lines: quote.lines.map(({ choice, units, amount }) => ({
      line: choice.line.id,
      condition: choice.condition,
      units: units.map((unit) => unit.unitNo),
      amount,
    })),
    allowances: quote.allowances.map(({ line, units, amount }) => ({
      line: line.id,
      units: units.map((unit) => unit.unitNo),
      amount,
    })),
    charges: quote.charges.map(({ charge, amount }) => ({ line: charge.saleLineId, amount })),
    payBacks: paid.payBacks.map(({ tenderId, kind, amount, purpose, insteadOf }) => ({
      tenderId,
      kind,
      amount,
      purpose,
      insteadOf: insteadOf?.kind ?? null,
    })),
    strip: paid.strip.map(({ kind, amount }) => ({ kind, amount })),
  }
}

/** For the preview: what to ask an approval for, and whether this clerk needs one. */
export async function authorityFor(r: ReadHandle, call: Call, quote: Quote, asked: Decided) {
  const question = await questionOf(r, call, quote, asked)
  const { needed } = await limitsFor(r, call, question)
  const goods = quote.lines.map(({ choice, units }) => `${choice.line.name} × ${units.length}`)
  return { ...question, needed, summary: summaryOf([quote.sale.receiptNo, ...goods]) }
}

const longestSummary = 200

/** What an approval is asked for, in one line. */
export function summaryOf(parts: readonly string[]): string {
  const text = parts.join(' · ')
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
  refund: Decided & { quote: Quote; number: string; approvalIds: readonly number[] },
): Promise<NamedApproval | null> {
  const { quote, number, approvalIds } = refund
  return requireApproval(w, call, moment, {
    ...(await questionOf(w, call, quote, refund)),
    approvalIds,
    usedFor: { type: 'refund', id: number },
  })
}
