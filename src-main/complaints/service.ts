import type { z } from 'zod'
import { tellOfRisk } from '../alerts/index.ts'
import { requireTop } from '../approvals/index.ts'
import { record } from '../audit/index.ts'
import {
  addEvent,
  breakOverduePromises,
  closeCase,
  givePromise,
  isCaseOpen,
  isContent,
  isOverdue,
  joinCase,
  listEvents,
  listPromises,
  listRisks,
  momentOf,
  requireRetention,
  requireSatisfaction,
  requireNothingUnderWay,
  setRisks,
  settlePromises,
} from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import {
  callOffReopened,
  planFollowUps,
  readCallTime,
  requireFollowUp,
  settleFollowUp,
} from '../followups/index.ts'
import { addDays, daysBetween } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { maskPhone, phoneDigits } from '../foundation/phone.ts'
import { nextState } from '../foundation/state-machine.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import { type complaintsContract, kindRules, type takeUpInput } from './contract.ts'
import { indexComplaint, listGoods } from './grams-store.ts'
import { readGuides, readVersions, writeGuide } from './guides.ts'
import {
  findByNumber,
  findFirst,
  insertItems,
  insertRecomplaint,
  insertRound,
  type ItemRef,
  listItems,
  listRepeats,
  listRounds,
  readSettings,
  writeItemUnlinked,
  writeRecomplaintDropped,
  writeRoundSolved,
  writeSettings,
} from './link-store.ts'
import { type ComplaintFilter, countComplaints, listComplaints, listFloors } from './list-store.ts'
import {
  highAmountOf,
  itemsOf,
  knownOf,
  recordComplaint,
  requireComplete,
  subjectOf,
} from './record.ts'
import { type ComplaintAction, complaintMachine, findLosingSigns, findMissing } from './rules.ts'
import {
  columnsOf,
  type ComplaintRecord,
  findComplaint,
  listCardGoods,
  writeComplaint,
  writeSolution,
} from './store.ts'

async function requireComplaint(r: ReadHandle, complaintId: number): Promise<ComplaintRecord> {
  return (await findComplaint(r, complaintId)) ?? refuse('complaints.unknown_complaint')
}

async function rowsOf(r: ReadHandle, complaints: readonly ComplaintRecord[], at: string) {
  const risks = await listRisks(
    r,
    complaints.map(({ caseId }) => caseId),
  )
  return complaints.map((complaint) => {
    const { nextPromiseDueAt, caseId } = complaint
    const overdue = nextPromiseDueAt !== null && nextPromiseDueAt < at
    const flags = risks.get(caseId) ?? []
    const losing = findLosingSigns({
      ...complaint,
      overdue,
      repeats: complaint.firstNumber !== null,
      atRisk: flags.length > 0,
    })
    return { ...complaint, overdue, risks: flags, losing }
  })
}

/** What the complaint's kind wants and nobody has said yet. */
function missingOf(complaint: ComplaintRecord, solution: string) {
  const receiptId = complaint.receipt?.id ?? null
  return findMissing(complaint, knownOf({ ...complaint, receiptId, solution }))
}

async function openComplaint(r: ReadHandle, call: Call, complaintId: number) {
  const at = call.now().toISOString()
  const complaint = await requireComplaint(r, complaintId)
  const promises = await listPromises(r, complaint.caseId)
  const items = await listItems(r, complaintId)
  const cardGoods =
    complaint.lineName === '' && complaint.cardId !== null
      ? await listCardGoods(r, complaint.cardId)
      : []
  const lines = items.filter(({ type }) => type === 'sale_line').map(({ label }) => label)
  const { name, phone } = complaint.contact
  const [row = { ...complaint, overdue: false, risks: [], losing: [] }] = await rowsOf(
    r,
    [complaint],
    at,
  )
  return {
    ...row,
    contact: { name, phoneMasked: phone && maskPhone(phone) },
    goods: [...new Set(lines)].join('、') || complaint.lineName || cardGoods.join('、'),
    items,
    rounds: await listRounds(r, complaintId),
    first: (await findFirst(r, complaintId)) ?? null,
    repeats: await listRepeats(r, complaintId),
    missing: complaint.open ? missingOf(complaint, complaint.solution) : [],
    promises: promises.map((each) => ({ ...each, overdue: isOverdue(each, at) })),
    events: await listEvents(r, complaint.caseId),
  }
}

