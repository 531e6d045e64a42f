import { raiseAlert } from '../alerts/index.ts'
import { limitsFor, requireApproval, subjectHash } from '../approvals/index.ts'
import { requireFile } from '../attachments/index.ts'
import { fitsRole } from '../attachments/rules.ts'
import { record } from '../audit/index.ts'
import { addEvent, type Moment, momentOf } from '../cases/index.ts'
import type { CaseEventKind } from '../cases/contract.ts'
import { readStoreTime } from '../clocks/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import { nextState } from '../foundation/state-machine.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import {
  type ClaimRecord,
  type ClaimUnit,
  countClaims,
  findClaim,
  findSplit,
  insertClaim,
  insertEvent,
  insertSplit,
  listClaims,
  listLiveUnits,
  type NewEvent,
  releaseUnits,
  type StepFacts,
  writeStep,
} from './claim-store.ts'
import type { vendorsContract } from './contract.ts'
import { countUntoldCarriers, findCaseMoney, listCarrierClaims } from './cost-store.ts'
import { shownLine, usualReplyDay } from './due.ts'
import { insertEntry, listOfClaim } from './ledger-store.ts'
import { mostFor } from './money.ts'
import { requireVendor } from './register.ts'
import { findTerms } from './register-store.ts'
import { type ClaimAction, isOpenClaim, splitOf, vendorClaimMachine } from './rules.ts'

/** Claims of a page. */
const pageSize = 40

export async function requireClaim(r: ReadHandle, claimId: number): Promise<ClaimRecord> {
  return (await findClaim(r, claimId)) ?? refuse('vendors.unknown_claim')
}

/** A claim in the version its caller saw. */
async function requireSeen(
  w: WriteHandle,
  seen: { claimId: number; version: number },
): Promise<ClaimRecord> {
  const claim = await requireClaim(w, seen.claimId)
  if (claim.version !== seen.version) refuse('desk.changed_meanwhile')
  return claim
}

const caseEvents: Record<ClaimAction, CaseEventKind> = {
  send: 'vendor_notice_sent',
  reply: 'vendor_replied',
  offer: 'vendor_offer',
  note: 'vendor_noted',
  agree: 'vendor_agreed',
  deem: 'vendor_deemed',
  rule: 'vendor_ruled',
  escalate: 'vendor_escalated',
  dispute: 'vendor_disputed',
  withdraw: 'vendor_withdrawn',
  reverse: 'vendor_reversed',
}

type Words = Pick<NewEvent, 'saidBy' | 'person' | 'channel' | 'amount' | 'text'>

/** Takes one step of the table: state, its own log, the case's timeline and the audit chain. */
async function take(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  claim: ClaimRecord,
  step: { action: ClaimAction; facts?: StepFacts; words: Words; more?: Record<string, unknown> },
): Promise<{ version: number }> {
  const { action, facts = {}, words, more = {} } = step
  const state = nextState(vendorClaimMachine, claim.state, action)
  if (!state) refuse('vendors.no_such_step', { number: claim.number, name: claim.vendor.name })
  const ends = isOpenClaim(claim.state) && !isOpenClaim(state)
  const ended = ends ? { ended: { at: moment.at, on: moment.today } } : {}
  if (!(await writeStep(w, claim, state, { ...facts, ...ended }))) refuse('desk.changed_meanwhile')
  const { at, businessDate, actorId } = moment
  await insertEvent(w, { claimId: claim.id, at, businessDate, actorId, action, ...words })
  const { number, vendor, caseId } = claim
  await addEvent(w, moment, caseId, caseEvents[action], {
    number,
    vendor: vendor.name,
    person: words.person,
    amount:
      words.amount === null ? '' : formatMoney(words.amount, claim.currency, call.profile.language),
    text: words.text.slice(0, 400),
  })
  await record(
    w,
    call,
    `vendors.${action}`,
    { type: 'vendor_claim', id: number },
    { vendor: vendor.name, from: claim.state, to: state, ...words, ...more },
  )
  return { version: claim.version + 1 }
}

