import { z } from 'zod'
import { complaintClasses } from '../../complaints/contract.ts'
import { businessDate, id, instant, money, procedure } from '../../foundation/procedure.ts'

/** What a report is read by: each makes another table of the same figures. */
export const dimensions = [
  'day',
  'month',
  'quarter',
  'floor',
  'counter',
  'vendor',
  'brand',
  'category',
  'class',
  'fault',
  'person',
  'reason',
  'tender',
  'destination',
  'repairer',
  'approver',
  'kind',
  'basis',
  'outcome',
  'group',
] as const
export type Dimension = (typeof dimensions)[number]

/** How a cell is read and written. */
export const cellKinds = ['text', 'count', 'money', 'share', 'minutes', 'days', 'date'] as const
export type CellKind = (typeof cellKinds)[number]

/** Words in both languages; the screen takes its own, a bilingual paper takes both. */
export const bothWords = z.object({ zh: z.string(), en: z.string() })
export type BothWords = z.output<typeof bothWords>

/** A name as people wrote it, or words of the program. */
export const label = z.union([z.string(), bothWords])
export type Label = z.output<typeof label>

/** So many of so many; a percentage is shown by `percentOf` only where enough stand behind it. */
export const shareCell = z.object({ count: z.int(), of: z.int() })

/** Null: nothing to say, which is not nought. Money is minor units, days and minutes are whole. */
export const cell = z.union([z.null(), z.int(), z.string(), shareCell])
export type Cell = z.output<typeof cell>

/** Cells of a row by the key of their column. */
export const cells = z.record(z.string(), cell)
export type Cells = z.output<typeof cells>

/**
 * What became of a figure since the other period: `by` is the difference (of a share: percentage points), `percent` the
 * change against before. Null where too few stand behind it to say so.
 */
export const change = z.object({ by: z.int().nullable(), percent: z.int().nullable() })
export type Change = z.output<typeof change>

export const reportColumn = z.object({
  key: z.string(),
  label: bothWords,
  kind: z.enum(cellKinds),
  /** What exactly is counted, of what. */
  meaning: bothWords,
  /** The rows' values add up to the total's. */
  adds: z.boolean(),
  /** A figure of it opens the cases behind it. */
  opens: z.boolean(),
})
export type ReportColumn = z.output<typeof reportColumn>

export const reportRow = z.object({
  key: z.string(),
  label,
  cells,
  /** The same in the other period; null where none is asked for. */
  before: cells.nullable(),
  change: z.record(z.string(), change).nullable(),
})
export type ReportRow = z.output<typeof reportRow>

export const chartKinds = ['bar', 'pareto', 'line', 'stacked'] as const

/** What to draw: rows along `x`, one series for each of these columns. */
export const chartSpec = z.object({
  kind: z.enum(chartKinds),
  /** The columns drawn; all of one kind. */
  series: z.array(z.string()).min(1),
  /** For `pareto`: the share column of the line over the bars. */
  line: z.string().nullable(),
})

export const reportFilters = z.object({
  floor: z.string().max(40).optional(),
  /** With its floor, as rows by counter are named. */
  counter: z.string().max(120).optional(),
  vendor: z.string().max(80).optional(),
  /** Class of goods. */
  category: z.string().max(80).optional(),
  class: z.enum(complaintClasses).optional(),
  /** Whose case it is, or who did it: the definition of each report says. */
  person: id.optional(),
})
export type ReportFilters = z.output<typeof reportFilters>

const period = z.object({ from: businessDate, to: businessDate })

export const reportParams = z.object({
  from: businessDate,
  to: businessDate,
  /** One of the report's `by`; the first of them where none is named. */
  by: z.enum(dimensions).nullable().default(null),
  filters: reportFilters.default({}),
  /** The days before it, as many; the same days a year before; or days of one's own. */
  compareWith: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('previous') }),
      z.object({ kind: z.literal('year_before') }),
      period.extend({ kind: z.literal('custom') }),
    ])
    .nullable()
    .default(null),
})
export type ReportParams = z.output<typeof reportParams>

