import type { z } from 'zod'
import { tellOfRisk } from '../alerts/index.ts'
import { highValueFrom, requireTop, sayAmount } from '../approvals/index.ts'
import { record } from '../audit/index.ts'
import {
  addEvent,
  givePromise,
  joinCase,
  type Moment,
  momentOf,
  openCase,
  requireOwner,
  saysLeaving,
  setRisks,
} from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { planFollowUps } from '../followups/index.ts'
import { addDays } from '../foundation/business-date.ts'
import { type RefusalReason, refuse } from '../foundation/errors.ts'
import { phoneDigits } from '../foundation/phone.ts'
import type { Call } from '../handlers.ts'
import { tellOfRecalls } from '../radar/index.ts'
import {
  type complaintContext,
  type complaintEntry,
  type EntryField,
  kindRules,
  largestStatement,
} from './contract.ts'
import { indexComplaint } from './grams-store.ts'
import {
  findFirst,
  insertItems,
  insertRecomplaint,
  insertRound,
  type ItemRef,
  listCandidates,
  listKnownItems,
  type Matter,
  readSettings,
} from './link-store.ts'
import { chooseFirst, findMissing, firstUnrecorded, type Known, statementTrouble } from './rules.ts'
import {
  type Details,
  findCardSubject,
  findLineSubject,
  findReceiptSubject,
  hasCustomer,
  insertComplaint,
  type Subject,
} from './store.ts'

type Context = z.output<typeof complaintContext>
type Entry = z.output<typeof complaintEntry>

/** The words a customer used are kept as they came, or refused with what is wrong with them. */
function requireStatement(text: string): void {
  const trouble = statementTrouble(text)
  if (trouble === 'empty') refuse('complaints.empty_statement')
  if (trouble === 'broken') refuse('complaints.broken_statement')
  if (trouble === 'too_long') {
    refuse('complaints.statement_too_long', { letters: text.length, limit: largestStatement })
  }
}

const reasonOfField: Record<EntryField, RefusalReason> = {
  class: 'complaints.needs_class',
  place: 'complaints.needs_place',
  receipt: 'complaints.needs_receipt',
  contact: 'complaints.needs_contact',
  desired: 'complaints.needs_desired',
  demand: 'complaints.needs_demand',
  solution: 'complaints.needs_solution',
}

/** Refuses with the first thing its kind asks for before it is closed. */
export function requireComplete(missing: readonly { field: EntryField; must: boolean }[]): void {
  const first = missing.find(({ must }) => must)
  if (first) refuse(reasonOfField[first.field])
}

/** What is known of an entry, field by field. */
export function knownOf(entry: {
  class: string | null
  floor: string
  counter: string
  receiptId: number | null
  customerId: number | null
  contact: { name: string; phone: string }
  desired: string
  demand: string | null
  solution: string
}): Known {
  const { contact } = entry
  return {
    class: entry.class !== null,
    place: entry.floor !== '' || entry.counter !== '',
    receipt: entry.receiptId !== null,
    contact: contact.name !== '' || contact.phone !== '' || entry.customerId !== null,
    desired: entry.desired.trim() !== '',
    demand: entry.demand !== null,
    solution: entry.solution.trim() !== '',
  }
}

/**
 * Fills in what the desk knows: a card tells its sale and line, a line its sale, floor, counter and vendor, a sale
 * its customer. What the clerk typed stands. Refuses ids that do not exist or belong to different sales.
 */
