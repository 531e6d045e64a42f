/** Every report: what it asks, what it can be read by, and its figures. Pure. */
import type { chartKinds, Dimension } from './contract.ts'
import type { GoodwillEntry } from './ledgers.ts'
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
  /** Read by one of these its paper has all of them below each other: one sheet for whoever files it. */
  sheet?: readonly Dimension[]
  /** Its paper is signed: goods and slips go with it (domain.md §2.6). */
  signed?: boolean
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

// A figure that stands in several reports is one figure: they cannot differ.
const received = figure('complaints', 'received', 'count')
const stillOpen = figure('complaints', 'stillOpen', 'count', { counts: ({ open }) => open })
const atOnce = figure('complaints', 'atOnce', 'share', { counts: (each) => each.atOnce })
const atOnceStayed = figure('complaints', 'atOnceStayed', 'share', {
  counts: (each) => each.atOnce && !each.cameAgain,
})
const sameDay = figure('complaints', 'sameDay', 'share', { counts: (each) => each.sameDay })
const repeats = figure('complaints', 'repeats', 'share', { counts: (each) => each.repeats })
const cameAgain = figure('complaints', 'cameAgain', 'share', { counts: (each) => each.cameAgain })
const solved = figure('solutions', 'solved', 'count')
const content = figure('solutions', 'content', 'share', {
  of: ({ satisfied }) => satisfied !== null,
  counts: ({ satisfied }) => satisfied === true,
})
const notAsked = figure('solutions', 'notAsked', 'count', {
  counts: ({ satisfied }) => satisfied === null,
})
const inFifteenDays = figure('solutions', 'inFifteenDays', 'share', {
  counts: ({ days }) => days <= 15,
})
const daysMedian = figure('solutions', 'daysMedian', 'days', { value: ({ days }) => days })
const daysNinetieth = figure('solutions', 'daysNinetieth', 'days', {
  value: ({ days }) => days,
  place: 0.9,
})
const reopened = figure('solutions', 'reopened', 'share', { counts: (each) => each.reopened })
const repliedInTime = figure('replies', 'repliedInTime', 'share', {
  of: ({ state }) => state !== 'running',
  counts: ({ state }) => state === 'met',
})
const solvedInTime = figure('closings', 'solvedInTime', 'share', {
  counts: ({ state }) => state === 'met',
})
const units = figure('units', 'units', 'count')
const unitsExchanged = figure('units', 'unitsExchanged', 'count', {
  counts: ({ kind }) => kind === 'exchange',
})
const unitsValue = figure(
  'units',
  'unitsValue',
  'money',
  { value: ({ value }) => value },
  { restsOn: 'units' },
)
const kept = figure('promises', 'kept', 'share', {
  of: ({ due }) => due,
  counts: (each) => each.kept,
})

const complaints: Report = {
  id: 'complaints',
  by: ['floor', 'counter', ...goods, 'class', 'fault', 'person', ...time],
  figures: [received, stillOpen, atOnce, repeats, solved, content],
  pareto: 'received',
  chart: paretoOr('received', { kind: 'line', series: ['received', 'solved'] }),
  notes: ['ownerThen', 'productUnknown', 'askedOnly'],
}

const service: Report = {
  id: 'service',
  by: ['floor', 'counter', ...goods, 'class', 'person', ...time],
  figures: [
    received,
    repliedInTime,
    sameDay,
    atOnce,
    atOnceStayed,
    solved,
    solvedInTime,
    inFifteenDays,
    daysMedian,
    daysNinetieth,
    content,
    notAsked,
    reopened,
    kept,
  ],
  pareto: null,
  chart: barsOrLine(['content', 'repliedInTime', 'solvedInTime']),
  notes: ['ownerThen', 'clocksNow', 'askedOnly', 'promiseDue'],
}

const scorecard: Report = {
  id: 'scorecard',
  by: ['month', 'quarter', 'person'],
  figures: [
    received,
    atOnce,
    repliedInTime,
    solved,
    solvedInTime,
    content,
    notAsked,
    reopened,
    repeats,
    kept,
  ],
  pareto: null,
  chart: barsOrLine(['content', 'solvedInTime', 'kept']),
  notes: ['ownerThen', 'clocksNow', 'askedOnly', 'promiseDue', 'smallNumbers'],
}