export const reportTable = z.object({
  id: z.string(),
  title: bothWords,
  /** The question it answers. */
  question: bothWords,
  from: businessDate,
  to: businessDate,
  by: z.enum(dimensions),
  compared: period.nullable(),
  /** What it is narrowed to, in words. */
  narrowed: z.array(z.object({ name: bothWords, value: label })),
  /** What the rows are: the head of their names. */
  rowHead: bothWords,
  currency: z.string(),
  columns: z.array(reportColumn),
  rows: z.array(reportRow),
  /** Over all rows; a median is that of all, not of the rows. */
  totals: reportRow.omit({ key: true, label: true }),
  chart: chartSpec.nullable(),
  /** What must be said with it: caveats, in order. */
  notes: z.array(z.object({ key: z.string(), text: bothWords })),
  /** Its paper has places to sign, as the forms of the trade do (domain.md §2.6). */
  signed: z.boolean().optional(),
  /** Fewer than this are shown as counts, without a percentage. */
  leastForPercent: z.int(),
  madeAt: instant,
})
export type ReportTable = z.output<typeof reportTable>

/** What a line behind a figure is; the screen knows its page. */
export const itemKinds = [
  'complaint',
  'refund',
  'exchange',
  'repair',
  'promise',
  'approval',
  'goodwill',
  'compensation',
  'customer',
  'waiver',
  'offer',
] as const
export type ItemKind = (typeof itemKinds)[number]

export const reportItem = z.object({
  kind: z.enum(itemKinds),
  id,
  number: z.string(),
  date: businessDate,
  owner: z.string(),
  text: z.string(),
  /** What it adds to the figure where that is money, days or minutes; null where it counts as one. */
  value: z.int().nullable(),
  /** Where it is opened: a page and its id; null for what has none. */
  link: z
    .object({
      page: z.enum(['complaint', 'refund', 'exchange', 'repair', 'case', 'customer', 'approval']),
      id,
    })
    .nullable(),
})
export type ReportItem = z.output<typeof reportItem>

/** Which figure of a report is meant. */
export const figureAsked = z.object({
  report: z.string().max(60),
  params: reportParams,
  /** Key of the row; null for the total. */
  row: z.string().max(200).nullable(),
  column: z.string().max(60),
  /** Of a share: those it counts, or all it is of. */
  part: z.enum(['count', 'of']).default('count'),
  /** The figure of the other period. */
  compared: z.boolean().default(false),
})
export type FigureAsked = z.output<typeof figureAsked>

export const exportFormats = ['csv', 'xlsx'] as const

const asked = z.object({ report: z.string().max(60), params: reportParams })

export const figuresContract = {
  /** Every report there is, with what it can be read by and narrowed to. */
  catalog: procedure('reports.read').output(
    z.array(
      z.object({
        id: z.string(),
        title: bothWords,
        question: bothWords,
        by: z.array(z.object({ key: z.enum(dimensions), name: bothWords })),
        filters: z.array(z.enum(['floor', 'counter', 'vendor', 'category', 'class', 'person'])),
      }),
    ),
  ),
  /** What filters can be set to: names that stand in the ledger. */
  filterChoices: procedure('reports.read').output(
    z.object({
      floors: z.array(z.string()),
      /** With their floor, as two floors may have one of the same name. */
      counters: z.array(z.string()),
      vendors: z.array(z.string()),
      categories: z.array(z.string()),
      people: z.array(z.object({ id, name: z.string() })),
    }),
  ),
  run: procedure('reports.read').input(asked).output(reportTable),
  /** What is behind one figure: as many items as it counts, the oldest first. */
  cases: procedure('reports.read')
    .input(
      figureAsked.extend({
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .output(
      z.object({
        total: z.int(),
        /** What the items add up to where the figure is money; null elsewhere. */
        sum: money.nullable(),
        items: z.array(reportItem),
      }),
    ),
  export: procedure('reports.read')
    .input(asked.extend({ format: z.enum(exportFormats), language: z.enum(['zh', 'en']) }))
    .output(z.object({ fileName: z.string(), content: z.instanceof(Blob) })),
}
