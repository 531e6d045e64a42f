import type { z } from 'zod'
import { requireApproval } from '../../approvals/index.ts'
import { attach } from '../../attachments/index.ts'
import { swapCards } from '../../cards/index.ts'
import { addEvent, closeCase, isCaseOpen, type Moment, momentOf } from '../../cases/index.ts'
import type { WriteHandle } from '../../database/store.ts'
import { canonicalDocumentNumber } from '../../foundation/document-number.ts'
import { refuse } from '../../foundation/errors.ts'
import { formatMoney } from '../../foundation/money.ts'
import { maskPhone } from '../../foundation/phone.ts'
import { nextState } from '../../foundation/state-machine.ts'
import { type Call, command, query, type RoomHandlers } from '../../handlers.ts'
import { decideUnits } from '../../rights/index.ts'
import { deliverLater, handOver } from '../give.ts'
import { findExchange, listGivenLines, listGoodsOf } from '../store.ts'
import { type handoversContract, signatureParties } from './contract.ts'
import { type Form, readForm, viewOf, waiverQuestion } from './form.ts'
import { closing, refuseState, takeStep } from './open.ts'
import {
  type BackUnit,
  type GivenUnit,
  type HandoverAction,
  handoverMachine,
  isReadyFor,
  type Missing,
  missingOf,
  requireNewSerial,
  requireOldSerial,
  totalOf,
} from './rules.ts'
import {
  findCardByNumber,
  insertSignature,
  insertWaiver,
  listHandovers,
  listUnitsBack,
  listUnsigned,
  saveBack,
  saveGiven,
  type StepColumns,
} from './store.ts'

/** A form in the version its caller saw, where the table allows `action` now. */
async function requireForm(
  w: WriteHandle,
  seen: { handoverId: number; version: number },
  action: HandoverAction,
): Promise<Form> {
  const form = await readForm(w, { id: seen.handoverId })
  const { handover } = form
  if (!nextState(handoverMachine, handover.state, action)) refuseState(handover, action)
  if (handover.version !== seen.version) refuse('desk.changed_meanwhile')
  return form
}

type Input<Name extends keyof typeof handoversContract> = z.output<
  NonNullable<(typeof handoversContract)[Name]['~orpc']['inputSchema']>
>

function unitBack(form: Form, asked: { saleLineId: number; unitNo: number }): BackUnit {
  const unit = form.facts.back.find(
    (each) => each.saleLineId === asked.saleLineId && each.unitNo === asked.unitNo,
  )
  return unit ?? refuse('handover.unknown_unit')
}

function unitGiven(form: Form, asked: { lineId: number; unitNo: number }): GivenUnit {
  const unit = form.facts.given.find(
    (each) => each.lineId === asked.lineId && each.unitNo === asked.unitNo,
  )
  return unit ?? refuse('handover.unknown_unit')
}

/** What a form still lacks after a step. */
async function saved(
  w: WriteHandle,
  handoverId: number,
): Promise<{ version: number; missing: Missing[] }> {
  const { handover, missing } = await readForm(w, { id: handoverId })
  return { version: handover.version, missing: [...missing] }
}

async function saveGoodsBack(w: WriteHandle, call: Call, input: Input<'saveGoodsBack'>) {
  const form = await requireForm(w, input, 'goods_back')
  const { handover, facts } = form
  for (const unit of input.units) {
    const known = unitBack(form, unit)
    const serialNo = requireOldSerial(known, unit.serialNo, facts.given)
    await saveBack(w, handover.id, { ...unit, serialNo })
  }
  await takeStep(w, call, momentOf(call), handover, 'goods_back', { data: { units: input.units } })
  return saved(w, handover.id)
}

async function savePapersBack(w: WriteHandle, call: Call, input: Input<'savePapersBack'>) {
  const form = await requireForm(w, input, 'papers_back')
  for (const unit of input.units) {
    const known = unitBack(form, unit)
    const cardNumber = await cardHandedIn(w, known, unit)
    await saveBack(w, form.handover.id, { ...unit, cardNumber })
  }
  const data = { units: input.units }
  await takeStep(w, call, momentOf(call), form.handover, 'papers_back', { data })
  return saved(w, form.handover.id)
}

/**
 * The card that was handed in with a unit: its own live one. Refuses a number that is none
 * (`handover.unknown_card`), and the card of another item or a void one (`handover.other_card`).
 */