/** A complaint in the state its caller saw, on which its table allows `action`. */
async function requireStep(
  w: WriteHandle,
  input: { complaintId: number; version: number },
  action: ComplaintAction,
): Promise<ComplaintRecord> {
  const complaint = await requireComplaint(w, input.complaintId)
  if (!nextState(complaintMachine, complaint.open ? 'open' : 'solved', action)) {
    const { number } = complaint
    if (complaint.open) refuse('complaints.still_open', { number })
    refuse('complaints.already_solved', { number })
  }
  if (complaint.version !== input.version) refuse('desk.changed_meanwhile')
  return complaint
}

type Filter = z.output<NonNullable<(typeof complaintsContract.count)['~orpc']['inputSchema']>>

function filterOf(call: Call, asked: Filter): ComplaintFilter {
  const { state, kind, floor, ownerId, minDays } = asked
  return {
    state: state === 'day' ? 'all' : state,
    businessDate: state === 'day' ? (asked.businessDate ?? call.today) : asked.businessDate,
    kind,
    floor,
    ownerId,
    until: minDays === undefined ? undefined : addDays(call.today, -minDays),
  }
}

type Solved = z.output<NonNullable<(typeof complaintsContract.solve)['~orpc']['inputSchema']>>

/** How a round ends: points say whether the customer is content, whatever was sent beside them. */
function endOf({ solution, satisfied, satisfaction, retention }: Solved) {
  if (satisfaction) requireSatisfaction(satisfaction)
  if (retention) requireRetention(retention)
  const points = satisfaction?.points ?? null
  const said = satisfaction && satisfaction.answer !== 'given' ? null : satisfied
  return {
    solution,
    satisfied: points === null ? said : isContent(points),
    satisfaction,
    retention,
  }
}

type Changes = z.output<NonNullable<(typeof complaintsContract.change)['~orpc']['inputSchema']>>

/** Details, place, contact and items as they are now, with the names of what changed for the history. */
async function changeComplaint(w: WriteHandle, call: Call, input: Changes) {
  const moment = momentOf(call)
  const complaint = await requireStep(w, input, 'change')
  const { id, caseId, number } = complaint
  const { details, contact, class: newClass, floor, counter, receiptId } = input
  const columns = { ...columnsOf(details) }
  if (details.demandAmount !== undefined) {
    columns.currency = details.demandAmount === null ? null : call.profile.currency
  }
  if (newClass !== undefined) columns.class = newClass
  if (floor !== undefined) columns.floor = floor
  if (counter !== undefined) columns.counter = counter
  if (contact) {
    columns.contact_name = contact.name
    columns.contact_phone = contact.phone
    columns.contact_digits = phoneDigits(contact.phone)
  }
  if (receiptId !== undefined) {
    const subject = await subjectOf(w, {
      receiptId,
      saleLineId: null,
      cardId: null,
      customerId: complaint.customerId,
      floor: complaint.floor,
      counter: complaint.counter,
    })
    columns.receipt_id = receiptId
    columns.customer_id = subject.customerId
    const state = (await isCaseOpen(w, caseId)) ? 'open' : 'closed'
    await joinCase(w, moment, caseId, { state, ownerId: complaint.ownerId, ...subject })
  }
  if (input.items) Object.assign(columns, await changeItems(w, moment, complaint, input.items))
  if (!(await writeComplaint(w, complaint, columns))) refuse('desk.changed_meanwhile')
  if (details.demandAmount !== undefined) {
    const highAmount = await highAmountOf(w, call, details.demandAmount)
    await tellOfRisk(w, call, moment, { caseId, risks: [], highAmount })
  }
  const fields = Object.keys(columns).filter((name) => !derived.has(name))
  await addEvent(w, moment, caseId, 'complaint_changed', {
    number,
    fields: [...fields, ...(input.items ? ['items'] : [])].join(' '),
  })
  // Names and numbers of people stay out of the audit log: that they changed is what it says.
  const audited = { ...details, class: newClass, floor, counter, fields: fields.join(' ') }
  await record(w, call, 'complaints.change', { type: 'complaint', id: number }, audited)
  return { version: complaint.version + 1, id }
}

