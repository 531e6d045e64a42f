import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { listRisks } from '../cases/index.ts'
import { type ClockBook, clocksOf, type Level, stepsFor } from './derive.ts'
import type { StoreTime } from './store-time.ts'
import { factsOf, groupByCase, readBook } from './service.ts'
import { type ClockedCase, findLastEvent, listAnswers, listOpenCases, listPauses } from './store.ts'

/** A level of the ladder that a clock reaches, and when: derived, nobody has written it. */
export interface ReachedStep {
  caseId: number
  ownerId: number
  floor: string
  rule: string
  name: string
  legal: boolean
  /** When the clock began: opened again, it is another one. */
  startedAt: number
  dueAt: number
  level: Level
  at: number
}

interface Ladders {
  time: StoreTime
  language: string
  lastEvent: number
  steps: Map<number, ReachedStep[]>
}

/** Steps of open cases as of the last line of any case's history: every change of a case writes one. */
const known = new WeakMap<object, Ladders>()

/** Cases that changed since, above which everything is read anew. */
const fewCases = 60

/**
 * The steps of the ladder that clocks of open cases have reached by now, oldest first. What does not change with
 * time is kept between calls, so that a bell on every screen costs nothing at sixty thousand cases.
 */
export async function listReachedSteps(r: ReadHandle, call: Call): Promise<ReachedStep[]> {
  const now = call.now().getTime()
  const ladders = await readLadders(r, call, now)
  return [...ladders.steps.values()]
    .flat()
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => a.at - b.at)
}

async function readLadders(r: ReadHandle, call: Call, now: number): Promise<Ladders> {
  const book = await readBook(r, call)
  const { language } = call.profile
  const before = known.get(call.store)
  const { lastEvent, changed } = await findLastEvent(r, before?.lastEvent ?? 0, fewCases)
  // The time is the same object while neither hours nor zone change.
  const isBook = before?.time === book.time && before.language === language
  if (before && isBook && lastEvent <= before.lastEvent) return before
  const isSame = before !== undefined && isBook && changed !== null
  const cases = await listOpenCases(r, isSame ? changed : 'all')
  const fresh = await stepsOfCases(r, call, book, { cases, now })
  const steps = isSame ? new Map(before.steps) : fresh
  if (isSame) for (const caseId of changed) put(steps, caseId, fresh.get(caseId))
  const ladders = { time: book.time, language, lastEvent, steps }
  known.set(call.store, ladders)
  return ladders
}

function put(
  steps: Map<number, ReachedStep[]>,
  caseId: number,
  found: ReachedStep[] | undefined,
): void {
  if (found) steps.set(caseId, found)
  else steps.delete(caseId)
}

async function stepsOfCases(
  r: ReadHandle,
  call: Call,
  book: ClockBook,
  { cases, now }: { cases: readonly ClockedCase[]; now: number },
): Promise<Map<number, ReachedStep[]>> {
  const caseIds = cases.map(({ caseId }) => caseId)
  const only = caseIds.length > fewCases ? 'open' : caseIds
  const answers = groupByCase(await listAnswers(r, only))
  const pauses = groupByCase(await listPauses(r, only))
  const risks = await listRisks(r, caseIds)
  const steps = new Map<number, ReachedStep[]>()
  for (const each of cases) {
    const facts = factsOf(each, {
      answers: answers.get(each.caseId) ?? [],
      pauses: pauses.get(each.caseId) ?? [],
      isRisky: risks.has(each.caseId),
    })
    const found = clocksOf(book, facts, now).flatMap((clock) => {
      const { rule, dueAt, startedAt, state } = clock
      // One that rests says nothing; what ended tells nobody any more.
      if (dueAt === null || startedAt === null || clock.stoppedAt !== null) return []
      if (state === 'paused') return []
      return stepsFor(book, rule, facts, dueAt).map(({ tell, at }) => ({
        caseId: each.caseId,
        ownerId: each.ownerId,
        floor: each.floor,
        rule: rule.id,
        name: call.profile.language === 'en' ? rule.name.en : rule.name.zh,
        legal: rule.legal,
        startedAt,
        dueAt,
        level: tell,
        at,
      }))
    })
    if (found.length > 0) steps.set(each.caseId, found)
  }
  return steps
}
