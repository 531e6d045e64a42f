import type { z } from 'zod'
import { record } from '../audit/index.ts'
import { momentOf } from '../cases/index.ts'
import { complaintClasses } from '../complaints/contract.ts'
import type { ReadHandle } from '../database/store.ts'
import { addDays, type BusinessDate } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { sumMoney } from '../foundation/money.ts'
import { maskName, maskPhone } from '../foundation/phone.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { faults } from '../radar/faults.ts'
import type { StoreProfile } from '../settings/index.ts'
import type { dayReport, reportsContract } from './contract.ts'
import {
  countDayDecisions,
  countDayRepairs,
  findDayLesson,
  findDayNote,
  goodwillLimitOf,
  insertDayNote,
  listDayFindings,
  listDayShifts,
} from './day-store.ts'
import { evaluationHandlers } from './evaluation.ts'
import { listComplaintRows } from './figures/complaint-ledger-store.ts'
import { listCompensations, listGifts } from './figures/goodwill-ledger-store.ts'
import { figuresHandlers } from './figures/service.ts'
import { withWords } from './frozen.ts'
import { findFrozenReport } from './frozen-store.ts'
import {
  comparePromises,
  countByClass,
  countByFloor,
  type DaySpan,
  spanOf,
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
    ...(await besideFigures(r, profile, day)),
    promisesTomorrow: openPromises.filter(({ dueOn }) => dueOn === addDays(businessDate, 1)).length,
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

const mostVendors = 5

/** What the report says beside complaints, refunds and promises (domain.md §2.6). */
async function besideFigures(r: ReadHandle, profile: StoreProfile, day: DaySpan) {
  const period = { from: day.businessDate, to: day.businessDate }
  const vendors = new Map<string, number>()
  for (const { vendor } of await listComplaintRows(r, period)) {
    if (vendor !== '') vendors.set(vendor, (vendors.get(vendor) ?? 0) + 1)
  }
  const given = await listGifts(r, period)
  const compensations = await listCompensations(r, period, day.until)
  const byPerson = new Map<string, number>()
  for (const { person = '', amount } of given) {
    byPerson.set(person, (byPerson.get(person) ?? 0) + amount)
  }
  const findings = await listDayFindings(r, day)
  return {
    note: await findDayNote(r, day.businessDate),
    shifts: await listDayShifts(r, profile.deskNo, day),
    topVendors: [...vendors]
      .map(([vendor, count]) => ({ vendor, count }))
      .toSorted((a, b) => b.count - a.count || a.vendor.localeCompare(b.vendor))
      .slice(0, mostVendors),
    beyond: {
      compensations: compensations.length,
      compensationAmount: sumMoney(compensations.map(({ amount }) => amount)),
      goodwill: given.length,
      goodwillAmount: sumMoney(given.map(({ amount }) => amount)),
      goodwillLimit: await goodwillLimitOf(r, day),
      goodwillMostByOne: Math.max(0, ...byPerson.values()),
      ...(await countDayDecisions(r, day)),
    },
    repairs: await countDayRepairs(r, day),
    findings: findings.map(({ fault, ...each }) => ({ ...each, fault: faultName(fault) })),
    lesson: await findDayLesson(r, day),
  }
}

/** A fault as the radar names it; null for none in particular. */
function faultName(code: string | null) {
  const fault = faults.find((each) => each.code === code)
  return fault ? { zh: fault.zh, en: fault.en } : null
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
  day: query((r, call, { businessDate }) => {
    if (businessDate > call.today) refuse('reports.in_future', { today: call.today })
    return readDayReport(r, call.profile, businessDate)
  }),
  writeDayNote: command(['reports'], async (w, call, { businessDate, note }) => {
    if (businessDate > call.today) refuse('reports.in_future', { today: call.today })
    const moment = momentOf(call)
    if (await findFrozenReport(w, businessDate)) refuse('reports.day_closed', { businessDate })
    const before = await findDayNote(w, businessDate)
    await insertDayNote(w, { businessDate, note, at: moment.at, by: moment.actorId })
    const subject = { type: 'day_report', id: businessDate }
    await record(w, call, 'reports.write_day_note', subject, { before, after: note })
    return { note }
  }),
  days: query((r) => listDays(r, listedDays)),
  board: query((r, call) => makeBoard(r, call)),
}