/** Columns that follow from others. */
const derived = new Set([
  'contact_digits',
  'contact_phone',
  'customer_id',
  'currency',
  'sale_line_id',
  'card_id',
  'product_id',
  'vendor',
])

/** Makes the lines, cards and repairs of a complaint exactly these. @returns the columns that name the first of them. */
async function changeItems(
  w: WriteHandle,
  moment: { at: string; actorId: number },
  complaint: ComplaintRecord,
  asked: NonNullable<Changes['items']>,
) {
  const before = await listItems(w, complaint.id)
  const after = await itemsOf(w, asked, { saleLineId: null, cardId: null })
  const has = (list: readonly ItemRef[], item: ItemRef) =>
    list.some(({ type, id }) => type === item.type && id === item.id)
  const step = { at: moment.at, by: moment.actorId }
  for (const item of before.filter((each) => !has(after, each))) {
    await writeItemUnlinked(w, complaint.id, item, step)
  }
  await insertItems(
    w,
    complaint.id,
    after.filter((each) => !has(before, each)),
    step,
  )
  const [lineId = null] = asked.lineIds
  const [cardId = null] = asked.cardIds
  const subject = await subjectOf(w, {
    receiptId: null,
    saleLineId: lineId,
    cardId: null,
    customerId: null,
    floor: complaint.floor,
    counter: complaint.counter,
  })
  const { receiptId, productId, vendor, floor, counter } = subject
  return {
    sale_line_id: lineId,
    card_id: cardId,
    product_id: productId,
    vendor,
    floor,
    counter,
    ...(complaint.receipt === null && receiptId !== null ? { receipt_id: receiptId } : {}),
  }
}

/** Whom a follow-up of this complaint is about; nobody is called for what the staff said. */
function followUpSubject(complaint: ComplaintRecord) {
  const { id, caseId, customerId, ownerId, floor, number, contact, complainant } = complaint
  const phone = complainant === 'staff' ? '' : contact.phone
  return { caseId, complaintId: id, customerId, ownerId, floor, number, phone }
}

/** Takes a solved complaint up again: another round under its number, and no call about what is not settled. */
async function reopenComplaint(
  w: WriteHandle,
  call: Call,
  input: { complaintId: number; reason: string; version: number },
) {
  const moment = momentOf(call)
  const complaint = await requireStep(w, input, 'reopen')
  const { id, caseId, number, reopened } = complaint
  const { reason } = input
  if (!(await writeComplaint(w, complaint, { state: 'open' }))) refuse('desk.changed_meanwhile')
  const { at, businessDate, actorId: by } = moment
  const opened = { no: reopened + 2, at, businessDate, by }
  await insertRound(w, { complaintId: id, ...opened, reason, solved: null })
  await addEvent(w, moment, caseId, 'complaint_reopened', { number, reason })
  const { ownerId, customerId, receipt } = complaint
  const receiptId = receipt?.id ?? null
  await joinCase(w, moment, caseId, { state: 'open', ownerId, receiptId, customerId })
  await record(w, call, 'complaints.reopen', { type: 'complaint', id: number }, { reason })
  await callOffReopened(w, call, moment, id)
  return { version: complaint.version + 1 }
}

/**
 * A customer who was called is not content: what they say is written down, and their complaint is open again, or
 * another one of the same case is, with a promise to answer by the next time customers may be called.
 */
