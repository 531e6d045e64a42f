import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { query, type Call, type RoomHandlers } from '../handlers.ts'
import { findSource, redact } from '../lessons/index.ts'
import {
  type ClaimRecord,
  findSplit,
  listClaimsOfCase,
  listEvents,
  listLiveUnits,
  listUnits,
} from './claim-store.ts'
import type { vendorsContract } from './contract.ts'
import {
  findCaseMoney,
  listCarrierClaims,
  listLiability,
  listSubjects,
  listUnitsBack,
  traceCase,
} from './cost-store.ts'
import { claimDay, shownLine } from './due.ts'
import { listOfClaim } from './ledger-store.ts'
import { type CaseMoney, moneyOfCase, mostOf } from './money.ts'
import { findTerms, findVendorByName } from './register-store.ts'
import { type ClaimAction, nearness, vendorClaimMachine } from './rules.ts'
import { listShipments } from './shipment-store.ts'

/** Days before a carrier's last day from which it is pressing. */
const carrierSoon = 5

/** What the caller may do with a claim now: the table, the role, and what a step needs besides. */
function deedsOf(call: Call, claim: ClaimRecord): ClaimAction[] {
  const actions = vendorClaimMachine.transitions
    .filter(({ from }) => from === claim.state)
    .map(({ action }) => action)
  return actions.filter((action) => {
    if (action === 'reverse') {
      return call.may('vendors.manage') && (claim.agreed ?? 0) > 0
    }
    if (action === 'rule') return call.actor.role === 'store_manager'
    if (action === 'deem') {
      const isOver = claim.replyBy !== null && call.today > claim.replyBy
      return call.may('vendors.manage') && claim.silence === 'accepts' && isOver
    }
    return call.may('vendors.record')
  })
}

async function shownClaim(r: ReadHandle, call: Call, claim: ClaimRecord, money: CaseMoney) {
  const charges = await listOfClaim(r, claim.id)
  return {
    ...shownLine(claim, call.today),
    fault: claim.fault,
    asks: claim.asks,
    silence: claim.silence,
    openedBy: claim.openedBy,
    units: await listUnits(r, claim.id),
    split: (await findSplit(r, claim.id)) ?? null,
    log: await listEvents(r, claim.id),
    charges: charges.map(({ id, kind, amount, businessDate, listNumber }) => ({
      id,
      kind,
      amount,
      businessDate,
      listNumber,
    })),
    may: deedsOf(call, claim),
    most: mostOf(money, claim.vendor),
  }
}

