import { record } from '../audit/index.ts'
import { raiseAlert } from '../alerts/index.ts'
import { type Moment, momentOf } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState, type StateMachine } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { addIncidentEvent, requireIncident } from './incidents.ts'
import { type GoodsSeen, matchGoods } from './match.ts'
import {
  findStop,
  insertRecall,
  insertStop,
  listGoodsSeen,
  listRecalls,
  listStops,
  type NewRecall,
  type RecallRecord,
  type StopRecord,
  writeAcknowledged,
  writeLifted,
  writeWithdrawn,
} from './notice-store.ts'
import { readRecallRows } from './recall-rows.ts'

/** Goods stay out of sale until somebody lifts the notice with a reason. */
export const saleStopMachine: StateMachine<StopRecord['state'], 'acknowledge' | 'lift'> = {
  initial: 'in_force',
  states: ['in_force', 'lifted'],
  transitions: [
    {
      from: 'in_force',
      action: 'acknowledge',
      to: 'in_force',
      needs: ['person', 'units taken off'],
    },
    { from: 'in_force', action: 'lift', to: 'lifted', needs: ['reason'] },
  ],
}

function requireStopStep({ state, number }: StopRecord, step: 'acknowledge' | 'lift'): void {
  if (!nextState(saleStopMachine, state, step)) refuse('radar.stop_lifted', { number })
}

export async function requireStop(r: ReadHandle, stopId: number): Promise<StopRecord> {
  return (await findStop(r, stopId)) ?? refuse('radar.unknown_stop')
}

interface StopAsk {
  incidentId: number | null
  productId: number | null
  goods: string
  barcode: string
  brand: string
  model: string
  batchNo: string
  reason: string
  effectiveOn: string
  counters: string[]
}

export async function issueStop(w: WriteHandle, call: Call, input: StopAsk) {
  const moment = momentOf(call)
  const { barcode, brand, model } = input
  if (input.productId === null && !barcode && !brand && !model) refuse('radar.needs_goods')
  if (input.incidentId !== null) await requireIncident(w, input.incidentId)
  const { at, businessDate, actorId: by } = moment
  const number = await takeDocumentNumber(w, 'XJ', call.profile.deskNo, businessDate)
  const stopId = await insertStop(w, { ...input, number, businessDate, at, by })
  if (input.incidentId !== null) {
    const data = { stopId, number, goods: input.goods }
    await addIncidentEvent(w, moment, input.incidentId, 'stop_issued', data)
  }
  await record(w, call, 'radar.issue_stop', { type: 'sale_stop', id: number }, { ...input })
  return { stopId, number }
}

export async function acknowledgeStop(
  w: WriteHandle,
  call: Call,
  input: { stopId: number; counter: string; person: string; units: number },
) {
  const stop = await requireStop(w, input.stopId)
  const { number, version } = stop
  requireStopStep(stop, 'acknowledge')
  const { at, actorId: by } = momentOf(call)
  const answer = { person: input.person, units: input.units, at, by }
  if (!(await writeAcknowledged(w, input, answer))) {
    refuse('radar.acknowledged_already', { counter: input.counter })
  }
  const subject = { type: 'sale_stop', id: number }
  const { counter, units } = input
  await record(w, call, 'radar.acknowledge_stop', subject, { counter, units })
  return { version }
}

export async function liftStop(
  w: WriteHandle,
  call: Call,
  input: { stopId: number; reason: string; version: number },
) {
  const moment = momentOf(call)
  const stop = await requireStop(w, input.stopId)
  const { number, incident } = stop
  const { reason } = input
  requireStopStep(stop, 'lift')
  const lifted = { at: moment.at, by: moment.actorId, reason }
  if (!(await writeLifted(w, { ...stop, version: input.version }, lifted))) {
    refuse('desk.changed_meanwhile')
  }
  if (incident) await addIncidentEvent(w, moment, incident.id, 'stop_lifted', { number, reason })
  await record(w, call, 'radar.lift_stop', { type: 'sale_stop', id: number }, { reason })
  return { version: input.version + 1 }
}

export async function addRecall(w: WriteHandle, call: Call, input: NewRecall) {
  const { at, actorId: by } = momentOf(call)
  if (!input.barcode && !input.brand && !input.model) refuse('radar.needs_goods')
  const recallId =
    (await insertRecall(w, input, { source: 'hand', at, by })) ??
    refuse('radar.recall_known', { number: input.number })
  await record(w, call, 'radar.add_recall', { type: 'recall', id: recallId }, { ...input })
  return { recallId }
}