async function cardHandedIn(
  w: WriteHandle,
  unit: BackUnit,
  { cardNumber, card }: { cardNumber: string; card: BackUnit['card'] },
): Promise<string> {
  const { liveCard } = unit
  if (cardNumber === '') return card.is === 'none' ? '' : (liveCard?.number ?? '')
  const number = canonicalDocumentNumber(cardNumber)
  const found = number === null ? undefined : await findCardByNumber(w, number)
  if (!found) refuse('handover.unknown_card', { number: number ?? cardNumber.slice(0, 40) })
  if (found.id !== liveCard?.id) {
    refuse('handover.other_card', {
      number: found.number,
      name: unit.name,
      other: found.units[0]?.name ?? '—',
    })
  }
  return found.number
}

async function saveNewChecked(w: WriteHandle, call: Call, input: Input<'saveNewChecked'>) {
  const form = await requireForm(w, input, 'new_checked')
  const { handover, facts } = form
  for (const unit of input.units) {
    const serialNo = requireNewSerial(unitGiven(form, unit), unit.serialNo, facts)
    await saveGiven(w, handover.id, { ...unit, serialNo })
  }
  const serials = input.units.map((unit) => unit.serialNo).filter((each) => each !== '')
  if (new Set(serials).size !== serials.length) {
    refuse('handover.serial_twice', { serialNo: serials[0] ?? '' })
  }
  await takeStep(w, call, momentOf(call), handover, 'new_checked', { data: { units: input.units } })
  return saved(w, handover.id)
}

/** Names the first thing that stands in the way of giving the new goods. */
function requireReady(form: Form): void {
  const [first] = form.missing
  if (form.isOrdered) refuse('handover.not_arrived')
  if (first && !isReadyFor('papers_given', form.missing)) {
    refuse('handover.step_first', { step: first.step, name: first.name })
  }
  if (form.exchange.reception === 'awaited') refuse('handover.not_received')
}

async function give(w: WriteHandle, call: Call, input: Input<'give'>) {
  const asked = await requireForm(w, input, 'give')
  for (const unit of input.units) {
    unitGiven(asked, unit)
    await saveGiven(w, asked.handover.id, unit)
  }
  const form = await readForm(w, { id: input.handoverId })
  requireReady(form)
  const lacking = form.missing.find((each) => each.step === 'papers_given' && each.what !== 'give')
  if (lacking) refuse('handover.step_first', { step: lacking.step, name: lacking.name })
  const moment = momentOf(call)
  const { newReceiptId, card, columns } = await release(w, call, moment, form)
  await takeStep(w, call, moment, form.handover, 'give', {
    columns,
    data: { units: input.units, newReceiptId, card: card?.number ?? null },
  })
  await addEvent(w, moment, form.handover.caseId, 'handover_given', {
    handoverId: form.handover.id,
    number: form.handover.number,
    card: card?.number ?? '',
  })
  return { ...(await saved(w, form.handover.id)), newReceiptId, card }
}

/** Makes the new goods the customer's: the desk's sale, the cards, and the day the term starts. */
async function release(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  form: Form,
  { withoutReturn = false } = {},
) {
  const { exchange, handover, facts } = form
  const serials = facts.given.filter((unit) => unit.serialNo !== '')
  const isFirst = form.before === null
  const { newReceiptId, lines } = isFirst
    ? await handOver(w, call, moment, exchange, { serials, withoutReturn })
    : await deliverLater(w, call, moment, exchange, { serials })
  const newLineOf = new Map(lines.map((line) => [line.id, line.newLineId]))
  const term = await termOf(w, call, newReceiptId, [...newLineOf.values()])
  const startsOn = term?.startsOn ?? moment.today
  const card = await swapCards(w, call, {
    back: facts.back,
    receiptId: newReceiptId,
    given: (await pairUp(w, form)).map(({ unit, standsFor }) => ({
      saleLineId: newLineOf.get(unit.lineId) ?? 0,
      unitNo: unit.unitNo,
      serialNo: unit.serialNo || unit.expectedSerialNo,
      standsFor,
    })),
    startsOn,
    under: handover.number,
    after: form.before,
  })
  const columns: StepColumns = {
    given_at: moment.at,
    restarts_on: card || term ? startsOn : null,
    ends_on: card?.endsOn ?? term?.endsOn ?? null,
    card_id: card?.id ?? null,
  }
  return { newReceiptId, card, columns }
}

