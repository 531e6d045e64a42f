import { addDays, type BusinessDate } from '../foundation/business-date.ts'
import type { StoreTime } from '../clocks/index.ts'
import type { ClaimRecord } from './claim-store.ts'
import { dueOf, replyDay } from './rules.ts'

/** A claim as lists tell it. */
export function shownLine(claim: ClaimRecord, today: BusinessDate) {
  const { id, number, caseId, vendor, state, goods, currency, asked, agreed } = claim
  const { sentOn, replyBy, openedOn, version } = claim
  const due = dueOf(claim, today)
  const line = { id, number, caseId, vendor, state, goods, currency, asked, agreed }
  return { ...line, sentOn, replyBy, openedOn, version, due }
}

/** The day an answer is asked for by: workdays of the store, as the contract counts them. */
export function usualReplyDay(
  time: StoreTime,
  sentOn: BusinessDate,
  workdays: number,
): BusinessDate {
  return replyDay(sentOn, workdays, (date) => time.isStoreWorkday(date))
}

/** The last day a claim on a carrier can reach it; null where the contract sets none. */
export function claimDay(openedOn: BusinessDate, claimDays: number | null): BusinessDate | null {
  return claimDays === null ? null : addDays(openedOn, claimDays)
}
