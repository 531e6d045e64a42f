import { record } from '../audit/index.ts'
import { addEvent, listRisks, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import type { clocksContract } from './contract.ts'
import {
  type Clock,
  type ClockBook,
  type ClockFacts,
  type ClockState,
  clocksOf,
  higher,
  type Level,
  nextClock,
} from './derive.ts'
import { listHandOvers } from './hand-overs.ts'
import { hoursHandlers, readStoreTime } from './settings.ts'
import { shippedClocks } from './shipped.ts'
import {
  type AnswerRecord,
  type ClockedCase,
  findClockedCase,
  insertAnswer,
  insertPause,
  listAnswers,
  listOpenCases,
  listPauses,
  type PauseRecord,
  writeResumed,
} from './store.ts'

/** The rules, their ladders and the store's time. */
export async function readBook(r: ReadHandle, call: Call): Promise<ClockBook> {
  const { rules, ladders } = shippedClocks()
  return { rules, ladders, time: await readStoreTime(r, call) }
}

/** What is known of a case beside its complaint. */
interface CaseHistory {
  answers: readonly AnswerRecord[]
  pauses: readonly PauseRecord[]
  /** Who stands behind it beside the customer: any of them makes it serious. */
  isRisky: boolean
}

/** What a case's clocks hang on, of its complaint and its history. */
export function factsOf(of: ClockedCase, { answers, pauses, isRisky }: CaseHistory): ClockFacts {
  // What was answered before it was reopened answers nothing now.
  const answered = answers.filter(({ at }) => at >= of.openedAt)
  const plan = answered.find(({ kind }) => kind === 'plan')
  // Dignity and safety are never ordinary (domain.md §5.1).
  const isGrave =
    of.severity === 'serious' || of.class === 'safety' || of.class === 'dignity' || isRisky
  return {
    class: of.class,
    severity: isGrave ? 'serious' : 'ordinary',
    mode: of.mode === 'authority' ? 'odr' : 'store',
    firstRecordedAt: Date.parse(of.recordedAt),
    openedAt: Date.parse(of.openedAt),
    answeredAt: timeOf(answered[0]?.at),
    plannedAt: timeOf(plan?.at),
    closedAt: timeOf(of.closedAt),
    pauses: pauses.map((pause) => ({
      from: Date.parse(pause.pausedAt),
      to: timeOf(pause.resumedAt),
    })),
  }
}

function timeOf(instant: string | null | undefined): number | null {
  return instant == null ? null : Date.parse(instant)
}

function viewOf(call: Call, clock: Clock) {
  const instantOf = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  const { rule } = clock
  const say = (words: { zh: string; en: string }) =>
    call.profile.language === 'en' ? words.en : words.zh
  return {
    rule: rule.id,
    name: say(rule.name),
    source: say(rule.source),
    legal: rule.legal,
    unit: rule.measure.unit,
    state: clock.state,
    startedAt: instantOf(clock.startedAt),
    dueAt: instantOf(clock.dueAt),
    stoppedAt: instantOf(clock.stoppedAt),
    leftMs: clock.leftMs,
    told: clock.told,
  }
}

async function readCase(r: ReadHandle, call: Call, caseId: number) {
  const found = await findClockedCase(r, caseId)
  const answers = await listAnswers(r, caseId)
  const pauses = await listPauses(r, caseId)
  const risks = (await listRisks(r, [caseId])).get(caseId) ?? []
  const now = call.now().getTime()
  const history = { answers, pauses, isRisky: risks.length > 0 }
  const clocks = found ? clocksOf(await readBook(r, call), factsOf(found, history), now) : []
  const running = pauses.find(({ resumedAt }) => resumedAt === null)
  return {
    clocks: clocks.map((clock) => viewOf(call, clock)),
    open: found !== undefined && found.closedAt === null,
    pause: running
      ? {
          reason: running.reason,
          note: running.note,
          since: running.pausedAt,
          by: running.pausedBy,
        }
      : null,
    answers: answers.map(({ at, by, kind, channel, text }) => ({ at, by, kind, channel, text })),
    clockBehind: found !== undefined && now < Date.parse(found.recordedAt),
  }
}

export function groupByCase<Item extends { caseId: number }>(
  items: readonly Item[],
): Map<number, Item[]> {
  const groups = new Map<number, Item[]>()
  for (const item of items) {
    const group = groups.get(item.caseId)
    if (group) group.push(item)
    else groups.set(item.caseId, [item])
  }
  return groups
}

async function listRunning(r: ReadHandle, call: Call) {
  const book = await readBook(r, call)
  const now = call.now().getTime()
  const cases = await listOpenCases(r)
  const answers = groupByCase(await listAnswers(r, 'open'))
  const pauses = groupByCase(await listPauses(r, 'open'))
  const risks = await listRisks(
    r,
    cases.map(({ caseId }) => caseId),
  )
  const rows = cases.map((each) => {
    const history = {
      answers: answers.get(each.caseId) ?? [],
      pauses: pauses.get(each.caseId) ?? [],
      isRisky: risks.has(each.caseId),
    }
    const clocks = clocksOf(book, factsOf(each, history), now)
    const next = nextClock(clocks)
    const told = clocks.reduce<Level | null>((most, clock) => higher(most, clock.told), null)
    return {
      caseId: each.caseId,
      complaintId: each.complaintId,
      number: each.number,
      text: each.text,
      floor: each.floor,
      counter: each.counter,
      ownerId: each.ownerId,
      ownerName: each.ownerName,
      next: next && viewOf(call, next),
      told,
      overdue: clocks.filter(({ state }) => state === 'overdue').length,
      waitedMs: book.time.openBetween(Date.parse(each.recordedAt), now),
    }
  })
  return rows.toSorted(byUrgency)
}

type Urgent = { caseId: number; next: { dueAt: string | null; state: ClockState } | null }

/** What runs out first stands first; what rests stands last. */
function byUrgency(a: Urgent, b: Urgent): number {
  const due = ({ next }: Urgent) =>
    next?.dueAt && next.state !== 'paused' ? Date.parse(next.dueAt) : Infinity
  return due(a) === due(b) ? a.caseId - b.caseId : due(a) - due(b)
}

/** An open case with a complaint: nothing else has clocks to answer, pause or resume. */
async function requireClocked(w: WriteHandle, caseId: number): Promise<ClockedCase> {
  const found = await findClockedCase(w, caseId)
  if (!found) refuse('clocks.unknown_case')
  if (found.closedAt !== null) refuse('complaints.already_solved', { number: found.number })
  return found
}

/** Times in a case never go back, whatever the computer's clock does: what is written is not before what was. */
function notBefore(at: string, earliest: string): string {
  return at < earliest ? earliest : at
}

export const clocksHandlers: RoomHandlers<typeof clocksContract> = {
  ...hoursHandlers,

  pauseReasons: query((_r, call) =>
    Promise.resolve(
      shippedClocks().pauseReasons.map(({ id, name }) => ({
        id,
        name: call.profile.language === 'en' ? name.en : name.zh,
      })),
    ),
  ),

  ofCase: query((r, call, { caseId }) => readCase(r, call, caseId)),

  running: query(listRunning),

  handOvers: query((r, call) => listHandOvers(r, call)),

  answer: command(['clocks', 'complaints', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const found = await requireClocked(w, input.caseId)
    const { kind, channel, text } = input
    const id = await insertAnswer(w, {
      ...input,
      at: notBefore(moment.at, found.recordedAt),
      by: moment.actorId,
    })
    const data = { kind, channel, text }
    await addEvent(w, moment, input.caseId, 'customer_answered', data)
    const subject = { type: 'complaint', id: found.number }
    await record(w, call, 'clocks.answer', subject, data)
    return { id }
  }),

  pause: command(['clocks', 'complaints', 'cases'], async (w, call, { caseId, reason, note }) => {
    const moment = momentOf(call)
    const found = await requireClocked(w, caseId)
    const named = shippedClocks().pauseReasons.find(({ id }) => id === reason)
    if (!named) refuse('clocks.unknown_reason')
    const pauses = await listPauses(w, caseId)
    if (pauses.some(({ resumedAt }) => resumedAt === null)) refuse('clocks.paused_already')
    const at = notBefore(moment.at, pauses.at(-1)?.resumedAt ?? found.recordedAt)
    const id = await insertPause(w, { caseId, reason, note, at, by: moment.actorId })
    const why = call.profile.language === 'en' ? named.name.en : named.name.zh
    await addEvent(w, moment, caseId, 'clock_paused', { why, note })
    const subject = { type: 'complaint', id: found.number }
    await record(w, call, 'clocks.pause', subject, { reason, note })
    return { id }
  }),

  resume: command(['clocks', 'complaints', 'cases'], async (w, call, { caseId }) => {
    const moment = momentOf(call)
    const found = await requireClocked(w, caseId)
    const running = (await listPauses(w, caseId)).find(({ resumedAt }) => resumedAt === null)
    if (!running) refuse('clocks.not_paused')
    const at = notBefore(moment.at, running.pausedAt)
    if (!(await writeResumed(w, running.id, { at, by: moment.actorId }))) {
      refuse('desk.changed_meanwhile')
    }
    await addEvent(w, moment, caseId, 'clock_resumed', {})
    await record(w, call, 'clocks.resume', { type: 'complaint', id: found.number }, {})
    return { id: running.id }
  }),
}