/** The term of the new goods as the rules run it: anew from the exchange, or on from the sale; null without one. */
async function termOf(
  w: WriteHandle,
  call: Call,
  receiptId: number,
  saleLineIds: readonly number[],
): Promise<{ startsOn: string; endsOn: string | null } | null> {
  const asked = saleLineIds.map((saleLineId) => ({ saleLineId, units: 1, answer: {} }))
  for (const line of await decideUnits(w, call, receiptId, asked)) {
    const clock = line?.verdict.clocks.find((each) => each.of === 'unit')
    if (clock) return clock
  }
  return null
}

interface OldUnit {
  saleLineId: number
  unitNo: number
}

/**
 * Which old unit each new one stands in for: of the line it replaces, else the next one left. Of an exchange in two
 * parts the goods of both are paired, so that no old unit stands behind two.
 */
async function pairUp(
  w: WriteHandle,
  { exchange, facts }: Form,
): Promise<{ unit: GivenUnit; standsFor: OldUnit | null }[]> {
  const left: OldUnit[] = await listUnitsBack(w, exchange.refundId)
  const take = (isIt: (unit: OldUnit) => boolean): OldUnit | null => {
    const at = left.findIndex(isIt)
    return at < 0 ? null : (left.splice(at, 1)[0] ?? null)
  }
  const units = (await listGivenLines(w, exchange.id)).flatMap((line) =>
    Array.from({ length: line.units }, (_, index) => ({ line, unitNo: index + 1 })),
  )
  const named = units.map(({ line, unitNo }) => ({
    lineId: line.id,
    unitNo,
    standsFor: take((each) => each.saleLineId === line.replaces),
  }))
  const pairs = named.map((pair) => ({ ...pair, standsFor: pair.standsFor ?? take(() => true) }))
  return facts.given.map((unit) => ({
    unit,
    standsFor:
      pairs.find((each) => each.lineId === unit.lineId && each.unitNo === unit.unitNo)?.standsFor ??
      null,
  }))
}

async function sign(w: WriteHandle, call: Call, input: Input<'sign'>) {
  const form = await requireForm(w, input, 'signature')
  const { handover, exchange, facts } = form
  const moment = momentOf(call)
  refuseSameDrawing(input)
  for (const party of signatureParties) {
    const signature = input[party]
    if (signature) await writeSignature(w, call, moment, form, party, signature)
  }
  const { who, name, phone } = input.receiver
  const whole = wholePhone(phone, exchange.customer?.phone ?? '')
  const columns: StepColumns = { receiver: who, receiver_name: name, receiver_phone: whole }
  const data = { receiver: who, customer: input.customer, store: input.store }
  const missing = missingOf({
    ...facts,
    receiver: { who, name, phone: whole },
    signed: [...facts.signed, ...signatureParties.filter((party) => input[party] !== null)],
  })
  if (missing.length > 0) {
    const state = await takeStep(w, call, moment, handover, 'signature', { columns, data })
    return { ...(await saved(w, handover.id)), state }
  }
  const closed = { ...columns, ...closing(moment) }
  const state = await takeStep(w, call, moment, handover, 'sign', { columns: closed, data })
  const { id, number, caseId } = handover
  await addEvent(w, moment, caseId, 'handover_signed', { handoverId: id, number })
  await finishCase(w, moment, handover)
  return { ...(await saved(w, id)), state }
}

/** One hand cannot sign for both. */
function refuseSameDrawing({ customer, store }: Pick<Input<'sign'>, 'customer' | 'store'>): void {
  if (customer?.way !== 'drawn' || store?.way !== 'drawn') return
  if (customer.sha256 === store.sha256) refuse('handover.same_signature')
}

type Signature = NonNullable<Input<'sign'>['customer']>

/** A drawing goes into the attachments, which refuse one without ink; on paper, the operator confirms it. */
async function writeSignature(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  { handover, facts }: Form,
  party: (typeof signatureParties)[number],
  signature: Signature,
): Promise<void> {
  if (facts.signed.includes(party)) refuse('handover.signed_before')
  const sha256 = signature.way === 'drawn' ? signature.sha256 : null
  if (sha256 !== null) {
    await attach(w, call, moment, {
      sha256,
      subject: { type: 'handover', id: handover.id },
      caseId: handover.caseId,
      role: 'signature',
      label: party,
    })
  }
  await insertSignature(w, {
    handoverId: handover.id,
    party,
    way: signature.way,
    sha256,
    at: moment.at,
    confirmedBy: moment.actorId,
  })
}

