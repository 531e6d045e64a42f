import type { RefusalParams } from '../foundation/errors.ts'
import type { ImportField } from './headers.ts'
import type { Counts, ReasonCount, ShownReject, Totals } from './job.ts'
import { emptyTotals } from './job.ts'
import type { RejectFile } from './reject-file.ts'
import type { Micro } from './values.ts'
import { ExactSum } from './values.ts'

/** Rejected rows kept for the screen; all of them are in the reject file. */
export const shownRejects = 200

/** Counts rows and sums their amounts, so that what is shown adds up to the rows of the file. */
export class Tally {
  readonly counts: Counts = { rows: 0, accepted: 0, unchanged: 0, skipped: 0, rejected: 0 }
  readonly #sums = {
    sales: new ExactSum(),
    returns: new ExactSum(),
    unchanged: new ExactSum(),
    skipped: new ExactSum(),
    rejected: new ExactSum(),
  }
  readonly #rejectReasons = new Map<string, ReasonCount>()
  readonly #skipReasons = new Map<string, ReasonCount>()
  readonly #links = new Map<string, number>()
  readonly rejects: ShownReject[] = []
  readonly #rejectFile: RejectFile | null
  #rowsWithoutAmount = 0
  receipts = 0
  returnReceipts = 0
  lines = 0
  returnLines = 0
  nonGoodsLines = 0
  newProducts = 0
  newCustomers = 0
  /** People whose data was erased: their sales came in without them. */
  erasedCustomers = 0
  columnSums: ReadonlyMap<ImportField, ExactSum> = new Map()

  constructor(rejectFile: RejectFile | null) {
    this.#rejectFile = rejectFile
  }

  accept(rows: number): void {
    this.counts.accepted += rows
  }

  addSale(amount: Micro): void {
    this.#sums.sales.add(amount)
  }

  addReturn(amount: Micro): void {
    this.#sums.returns.add(amount)
  }

  unchanged(rows: number, amount: Micro): void {
    this.counts.unchanged += rows
    this.#sums.unchanged.add(amount)
  }

  skip(reason: string, amount: Micro | null = null): void {
    this.counts.skipped += 1
    count(this.#skipReasons, reason, {})
    if (amount !== null) this.#sums.skipped.add(amount)
  }

  reject(
    line: number,
    raw: string,
    reason: string,
    params: RefusalParams,
    amount: Micro | null = null,
  ): void {
    this.counts.rejected += 1
    count(this.#rejectReasons, reason, params)
    if (amount === null) this.#rowsWithoutAmount += 1
    else this.#sums.rejected.add(amount)
    if (this.rejects.length < shownRejects) {
      this.rejects.push({ lineNo: line, reason, params, raw: raw.slice(0, 2_000) })
    }
    this.#rejectFile?.add(line, reason, params, raw)
  }

  addLink(kind: string): void {
    this.#links.set(kind, (this.#links.get(kind) ?? 0) + 1)
  }

  get rejectReasons(): ReasonCount[] {
    return countsOf(this.#rejectReasons)
  }

  get skipReasons(): ReasonCount[] {
    return countsOf(this.#skipReasons)
  }

  totals(header: readonly string[], columns: Partial<Record<ImportField, number>>): Totals {
    const file = new ExactSum()
    const { sales, returns, unchanged, skipped, rejected } = this.#sums
    let all = 0n
    for (const sum of [sales, returns, unchanged, skipped, rejected]) all += sum.micro
    file.addExact(all)
    return {
      ...emptyTotals,
      sales: String(sales),
      returns: String(returns),
      receipts: this.receipts,
      returnReceipts: this.returnReceipts,
      lines: this.lines,
      returnLines: this.returnLines,
      nonGoodsLines: this.nonGoodsLines,
      newProducts: this.newProducts,
      newCustomers: this.newCustomers,
      erasedCustomers: this.erasedCustomers,
      file: String(file),
      unchanged: String(unchanged),
      skipped: String(skipped),
      rejected: String(rejected),
      rowsWithoutAmount: this.#rowsWithoutAmount,
      columns: [...this.columnSums].map(([field, sum]) => ({
        field,
        header: header[columns[field] ?? -1] ?? '',
        sum: String(sum),
      })),
      links: [...this.#links].map(([kind, count]) => ({ kind, count })),
    }
  }
}

function count(reasons: Map<string, ReasonCount>, reason: string, params: RefusalParams): void {
  const found = reasons.get(reason)
  if (found) found.count += 1
  else reasons.set(reason, { reason, count: 1, params })
}

function countsOf(reasons: ReadonlyMap<string, ReasonCount>): ReasonCount[] {
  return [...reasons.values()]
    .map((each) => ({ ...each }))
    .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason))
}
