/** Every report: what it asks, what it can be read by, and its figures. Pure. */
import type { chartKinds, Dimension } from './contract.ts'
import { isTime } from './rules.ts'
import { type Figure, figure } from './tabulate.ts'

interface Chart {
  kind: (typeof chartKinds)[number]
  series: readonly string[]
}

export interface Report {
  id: string
  /** What it can be read by; the first where nothing is said. */
  by: readonly Dimension[]
  figures: readonly Figure[]
  /** What each figure comes to of all, summed up from the most frequent row. */
  pareto: string | null
  chart: (by: Dimension) => Chart | null
  /** Caveats, by their keys. */
  notes: readonly string[]
}

const time = ['day', 'month', 'quarter'] as const

const goods = ['vendor', 'brand', 'category'] as const

/** Bars for floors in their order, a line for what follows in time, else the most frequent first with what it adds up to. */
function paretoOr(series: string, inTime: Chart): Report['chart'] {
  return (by) => {
    if (isTime(by)) return inTime
    return { kind: by === 'floor' ? 'bar' : 'pareto', series: [series] }
  }
}

/** Bars for what stands beside each other, the most frequent first; a line for what follows in time. */
function barsOrLine(series: readonly string[]): Report['chart'] {
  return (by) => ({ kind: isTime(by) ? 'line' : 'bar', series })
}

const complaints: Report = {
  id: 'complaints',
  by: ['floor', 'counter', ...goods, 'class', 'fault', 'person', ...time],
  figures: [
    figure('complaints', 'received', 'count'),
    figure('complaints', 'stillOpen', 'count', { counts: ({ open }) => open }),
    figure('complaints', 'atOnce', 'share', { counts: ({ atOnce }) => atOnce }),
    figure('complaints', 'repeats', 'share', { counts: ({ repeats }) => repeats }),
    figure('solutions', 'solved', 'count'),
    figure('solutions', 'content', 'share', {
      of: ({ satisfied }) => satisfied !== null,
      counts: ({ satisfied }) => satisfied === true,
    }),
  ],
  pareto: 'received',
  chart: paretoOr('received', { kind: 'line', series: ['received', 'solved'] }),
  notes: ['ownerNow', 'productUnknown', 'askedOnly'],
}

const service: Report = {
  id: 'service',
  by: ['person', 'floor', 'class', ...time],
  figures: [
    figure('complaints', 'received', 'count'),
    figure('complaints', 'atOnce', 'share', { counts: ({ atOnce }) => atOnce }),
    figure('complaints', 'atOnceStayed', 'share', {
      counts: ({ atOnce, cameAgain }) => atOnce && !cameAgain,
    }),
    figure('complaints', 'sameDay', 'share', { counts: ({ sameDay }) => sameDay }),
    figure('solutions', 'solved', 'count'),
    figure('solutions', 'inFifteenDays', 'share', { counts: ({ days }) => days <= 15 }),
    figure('solutions', 'daysMedian', 'days', { value: ({ days }) => days, place: 0.5 }),
    figure('solutions', 'daysNinetieth', 'days', { value: ({ days }) => days, place: 0.9 }),
    figure('solutions', 'content', 'share', {
      of: ({ satisfied }) => satisfied !== null,
      counts: ({ satisfied }) => satisfied === true,
    }),
    figure('solutions', 'notAsked', 'count', { counts: ({ satisfied }) => satisfied === null }),
    figure('solutions', 'reopened', 'share', { counts: ({ reopened }) => reopened }),
    figure('promises', 'kept', 'share', { of: ({ due }) => due, counts: ({ kept }) => kept }),
  ],
  pareto: null,
  chart: barsOrLine(['content', 'sameDay', 'kept']),
  notes: ['ownerNow', 'askedOnly', 'promiseDue'],
}

const returns: Report = {
  id: 'returns',
  by: ['reason', 'person', 'kind', ...time],
  figures: [
    figure('slips', 'slips', 'count'),
    figure('slips', 'refunds', 'count', {
      counts: ({ isReturn, isExchange }) => isReturn && !isExchange,
    }),
    figure('slips', 'exchanges', 'count', { counts: ({ isExchange }) => isExchange }),
    figure('slips', 'priceAdjustments', 'count', { counts: ({ isReturn }) => !isReturn }),
    figure('slips', 'paidBack', 'money', { value: ({ amount }) => amount }, { restsOn: 'slips' }),
  ],
  pareto: 'slips',
  chart: paretoOr('slips', {
    kind: 'stacked',
    series: ['refunds', 'exchanges', 'priceAdjustments'],
  }),
  notes: ['exchangeAmount'],
}

/** In the order the screen offers them. */
export const reports: readonly Report[] = [complaints, service, returns]
