import type { ReadHandle } from '../database/store.ts'
import { addDays } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { type Answer, listCameBack, listClosings, listReached } from './report-store.ts'
import { countSatisfaction } from './rules.ts'

/** How long after a complaint a purchase counts as coming back. */
const cameBackDays = 90

/**
 * How content customers are in a period, each rate with what it is of: those who were closed and asked, and those who
 * were called (domain.md §3.6 rows 7, 34, 51, 64, 150).
 */
export async function report(r: ReadHandle, _call: Call, period: { from: string; to: string }) {
  if (period.from > period.to) refuse('followups.period_backwards')
  const closings = await listClosings(r, period)
  const called = await listReached(r, period)
  const rowOf = (of: (answer: Answer) => boolean) => ({
    closed: countSatisfaction(closings.filter(of)),
    called: countSatisfaction(called.filter(of)),
  })
  const groups = (nameOf: (answer: Answer) => string) =>
    [...new Set([...closings, ...called].map(nameOf))]
      .map((name) => ({ name, ...rowOf((answer) => nameOf(answer) === name) }))
      .toSorted((a, b) => b.closed.all - a.closed.all || (a.name < b.name ? -1 : 1))
  const noted = (outcome: string | null) =>
    closings.filter(({ retention }) => retention === outcome).length
  return {
    all: rowOf(() => true),
    floors: groups(({ floor }) => floor),
    people: groups(({ person }) => person),
    retention: {
      stays: noted('stays'),
      lost: noted('lost'),
      unknown: noted('unknown'),
      notNoted: noted(null),
    },
    cameBack: await countCameBack(r, closings),
  }
}

async function countCameBack(r: ReadHandle, closings: Awaited<ReturnType<typeof listClosings>>) {
  const known = closings.flatMap((each) =>
    each.customerId === null ? [] : [{ ...each, customerId: each.customerId }],
  )
  const back = await listCameBack(
    r,
    known.map(({ customerId, solvedOn }) => ({
      customerId,
      after: solvedOn,
      until: addDays(solvedOn, cameBackDays),
    })),
  )
  const count = (of: (content: boolean | null, isBack: boolean) => boolean) =>
    known.filter(({ content }, at) => of(content, back[at] ?? false)).length
  return {
    days: cameBackDays,
    known: known.length,
    back: count((_content, isBack) => isBack),
    contentKnown: count((content) => content === true),
    contentBack: count((content, isBack) => content === true && isBack),
    discontentKnown: count((content) => content === false),
    discontentBack: count((content, isBack) => content === false && isBack),
  }
}
