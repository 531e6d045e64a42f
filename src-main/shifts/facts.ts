import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import type { ShiftFacts } from './document.ts'
import { findShift } from './store.ts'

/** What the paper of a hand-over says: the lists as they stood when it was given. */
export async function shiftFacts(
  r: ReadHandle,
  call: Call,
  shiftId: number,
  paper: ShiftFacts['paper'],
): Promise<ShiftFacts> {
  const shift = (await findShift(r, shiftId)) ?? refuse('shifts.unknown_shift')
  const isAccepted = shift.state === 'accepted'
  return {
    frame: frameOf(call),
    paper,
    number: shift.number,
    copy: 0,
    businessDate: shift.businessDate,
    givenAt: shift.givenAt,
    givenBy: shift.givenBy,
    acceptedAt: isAccepted ? shift.settledAt : null,
    acceptedBy: isAccepted ? shift.settledBy : null,
    remark: shift.remark,
    note: shift.note,
    currency: call.profile.currency,
    lists: shift.lists,
  }
}
