import { record } from '../audit/index.ts'
import { addEvent, listRisks, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { factsOf, readBook } from './book.ts'
import type { clocksContract } from './contract.ts'
import { clocksOf } from './derive.ts'
import { listHandOvers } from './hand-overs.ts'
import { houseHandlers } from './house-rules.ts'
import { countRunning, nextOfCases, pageOfRunning } from './lists.ts'
import { hoursHandlers } from './settings.ts'
import { shippedClocks } from './shipped.ts'
import {
  type ClockedCase,
  findClockedCase,
  insertAnswer,
  insertPause,
  listAnswers,
  listPauses,
  type PauseRecord,
  writeResumed,
} from './store.ts'
import { viewOf } from './view.ts'

async function readCase(r: ReadHandle, call: Call, caseId: number) {
  const found = await findClockedCase(r, caseId)
  const answers = await listAnswers(r, [caseId])
  const pauses = await listPauses(r, [caseId])
  const risks = (await listRisks(r, [caseId])).get(caseId) ?? []
  const now = call.now().getTime()
  const history = { answers, pauses, isRisky: risks.length > 0 }
  const clocks = found ? clocksOf(await readBook(r, call), factsOf(found, history), now) : []
  const running = pauses.find((pause) => isRunning(pause, now))
  return {
    clocks: clocks.map((clock) => viewOf(clock)),
    open: found !== undefined && found.closedAt === null,
    pause: running
      ? {
          reason: running.reason,
          note: running.note,
          since: running.pausedAt,
          by: running.pausedBy,
          endsAt: running.endsAt,
        }
      : null,
    answers: answers.map(({ at, by, kind, channel, text }) => ({ at, by, kind, channel, text })),
    clockBehind: found !== undefined && now < Date.parse(found.recordedAt),
  }
}

/** Nobody has ended it, and the end it named has not come. */
function isRunning({ resumedAt, endsAt }: PauseRecord, now: number): boolean {
  return resumedAt === null && (endsAt === null || now < Date.parse(endsAt))
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

  pauseReasons: query(() =>
    Promise.resolve(
      shippedClocks().pauseReasons.map(({ id, name }) => ({
        id,
        names: name,
      })),
    ),
  ),

  ofCase: query((r, call, { caseId }) => readCase(r, call, caseId)),

  running: query(pageOfRunning),

  counts: query(countRunning),

  nextOf: query(nextOfCases),

  ...houseHandlers,

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

  pause: command(['clocks', 'complaints', 'cases'], async (w, call, input) => {
    const { caseId, reason, note, endsAt } = input
    const moment = momentOf(call)
    const found = await requireClocked(w, caseId)
    const named = shippedClocks().pauseReasons.find(({ id }) => id === reason)
    if (!named) refuse('clocks.unknown_reason')
    const pauses = await listPauses(w, [caseId])
    const now = call.now().getTime()
    if (pauses.some((pause) => isRunning(pause, now))) refuse('clocks.paused_already')
    // One that ended by itself is closed at the hour it named.
    const over = pauses.find(({ resumedAt }) => resumedAt === null)
    if (over?.endsAt) await writeResumed(w, over.id, { at: over.endsAt, by: moment.actorId })
    const last = over?.endsAt ?? pauses.at(-1)?.resumedAt ?? found.recordedAt
    const at = notBefore(moment.at, last)
    if (endsAt !== null && endsAt <= at) refuse('clocks.pause_ends_before')
    const step = { caseId, reason, note, at, by: moment.actorId, endsAt }
    const id = await insertPause(w, step)
    const why = call.profile.language === 'en' ? named.name.en : named.name.zh
    await addEvent(w, moment, caseId, 'clock_paused', { why, note, until: endsAt })
    const subject = { type: 'complaint', id: found.number }
    await record(w, call, 'clocks.pause', subject, { reason, note, endsAt })
    return { id }
  }),

  resume: command(['clocks', 'complaints', 'cases'], async (w, call, { caseId }) => {
    const moment = momentOf(call)
    const found = await requireClocked(w, caseId)
    const now = call.now().getTime()
    const running = (await listPauses(w, [caseId])).find((pause) => isRunning(pause, now))
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