const promises: Report = {
  id: 'promises',
  by: ['person', 'floor', ...time],
  figures: [
    figure('promises', 'fellDue', 'count', { counts: ({ due }) => due }),
    kept,
    figure('promises', 'broken', 'count', { counts: (each) => each.broken }),
    figure('promises', 'overdue', 'count', { counts: (each) => each.overdue }),
  ],
  pareto: null,
  chart: barsOrLine(['kept']),
  notes: ['promiseDue'],
}

const recomplaints: Report = {
  id: 'recomplaints',
  by: ['class', 'basis', 'floor', 'counter', ...goods, 'fault', 'person', ...time],
  figures: [
    figure('complaints', 'repeated', 'count', { counts: (each) => each.repeats }),
    repeats,
    cameAgain,
    reopened,
  ],
  pareto: 'repeated',
  chart: paretoOr('repeated', { kind: 'line', series: ['repeats', 'cameAgain'] }),
  notes: ['ownerThen', 'recognised'],
}

const returns: Report = {
  id: 'returns',
  by: ['reason', 'tender', 'destination', 'floor', 'counter', ...goods, 'person', 'kind', ...time],
  figures: [
    figure('slips', 'slips', 'count'),
    figure('slips', 'refunds', 'count', { counts: ({ kind }) => kind === 'return' }),
    figure('slips', 'exchanges', 'count', { counts: ({ kind }) => kind === 'exchange' }),
    figure('slips', 'priceAdjustments', 'count', {
      counts: ({ kind }) => kind === 'price_adjustment',
    }),
    figure('slips', 'paidBack', 'money', { value: ({ amount }) => amount }, { restsOn: 'slips' }),
    figure(
      'slips',
      'beyondOwed',
      'money',
      { value: ({ beyondOwed }) => beyondOwed || null },
      { restsOn: 'slips' },
    ),
    figure('payments', 'payments', 'count', {}, { only: ['tender'] }),
    figure(
      'payments',
      'paidThisWay',
      'money',
      { value: ({ amount }) => amount },
      { only: ['tender'], restsOn: 'payments' },
    ),
    figure(
      'payments',
      'otherWay',
      'count',
      { counts: (each) => each.otherWay },
      { only: ['tender'] },
    ),
    units,
    unitsValue,
    unitsExchanged,
  ],
  pareto: null,
  chart: (by) => {
    if (isTime(by)) {
      return { kind: 'stacked', series: ['refunds', 'exchanges', 'priceAdjustments'] }
    }
    if (by === 'reason' || by === 'person' || by === 'kind')
      return { kind: 'bar', series: ['slips'] }
    return { kind: 'bar', series: by === 'tender' ? ['paidThisWay'] : ['units'] }
  },
  sheet: ['reason', 'tender', 'destination', 'counter'],
  signed: true,
  notes: ['exchangeAmount', 'unitsValue', 'destinationNow'],
}

const returnReasons: Report = {
  id: 'return_reasons',
  by: ['reason', 'category', 'brand', 'vendor', 'counter'],
  figures: [units, unitsExchanged, unitsValue],
  pareto: 'units',
  chart: paretoOr('units', { kind: 'line', series: ['units'] }),
  notes: ['unitsValue'],
}

const repairs: Report = {
  id: 'repairs',
  by: ['repairer', ...goods, 'floor', 'counter', 'fault', 'person', 'outcome', ...time],
  figures: [
    figure('takenIn', 'takenIn', 'count'),
    figure('takenIn', 'notReady', 'count', { counts: ({ isOver }) => !isOver }),
    figure('takenIn', 'overThirtyDays', 'count', { counts: (each) => each.overThirtyDays }),
    figure('takenIn', 'refailed', 'share', { counts: (each) => each.refailed }),
    figure('gotReady', 'gotReady', 'count'),
    figure('gotReady', 'repairMedian', 'days', { value: ({ days }) => days }),
    figure('gotReady', 'repairNinetieth', 'days', { value: ({ days }) => days, place: 0.9 }),
    figure('gotReady', 'inThirtyDays', 'share', { counts: ({ days }) => (days ?? 0) <= 30 }),
    figure('gotReady', 'repaired', 'share', { counts: ({ outcome }) => outcome === 'repaired' }),
  ],
  pareto: null,
  chart: (by) =>
    isTime(by)
      ? { kind: 'line', series: ['takenIn', 'gotReady'] }
      : { kind: 'bar', series: ['repairMedian', 'repairNinetieth'] },
  notes: ['repairDays', 'repairerLast', 'thirtyDays'],
}