async function takeUpAgain(
  w: WriteHandle,
  call: Call,
  { takeUp, promise, ...settled }: z.output<typeof takeUpInput>,
) {
  if (settled.outcome !== 'not_content') refuse('complaints.is_content')
  const followUp = await requireFollowUp(w, settled.followUpId)
  if (followUp.complaintId === null) refuse('complaints.unknown_complaint')
  await settleFollowUp(w, call, settled)
  const complaint = await requireComplaint(w, followUp.complaintId)
  const { id: complaintId, version } = complaint
  if (takeUp === 'reopen') {
    // Somebody may have opened it since: what the customer said is in its history then.
    const reason = [...settled.note.replaceAll(/\s+/g, ' ')].slice(0, 200).join('')
    if (!complaint.open) await reopenComplaint(w, call, { complaintId, reason, version })
    return { complaintId }
  }
  const time = await readCallTime(w, call)
  const tomorrow = addDays(call.today, 1)
  const { id } = await recordComplaint(w, call, {
    kind: 'complaint',
    class: complaint.class,
    text: settled.note,
    context: {
      receiptId: complaint.receipt?.id ?? null,
      saleLineId: complaint.saleLineId,
      cardId: complaint.cardId,
      customerId: complaint.customerId,
      floor: complaint.floor,
      counter: complaint.counter,
    },
    items: { lineIds: [], cardIds: [], repairIds: [] },
    contact: complaint.contact,
    details: { mode: 'phone' },
    risks: [],
    caseId: complaint.caseId,
    outcome: {
      kind: 'open',
      ownerId: complaint.ownerActive ? complaint.ownerId : call.actor.id,
      promise: { text: promise, dueAt: new Date(time.onDate(tomorrow)).toISOString() },
    },
  })
  return { complaintId: id }
}

