import type { InferClientInputs } from '@orpc/client'

import {
  addDays,
  addMonths,
  isBusinessDate,
  weekdayOf,
} from '../../src-main/foundation/business-date.ts'
import { dimensions } from '../../src-main/reports/figures/contract.ts'
import type { desk } from '../app/client.ts'

/** What a report is asked for, as the desk takes it. */
export type Asked = InferClientInputs<typeof desk>['reports']['run']
type Params = Asked['params']
type Filters = NonNullable<Params['filters']>
export type FilterName = keyof Filters

export const filterNames = [
  'floor',
  'counter',
  'vendor',
  'category',
  'class',
  'person',
] as const satisfies readonly FilterName[]

/** Which figure is open: `row` null is the total. */
export interface OpenFigure {
  row: string | null
  column: string
  part: 'count' | 'of'
  compared: boolean
}

/** Periods by one key each, seen from today. */
export const periods = {
  today: (today: string) => ({ from: today, to: today }),
  yesterday: (today: string) => ({ from: addDays(today, -1), to: addDays(today, -1) }),
  week: (today: string) => ({ from: addDays(today, 1 - weekdayOf(today)), to: today }),
  month: (today: string) => ({ from: firstOfMonth(today), to: today }),
  lastMonth: (today: string) => ({
    from: addMonths(firstOfMonth(today), -1),
    to: addDays(firstOfMonth(today), -1),
  }),
  quarter: (today: string) => ({
    from: addMonths(firstOfMonth(today), -((Number(today.slice(5, 7)) - 1) % 3)),
    to: today,
  }),
  year: (today: string) => ({ from: `${today.slice(0, 4)}-01-01`, to: today }),
} as const
export type PeriodName = keyof typeof periods

function firstOfMonth(date: string): string {
  return `${date.slice(0, 7)}-01`
}

/** The report an address asks for; what is left out or wrong becomes this month, by what comes first. */
export function readAsked(report: string, query: URLSearchParams, today: string): Asked {
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
  const period = isPeriod(from, to) ? { from, to } : periods.month(today)
  const by = dimensions.find((each) => each === query.get('by')) ?? null
  return {
    report,
    params: { ...period, by, filters: readFilters(query), compareWith: readCompared(query) },
  }
}

function isPeriod(from: string, to: string): boolean {
  return isBusinessDate(from) && isBusinessDate(to) && from <= to
}

function readFilters(query: URLSearchParams): Filters {
  const filters: Filters = {}
  for (const name of filterNames) {
    const value = query.get(name)
    if (value === null || value === '') continue
    if (name === 'person') filters.person = Number(value)
    else Object.assign(filters, { [name]: value })
  }
  return filters
}

function readCompared(query: URLSearchParams): Params['compareWith'] {
  const value = query.get('vs')
  if (value === 'previous' || value === 'year_before') return { kind: value }
  const [from = '', to = ''] = value?.split('..') ?? []
  return isPeriod(from, to) ? { kind: 'custom', from, to } : null
}

/** How a comparison stands in the address. */
export function writeCompared(compareWith: Params['compareWith']): string | null {
  if (!compareWith) return null
  if (compareWith.kind !== 'custom') return compareWith.kind
  return `${compareWith.from}..${compareWith.to}`
}

export function readFigure(query: URLSearchParams): OpenFigure | null {
  const column = query.get('col')
  if (column === null) return null
  return {
    row: query.get('row'),
    column,
    part: query.get('part') === 'of' ? 'of' : 'count',
    compared: query.get('then') === '1',
  }
}

/** The same address with a figure open, or with none. */
export function withFigure(query: URLSearchParams, figure: OpenFigure | null): URLSearchParams {
  const next = new URLSearchParams(query)
  for (const name of ['row', 'col', 'part', 'then']) next.delete(name)
  if (figure === null) return next
  if (figure.row !== null) next.set('row', figure.row)
  next.set('col', figure.column)
  if (figure.part === 'of') next.set('part', 'of')
  if (figure.compared) next.set('then', '1')
  return next
}

/** Tells the links of figures apart; the focus returns to one by it. */
export function figureId({ row, column, part, compared }: OpenFigure): string {
  return `figure ${JSON.stringify([row, column, part, compared])}`
}
