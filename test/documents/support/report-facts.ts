import type { ReportFacts } from '../../../src-main/reports/figures/document.ts'
import type {
  Cell,
  CellKind,
  Cells,
  Dimension,
  Label,
  ReportColumn,
  ReportRow,
  ReportTable,
} from '../../../src-main/reports/figures/contract.ts'
import { quantileOf } from '../../../src-main/foundation/quantile.ts'
import { changeOf, stretchesIn } from '../../../src-main/reports/figures/rules.ts'
import { addUpTo, upTo } from '../../../src-main/reports/figures/tabulate.ts'
import {
  columnName,
  dimensionName,
  meaningOf,
  noteOf,
  questionOf,
  titleOf,
} from '../../../src-main/reports/figures/words.ts'
import { frame } from './example-facts.ts'

const vendors = [
  '上海百丽鞋业有限公司',
  '雅诗兰黛(上海)商贸有限公司徐汇第一分公司联营专柜',
  '海尔电器专卖',
  'Home & Kitchen Appliances Department Store Co., Ltd.',
  '老凤祥银楼',
  '周大福珠宝金行',
  '中山织禾云服饰有限公司',
  '广州步云里鞋业有限公司',
  '佛山澜石厨具电器厂',
  '东莞暖屿针织有限公司',
  '深圳驰野运动用品有限公司',
  '江门童谣里儿童用品有限公司',
  '珠海雅缇日化有限公司',
  '惠州极昼数码科技有限公司',
  '清远清澜家用电器有限公司',
  '汕头织禾内衣有限公司',
  '中山小榄五金锁具厂',
  '顺德青禾家居用品有限公司',
]

/** Figures that differ from row to row and never by chance: whatever was received is either solved or still open. */
function figures(at: number, weight: number): Cells {
  const received = Math.max(1, Math.round((weight * 60) / (at + 2)))
  const stillOpen = received > 4 ? at % 4 : 0
  const solved = received - stillOpen
  const asked = Math.floor(solved * 0.9)
  return {
    received,
    stillOpen,
    atOnce: { count: Math.min(solved, Math.floor(received * 0.6)), of: received },
    repeats: { count: Math.min(at % 3, received), of: received },
    solved,
    content: { count: Math.min(asked, Math.floor(solved * 0.8)), of: asked },
    paidBack: received * 12_345,
    daysMedian: 1 + (at % 5),
  }
}

/** All rows together, as the desk counts them: what adds up is added, a median is that of everything solved. */
function totalsOf(rows: readonly Cells[], keys: readonly string[]): Cells {
  const sum = (read: (cell: Cell) => number, key: string) =>
    rows.reduce((total, cells) => total + read(cells[key] ?? null), 0)
  const part = (name: 'count' | 'of') => (cell: Cell) =>
    cell !== null && typeof cell === 'object' ? cell[name] : 0
  const middle = () => {
    const days = rows.flatMap(({ daysMedian, solved }) =>
      Array.from({ length: Number(solved) }, () => Number(daysMedian)),
    )
    return quantileOf(
      days.toSorted((a, b) => a - b),
      0.5,
    )
  }
  const cellOf = (key: string): Cell => {
    if (kinds[key] === 'share') return { count: sum(part('count'), key), of: sum(part('of'), key) }
    return kinds[key] === 'days' ? middle() : sum(Number, key)
  }
  return Object.fromEntries(keys.map((key) => [key, cellOf(key)]))
}

const kinds: Record<string, CellKind> = {
  received: 'count',
  stillOpen: 'count',
  atOnce: 'share',
  repeats: 'share',
  solved: 'count',
  content: 'share',
  paidBack: 'money',
  daysMedian: 'days',
  [upTo]: 'share',
}

interface Wanted {
  rows: number
  by?: Dimension
  columns?: string[]
  chart?: NonNullable<ReportTable['chart']>['kind']
  compared?: boolean
}

/** A report of so many rows, as the desk would make it. */
export function reportOf({
  rows: count,
  by = 'vendor',
  columns: keys = ['received', 'stillOpen', 'atOnce', 'repeats', 'solved', 'content'],
  chart = 'pareto',
  compared = false,
}: Wanted): ReportFacts {
  const columnOf = (key: string): ReportColumn => ({
    key,
    label: columnName(key),
    kind: kinds[key] ?? 'count',
    meaning: meaningOf(key),
    adds: kinds[key] === 'count' || kinds[key] === 'money',
    opens: key !== upTo,
  })
  const isPareto = chart === 'pareto'
  const columns = keys.flatMap((key) =>
    isPareto && key === 'received' ? [columnOf(key), columnOf(upTo)] : [columnOf(key)],
  )
  const pick = (cells: Cells) => Object.fromEntries(keys.map((key) => [key, cells[key] ?? null]))
  const against = (now: Cells, before: Cells): Omit<ReportRow, 'key' | 'label'> => {
    const cells = pick(now)
    if (!compared) return { cells, before: null, change: null }
    const change = Object.fromEntries(
      keys.map((key) => [
        key,
        changeOf(kinds[key] ?? 'count', {
          now: now[key] ?? null,
          before: before[key] ?? null,
          behind: Number(before['received']),
        }),
      ]),
    )
    return { cells, before: pick(before), change }
  }
  const from = by === 'day' ? '2026-10-22' : '2026-10-01'
  const to = '2026-11-21'
  const days = by === 'day' ? stretchesIn('day', { from, to }) : []
  const length = by === 'day' ? days.length : count
  const labelOf = (at: number): Label => {
    const day = days[at]
    if (day !== undefined) return day
    // What is not stated comes last.
    if (at === length - 1) return { zh: '未注明', en: 'Not stated' }
    const name = vendors[at % vendors.length] ?? ''
    return at < vendors.length ? name : `${name} ${at}`
  }
  const now = Array.from({ length }, (_, at) => figures(at, 1))
  const before = Array.from({ length }, (_, at) => figures(at + (at % 2), 1.2))
  const rows = now.map((cells, at): ReportRow => ({
    key: String(at),
    label: labelOf(at),
    ...against(cells, before[at] ?? {}),
  }))
  if (isPareto) addUpTo(rows, 'received')
  const all = Object.keys(kinds)
  return {
    frame,
    table: {
      id: 'complaints',
      title: titleOf('complaints'),
      question: questionOf('complaints'),
      from,
      to,
      by,
      compared: compared ? { from: '2026-08-10', to: '2026-09-30' } : null,
      narrowed: [{ name: dimensionName('floor'), value: '3F 女装·女鞋' }],
      rowHead: dimensionName(by),
      currency: 'CNY',
      columns,
      rows,
      totals: against(totalsOf(now, all), totalsOf(before, all)),
      chart: chart && { kind: chart, series: ['received'], line: isPareto ? upTo : null },
      notes: ['ownerThen', 'productUnknown', 'askedOnly'].map((key) => ({
        key,
        text: noteOf(key),
      })),
      leastForPercent: 20,
      madeAt: '2026-11-21T10:05:00.000Z',
    },
  }
}
