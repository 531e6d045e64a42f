import { listPromises } from '../cases/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import { findOperator } from '../staff/index.ts'
import type { ComplaintSlipFacts } from './document.ts'
import { findComplaintOfSlip } from './slip-store.ts'

/** Letters of the customer's words that each paper holds. */
const shownLetters = { '80mm': 160, '58mm': 120, A5: 320 }

/** What the slip of a complaint says; refuses an unknown one (`complaints.unknown_complaint`). */
export async function complaintSlipFacts(
  r: ReadHandle,
  call: Call,
  complaintId: number,
  paper: ComplaintSlipFacts['paper'],
): Promise<ComplaintSlipFacts> {
  const found = await findComplaintOfSlip(r, complaintId)
  if (!found) refuse('complaints.unknown_complaint')
  const { ownerId, caseId, isOpen, ...complaint } = found
  const { phone: deskPhone } = call.profile
  // Somebody without a number of their own is reached at the desk's.
  const reach = async (operatorId: number) => {
    const operator = await findOperator(r, operatorId)
    return { name: operator?.name ?? '', phone: operator?.phone || deskPhone }
  }
  // What was promised for something else stands on the paper of that.
  const open = (await listPromises(r, caseId)).filter(
    (promise) =>
      promise.state === 'open' &&
      (promise.complaintId === complaintId ||
        (promise.complaintId ?? promise.repairId ?? promise.exchangeId) === null),
  )
  const promises: ComplaintSlipFacts['promises'] = []
  for (const { text, dueAt, ownerId: promisedBy } of open) {
    const { name, phone } = await reach(promisedBy)
    promises.push({ text, dueAt, owner: name, phone })
  }
  const letters = [...complaint.text.replaceAll(/\s+/gu, ' ')]
  return {
    ...complaint,
    frame: frameOf(call),
    paper,
    copy: 0,
    text:
      letters.length > shownLetters[paper]
        ? `${letters.slice(0, shownLetters[paper]).join('')}…`
        : letters.join(''),
    owner: await reach(ownerId),
    promises: promises.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1)),
    solution: isOpen ? null : complaint.solution,
  }
}