/** Refuses a file without the columns a list needs (`radar.not_a_recall_list`). */
export async function importRecalls(w: WriteHandle, call: Call, input: { text: string }) {
  const { at, actorId: by } = momentOf(call)
  const list = readRecallRows(input.text) ?? refuse('radar.not_a_recall_list')
  let added = 0
  for (const row of list.rows) {
    if ((await insertRecall(w, row, { source: 'file', at, by })) !== undefined) added += 1
  }
  const known = list.rows.length - added
  const { rejected } = list
  const counts = { added, known, rejected: rejected.length }
  await record(w, call, 'radar.import_recalls', { type: 'recall', id: 'list' }, counts)
  return { added, known, rejected: rejected.slice(0, 200) }
}

export async function withdrawRecall(
  w: WriteHandle,
  call: Call,
  input: { recallId: number; reason: string; version: number },
) {
  const { at, actorId: by } = momentOf(call)
  const { reason } = input
  if (!(await writeWithdrawn(w, input, { at, by, reason }))) refuse('desk.changed_meanwhile')
  await record(w, call, 'radar.withdraw_recall', { type: 'recall', id: input.recallId }, { reason })
  return { version: input.version + 1 }
}

type Meant<Notice> = { notice: Notice; goods: GoodsSeen; certain: boolean }

/** Notices that speak of any of the goods, each once; certain ones where the batch is known. */
function meantBy<Notice extends StopRecord | RecallRecord>(
  notices: readonly Notice[],
  seen: readonly GoodsSeen[],
): Meant<Notice>[] {
  return notices.flatMap((notice) => {
    const fitting = seen
      .map((goods) => ({ notice, goods, match: matchGoods(notice, goods) }))
      .filter(({ match }) => match !== 'no')
    const best = fitting.find(({ match }) => match === 'yes') ?? fitting[0]
    return best ? [{ notice, goods: best.goods, certain: best.match === 'yes' }] : []
  })
}

/** Notices in force and recalls that speak of goods, on a business date. */
export async function noticesOf(r: ReadHandle, seen: readonly GoodsSeen[], today: string) {
  if (seen.length === 0) return { stops: [], recalls: [] }
  const stops = (await listStops(r, false)).filter(({ effectiveOn }) => effectiveOn <= today)
  return { stops: meantBy(stops, seen), recalls: meantBy(await listRecalls(r, false), seen) }
}

/** What was said of recalled or banned goods goes to whoever has the duty, once per case and entry of the list. */
export async function tellOfRecalls(
  w: WriteHandle,
  moment: Moment,
  said: { caseId: number; number: string; saleLineId: number | null; cardId: number | null },
): Promise<void> {
  const { caseId, number, saleLineId, cardId } = said
  if (saleLineId === null && cardId === null) return
  const of = { saleLineId: saleLineId ?? undefined, cardId: cardId ?? undefined }
  const { recalls } = await noticesOf(w, await listGoodsSeen(w, of), moment.today)
  for (const { notice, goods } of recalls) {
    const text = [goods.name, notice.authority, notice.number, number].join(' · ')
    await raiseAlert(w, moment, {
      key: `recall:${notice.id}:case:${caseId}`,
      kind: 'recall_hit',
      severity: 'urgent',
      to: { role: 'duty_manager' },
      subject: { type: 'recall', id: notice.id },
      caseId,
      params: { text },
    })
  }
}

/** Goods as a slip names them. */
interface SlipGoods {
  productId: number | null
  barcode: string
  name: string
}

/**
 * Refuses to hand out goods that are recalled, banned or out of sale (`radar.recalled`, `radar.banned`, `radar.stopped`):
 * domain.md §3.6 row 74, consumer law Art. 19. What is meant only by its batch is not refused: nobody knows the batch
 * before the goods are looked at.
 */
export async function requireSaleable(
  r: ReadHandle,
  call: Call,
  lines: readonly SlipGoods[],
): Promise<void> {
  const known = await listGoodsSeen(r, {
    productIds: lines.flatMap((line) => line.productId ?? []),
  })
  const typed = lines
    .filter(({ productId }) => productId === null)
    .map((line) => ({ ...line, brand: '', model: '', batchNo: '' }))
  const goods = [...known, ...typed]
  const { stops, recalls } = await noticesOf(r, goods, call.today)
  const recall = recalls.find(({ certain }) => certain)
  if (recall) {
    const { kind, authority, number } = recall.notice
    const params = { goods: recall.goods.name, authority, number }
    if (kind === 'ban') refuse('radar.banned', params)
    refuse('radar.recalled', params)
  }
  const stop = stops.find(({ certain }) => certain)
  if (stop) {
    const { number, reason } = stop.notice
    refuse('radar.stopped', { goods: stop.goods.name, number, reason })
  }
}
