import type { z } from 'zod'
import { record } from '../audit/index.ts'
import {
  addEvent,
  breakOverduePromises,
  changeOwner,
  closeCase,
  givePromise,
  isOverdue,
  listEvents,
  listPromises,
  listRisks,
  momentOf,
  openCase,
  requireOwner,
  setRisks,
} from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { maskPhone } from '../foundation/phone.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import type { complaintContext, complaintEntry, complaintsContract } from './contract.ts'
import {
  type ComplaintRecord,
  findCardSubject,
  findComplaint,
  findLineSubject,
  findReceiptSubject,
  hasCustomer,
  insertComplaint,
  listCardGoods,
  listComplaintsOfDay,
  listOpenComplaints,
  type Subject,
  writeSolution,
  writeVersion,
} from './store.ts'

type Context = z.output<typeof complaintContext>

async function requireComplaint(r: ReadHandle, complaintId: number): Promise<ComplaintRecord> {
  return (await findComplaint(r, complaintId)) ?? refuse('complaints.unknown_complaint')
}

/**
 * Fills in what the desk knows: a card tells its sale and line, a line its sale, floor, counter and vendor, a sale
 * its customer. What the clerk typed stands. Refuses ids that do not exist or belong to different sales.
 */
async function subjectOf(
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
  }
}

async function recordComplaint(w: WriteHandle, call: Call, input: z.output<typeof complaintEntry>) {
  const moment = momentOf(call)
  const { outcome } = input
  const isSolved = outcome.kind === 'solved'
  const subject = await subjectOf(w, input.context)
  const owner = isSolved ? call.actor : await requireOwner(w, outcome.ownerId)
  const number = await takeDocumentNumber(w, 'TS', call.profile.deskNo, moment.businessDate)
  const caseId = await openCase(w, moment, {
    state: isSolved ? 'closed' : 'open',
    ownerId: owner.id,
    receiptId: subject.receiptId,
    customerId: subject.customerId,
  })
  const id = await insertComplaint(w, {
    ...subject,
    number,
    caseId,
    class: input.class,
    text: input.text,
    solution: isSolved ? outcome.solution : '',
    satisfied: isSolved ? outcome.satisfied : null,
    solvedOnSpot: isSolved,
    businessDate: moment.businessDate,
    recordedAt: moment.at,
    recordedBy: moment.actorId,
    cardId: input.context.cardId,
    contact: input.contact,
  })
  await addEvent(w, moment, caseId, 'complaint_recorded', {
    complaintId: id,
    number,
    ownerId: owner.id,
    owner: owner.name,
    solved: isSolved,
  })
  await setRisks(w, moment, caseId, { risks: input.risks, note: '' })
  if (!isSolved) {
    await givePromise(w, call, moment, { caseId, ownerId: owner.id, ...outcome.promise })
  }
  await record(
    w,
    call,
    'complaints.record',
    { type: 'complaint', id: number },
    {
      class: input.class,
      solved: isSolved,
      risks: input.risks,
    },
  )
  return { id, number }
}

async function rowsOf(r: ReadHandle, complaints: readonly ComplaintRecord[], at: string) {
  const risks = await listRisks(
    r,
    complaints.map(({ caseId }) => caseId),
  )
  return complaints.map((complaint) => {
    const { nextPromiseDueAt, caseId } = complaint
    return {
      ...complaint,
      overdue: nextPromiseDueAt !== null && nextPromiseDueAt < at,
      risks: risks.get(caseId) ?? [],
    }
  })
}

async function openComplaint(r: ReadHandle, call: Call, complaintId: number) {
  const at = call.now().toISOString()
  const complaint = await requireComplaint(r, complaintId)
  const promises = await listPromises(r, complaint.caseId)
  const cardGoods =
    complaint.lineName === '' && complaint.cardId !== null
      ? await listCardGoods(r, complaint.cardId)
      : []
  const { name, phone } = complaint.contact
  const [row = { ...complaint, overdue: false, risks: [] }] = await rowsOf(r, [complaint], at)
  return {
    ...row,
    contact: { name, phoneMasked: phone && maskPhone(phone) },
    goods: complaint.lineName || cardGoods.join('、'),
    promises: promises.map((each) => ({ ...each, overdue: isOverdue(each, at) })),
    events: await listEvents(r, complaint.caseId),
  }
}

/** An open complaint in the state its caller saw. */
async function requireOpen(
  w: WriteHandle,
  input: { complaintId: number; version: number },
): Promise<ComplaintRecord> {
  const complaint = await requireComplaint(w, input.complaintId)
  if (!complaint.open) refuse('complaints.already_solved', { number: complaint.number })
  if (complaint.version !== input.version) refuse('desk.changed_meanwhile')
  return complaint
}

export const complaintsHandlers: RoomHandlers<typeof complaintsContract> = {
  record: command(['complaints', 'cases'], recordComplaint),

  open: query((r, call, input) => openComplaint(r, call, input.complaintId)),

  list: query(async (r, call, input) => {
    const at = call.now().toISOString()
    const complaints =
      input.state === 'open'
        ? await listOpenComplaints(r)
        : await listComplaintsOfDay(r, input.businessDate ?? call.today)
    return rowsOf(r, complaints, at)
  }),

  solve: command(['complaints', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const complaint = await requireOpen(w, input)
    if (!(await writeSolution(w, complaint, input))) refuse('desk.changed_meanwhile')
    await closeCase(w, moment, complaint.caseId)
    await addEvent(w, moment, complaint.caseId, 'complaint_solved', {
      solution: input.solution,
      satisfied: input.satisfied,
    })
    await record(
      w,
      call,
      'complaints.solve',
      { type: 'complaint', id: complaint.number },
      {
        satisfied: input.satisfied,
      },
    )
    return { version: complaint.version + 1 }
  }),

  setRisks: command(['complaints', 'cases'], async (w, call, input) => {
    const complaint = await requireOpen(w, input)
    if (!(await writeVersion(w, complaint))) refuse('desk.changed_meanwhile')
    const { caseId, number } = complaint
    const changed = await setRisks(w, momentOf(call), caseId, input)
    const subject = { type: 'complaint', id: number }
    await record(w, call, 'complaints.set_risks', subject, { ...changed, note: input.note })
    return { version: complaint.version + 1 }
  }),

  promise: command(['complaints', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const complaint = await requireOpen(w, input)
    const { caseId, number } = complaint
    if (!(await writeVersion(w, complaint))) refuse('desk.changed_meanwhile')
    await breakOverduePromises(w, moment, caseId)
    await changeOwner(w, moment, caseId, input.ownerId)
    await givePromise(w, call, moment, { ...input, caseId })
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