export async function subjectOf(
  r: ReadHandle,
  context: Context,
): Promise<Subject & { saleLineId: number | null }> {
  const card = context.cardId === null ? null : await findCardSubject(r, context.cardId)
  const saleLineId = context.saleLineId ?? card?.saleLineId ?? null
  const line = saleLineId === null ? null : await findLineSubject(r, saleLineId)
  const receiptId = context.receiptId ?? line?.receiptId ?? card?.receiptId ?? null
  const receipt = receiptId === null ? null : await findReceiptSubject(r, receiptId)
  const isKnown = context.customerId === null || (await hasCustomer(r, context.customerId))
  if (card === undefined || line === undefined || receipt === undefined || !isKnown) {
    refuse('complaints.unknown_subject')
  }
  if ([line?.receiptId, card?.receiptId].some((id) => id && id !== receiptId)) {
    refuse('complaints.subjects_differ')
  }
  return {
    receiptId,
    saleLineId,
    customerId: context.customerId ?? receipt?.customerId ?? card?.customerId ?? null,
    floor: context.floor || (line?.floor ?? ''),
    counter: context.counter || (line?.counter ?? ''),
    vendor: line?.vendor ?? '',
    productId: line?.productId ?? null,
  }
}

/** Everything a complaint is about, each once; refuses what does not exist. */
export async function itemsOf(
  r: ReadHandle,
  asked: Entry['items'],
  main: { saleLineId: number | null; cardId: number | null },
): Promise<ItemRef[]> {
  const refs: ItemRef[] = [
    ...[main.saleLineId, ...asked.lineIds].map((id) => ({ type: 'sale_line' as const, id })),
    ...[main.cardId, ...asked.cardIds].map((id) => ({ type: 'card' as const, id })),
    ...asked.repairIds.map((id) => ({ type: 'repair' as const, id })),
  ].flatMap(({ type, id }) => (id === null ? [] : [{ type, id }]))
  const items = refs.filter(
    (each, at) => refs.findIndex(({ type, id }) => type === each.type && id === each.id) === at,
  )
  const known = await listKnownItems(r, items)
  if (known.length < items.length) refuse('complaints.unknown_subject')
  return items
}

/** Details as they were given, the rest as a clerk at the counter would mean it. */
function detailsOf({ kind, details }: Entry): Details {
  return {
    desired: details.desired ?? '',
    demand: details.demand ?? null,
    demandAmount: details.demandAmount ?? null,
    mode: details.mode ?? 'on_site',
    severity: details.severity ?? 'ordinary',
    complainant: details.complainant ?? kindRules[kind].complainant,
  }
}

/** Links a complaint to the earlier one it repeats, as the store's settings see it; a customer is heard twice at most. */
export async function linkToFirst(
  w: WriteHandle,
  moment: Moment,
  complaint: { id: number } & Matter,
): Promise<void> {
  const settings = await readSettings(w)
  const since = addDays(moment.businessDate, -settings.recomplaintDays)
  const candidates = await listCandidates(w, complaint, since, {
    item: settings.byItem,
    customer: settings.byCustomer,
    cause: settings.byCause,
  })
  const earlier = candidates.filter(({ complaintId }) => complaintId !== complaint.id)
  const first = chooseFirst(earlier, moment.businessDate, settings.recomplaintDays)
  if (!first || first.firstId === complaint.id) return
  await insertRecomplaint(w, {
    complaintId: complaint.id,
    ...first,
    at: moment.at,
    by: moment.actorId,
  })
  const { number = '' } = (await findFirst(w, complaint.id)) ?? {}
  await addEvent(w, moment, complaint.caseId, 'complaint_repeats', {
    number,
    basis: first.basis,
    days: first.days,
  })
}

/** A demand in words where it is of high value; null for any other. */
export async function highAmountOf(
  r: ReadHandle,
  call: Call,
  amount: number | null,
): Promise<string | null> {
  const threshold = await highValueFrom(r, call)
  return amount !== null && threshold !== null && amount >= threshold
    ? sayAmount(call, amount)
    : null
}