/** The screens show a phone masked; left as it was, it stands for the number on file (domain.md §5.3). */
function wholePhone(typed: string, onFile: string): string {
  if (!typed.includes('*')) return typed
  if (onFile !== '' && typed === maskPhone(onFile)) return onFile
  refuse('cards.phone_masked')
}

/** The case ends with its last handover; one that is closed already, by a complaint that was solved, stays so. */
async function finishCase(
  w: WriteHandle,
  moment: Moment,
  { id, exchangeId, caseId }: Form['handover'],
): Promise<void> {
  const others = (await listHandovers(w, exchangeId)).filter((each) => each.id !== id)
  if (others.some(({ state }) => state === 'open' || state === 'given')) return
  if (await isCaseOpen(w, caseId)) await closeCase(w, moment, caseId)
}

/**
 * Closes a form as it is, on a store manager's word. Goods that were not given yet are given with it: what the form
 * lacks is what the manager takes upon the store, at the amount that was shown. Refuses another amount than that
 * (`handover.exposure_changed`) and goods that are not here (`handover.not_arrived`).
 */
async function waive(w: WriteHandle, call: Call, input: Input<'waive'>) {
  const form = await requireForm(w, input, 'waive')
  const { handover, exchange, exposures, missing } = form
  const amount = totalOf(exposures)
  if (amount !== input.expectedExposure) {
    const money = (each: number) => formatMoney(each, exchange.currency, call.profile.language)
    refuse('handover.exposure_changed', {
      shown: money(input.expectedExposure),
      now: money(amount),
    })
  }
  if (form.isOrdered) refuse('handover.not_arrived')
  const moment = momentOf(call)
  const approval = await requireApproval(w, call, moment, {
    ...waiverQuestion(form),
    approvalIds: input.approvalIds,
    usedFor: { type: 'handover', id: handover.number },
  })
  const given =
    handover.state === 'open' ? await release(w, call, moment, form, { withoutReturn: true }) : null
  const approvalIds = approval ? [approval.approvalId] : []
  await insertWaiver(w, {
    handoverId: handover.id,
    at: moment.at,
    businessDate: moment.businessDate,
    askedBy: moment.actorId,
    reason: input.reason,
    amount,
    currency: exchange.currency,
    exposures,
    missing,
    approvalIds,
  })
  const state = await takeStep(w, call, moment, handover, 'waive', {
    columns: { ...given?.columns, ...closing(moment) },
    data: { reason: input.reason, amount, exposures, missing, approvalIds },
  })
  await addEvent(w, moment, handover.caseId, 'handover_waived', {
    handoverId: handover.id,
    number: handover.number,
    reason: input.reason,
    amount,
    currency: exchange.currency,
    approver: approval?.approverName ?? call.actor.name,
  })
  await finishCase(w, moment, handover)
  return { version: handover.version + 1, state }
}

const scopes = ['handovers', 'exchanges', 'sales', 'cards', 'cases', 'attachments'] as const

export const handoversHandlers: RoomHandlers<typeof handoversContract> = {
  ofExchange: query(async (r, call, { exchangeId }) =>
    viewOf(r, call, await readForm(r, { exchangeId })),
  ),

  unsigned: query(async (r) => {
    const handovers = await listUnsigned(r)
    const goods = await listGoodsOf(
      r,
      handovers.map((each) => each.exchangeId),
    )
    return Promise.all(
      handovers.map(async (handover) => {
        const exchange = await findExchange(r, handover.exchangeId)
        return {
          ...handover,
          exchangeNumber: exchange?.number ?? '',
          goods: goods.get(handover.exchangeId)?.given ?? '',
          customer: exchange?.customer?.name ?? '',
        }
      }),
    )
  }),

  saveGoodsBack: command(scopes, saveGoodsBack),
  savePapersBack: command(scopes, savePapersBack),
  saveNewChecked: command(scopes, saveNewChecked),
  give: command([...scopes, 'approvals'], give),
  sign: command(scopes, sign),
  waive: command([...scopes, 'approvals'], waive),
}
