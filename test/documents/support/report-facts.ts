import type { ReportFacts } from '../../../src-main/reports/figures/document.ts'
import type {
  CellKind,
  Cells,
  Dimension,
  Label,
  ReportColumn,
  ReportRow,
  ReportTable,
} from '../../../src-main/reports/figures/contract.ts'
import { changeOf, stretchesIn } from '../../../src-main/reports/figures/rules.ts'
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
  '',
]

/** Figures that differ from row to row and never by chance. */
function figures(at: number, weight: number): Cells {
  const received = Math.max(1, Math.round((weight * 60) / (at + 2)))
  const solved = Math.max(0, received - (at % 3))
  return {
    received,
    stillOpen: at % 4,
    atOnce: { count: Math.floor(received * 0.6), of: received },
    repeats: { count: at % 3, of: received },
    solved,
    content: { count: Math.floor(solved * 0.8), of: Math.floor(solved * 0.9) },
    paidBack: received * 12_345,
    daysMedian: 1 + (at % 5),
  }
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
  const columns = keys.map((key): ReportColumn => ({
    key,
    label: columnName(key),
    kind: kinds[key] ?? 'count',
    meaning: meaningOf(key),
    adds: kinds[key] === 'count' || kinds[key] === 'money',
    opens: true,
  }))
  const pick = (cells: Cells) => Object.fromEntries(keys.map((key) => [key, cells[key] ?? null]))
  const rowOf = (at: number, weight = 1): Omit<ReportRow, 'key' | 'label'> => {
    const cells = pick(figures(at, weight))
    if (!compared) return { cells, before: null, change: null }
    const before = pick(figures(at + (at % 2), weight * 1.2))
    const change = Object.fromEntries(
      keys.map((key) => [
        key,
        changeOf(kinds[key] ?? 'count', {
          now: cells[key] ?? null,
          before: before[key] ?? null,
          behind: 30,
        }),
      ]),
    )
    return { cells, before, change }
  }
  const from = by === 'day' ? '2026-10-22' : '2026-10-01'
  const to = '2026-11-21'
  const days = by === 'day' ? stretchesIn('day', { from, to }) : []
  const labelOf = (at: number): Label => {
    const day = days[at]
    if (day !== undefined) return day
    const name = vendors[at % vendors.length]
    if (!name) return { zh: '未注明', en: 'Not stated' }
    return at < vendors.length ? name : `${name} ${at}`
  }
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
      rows: Array.from({ length: by === 'day' ? days.length : count }, (_, at) => ({
        key: String(at),
        label: labelOf(at),
        ...rowOf(at),
      })),
      totals: rowOf(0, Math.max(1, Math.log2(count + 1))),
      chart: chart && { kind: chart, series: ['received'], line: null },
      notes: ['ownerNow', 'productUnknown', 'askedOnly'].map((key) => ({ key, text: noteOf(key) })),
      leastForPercent: 20,
      madeAt: '2026-11-21T10:05:00.000Z',
    },
  }
}
