import type { RefusalParams } from '../foundation/errors.ts'
import type { FileEncoding } from './encoding.ts'
import type { Columns, ImportField, ImportKind } from './headers.ts'
import type { DateOrder, DecimalMark } from './values.ts'

/** How the columns of a file are to be read: the contract's `mapping`. */
export interface Mapping {
  kind: ImportKind
  columns: Columns
  dateOrder: DateOrder | null
  decimalMark: DecimalMark
}

/** Where and how the rows of a file stand. */
export interface FileForm {
  path: string
  name: string
  size: number
  encoding: FileEncoding
  bomLength: number
  /** `json` for a list of records. */
  delimiter: string
  headerLine: number
  header: string[]
  width: number
  floatCodes: ImportField[]
}

/** Everything an import needs to know; plain data, so that it can be handed to a worker. */
export interface ImportJob {
  databaseFile: string
  rejectDir: string
  form: FileForm
  mapping: Mapping
  store: {
    storeCode: string
    currency: string
    microPerMinor: number
    timeZone: string
    cutoffMinutes: number
    language: 'zh-CN' | 'en'
  }
  operatorId: number | null
  dryRun: boolean
  /** The size in pages the database may not outgrow; tests make a disk full with it. */
  maxPages?: number
}

export interface ReasonCount {
  reason: string
  count: number
  /** Of the first such row. */
  params: RefusalParams
}

export interface ShownReject {
  lineNo: number
  reason: string
  params: RefusalParams
  raw: string
}

export interface Counts {
  rows: number
  accepted: number
  unchanged: number
  skipped: number
  rejected: number
}

/** What was counted and summed; decimal texts are exact. */
export interface Totals {
  sales: string
  returns: string
  receipts: number
  returnReceipts: number
  lines: number
  returnLines: number
  nonGoodsLines: number
  newProducts: number
  newCustomers: number
  erasedCustomers: number
  /** The sum over the file's rows: sales + returns + unchanged + skipped + rejected. */
  file: string
  unchanged: string
  skipped: string
  rejected: string
  /** Rejected rows whose amount cannot be read, so that no sum holds them. */
  rowsWithoutAmount: number
  /** Sums of the file's own money columns over every row, as the file labels them. */
  columns: { field: ImportField; header: string; sum: string }[]
  /** How returns were matched to their sales (kind and number of lines). */
  links: { kind: string; count: number }[]
}

export interface JobState {
  state: 'running' | 'finished' | 'cancelled' | 'failed'
  bytesRead: number
  bytesTotal: number
  rowsPerSecond: number
  counts: Counts
  totals: Totals
  rejectReasons: ReasonCount[]
  skipReasons: ReasonCount[]
  rejects: ShownReject[]
  rejectFile: string | null
  failure: { reason: string; params: RefusalParams } | null
  importId: number | null
  /** The longest time the write lock was held, in milliseconds. */
  longestLockMs: number
}

export interface JobHooks {
  now(): Date
  isCancelled(): boolean
  /** Called about ten times a second. */
  onProgress(state: JobState): void
}

export const emptyTotals: Totals = {
  sales: '0.00',
  returns: '0.00',
  receipts: 0,
  returnReceipts: 0,
  lines: 0,
  returnLines: 0,
  nonGoodsLines: 0,
  newProducts: 0,
  newCustomers: 0,
  erasedCustomers: 0,
  file: '0.00',
  unchanged: '0.00',
  skipped: '0.00',
  rejected: '0.00',
  rowsWithoutAmount: 0,
  columns: [],
  links: [],
}
