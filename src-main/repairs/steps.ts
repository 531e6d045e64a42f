import { addEvent, breakOverduePromises, givePromise, momentOf } from '../cases/index.ts'
import { record } from '../audit/index.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import type { WriteHandle } from '../database/store.ts'
import { type Call, command, type RoomHandlers } from '../handlers.ts'
import { accountOf } from './account.ts'
import type { repairsContract } from './contract.ts'
import {
  insertCheck,
  insertWait,
  insertWork,
  listMovements,
  listQuotes,
  listWaits,
  listWorks,
  writeWaitEnded,
} from './course-store.ts'
import { decideRepair, writtenLine } from './decision.ts'
import { attachAll, itemLabel } from './evidence.ts'
import { insertReminder } from './hand-store.ts'
import { minimumWarranty } from './limits.ts'
import { answerQuote, consentedQuote, writeQuote } from './quotes.ts'
import { maySend, mayWork } from './rules.ts'
import { readRepairSettings } from './settings.ts'
import { findItem, insertAccessories, type RepairItemRecord } from './store.ts'
import {
  change,
  changeRepair,
  followUp,
  openWork,
  requireRepair,
  requireSeenRepair,
  takeAnswer,
  takeStep,
  tell,
  type Work,
} from './ticket.ts'

const scopes = ['repairs', 'cases', 'rights'] as const
/** Steps that can change what the customer owes. */
const moneyScopes = [...scopes, 'instructions'] as const

type Steps = Pick<
  RoomHandlers<typeof repairsContract>,
  | 'receive'
  | 'cancel'
  | 'addPhotos'
  | 'decide'
  | 'quote'
  | 'consent'
  | 'decline'
  | 'send'
  | 'bringBack'
  | 'startWait'
  | 'endWait'
  | 'noteDelay'
  | 'recordWork'
  | 'finish'
  | 'check'
  | 'giveUp'
  | 'reopen'
  | 'leadTo'
  | 'promise'
  | 'remind'
>

/** One step of one item: `act` returns the item after it. */
function step<Input extends { itemId: number; version: number }>(
  act: (work: Work, input: Input) => Promise<RepairItemRecord>,
) {
  return async (w: WriteHandle, call: Call, input: Input) => {
    const work = await openWork(w, call, input)
    const { version } = await act(work, input)
    await followUp(w, call, work.moment, work.repair.id)
    return { version }
  }
}

/** Refuses work that nobody has agreed to pay for. */
function requireConsent({ item }: Work): void {
  if (!mayWork(item.acceptance)) {
    refuse('repairs.needs_consent', { name: item.name, state: item.acceptance })
  }
}

/** Refuses a limit that the fees have passed, and goods nobody wrote down any work on. */
async function requireWorkDone({ w, call, item, repair }: Work): Promise<void> {
  const works = await listWorks(w, [item.id])
  if (works.length === 0) refuse('repairs.no_work', { name: item.name })
  if (item.acceptance !== 'paid_consented') return
  const { fees } = accountOf(item, works)
  const agreed = consentedQuote(await listQuotes(w, [item.id]))
  if (agreed && fees > agreed.limit) {
    const money = (amount: number) => formatMoney(amount, repair.currency, call.profile.language)
    refuse('repairs.over_limit', { fees: money(fees), limit: money(agreed.limit) })
  }
}

/** A day of waiting lies in the repair and not in the future. */
function requireDayOfRepair({ item, moment }: Work, on: BusinessDate): void {
  if (item.receivedOn === null || on < item.receivedOn || on > moment.today) {
    refuse('repairs.day_outside', { name: item.name, on })
  }
}

/** The same item after a step of this very call. */
async function reread(work: Work): Promise<Work> {
  return { ...work, item: (await findItem(work.w, work.item.id)) ?? work.item }
}

/** Days the repair is good for: never fewer than the store and the rules say. */
async function warrantyOf({ w, call, item }: Work, asked: number | null): Promise<number> {
  const { warrantyDays } = await readRepairSettings(w)
  return Math.max(asked ?? 0, warrantyDays, await minimumWarranty(w, call, item))
}

/** What waits for parts waits no longer once the goods are ready, or gone. */
export async function endWaits({ w, item, moment }: Work): Promise<void> {
  const ended = { on: moment.today, by: moment.actorId }
  await writeWaitEnded(w, { itemId: item.id, id: null }, ended)
}

const leadEvents = { exchange: 'repair_to_exchange', refund: 'repair_to_refund' } as const

