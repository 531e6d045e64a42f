import { listRisks } from '../../cases/store.ts'
import { type CaseHistory, factsOf } from '../../clocks/book.ts'
import { readJudge } from '../../clocks/judge.ts'
import type { ReadHandle } from '../../database/store.ts'
import {
  aboutOf,
  type ComplaintRow,
  listAllPauses,
  type RoundRow,
} from './complaint-ledger-store.ts'
import type { ClosingEntry, ReplyEntry } from './ledgers.ts'
import type { Setting } from './read.ts'

/** Complaints recorded in a period by whether the first answer came in time. */
export async function judgeReplies(
  r: ReadHandle,
  rows: readonly ComplaintRow[],
  setting: Setting,
): Promise<ReplyEntry[]> {
  const judge = await judgeOf(r, setting, 'answered')
  return rows.flatMap((row) => {
    const state = judge(
      row,
      row.answered_at === null ? null : { kind: 'heard', at: row.answered_at },
    )
    return state === null ? [] : [{ ...aboutOf(row), id: row.id, on: row.business_date, state }]
  })
}

/** Rounds solved in a period by whether every clock that ends with the solution was met. */
export async function judgeClosings(
  r: ReadHandle,
  rows: readonly RoundRow[],
  setting: Setting,
): Promise<ClosingEntry[]> {
  const judge = await judgeOf(r, setting, 'closed')
  return rows.flatMap((row) => {
    const state = judge(row, row.planned_at === null ? null : { kind: 'plan', at: row.planned_at })
    if (state === null || row.solved_on === null) return []
    return [{ ...aboutOf(row), id: row.id, on: row.solved_on, state }]
  })
}

/** What the clocks of both kinds of rows hang on; an enquiry or a tip has none. */
type Clocked = Pick<
  RoundRow,
  'case_id' | 'kind' | 'class' | 'severity' | 'mode' | 'recorded_at' | 'opened_at' | 'solved_at'
>

async function judgeOf(
  r: ReadHandle,
  { day, currency, now: at }: Setting,
  stops: 'answered' | 'closed',
) {
  const house = { profile: { timeZone: day.timeZone, currency } }
  const judge = await readJudge(r, house, stops)
  const pauses = await pausesByCase(r)
  const risks = await listRisks(r, 'any')
  const now = Date.parse(at)
  return (row: Clocked, answer: CaseHistory['answers'][number] | null) => {
    if (row.kind !== 'complaint') return null
    const facts = factsOf(
      {
        class: row.class,
        severity: row.severity,
        mode: row.mode,
        recordedAt: row.recorded_at,
        openedAt: row.opened_at,
        closedAt: row.solved_at,
      },
      {
        answers: answer ? [answer] : [],
        pauses: pauses.get(row.case_id) ?? [],
        isRisky: risks.has(row.case_id),
      },
    )
    return judge(facts, now)
  }
}

async function pausesByCase(r: ReadHandle) {
  const byCase = new Map<number, Awaited<ReturnType<typeof listAllPauses>>>()
  for (const pause of await listAllPauses(r)) {
    const own = byCase.get(pause.caseId)
    if (own) own.push(pause)
    else byCase.set(pause.caseId, [pause])
  }
  return byCase
}