const isGift = ({ source }: GoodwillEntry) => source === 'goodwill'

const goodwill: Report = {
  id: 'goodwill',
  by: ['group', 'kind', 'person', ...time],
  figures: [
    figure('goodwill', 'goodwillGiven', 'count', { counts: isGift }),
    figure(
      'goodwill',
      'goodwillCost',
      'money',
      { of: isGift, value: ({ amount }) => amount },
      { restsOn: 'goodwillGiven' },
    ),
    figure('goodwill', 'compensations', 'count', { counts: (each) => !isGift(each) }),
    figure(
      'goodwill',
      'compensationCost',
      'money',
      { of: (each) => !isGift(each), value: ({ amount }) => amount },
      { restsOn: 'compensations' },
    ),
    figure(
      'goodwill',
      'byOthers',
      'money',
      { value: ({ byOthers }) => byOthers || null },
      { restsOn: 'compensations' },
    ),
    figure(
      'goodwill',
      'storeCost',
      'money',
      { value: ({ amount, byOthers }) => amount - byOthers || null },
      { restsOn: 'goodwillGiven' },
    ),
    figure('kept', 'customers', 'count', {}, { only: ['group'] }),
    figure(
      'kept',
      'cameBack',
      'share',
      { counts: ({ receipts }) => receipts > 0 },
      { only: ['group'] },
    ),
    figure(
      'kept',
      'boughtLater',
      'money',
      { value: ({ bought }) => bought || null },
      { only: ['group'], restsOn: 'customers' },
    ),
  ],
  pareto: null,
  chart: (by) =>
    isTime(by)
      ? { kind: 'line', series: ['storeCost'] }
      : { kind: 'bar', series: by === 'group' ? ['cameBack'] : ['storeCost'] },
  notes: [
    'goodwillBoth',
    'goodwillNoProof',
    'goodwillUnknown',
    'goodwillWindow',
    'goodwillCompared',
  ],
}

const approvals: Report = {
  id: 'approvals',
  by: ['approver', 'kind', 'person', ...time],
  figures: [
    figure('approvals', 'approvalsAsked', 'count'),
    figure('approvals', 'granted', 'share', {
      of: ({ isDecided }) => isDecided,
      counts: ({ isGranted }) => isGranted,
    }),
    figure('approvals', 'denied', 'count', {
      counts: ({ isDecided, isGranted }) => isDecided && !isGranted,
    }),
    figure('approvals', 'undecided', 'count', { counts: ({ isDecided }) => !isDecided }),
    figure('approvals', 'escalated', 'count', { counts: (each) => each.escalated }),
    figure(
      'approvals',
      'grantedAmount',
      'money',
      { counts: ({ isGranted }) => isGranted, value: ({ amount }) => amount },
      { restsOn: 'approvalsAsked' },
    ),
    figure('approvals', 'decisionMedian', 'minutes', { value: ({ minutes }) => minutes }),
  ],
  pareto: null,
  chart: barsOrLine(['approvalsAsked']),
  notes: ['approvalKind', 'approvalSpot'],
}

const overrides: Report = {
  id: 'overrides',
  by: ['kind', 'person', ...time],
  figures: [
    figure('overrides', 'overrides', 'count'),
    figure(
      'overrides',
      'overrideAmount',
      'money',
      { value: ({ amount }) => amount },
      { restsOn: 'overrides' },
    ),
  ],
  pareto: 'overrides',
  chart: paretoOr('overrides', { kind: 'line', series: ['overrides'] }),
  notes: ['overrideKinds'],
}

/** What stands on the paper of a report beside the table that was asked for. */
export function besideOnPaper(reportId: string, by: Dimension): readonly Dimension[] {
  const sheet = reports.find(({ id }) => id === reportId)?.sheet ?? []
  return sheet.includes(by) ? sheet.filter((each) => each !== by) : []
}

/** In the order the screen offers them. */
export const reports: readonly Report[] = [
  complaints,
  service,
  scorecard,
  promises,
  recomplaints,
  returns,
  returnReasons,
  repairs,
  goodwill,
  approvals,
  overrides,
]
