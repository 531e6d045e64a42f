import { refuse } from '../../foundation/errors.ts'
import { type Call, query, type RoomHandlers, task } from '../../handlers.ts'
import { askReports } from './ask.ts'
import { type Report, reports } from './catalog.ts'
import type { figuresContract, ReportFilters, ReportParams, ReportTable } from './contract.ts'
import { reportFile } from './files.ts'
import { comparedPeriod, flawOfPeriod, mostYears, type Period } from './rules.ts'
import type { Asked } from './run.ts'
import { settingOf } from './setting.ts'
import { canNarrow } from './tabulate.ts'
import { dimensionName, questionOf, titleOf } from './words.ts'

function requirePeriod(period: Period, today: string): void {
  const flaw = flawOfPeriod(period, today)
  if (flaw === 'backwards') refuse('reports.backwards')
  if (flaw === 'in_future') refuse('reports.in_future', { today })
  if (flaw === 'too_long') refuse('reports.too_long', { years: mostYears })
}

const filterNames = ['floor', 'counter', 'vendor', 'category', 'class', 'person'] as const

/** What a report can be narrowed to: what any of its ledgers knows. */
function filtersOf({ figures }: Report): (typeof filterNames)[number][] {
  const asked: Required<ReportFilters> = {
    floor: '',
    counter: '',
    vendor: '',
    category: '',
    class: 'goods',
    person: 1,
  }
  return filterNames.filter((name) =>
    figures.some(({ ledger }) => canNarrow(ledger, { [name]: asked[name] })),
  )
}

/** Refuses what no report can be made of: a day that has not been, a period that is none. Names are looked up where it is made. */
function checkParams({ today }: Call, params: ReportParams): void {
  const period = { from: params.from, to: params.to }
  requirePeriod(period, today)
  if (params.compareWith !== null) requirePeriod(comparedPeriod(period, params.compareWith), today)
}

/** A report as it was asked for, made beside the desk; what nobody waits for any more is stopped. */
export function runReport(call: Call, asked: Asked, signal?: AbortSignal): Promise<ReportTable> {
  checkParams(call, asked.params)
  return askReports(call.store, 'table', { setting: settingOf(call), asked, signal })
}

export const figuresHandlers: RoomHandlers<typeof figuresContract> = {
  catalog: query(() =>
    Promise.resolve(
      reports.map((report) => ({
        id: report.id,
        title: titleOf(report.id),
        question: questionOf(report.id),
        by: report.by.map((key) => ({ key, name: dimensionName(key) })),
        filters: filtersOf(report),
      })),
    ),
  ),

  filterChoices: task((call, _input, signal) =>
    askReports(call.store, 'choices', { setting: settingOf(call), asked: null, signal }),
  ),

  run: task((call, asked, signal) => runReport(call, asked, signal)),

  cases: task((call, asked, signal) => {
    checkParams(call, asked.params)
    return askReports(call.store, 'cases', { setting: settingOf(call), asked, signal })
  }),

  export: task(async (call, { format, language, ...asked }, signal) => {
    const table = await runReport(call, asked, signal)
    return reportFile(table, { format, language, storeName: call.profile.name })
  }),
}