/** Records what was said at the desk: solved on the spot, or open with an owner and a promise. */
export async function recordComplaint(w: WriteHandle, call: Call, input: Entry) {
  const moment = momentOf(call)
  const { outcome } = input
  const isSolved = outcome.kind === 'solved'
  requireStatement(input.text)
  const subject = await subjectOf(w, input.context)
  const details = detailsOf(input)
  const solution = isSolved ? outcome.solution : ''
  const known = knownOf({ ...input, ...subject, ...details, solution })
  const unrecorded = firstUnrecorded(input.kind, known)
  if (unrecorded) refuse(reasonOfField[unrecorded])
  if (isSolved) requireComplete(findMissing({ ...input, ...details }, known))
  const items = await itemsOf(w, input.items, {
    saleLineId: subject.saleLineId,
    cardId: input.context.cardId,
  })
  const owner = isSolved ? call.actor : await requireOwner(w, outcome.ownerId)
  const number = await takeDocumentNumber(w, 'TS', call.profile.deskNo, moment.businessDate)
  const begins = { state: isSolved ? ('closed' as const) : ('open' as const), ownerId: owner.id }
  const { receiptId, customerId } = subject
  const caseId =
    input.caseId === null
      ? await openCase(w, moment, { ...begins, receiptId, customerId })
      : await joinCase(w, moment, input.caseId, { ...begins, receiptId, customerId })
  const contactDigits = phoneDigits(input.contact.phone)
  const id = await insertComplaint(w, {
    ...subject,
    ...details,
    number,
    caseId,
    kind: input.kind,
    class: input.class ?? 'other',
    text: input.text,
    solution,
    satisfied: isSolved ? outcome.satisfied : null,
    solvedOnSpot: isSolved,
    businessDate: moment.businessDate,
    recordedAt: moment.at,
    recordedBy: moment.actorId,
    cardId: input.context.cardId,
    contact: input.contact,
    contactDigits,
    saysLeaving: saysLeaving(input.text),
    currency: call.profile.currency,
  })
  await indexComplaint(w, id)
  await insertRound(w, {
    complaintId: id,
    no: 1,
    at: moment.at,
    businessDate: moment.businessDate,
    by: moment.actorId,
    reason: '',
    solved: isSolved ? outcome : null,
  })
  await insertItems(w, id, items, { at: moment.at, by: moment.actorId })
  await addEvent(w, moment, caseId, 'complaint_recorded', {
    complaintId: id,
    number,
    kind: input.kind,
    ownerId: owner.id,
    owner: owner.name,
    solved: isSolved,
  })
  if (kindRules[input.kind].isComplaint) {
    await linkToFirst(w, moment, {
      id,
      caseId,
      items,
      customerId,
      contactDigits,
      productId: subject.productId,
      class: input.class ?? 'other',
    })
  }
  const { saleLineId } = subject
  await tellOfRecalls(w, moment, { caseId, number, saleLineId, cardId: input.context.cardId })
  const { raised } = await setRisks(w, moment, caseId, {
    risks: input.risks,
    note: '',
    only: 'raise',
  })
  if (isSolved) await requireTop(w, call, moment, { caseId, what: solution })
  if (isSolved) {
    const { phone } = details.complainant === 'staff' ? { phone: '' } : input.contact
    await planFollowUps(
      w,
      call,
      moment,
      {
        caseId,
        complaintId: id,
        customerId,
        ownerId: owner.id,
        floor: subject.floor,
        number,
        phone,
      },
      {
        kind: input.kind,
        class: input.class ?? 'other',
        severity: details.severity,
        onSpot: true,
        retention: null,
        points: null,
        goods: [],
      },
    )
  } else {
    const promised = { caseId, ownerId: owner.id, ...outcome.promise }
    await givePromise(w, call, moment, promised, { complaintId: id })
  }
  const highAmount = await highAmountOf(w, call, details.demandAmount)
  await tellOfRisk(w, call, moment, { caseId, risks: raised, highAmount })
  await record(
    w,
    call,
    'complaints.record',
    { type: 'complaint', id: number },
    {
      kind: input.kind,
      class: input.class,
      solved: isSolved,
      risks: input.risks,
    },
  )
  return { id, number, caseId, repeats: (await findFirst(w, id)) ?? null }
}
