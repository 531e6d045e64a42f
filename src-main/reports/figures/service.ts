import type { ReadHandle } from '../../database/store.ts'
import { compareFloors } from '../../foundation/floors.ts'
import { refuse } from '../../foundation/errors.ts'
import { type Call, query, type RoomHandlers, task } from '../../handlers.ts'
import { findOperator } from '../../staff/index.ts'
import { askReports } from './ask.ts'
import { type Report, reports } from './catalog.ts'
import type { figuresContract, ReportFilters, ReportParams, ReportTable } from './contract.ts'
import { reportFile } from './files.ts'
import { listCategories, listPeople, listPlaces, listVendorNames } from './name-store.ts'
import { comparedPeriod, flawOfPeriod, mostYears, type Period, placeName } from './rules.ts'
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

async function requireKnown(r: ReadHandle, { vendor, category, person }: ReportFilters) {
  if (vendor && !(await listVendorNames(r)).includes(vendor)) {
    refuse('reports.unknown_vendor', { vendor })
  }
  if (category && !(await listCategories(r)).includes(category)) {
    refuse('reports.unknown_category', { category })
  }
  if (person !== undefined && !(await findOperator(r, person))) refuse('reports.unknown_person')
}

/** Refuses what no report can be made of: a day that has not been, a period that is none, a name nobody knows. */
export async function checkParams(r: ReadHandle, call: Call, params: ReportParams): Promise<void> {
  const period = { from: params.from, to: params.to }
  requirePeriod(period, call.today)
  if (params.compareWith !== null) {
    requirePeriod(comparedPeriod(period, params.compareWith), call.today)
  }
  await requireKnown(r, params.filters)
}

/** A report as it was asked for, made beside the desk; what nobody waits for any more is stopped. */
export async function runReport(
  call: Call,
  asked: Asked,
  signal?: AbortSignal,
): Promise<ReportTable> {
  await call.store.read((r) => checkParams(r, call, asked.params))
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

  filterChoices: query(async (r) => {
    const places = await listPlaces(r)
    const distinct = (names: readonly string[]) => [...new Set(names.filter(Boolean))]
    return {
      floors: distinct(places.map(({ floor }) => floor)).toSorted(compareFloors),
      counters: distinct(places.map(({ floor, counter }) => placeName(floor, counter))).toSorted(
        compareFloors,
      ),
      vendors: await listVendorNames(r),
      categories: await listCategories(r),
      people: [...(await listPeople(r))].map(([id, name]) => ({ id: Number(id), name })),
    }
  }),

  run: task((call, asked, signal) => runReport(call, asked, signal)),

  cases: task(async (call, asked, signal) => {
    await call.store.read((r) => checkParams(r, call, asked.params))
    return askReports(call.store, 'cases', { setting: settingOf(call), asked, signal })
  }),

  export: task(async (call, { format, language, ...asked }, signal) => {
    const table = await runReport(call, asked, signal)
    return reportFile(table, { format, language, storeName: call.profile.name })
  }),
}