const silent: Words = { saidBy: 'store', person: '', channel: null, amount: null, text: '' }

/**
 * Units a claim may be about: nobody asks twice for one. A claim on goods without a unit number stands for any unit of
 * that line, so it keeps the others out and they keep it out.
 */
async function requireFreeUnits(
  w: WriteHandle,
  asked: { caseId: number; kind: 'vendor' | 'carrier'; units: readonly ClaimUnit[] },
): Promise<void> {
  const live = (await listLiveUnits(w, asked.caseId)).filter((each) => each.kind === asked.kind)
  const clash = asked.units.some((unit) =>
    live.some(
      (each) =>
        each.saleLineId === unit.saleLineId &&
        (each.unitNo === unit.unitNo || each.unitNo === 0 || unit.unitNo === 0),
    ),
  )
  if (clash) refuse('vendors.claimed_before')
}

async function requireCarrierClaim(
  w: WriteHandle,
  caseId: number,
  carrierClaimId: number | null,
): Promise<void> {
  if (carrierClaimId === null) return
  const known = await listCarrierClaims(w, caseId)
  if (!known.some(({ id }) => id === carrierClaimId)) refuse('vendors.unknown_carrier_claim')
}

/** What a signature on a split stands for: the whole of what is being shared out. */
async function splitQuestion(r: ReadHandle, claim: ClaimRecord, vendorAmount: number) {
  const total = await mostFor(r, claim)
  const { number, vendor, currency, caseId } = claim
  return {
    kinds: ['normal' as const],
    amount: total,
    currency,
    atLeast: 'floor_manager' as const,
    subject: {
      type: 'vendor_split',
      id: number,
      hash: subjectHash({ number, vendorAmount, total, currency }),
    },
    summary: `${vendor.name} · ${number}`.slice(0, 200),
    caseId,
  }
}

interface Settlement {
  basis: 'agreed' | 'deemed' | 'ruled'
  vendorAmount: number
  signer: string
  signature: string | null
  grounds: string
  approvalId: number | null
}

const actionOf = { agreed: 'agree', deemed: 'deem', ruled: 'rule' } as const

/**
 * Ends a claim with a split in money and charges the other side its part: once, and never more than the store gave
 * less what others bear of it (domain.md §3.5).
 */
async function settle(
  w: WriteHandle,
  call: Call,
  claim: ClaimRecord,
  asked: Settlement,
): Promise<{ version: number; chargeBackId: number | null }> {
  const moment = momentOf(call)
  const { basis, vendorAmount, signer, signature, grounds } = asked
  const question = await splitQuestion(w, claim, vendorAmount)
  const split = splitOf(question.amount, vendorAmount)
  if (!split) {
    const { language } = call.profile
    refuse('vendors.more_than_given', {
      asked: formatMoney(vendorAmount, claim.currency, language),
      most: formatMoney(question.amount, claim.currency, language),
    })
  }
  const approval = await requireApproval(w, call, moment, {
    ...question,
    approvalIds: asked.approvalId === null ? [] : [asked.approvalId],
    usedFor: { type: 'vendor_claim', id: claim.number },
  })
  const { at, businessDate, actorId: by } = moment
  const taken = await take(w, call, moment, claim, {
    action: actionOf[basis],
    words: {
      saidBy: basis === 'agreed' ? 'vendor' : 'store',
      person: signer,
      channel: null,
      amount: vendorAmount,
      text: grounds,
    },
    more: { ...split, signature, approvalId: approval?.approvalId ?? null },
  })
  await insertSplit(w, {
    claimId: claim.id,
    basis,
    total: question.amount,
    ...split,
    signer,
    signature,
    onPaper: basis === 'agreed' && signature === null,
    grounds,
    approvalId: approval?.approvalId ?? null,
    at,
    by,
  })
  if (vendorAmount === 0) {
    return { ...taken, chargeBackId: null }
  }
  const chargeBackId = await insertEntry(w, {
    vendorId: claim.vendor.id,
    claimId: claim.id,
    kind: 'charge',
    reversesId: null,
    amount: vendorAmount,
    currency: claim.currency,
    reason: '',
    businessDate,
    at,
    by,
  })
  if (chargeBackId === undefined) refuse('vendors.charged_before', { number: claim.number })
  return { ...taken, chargeBackId }
}