/** With whom a claim could be opened now: vendors whose goods came back or are complained of, and carriers. */
async function proposalsOf(r: ReadHandle, call: Call, caseId: number, money: CaseMoney) {
  const live = await listLiveUnits(r, caseId)
  const isFree = (
    kind: 'vendor' | 'carrier',
    unit: { saleLineId: number | null; unitNo: number },
  ) =>
    !live.some(
      (each) =>
        each.kind === kind &&
        each.saleLineId === unit.saleLineId &&
        (each.unitNo === unit.unitNo || each.unitNo === 0 || unit.unitNo === 0),
    )
  const liability = await listLiability(r, caseId)
  /** What the findings make of a party; a share without a name is meant for the only one of its kind. */
  const liableFor = (party: 'vendor' | 'carrier', name: string) =>
    liability.find((each) => each.party === party && (each.name === name || each.name === ''))
  const back = await listUnitsBack(r, caseId)
  const subjects = await listSubjects(r, caseId)
  const proposals = []
  const names = new Set([...back, ...subjects].map(({ vendor }) => vendor).filter(Boolean))
  for (const name of names) {
    const vendor = await findVendorByName(r, 'vendor', name)
    if (!vendor) continue
    const returned = back.filter((each) => each.vendor === name)
    const about = returned.length > 0 ? returned : subjects.filter((each) => each.vendor === name)
    const units = distinctUnits(about).filter((unit) => isFree('vendor', unit))
    if (units.length === 0) continue
    const own = subjects.find((each) => each.vendor === name) ?? subjects[0]
    proposals.push({
      vendor,
      carrierClaimId: null,
      goods: namesOf(about),
      fault: await faultWords(r, own),
      ...amountFor(mostOf(money, vendor), liableFor('vendor', name), 'cost'),
      units,
      claimUntil: null,
      due: 'none' as const,
    })
  }
  for (const each of await listCarrierClaims(r, caseId)) {
    const vendor = await findVendorByName(r, 'carrier', each.carrier)
    if (!vendor || each.state !== 'open') continue
    const units = distinctUnits(back.length > 0 ? back : [{ saleLineId: null, unitNo: 0 }])
    const free = units.filter((unit) => isFree('carrier', unit))
    if (free.length === 0) continue
    const claimUntil = claimDay(each.openedOn, (await findTerms(r, vendor.id)).claimDays)
    proposals.push({
      vendor,
      carrierClaimId: each.id,
      goods: namesOf(back) || each.number,
      fault: await faultWords(r, subjects[0]),
      ...amountFor(
        Math.min(each.freight + each.goods, money.left),
        liableFor('carrier', each.carrier),
        'carrier_claim',
      ),
      units: free,
      claimUntil,
      due: claimUntil === null ? ('none' as const) : nearness(claimUntil, call.today, carrierSoon),
    })
  }
  return proposals
}

/** What is proposed: the share the findings name, never more than can be passed on. */
function amountFor<Basis extends 'cost' | 'carrier_claim'>(
  most: number,
  share: { amount: number } | undefined,
  basis: Basis,
): { amount: number; basis: Basis | 'liability' } {
  return share
    ? { amount: Math.min(share.amount, most), basis: 'liability' }
    : { amount: most, basis }
}

/** The customer's words as a stranger may read them: without names and numbers of people. */
async function faultWords(
  r: ReadHandle,
  subject: { fault: string; complaintId: number | null } | undefined,
): Promise<string> {
  if (!subject) return ''
  const source = subject.complaintId === null ? null : await findSource(r, subject.complaintId)
  const known = source?.known ?? { customers: [], staff: [], numbers: [] }
  return redact(subject.fault, known).text.slice(0, 2000)
}

function distinctUnits(units: readonly { saleLineId: number | null; unitNo: number }[]) {
  const seen = new Map(
    units.map(({ saleLineId, unitNo }) => [`${saleLineId} ${unitNo}`, { saleLineId, unitNo }]),
  )
  return [...seen.values()]
}

function namesOf(goods: readonly { name: string }[]): string {
  const names = new Set(goods.map(({ name }) => name).filter(Boolean))
  return [...names].join('、').slice(0, 200)
}

export const caseHandlers: Pick<RoomHandlers<typeof vendorsContract>, 'ofCase'> = {
  ofCase: query(async (r, call, { caseId }) => {
    const found = (await findCaseMoney(r, caseId)) ?? refuse('cases.unknown_case')
    const money = await moneyOfCase(r, caseId)
    const claims = await listClaimsOfCase(r, caseId)
    const shown = []
    for (const claim of claims) shown.push(await shownClaim(r, call, claim, money))
    const subjects = [...(await listUnitsBack(r, caseId)), ...(await listSubjects(r, caseId))]
    const lineIds = subjects.flatMap(({ saleLineId }) => (saleLineId === null ? [] : [saleLineId]))
    return {
      claims: shown,
      costs: money.costs.map(({ kind, number, amount }) => ({ kind, number, amount })),
      given: money.given,
      left: money.left,
      currency: found.currency ?? call.profile.currency,
      proposals: await proposalsOf(r, call, caseId, money),
      trace: await traceCase(r, caseId, [...new Set(lineIds)]),
      shipments: await listShipments(r, caseId),
    }
  }),
}