export const stepHandlers: Steps = {
  receive: command(
    scopes,
    step(async (work, input) => {
      const { w, call, item, moment, repair } = work
      await insertAccessories(w, item.id, input.accessories)
      await attachAll(w, call, moment, {
        repair,
        files: input.photos,
        role: 'photo',
        label: itemLabel(item.position),
      })
      return takeStep(work, 'receive', {
        columns: {
          received_on: moment.today,
          serial_no: input.serialNo || item.serialNo,
          appearance: input.appearance || item.appearance,
        },
        event: 'repair_received',
        data: { acceptance: item.acceptance, refailure: item.isRefailure, former: null },
        audit: { photos: input.photos, accessories: input.accessories.length },
      })
    }),
  ),

  cancel: command(
    scopes,
    step((work, { reason }) =>
      takeStep(work, 'cancel', {
        movement: { holder: 'customer', note: reason },
        event: 'repair_cancelled',
        data: { reason },
      }),
    ),
  ),

  addPhotos: command(scopes, async (w, call, input) => {
    const item = await findItem(w, input.itemId)
    if (!item) refuse('repairs.unknown_item')
    await attachAll(w, call, momentOf(call), {
      repair: await requireRepair(w, item.repairId),
      files: input.photos,
      role: 'photo',
      label: [itemLabel(item.position), input.label].filter(Boolean).join(' '),
    })
    return { done: true }
  }),

  decide: command(moneyScopes, async (w, call, input) => {
    const work = await openWork(w, call, input)
    const decision = await decideRepair(w, call, work.item, input.rightsId)
    if (!decision) refuse('repairs.needs_decision', { name: work.item.name })
    const columns = {
      basis: decision.basis,
      rights_id: input.rightsId,
      part: input.part ?? work.item.part,
    }
    const isSame = [decision.owes, `${decision.owes}_consented`].includes(work.item.acceptance)
    const data = { acceptance: decision.owes, basis: decision.basis }
    const audit = { rightsId: input.rightsId }
    const next = isSame
      ? await change(work, columns)
      : await takeAnswer(work, decision.owes === 'free' ? 'decide_free' : 'decide_paid', {
          columns,
          event: decision.owes === 'free' ? 'repair_free' : 'repair_paid',
          data,
          audit,
        })
    if (isSame) {
      const event = decision.owes === 'free' ? 'repair_free' : 'repair_paid'
      await tell(work, 'repairs.decide_again', { event, data, audit })
    }
    await followUp(w, call, work.moment, work.repair.id)
    return { version: next.version, acceptance: next.acceptance }
  }),

  quote: command(
    moneyScopes,
    step(async (work, { quote, consent }) => {
      const quoteId = await writeQuote(work, quote)
      const quoted = await reread(work)
      return consent ? answerQuote(quoted, quoteId, { consent }) : quoted.item
    }),
  ),

  consent: command(
    moneyScopes,
    step((work, { quoteId, consent }) => answerQuote(work, quoteId, { consent })),
  ),

  decline: command(
    moneyScopes,
    step((work, { quoteId, note }) => answerQuote(work, quoteId, { declined: note })),
  ),

  send: command(
    scopes,
    step((work, input) => {
      const { holder, name, contact, waybill, note, isDiagnosis } = input
      if (!maySend(work.item.acceptance, isDiagnosis)) requireConsent(work)
      return takeStep(work, 'send', {
        movement: { holder, holderName: name, holderContact: contact, waybill, note, isDiagnosis },
        event: 'repair_sent',
        data: { holder, to: name, waybill, isDiagnosis },
        audit: { contact },
      })
    }),
  ),

  bringBack: command(
    scopes,
    step(async (work, { waybill, note }) => {
      const from = (await listMovements(work.w, [work.item.id])).at(-1)
      return takeStep(work, 'bring_back', {
        movement: { waybill, note },
        event: 'repair_back',
        data: { from: from?.holderName ?? '', waybill, note },
      })
    }),
  ),

  startWait: command(
    scopes,
    step(async (work, { part, since }) => {
      const { w, item, moment } = work
      if (!['received', 'with_repairer', 'back'].includes(item.reception)) {
        refuse('repairs.no_such_step', { name: item.name, state: item.reception, action: 'wait' })
      }
      const startedOn = since ?? moment.today
      requireDayOfRepair(work, startedOn)
      await insertWait(w, { itemId: item.id, part, startedOn, by: moment.actorId })
      const next = await change(work, {})
      await tell(work, 'repairs.start_wait', { event: 'repair_waits', data: { part, startedOn } })
      return next
    }),
  ),

  endWait: command(
    scopes,
    step(async (work, { waitId, on }) => {
      const { w, item, moment } = work
      const wait = (await listWaits(w, [item.id])).find(({ id }) => id === waitId)
      if (!wait) refuse('repairs.unknown_wait')
      const endedOn = on ?? moment.today
      requireDayOfRepair(work, endedOn)
      if (endedOn < wait.startedOn) refuse('repairs.day_outside', { name: item.name, on: endedOn })
      const ended = await writeWaitEnded(
        w,
        { itemId: item.id, id: waitId },
        { on: endedOn, by: moment.actorId },
      )
      if (ended === 0) refuse('repairs.wait_over')
      const next = await change(work, {})
      await tell(work, 'repairs.end_wait', {
        event: 'repair_waited',
        data: { part: wait.part, startedOn: wait.startedOn, endedOn },
      })
      return next
    }),
  ),

  noteDelay: command(
    scopes,
    step(async (work, { delayedBy }) => {
      const next = await change(work, { delayed_by: delayedBy })
      await tell(work, 'repairs.note_delay', { event: 'repair_delay_noted', data: { delayedBy } })
      return next
    }),
  ),

  recordWork: command(
    scopes,
    step(async (work, input) => {
      const { w, item, moment, repair } = work
      requireConsent(work)
      if (!['received', 'with_repairer', 'back'].includes(item.reception)) {
        refuse('repairs.no_such_step', { name: item.name, state: item.reception, action: 'work' })
      }
      const { actualFault, doneBy, minutes, hourFee, parts, fees } = input
      await insertWork(w, {
        itemId: item.id,
        at: moment.at,
        by: moment.actorId,
        actualFault,
        work: input.work,
        doneBy,
        minutes,
        hourFee,
        parts,
        fees,
      })
      await requireWorkDone(work)
      const next = await change(work, { warranty_days: await warrantyOf(work, input.warrantyDays) })
      const total = accountOf(item, await listWorks(w, [item.id])).fees
      await tell(work, 'repairs.record_work', {
        event: 'repair_worked',
        data: { actualFault, work: input.work, amount: total, currency: repair.currency },
        audit: { parts, fees, minutes, hourFee, doneBy },
      })
      return next
    }),
  ),

  finish: command(
    scopes,
    step(async (work) => {
      requireConsent(work)
      await requireWorkDone(work)
      return takeStep(work, 'finish', {
        event: 'repair_back',
        data: { from: '', waybill: '', note: '' },
      })
    }),
  ),

  check: command(
    moneyScopes,
    step(async (work, { ok, note }) => {
      const { w, item, moment } = work
      if (ok) {
        requireConsent(work)
        await requireWorkDone(work)
      } else if (note === '') refuse('repairs.say_what_is_wrong')
      await insertCheck(w, {
        itemId: item.id,
        at: moment.at,
        by: moment.actorId,
        result: ok ? 'ok' : 'not_ok',
        note,
      })
      if (!ok) {
        return takeStep(work, 'fail', {
          movement: { note },
          event: 'repair_checked',
          data: { ok, note },
        })
      }
      await endWaits(work)
      return takeStep(work, 'pass', {
        columns: { ready_on: moment.today, outcome: 'repaired', outcome_note: note },
        movement: { note },
        event: 'repair_ready',
        data: { outcome: 'repaired', note },
      })
    }),
  ),

  giveUp: command(
    moneyScopes,
    step(async (work, { reason, note }) => {
      const { w, item, moment } = work
      if (reason === 'declined' && item.acceptance !== 'declined') {
        refuse('repairs.not_declined', { name: item.name })
      }
      const result = 'given_up'
      await insertCheck(w, { itemId: item.id, at: moment.at, by: moment.actorId, result, note })
      await endWaits(work)
      return takeStep(work, 'give_up', {
        columns: { ready_on: moment.today, outcome: reason, outcome_note: note },
        movement: { note },
        event: 'repair_given_up',
        data: { outcome: reason, note },
      })
    }),
  ),

  reopen: command(
    moneyScopes,
    step(async (work, { note }) => {
      const { w, item, moment } = work
      await insertCheck(w, {
        itemId: item.id,
        at: moment.at,
        by: moment.actorId,
        result: 'not_ok',
        note,
      })
      return takeStep(work, 'reopen', {
        columns: { ready_on: null, outcome: null, outcome_note: '' },
        movement: { note },
        event: 'repair_reopened',
        data: { note },
      })
    }),
  ),

  leadTo: command(
    scopes,
    step(async (work, { remedy, rightsId }) => {
      const { w, call, item } = work
      if (item.kind === 'elsewhere') refuse('repairs.bought_elsewhere', { name: item.name })
      const line = rightsId === null ? null : await writtenLine(w, call, item, rightsId)
      const isAllowed =
        line?.verdict.remedies.some((each) => each.remedy === remedy && each.allowed) ?? false
      const next = await change(work, { leads_to: remedy })
      await tell(work, 'repairs.lead_to', {
        event: remedy === null ? 'repair_to_repair' : leadEvents[remedy],
        data: { isAllowed },
        audit: { rightsId },
      })
      return next
    }),
  ),

  promise: command(['repairs', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const repair = await requireSeenRepair(w, input)
    if (repair.state === 'closed') refuse('repairs.closed', { number: repair.number })
    const { id: repairId, caseId } = repair
    await breakOverduePromises(w, moment, caseId, { repairId })
    await givePromise(w, call, moment, { caseId, ...input.promise }, { repairId })
    return { version: await changeRepair(w, repair) }
  }),

  remind: command(['repairs', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const repair = await requireSeenRepair(w, input)
    const { how, note } = input
    await insertReminder(w, {
      repairId: repair.id,
      at: moment.at,
      businessDate: moment.businessDate,
      by: moment.actorId,
      how,
      note,
    })
    const { number, caseId } = repair
    await addEvent(w, moment, caseId, 'repair_reminded', { number, how, note })
    await record(w, call, 'repairs.remind', { type: 'repair', id: number }, { how, note })
    return { version: await changeRepair(w, repair) }
  }),
}