/** Money of another currency than the store's is never put on a list: nobody at the desk guesses a rate. */
function requireOwnCurrency(call: Call, currency: string): void {
  if (currency !== call.profile.currency) refuse('vendors.other_currency', { currency })
}

export const claimHandlers: Pick<
  RoomHandlers<typeof vendorsContract>,
  | 'claims'
  | 'counts'
  | 'openClaim'
  | 'send'
  | 'say'
  | 'splitQuestion'
  | 'agree'
  | 'decide'
  | 'move'
  | 'reverse'
> = {
  claims: query(async (r, call, asked) => {
    const found = await listClaims(r, { ...asked, today: call.today }, pageSize + 1)
    const rows = found.slice(0, pageSize)
    return {
      rows: rows.map((claim) => shownLine(claim, call.today)),
      next: found.length > pageSize ? (rows.at(-1)?.id ?? null) : null,
    }
  }),

  counts: query(async (r, call) => ({
    ...(await countClaims(r, call.today)),
    carriersUntold: await countUntoldCarriers(r),
  })),

  openClaim: command(['vendors', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const { caseId, vendorId, carrierClaimId, units, askedAmount: asked } = input
    const found = (await findCaseMoney(w, caseId)) ?? refuse('cases.unknown_case')
    const vendor = await requireVendor(w, vendorId)
    await requireCarrierClaim(w, caseId, carrierClaimId)
    await requireFreeUnits(w, { caseId, kind: vendor.kind, units })
    const currency = found.currency ?? call.profile.currency
    requireOwnCurrency(call, currency)
    const terms = await findTerms(w, vendorId)
    const { at, businessDate, actorId: by } = moment
    const number = await takeDocumentNumber(w, 'LY', call.profile.deskNo, call.bookedOn)
    const { goods, fault, asks } = input
    const id = await insertClaim(w, {
      number,
      caseId,
      vendorId,
      kind: vendor.kind,
      carrierClaimId,
      goods,
      fault,
      asks,
      currency,
      asked,
      termsVersion: terms.version,
      silence: terms.silence,
      businessDate,
      at,
      by,
      units,
    })
    if (id === undefined) refuse('vendors.claimed_before')
    const event = { claimId: id, at, businessDate, actorId: by }
    const words = { ...silent, amount: asked, text: asks }
    await insertEvent(w, { ...event, action: 'open', ...words })
    await addEvent(w, moment, caseId, 'vendor_claim_opened', {
      number,
      vendor: vendor.name,
      amount: formatMoney(asked, currency, call.profile.language),
      text: goods,
    })
    const subject = { type: 'vendor_claim', id: number }
    const facts = { vendor: vendor.name, goods, fault, asks, asked, units }
    await record(w, call, 'vendors.open_claim', subject, facts)
    return { id, number }
  }),

  send: command(['vendors', 'cases'], async (w, call, input) => {
    const claim = await requireSeen(w, input)
    const moment = momentOf(call)
    const terms = await findTerms(w, claim.vendor.id)
    const time = await readStoreTime(w, call)
    const usual = usualReplyDay(time, moment.today, terms.responseDays)
    const replyBy = input.replyBy ?? claim.replyBy ?? usual
    if (replyBy < moment.today) refuse('vendors.reply_day_past')
    const { person, channel, text } = input
    const sent = { at: claim.sentAt ?? moment.at, on: claim.sentOn ?? moment.today, replyBy }
    const { version } = await take(w, call, moment, claim, {
      action: 'send',
      facts: { sent },
      words: { saidBy: 'store', person, channel, amount: null, text },
      more: { replyBy },
    })
    return { version, replyBy }
  }),

  say: command(['vendors', 'cases'], async (w, call, input) => {
    const claim = await requireSeen(w, input)
    const moment = momentOf(call)
    const { saidBy, amount, person, channel, text } = input
    const action = amount !== null ? 'offer' : saidBy === 'vendor' ? 'reply' : 'note'
    if (action === 'note' && text.length < 2) refuse('vendors.needs_words')
    const isFirst = saidBy === 'vendor' && claim.firstReplyAt === null && claim.sentAt !== null
    return take(w, call, moment, claim, {
      action,
      facts: isFirst ? { firstReplyAt: moment.at } : {},
      words: { saidBy, person, channel, amount, text },
    })
  }),

  splitQuestion: query(async (r, call, { claimId, vendorAmount }) => {
    const question = await splitQuestion(r, await requireClaim(r, claimId), vendorAmount)
    const { needed } = await limitsFor(r, call, question)
    return { ...question, needed }
  }),

  agree: command(['vendors', 'cases', 'approvals'], async (w, call, input) => {
    const claim = await requireSeen(w, input)
    const { signature, vendorAmount, signer, text, approvalId } = input
    if (signature !== null && !fitsRole('signature', await requireFile(w, signature))) {
      refuse('attachments.signature_empty')
    }
    return settle(w, call, claim, {
      basis: 'agreed',
      vendorAmount,
      signer,
      signature,
      grounds: text,
      approvalId,
    })
  }),

  decide: command(['vendors', 'cases', 'approvals'], async (w, call, input) => {
    const claim = await requireSeen(w, input)
    const { basis, vendorAmount, grounds, approvalId } = input
    if (basis === 'deemed') {
      if (claim.silence !== 'accepts') refuse('vendors.silence_open', { name: claim.vendor.name })
      if (claim.replyBy === null || call.today <= claim.replyBy) {
        refuse('vendors.still_time', { date: claim.replyBy ?? '' })
      }
      // Silence is a yes to what was asked, to nothing beyond it.
      if (vendorAmount > claim.asked) refuse('vendors.deemed_beyond', { number: claim.number })
    } else if (call.actor.role !== 'store_manager') {
      refuse('vendors.ruling_needs_manager')
    }
    const settled = { basis, vendorAmount, signer: '', signature: null, grounds, approvalId }
    return settle(w, call, claim, settled)
  }),

  move: command(['vendors', 'cases', 'alerts'], async (w, call, input) => {
    const claim = await requireSeen(w, input)
    const { action, reason: text } = input
    const saidBy = action === 'dispute' ? 'vendor' : 'store'
    const taken = await take(w, call, momentOf(call), claim, {
      action,
      words: { ...silent, saidBy, text },
    })
    if (action === 'withdraw') await releaseUnits(w, claim.id)
    if (action === 'escalate') {
      await raiseAlert(w, momentOf(call), {
        key: `vendor_claim:${claim.id}:${taken.version}`,
        kind: 'vendor_silent',
        severity: 'warning',
        to: { role: 'store_manager' },
        subject: { type: 'vendor_claim', id: claim.number },
        caseId: claim.caseId,
        params: { text: `${claim.vendor.name} ${claim.number} ${text}`.slice(0, 200) },
      })
    }
    return taken
  }),

  reverse: command(['vendors', 'cases'], async (w, call, input) => {
    const claim = await requireSeen(w, input)
    const moment = momentOf(call)
    const [charge] = await listOfClaim(w, claim.id)
    const split = await findSplit(w, claim.id)
    if (!charge || !split) refuse('vendors.nothing_charged', { number: claim.number })
    const taken = await take(w, call, moment, claim, {
      action: 'reverse',
      words: { ...silent, amount: charge.amount, text: input.reason },
    })
    const { at, businessDate, actorId: by } = moment
    const chargeBackId = await insertEntry(w, {
      vendorId: claim.vendor.id,
      claimId: claim.id,
      kind: 'reversal',
      reversesId: charge.id,
      amount: -charge.amount,
      currency: claim.currency,
      reason: input.reason,
      businessDate,
      at,
      by,
    })
    if (chargeBackId === undefined) refuse('vendors.reversed_before', { number: claim.number })
    await releaseUnits(w, claim.id)
    return { ...taken, chargeBackId }
  }),
}
