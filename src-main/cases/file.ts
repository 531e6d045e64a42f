import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { maskPhone } from '../foundation/phone.ts'
import type { Call } from '../handlers.ts'
import { findCaseFile, listOtherCases, listParts, listSaleFacts } from './file-store.ts'
import { standingsOf } from './people.ts'
import {
  findLastCall,
  findOffered,
  findPerson,
  findSecond,
  listCaseNames,
  listLeavers,
  listOffersOf,
  listOffersTo,
  listOrphans,
  listSeconds,
  listWaitingCalls,
} from './people-store.ts'
import { type CaseDeed, caseDeeds, isOverdue, mayDeed } from './rules.ts'
import { findCase, listEvents, listPromises, listRisks } from './store.ts'

/**
 * A case as its page shows it: whose turn it is, what hangs on it, and one timeline of everything before, at and after
 * the sale. Lines of other cases and of the sale carry where they lead.
 */
export async function openFile(r: ReadHandle, call: Call, caseId: number) {
  const file = (await findCaseFile(r, caseId)) ?? refuse('cases.unknown_case')
  const found = (await findCase(r, caseId)) ?? refuse('cases.unknown_case')
  const at = call.now().toISOString()
  const receiptId = file.receipt?.id ?? null
  const customerId = file.customer?.id ?? null
  const own = (await listEvents(r, caseId)).map(({ id, ...event }) => ({
    ...event,
    key: `event-${id}`,
    link: null,
  }))
  const around = [
    ...(receiptId === null ? [] : await listSaleFacts(r, receiptId)),
    ...(await listOtherCases(r, { caseId, receiptId, customerId })),
  ]
  const lines = [...own, ...around]
    .map((line, place) => ({ line, place }))
    .sort((a, b) => a.line.at.localeCompare(b.line.at) || a.place - b.place)
  const standings = await standingsOf(r, call, found)
  const isOpen = found.state === 'open' && call.may('complaints.record')
  const deeds = Object.keys(caseDeeds) as CaseDeed[]
  const { customer, ownerId, ...rest } = file
  return {
    ...rest,
    customer: customer && {
      id: customer.id,
      name: customer.name,
      phoneMasked: customer.phone && maskPhone(customer.phone),
    },
    owner: await findPerson(r, ownerId),
    handOver: (await findOffered(r, caseId)) ?? null,
    second: (await findSecond(r, caseId)) ?? null,
    dutyCall: (await findLastCall(r, caseId)) ?? null,
    risks: (await listRisks(r, [caseId])).get(caseId) ?? [],
    parts: await listParts(r, caseId),
    promises: (await listPromises(r, caseId)).map((each) => ({
      ...each,
      overdue: isOverdue(each, at),
    })),
    timeline: lines.map(({ line }) => line),
    may: deeds.filter((deed) => isOpen && mayDeed(deed, standings)),
  }
}

/** Cases nobody owns any more that are shown at once. */
const orphansShown = 50

/** What waits for the caller: cases offered, offers of theirs nobody answered, calls, and cases without an owner. */
export async function listForMe(r: ReadHandle, call: Call) {
  const { id } = call.actor
  const offers = await listOffersTo(r, id)
  const unanswered = await listOffersOf(r, id)
  const calls = await listWaitingCalls(r)
  const orphans = call.may('cases.assign') ? await listOrphans(r, orphansShown) : []
  const caseIds = [...offers, ...unanswered, ...calls, ...orphans].map(({ caseId }) => caseId)
  const names = await listCaseNames(r, [...new Set(caseIds)])
  const named = <Each extends { caseId: number }>(each: Each) => ({
    ...each,
    number: names.get(each.caseId)?.number ?? `#${each.caseId}`,
    complaintId: names.get(each.caseId)?.complaintId ?? null,
    text: names.get(each.caseId)?.text ?? '',
  })
  return {
    offers: offers.map(named),
    unanswered: unanswered.filter(({ to }) => to.id !== id).map(named),
    calls: calls.map((each) => ({ ...named(each), isMine: each.manager.id === id })),
    orphans: orphans.map(named),
    leavers: call.may('cases.assign') ? await listLeavers(r) : [],
  }
}

/** Open cases an operator is second to, under the names people call them by. */
export async function listSecondOf(r: ReadHandle, operatorId: number) {
  const seconds = await listSeconds(r, operatorId)
  const names = await listCaseNames(
    r,
    seconds.map(({ caseId }) => caseId),
  )
  return seconds.map((each) => ({
    ...each,
    ...(names.get(each.caseId) ?? { number: `#${each.caseId}`, complaintId: null, text: '' }),
  }))
}
