import type { ReadHandle } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import { findOperator } from '../staff/index.ts'
import type { DayReportFacts } from './document.ts'
import { evaluate } from './evaluation.ts'
import { besideOnPaper } from './figures/catalog.ts'
import type { ReportFacts } from './figures/document.ts'
import type { Asked } from './figures/run.ts'
import { runReport } from './figures/service.ts'
import type { ScorecardFacts } from './scorecard-document.ts'
import { readDayReport } from './service.ts'

/** Everything the complaint report of a business day prints: the figures of the screen. */
export async function dayReportFacts(
  r: ReadHandle,
  call: Call,
  businessDate: BusinessDate,
): Promise<DayReportFacts> {
  if (businessDate > call.today) refuse('reports.in_future', { today: call.today })
  return { frame: frameOf(call), report: await readDayReport(r, call.profile, businessDate) }
}

/** The scorecard of one person in a period, with the store's own figures beside it and month by month. */
export async function scorecardFacts(
  r: ReadHandle,
  call: Call,
  { ownerId, from, to }: { ownerId: number; from: BusinessDate; to: BusinessDate },
): Promise<ScorecardFacts> {
  const person = (await findOperator(r, ownerId)) ?? refuse('reports.unknown_person')
  const own = await evaluate(call, { from, to, ownerId })
  const store = await evaluate(call, { from, to })
  return {
    frame: frameOf(call),
    person: person.name,
    from,
    to,
    own: own.all,
    store: store.all,
    months: own.month.map(({ key, ...figures }) => ({ ...figures, month: key })),
  }
}

/** A report of the catalogue as it is asked for: the table of the screen, and what belongs on the same sheet. */
export async function reportFacts(call: Call, { report, params }: Asked): Promise<ReportFacts> {
  const table = await runReport(call, { report, params })
  const more = []
  for (const by of besideOnPaper(report, table.by)) {
    more.push(await runReport(call, { report, params: { ...params, by } }))
  }
  return { frame: frameOf(call), table, more }
}