export const complaintsHandlers: RoomHandlers<typeof complaintsContract> = {
  record: command(['complaints', 'cases'], recordComplaint),

  open: query((r, call, input) => openComplaint(r, call, input.complaintId)),

  list: query(async (r, call, input) => {
    const at = call.now().toISOString()
    const { after, limit } = input
    return rowsOf(r, await listComplaints(r, filterOf(call, input), { after, limit }), at)
  }),

  count: query(async (r, call, input) => ({
    count: await countComplaints(r, filterOf(call, input)),
  })),

  places: query(async (r) => ({ floors: await listFloors(r) })),

  solve: command(['complaints', 'cases', 'followups'], async (w, call, input) => {
    const moment = momentOf(call)
    const complaint = await requireStep(w, input, 'solve')
    const { id, caseId, number } = complaint
    requireComplete(missingOf(complaint, input.solution))
    await requireNothingUnderWay(w, id)
    await requireTop(w, call, moment, { caseId, what: input.solution })
    const end = endOf(input)
    if (!(await writeSolution(w, complaint, end))) refuse('desk.changed_meanwhile')
    await writeRoundSolved(w, id, { ...moment, ...end })
    await indexComplaint(w, id)
    await settlePromises(w, moment, caseId, { complaintId: id })
    if (await isCaseOpen(w, caseId)) await closeCase(w, moment, caseId)
    await addEvent(w, moment, caseId, 'complaint_solved', {
      number,
      solution: input.solution,
      satisfied: end.satisfied,
      answer: input.satisfaction?.answer ?? null,
      points: input.satisfaction?.points ?? null,
      why: input.satisfaction?.reason ?? null,
      note: input.satisfaction?.note ?? '',
      retention: input.retention?.outcome ?? null,
      retentionWhy: input.retention?.reason ?? null,
    })
    const { satisfied, satisfaction, retention } = end
    const closed = { satisfied, satisfaction, retention }
    await record(w, call, 'complaints.solve', { type: 'complaint', id: number }, closed)
    const goods = await listGoods(w, complaint.saleLineId, complaint.cardId)
    await planFollowUps(w, call, moment, followUpSubject(complaint), {
      kind: complaint.kind,
      class: complaint.class,
      severity: complaint.severity,
      onSpot: false,
      retention: retention?.outcome ?? null,
      points: satisfaction?.points ?? null,
      goods: goods.flatMap(({ name, category }) => [name, category]),
    })
    return { version: complaint.version + 1 }
  }),

  reopen: command(['complaints', 'cases', 'followups'], reopenComplaint),

  takeUpAgain: command(['complaints', 'cases', 'followups'], takeUpAgain),

  change: command(['complaints', 'cases'], changeComplaint),

  linkFirst: command(['complaints', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const complaint = await requireComplaint(w, input.complaintId)
    if (complaint.version !== input.version) refuse('desk.changed_meanwhile')
    if (!kindRules[complaint.kind].isComplaint) refuse('complaints.repeats_nothing')
    const found =
      (await findByNumber(w, input.firstNumber)) ??
      refuse('complaints.unknown_number', { number: input.firstNumber })
    const firstId = found.firstId ?? found.id
    const days = daysBetween(found.businessDate, complaint.businessDate)
    if (firstId === complaint.id || days < 0) refuse('complaints.repeats_later')
    if (complaint.firstNumber !== null) {
      refuse('complaints.repeats_already', { number: complaint.firstNumber })
    }
    if (!(await writeComplaint(w, complaint))) refuse('desk.changed_meanwhile')
    const step = { at: moment.at, by: moment.actorId }
    await insertRecomplaint(w, {
      complaintId: complaint.id,
      firstId,
      basis: 'by_hand',
      days,
      ...step,
    })
    const first = await findFirst(w, complaint.id)
    const { caseId, number } = complaint
    const data = { number: first?.number ?? '', basis: 'by_hand', days }
    await addEvent(w, moment, caseId, 'complaint_repeats', data)
    await record(w, call, 'complaints.link_first', { type: 'complaint', id: number }, data)
    return { version: complaint.version + 1 }
  }),

  dropLink: command(['complaints', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const complaint = await requireComplaint(w, input.complaintId)
    if (complaint.version !== input.version) refuse('desk.changed_meanwhile')
    const { id, caseId, number, firstNumber } = complaint
    const { reason } = input
    const step = { at: moment.at, by: moment.actorId }
    if (!(await writeRecomplaintDropped(w, id, { ...step, reason }))) {
      refuse('complaints.repeats_nothing')
    }
    if (!(await writeComplaint(w, complaint))) refuse('desk.changed_meanwhile')
    const data = { number: firstNumber ?? '', reason }
    await addEvent(w, moment, caseId, 'complaint_repeats_not', data)
    await record(w, call, 'complaints.drop_link', { type: 'complaint', id: number }, data)
    return { version: complaint.version + 1 }
  }),

  guides: query((r) => readGuides(r)),

  guideVersions: query((r, _call, input) => readVersions(r, input.subject)),

  writeGuide: command(['complaints'], writeGuide),

  settings: query((r) => readSettings(r)),

  changeSettings: command(['complaints', 'settings'], async (w, call, input) => {
    if (!(await writeSettings(w, input))) refuse('desk.changed_meanwhile')
    await record(
      w,
      call,
      'complaints.change_settings',
      { type: 'settings', id: 'complaints' },
      input,
    )
    return { version: input.version + 1 }
  }),

  setRisks: command(['complaints', 'cases'], async (w, call, input) => {
    const complaint = await requireStep(w, input, 'change')
    if (!(await writeComplaint(w, complaint))) refuse('desk.changed_meanwhile')
    const { caseId, number } = complaint
    const moment = momentOf(call)
    const changed = await setRisks(w, moment, caseId, input)
    // Whoever may clear a risk may settle what it guards.
    const isTop = call.actor.role === 'store_manager'
    if (changed.cleared.length > 0 && !isTop) refuse('approvals.clear_needs_top')
    await tellOfRisk(w, call, moment, { caseId, risks: changed.raised, highAmount: null })
    const subject = { type: 'complaint', id: number }
    await record(w, call, 'complaints.set_risks', subject, { ...changed, note: input.note })
    return { version: complaint.version + 1 }
  }),

  promise: command(['complaints', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const complaint = await requireStep(w, input, 'promise')
    const { caseId, number } = complaint
    if (!(await writeComplaint(w, complaint))) refuse('desk.changed_meanwhile')
    const about = { complaintId: complaint.id }
    await breakOverduePromises(w, moment, caseId, about)
    await givePromise(w, call, moment, { ...input, caseId }, about)
    await record(
      w,
      call,
      'complaints.promise',
      { type: 'complaint', id: number },
      {
        ownerId: input.ownerId,
        dueAt: input.dueAt,
      },
    )
    return { version: complaint.version + 1 }
  }),

  revealPhone: task(async (call, input) => {
    // Only the fact is logged, once per request: the number itself stays out of the command log.
    await call.commit(async (w) => {
      const { number } = await requireComplaint(w, input.complaintId)
      const subject = { type: 'complaint', id: number }
      await record(w, call, 'complaints.reveal_phone', subject, { reason: input.reason })
      return null
    })
    const { contact } = await call.store.read((r) => requireComplaint(r, input.complaintId))
    return { phone: contact.phone }
  }),
}
