import { inkOf } from '../attachments/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { addDays, type BusinessDate } from '../foundation/business-date.ts'
import { parseDocumentNumber } from '../foundation/document-number.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import { spanOf } from '../reports/index.ts'
import { showDay } from './day.ts'
import type { DayCloseFacts } from './document.ts'
import { findWrittenAt } from './store.ts'

/** What the sheet of a day prints: as it was closed, or as it stands for signing on paper. */
export async function dayCloseFacts(
  r: ReadHandle,
  call: Call,
  businessDate: BusinessDate,
  paper: DayCloseFacts['paper'],
): Promise<DayCloseFacts> {
  if (businessDate > call.today) {
    refuse('day_closes.future_day', { date: businessDate, today: call.today })
  }
  const day = await showDay(r, call, businessDate, 0)
  const inks: DayCloseFacts['inks'] = {}
  for (const { role, sha256 } of day.signatures) {
    if (sha256 !== null) inks[role] = await inkOf(r, call, sha256)
  }
  return { frame: frameOf(call), paper, copy: 0, day, inks }
}

/**
 * The day a document was really written on and the day it is booked on, where they differ: the day had been closed
 * before. Null for what is no document of the ledger, or stands on its own day.
 */
export async function lateEntryOf(
  r: ReadHandle,
  call: Call,
  number: string,
): Promise<{ on: BusinessDate; bookedOn: BusinessDate } | null> {
  const parts = parseDocumentNumber(number)
  const at = parts && (await findWrittenAt(r, parts.type, number))
  if (!parts || !at) return null
  const { businessDate: bookedOn } = parts
  return at < spanOf(bookedOn, call.profile).from ? { on: addDays(bookedOn, -1), bookedOn } : null
}
