import { record } from '../audit/index.ts'
import { addEvent, findOpenRisks, type Moment, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney, sumMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { findOperator } from '../staff/index.ts'
import { offerSubject, openApproval, requireApproval, type Subject } from './approve.ts'
import { goodwillLeft, neededBy, type Question, readMatrix } from './limits.ts'
import { type ApprovalKind, type ApproverRole, kindsOf, nextRole, rankOf } from './rules.ts'
import {
  findOffer,
  findPaidOfCase,
  type GoodwillRecord,
  hasCase,
  insertGoodwill,
  insertOffer,
  listGoodwill,
  listReady,
  type OfferRecord,
} from './store.ts'
import { subjectHash } from './subject.ts'

export interface OfferEntry {
  kind: ApprovalKind
  amount: number
  what: string
  toWhom: string
  caseId: number | null
  madeBy: { operatorId: number } | { name: string }
}

/** Who said it, with the authority they had: somebody who is no operator has none. */
interface Maker {
  operatorId: number | null
  role: ApproverRole | null
}

/**
 * Writes down what was offered by word of mouth. Never refused for want of authority: an offer beyond it is flagged
 * and waits for the next level, whoever made it (domain.md §3.6, rows 25 to 27).
 */
export async function recordOffer(
  w: WriteHandle,
  call: Call,
  entry: OfferEntry,
): Promise<OfferRecord> {
  const moment = momentOf(call)
  const { currency } = call.profile
  const { caseId } = entry
  if (caseId !== null && !(await hasCase(w, caseId))) refuse('approvals.unknown_case')
  const maker = await makerOf(w, entry.madeBy)
  const question: Question = { kinds: await kindsOfOffer(w, entry), amount: entry.amount, currency }
  const { matrix, neededRole, authorised } = await judge(w, call, maker, question)
  const id = await insertOffer(w, {
    ...entry,
    at: moment.at,
    businessDate: moment.businessDate,
    recordedBy: moment.actorId,
    currency,
    neededRole,
    makerRole: maker.role,
    authorised,
    matrixVersion: matrix.version,
  })
  if (!authorised) {
    const { kind, amount, what, toWhom } = entry
    await openApproval(w, moment, {
      ...question,
      kinds: kindsOf(question, matrix),
      subject: {
        type: offerSubject,
        id: String(id),
        hash: subjectHash({ id, kind, amount, currency, what, toWhom }),
      },
      summary: [what, toWhom].filter(Boolean).join(' · '),
      reason: '',
      caseId,
      level: neededRole,
      requestedBy: maker.operatorId ?? moment.actorId,
    })
  }
  const offer = await findOffer(w, id)
  if (!offer) throw new Error(`no offer ${id}`)
  await writeOfferHistory(w, call, moment, offer)
  return offer
}

/**
 * An offer in a case is of its kind, and compensation as well where it is more than was paid on the sale: nobody
 * gives away money by calling it a refund. A case that carries a risk goes to the top with every offer.
 */
async function kindsOfOffer(
  r: ReadHandle,
  { kind, amount, caseId }: OfferEntry,
): Promise<ApprovalKind[]> {
  const kinds: ApprovalKind[] = [kind]
  if (caseId === null) return kinds
  const paid = await findPaidOfCase(r, caseId)
  const isRefund = kind === 'normal' || kind === 'abnormal'
  if (isRefund && paid !== null && amount > paid) kinds.push('compensation')
  return [...kinds, ...(await riskOf(r, caseId))]
}

/** A case that carries a risk sends whatever is given in it to the top. */
async function riskOf(r: ReadHandle, caseId: number): Promise<ApprovalKind[]> {
  const risks = await findOpenRisks(r, { receiptId: null, customerId: null, caseId })
  return risks.length > 0 ? ['risk_flag'] : []
}

/** What a gift is for the limits: goodwill, and a risk where its case carries one. */
export async function kindsOfGift(
  r: ReadHandle,
  { caseId }: Pick<Gift, 'caseId'>,
): Promise<ApprovalKind[]> {
  return ['goodwill', ...(caseId === null ? [] : await riskOf(r, caseId))]
}

async function makerOf(r: ReadHandle, madeBy: OfferEntry['madeBy']): Promise<Maker> {
  if ('name' in madeBy) return { operatorId: null, role: null }
  const operator = await findOperator(r, madeBy.operatorId)
  if (!operator || operator.role === 'system') refuse('approvals.unknown_person')
  return { operatorId: operator.id, role: operator.role }
}

/** The role the offer needed, and whether its maker had it. */
async function judge(r: ReadHandle, call: Call, maker: Maker, question: Question) {
  const asOperator = { id: maker.operatorId ?? 0, role: maker.role ?? ('clerk' as const) }
  const { matrix, needed } = await neededBy(r, call, asOperator, question)
  if (maker.role !== null) {
    return { matrix, neededRole: needed?.role ?? maker.role, authorised: needed === null }
  }
  // Somebody of a counter speaks for the store in nothing: the lowest role above a clerk looks at it.
  const lowest = nextRole('clerk') ?? 'store_manager'
  return { matrix, neededRole: needed?.role ?? lowest, authorised: false }
}

async function writeOfferHistory(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  offer: OfferRecord,
): Promise<void> {
  const { id, kind, amount, currency, what, toWhom, madeBy, neededRole, authorised } = offer
  await record(
    w,
    call,
    'approvals.record_offer',
    { type: 'offer', id },
    { kind, amount, currency, madeBy, neededRole, authorised },
  )
  if (offer.caseId !== null) {
    const text = formatMoney(amount, currency, call.profile.language)
    await addEvent(w, moment, offer.caseId, 'offer_recorded', {
      offerId: id,
      madeBy,
      authorised,
      text: [what, text, toWhom].filter(Boolean).join(' · '),
    })
  }
}

export interface Gift {
  amount: number
  what: string
  toWhom: string
  caseId: number | null
}

/** What an approval of a gift must be about: the same gift for the same case. */
export function goodwillSubject(call: Call, { amount, what, toWhom, caseId }: Gift): Subject {
  const { currency } = call.profile
  return {
    type: 'goodwill',
    // One gift to one customer: what is asked for another customer leaves this one alone.
    id: caseId === null ? `${call.today} ${toWhom.slice(0, 60) || '-'}` : `case-${caseId}`,
    hash: subjectHash({ amount, currency, what, toWhom, caseId }),
  }
}

/**
 * Gives goodwill and writes it into the ledger. Alone a clerk goes as far as the limit of one gift and what is left of
 * the day; beyond, and in a case that carries a risk, only with an approval (`approvals.needed`), which does not count
 * against the day.
 */
export async function giveGoodwill(
  w: WriteHandle,
  call: Call,
  gift: Gift & { approvalId: number | null },
): Promise<{ id: number; left: number | null; approvalId: number | null }> {
  const moment = momentOf(call)
  const { currency } = call.profile
  const { amount, what, toWhom, caseId, approvalId } = gift
  if (caseId !== null && !(await hasCase(w, caseId))) refuse('approvals.unknown_case')
  const approval = await requireApproval(w, call, moment, {
    kinds: await kindsOfGift(w, gift),
    amount,
    currency,
    subject: goodwillSubject(call, gift),
    approvalIds: approvalId === null ? [] : [approvalId],
  })
  const id = await insertGoodwill(w, {
    at: moment.at,
    businessDate: moment.businessDate,
    operatorId: moment.actorId,
    amount,
    currency,
    what,
    toWhom,
    caseId,
    approvalId: approval?.approvalId ?? null,
  })
  await record(
    w,
    call,
    'approvals.give_goodwill',
    { type: 'goodwill', id },
    { amount, currency, what, approvalId: approval?.approvalId ?? null },
  )
  if (caseId !== null) {
    const text = [what, formatMoney(amount, currency, call.profile.language)].join(' · ')
    await addEvent(w, moment, caseId, 'goodwill_given', { goodwillId: id, amount, currency, text })
  }
  const matrix = await readMatrix(w, call)
  const left = await goodwillLeft(w, call.actor, matrix, moment.today)
  return { id, left, approvalId: approval?.approvalId ?? null }
}

/** The day's goodwill: everybody's for those who decide, the caller's own otherwise. */
export async function goodwillOfToday(r: ReadHandle, call: Call) {
  const businessDate = call.today
  const matrix = await readMatrix(r, call)
  const all = await listGoodwill(r, businessDate)
  const seesAll = call.may('approvals.decide')
  const entries = seesAll ? all : all.filter((each) => each.operatorId === call.actor.id)
  const ready = await listReady(r, call.now().toISOString())
  const shown = ready.filter(({ id, role }) =>
    seesAll
      ? rankOf(role) === 0 || all.some((each) => each.operatorId === id)
      : id === call.actor.id,
  )
  return {
    businessDate,
    currency: matrix.currency,
    perDay: matrix.goodwillPerDay,
    left: await goodwillLeft(r, call.actor, matrix, businessDate),
    people: await Promise.all(
      shown.map(async (person) => ({
        ...person,
        ...sumsOf(all.filter((each) => each.operatorId === person.id)),
        left: await goodwillLeft(r, person, matrix, businessDate),
      })),
    ),
    entries,
  }
}

function sumsOf(entries: readonly GoodwillRecord[]): { spent: number; approved: number } {
  const own = entries.filter((each) => each.approvedBy === null)
  const approved = entries.filter((each) => each.approvedBy !== null)
  return {
    spent: sumMoney(own.map((each) => each.amount)),
    approved: sumMoney(approved.map((each) => each.amount)),
  }
}
