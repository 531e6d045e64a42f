import type { z } from 'zod'
import { complaintClasses } from '../complaints/contract.ts'
import type { ReadHandle } from '../database/store.ts'
import { addDays, type BusinessDate, instantOfLocal } from '../foundation/business-date.ts'
import { maskName, maskPhone } from '../foundation/phone.ts'
import { type Call, query, type RoomHandlers } from '../handlers.ts'
import type { StoreProfile } from '../settings/index.ts'
import type { dayReport, reportsContract } from './contract.ts'
import { evaluationHandlers } from './evaluation.ts'
import { figuresHandlers } from './figures/service.ts'
import { withWords } from './frozen.ts'
import { findFrozenReport } from './frozen-store.ts'
import {
  comparePromises,
  countByClass,
  countByFloor,
  type DaySpan,
  totalComplaints,
  totalRefunds,
  wasOpen,
  wasOverdue,
} from './rules.ts'
import {
  countClosedFromEarlier,
  countDayCards,
  countOpenAtEnd,
  countReceipts,
  countWaiting,
  type DayPromise,
  findLastImportAt,
  listDayComplaints,
  listDayPromises,
  listDayRefunds,
  listDays,
  listOwnersAt,
  listRecent,
  sumDayExchanges,
  sumPendingAtEnd,
} from './store.ts'

export type DayReport = z.input<typeof dayReport>

/** The list beside the report goes back this many days with something in them. */
const listedDays = 400
/** What the home screen shows of the desk's last work. */
const listedDeeds = 10

/** The instants between which a store's clocks count a business date. */
export function spanOf(businessDate: BusinessDate, profile: StoreProfile): DaySpan {
  const minutes = profile.cutoffMinutes
  const clock = `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}:00`
  const turn = (date: BusinessDate) =>
    instantOfLocal(`${date}T${clock}`, profile.timeZone).toISOString()
  return { businessDate, from: turn(businessDate), until: turn(addDays(businessDate, 1)) }
}

function pad(part: number): string {
  return String(part).padStart(2, '0')
}

/** A customer as a report may show them: masked, by name or else by phone (domain.md §5.3). */
function maskedCustomer(person: { customerName: string; phone: string }): string {
  if (person.customerName !== '') return maskName(person.customerName)
  return person.phone === '' ? '' : maskPhone(person.phone)
}

/**
 * The complaint report of a business day, from the recorded cases as they stood at its end: asking for it again
 * later gives the same report.
 */
export async function makeDayReport(
  r: ReadHandle,
  profile: StoreProfile,
  businessDate: BusinessDate,
): Promise<DayReport> {
  const day = spanOf(businessDate, profile)
  const recorded = await listDayComplaints(r, day)
  const promises = await listDayPromises(r, day)
  const refunds = await listDayRefunds(r, businessDate)
  const cases = [...recorded, ...promises].map((each) => each.caseId)
  const owners = await listOwnersAt(r, [...new Set(cases)], day.until)
  const openPromises = promises.filter((each) => wasOpen(each, day))
  return {
    businessDate,
    storeName: profile.name,
    deskNo: profile.deskNo,
    currency: profile.currency,
    closed: null,
    totals: {
      ...totalComplaints(recorded),
      closedFromEarlier: await countClosedFromEarlier(r, day),
      carriedOver: await countOpenAtEnd(r, day),
      overduePromises: promises.filter((each) => wasOverdue(each, day)).length,
      ...totalRefunds(refunds),
      ...(await sumDayExchanges(r, day)),
      ...(await sumPendingAtEnd(r, day)),
      cardsIssued: await countDayCards(r, day),
    },
    byClass: countByClass(recorded, complaintClasses),
    byFloor: countByFloor(recorded, complaintClasses),
    complaints: recorded.map((each) => ({
      ...each,
      customer: maskedCustomer(each),
      ownerName: owners.get(each.caseId) ?? '',
      promise: openPromises.find(({ complaintId }) => complaintId === each.id) ?? null,
    })),
    refunds,
    openPromises: describePromises(openPromises, day, owners),
  }
}

/** The report as the day's close froze it, in the words of today; as it stands where the day is open. */
export async function readDayReport(
  r: ReadHandle,
  profile: StoreProfile,
  businessDate: BusinessDate,
): Promise<DayReport> {
  const live = await makeDayReport(r, profile, businessDate)
  const frozen = await findFrozenReport(r, businessDate)
  if (!frozen) return live
  const { report, ...closed } = frozen
  return { ...withWords(report, live), closed }
}

function describePromises(
  promises: readonly DayPromise[],
  day: DaySpan,
  owners: ReadonlyMap<number, string>,
) {
  return promises
    .map((each) => ({
      id: each.id,
      ownerName: owners.get(each.caseId) ?? '',
      text: each.text,
      dueAt: each.dueAt,
      dueOn: each.dueOn,
      complaintNumber: each.complaintNumber,
      customer: maskedCustomer(each),
      overdue: wasOverdue(each, day),
    }))
    .sort((a, b) => comparePromises(a, b, day.businessDate))
}

async function makeBoard(r: ReadHandle, call: Call) {
  const { profile, today } = call
  const day = spanOf(today, profile)
  const complaints = await listDayComplaints(r, day)
  const { received, solvedOnSpot } = totalComplaints(complaints)
  return {
    businessDate: today,
    today: {
      complaints: received,
      solvedOnSpot,
      ...totalRefunds(await listDayRefunds(r, today)),
      cards: await countDayCards(r, day),
    },
    ...(await countWaiting(r, call.now().toISOString())),
    receiptsInStore: await countReceipts(r),
    lastImportAt: await findLastImportAt(r),
    recent: await listRecent(r, listedDeeds),
  }
}

export const reportsHandlers: RoomHandlers<typeof reportsContract> = {
  ...evaluationHandlers,
  ...figuresHandlers,
  day: query((r, call, input) => readDayReport(r, call.profile, input.businessDate)),
  days: query((r) => listDays(r, listedDays)),
  board: query((r, call) => makeBoard(r, call)),
}
