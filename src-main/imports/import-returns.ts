import { shareOfUnit } from '../foundation/money.ts'
import { hashHalves, hexOf } from './hash.ts'
import { usedWidth } from './layout.ts'
import { returnUnits } from './import-links.ts'
import type { ImportRun } from './run.ts'
import type { SaleHead, SoldLine } from './store.ts'
import type { Row } from './tokenizer.ts'
import { decimalText, parseAmount, parseCode, parseFlag } from './values.ts'

/**
 * Imports a list of returned orders: each is recorded as a till return of everything of that order that has not come
 * back yet, under the sale's own number and day, because such lists name no other.
 */
export function importReturnsList(run: ImportRun): void {
  for (const row of run.rows(1)) {
    run.tally.counts.rows += 1
    if (row.broken) run.tally.reject(row.line, row.raw, 'import.broken_quote', {})
    else if (usedWidth(row.cells) === 0) run.tally.skip('import.blank_line')
    else importRow(run, row)
  }
  run.writer.flush()
}

function importRow(run: ImportRun, row: Row): void {
  const { columns } = run.job.mapping
  const { tally, store } = run
  const index = columns.originalReceiptNo ?? columns.receiptNo ?? -1
  const number = parseCode(row.cells[index] ?? '')
  const column = run.job.form.header[index] ?? ''
  if (number === 'import.code_damaged' || number.code === '') {
    const reason = number === 'import.code_damaged' ? number : 'import.missing_value'
    tally.reject(row.line, row.raw, reason, {
      column,
      value: (row.cells[index] ?? '').slice(0, 80),
    })
    return
  }
  const flag = columns.returned === undefined ? true : parseFlag(row.cells[columns.returned] ?? '')
  if (flag === false) {
    tally.skip('import.not_returned')
    return
  }
  if (flag === null) {
    const value = (row.cells[columns.returned ?? -1] ?? '').slice(0, 80)
    tally.reject(row.line, row.raw, 'import.bad_flag', {
      column: run.job.form.header[columns.returned ?? -1] ?? '',
      value,
    })
    return
  }
  // What is queued may be a return of the same order.
  run.writer.flush()
  const sales = store.salesByNumber(number.code)
  if (sales.length === 0) {
    tally.reject(row.line, row.raw, 'import.original_not_found', { receiptNo: number.code })
  } else if (new Set(sales.map((sale) => sale.storeCode)).size > 1) {
    tally.reject(row.line, row.raw, 'import.original_ambiguous', { receiptNo: number.code })
  } else {
    const written = sales.filter((sale) => returnWhole(run, sale)).length
    if (written > 0) tally.accept(1)
    else tally.unchanged(1, 0)
  }
}

interface BackLine {
  line: SoldLine
  qtyMilli: number
  units: number
  amount: number
  fileAmount: string | null
}

/** Records the return of what is left of a sale; false when nothing is. */
function returnWhole(run: ImportRun, sale: SaleHead): boolean {
  const { store, tally } = run
  const head = { ...sale, kind: 'return' as const, cashier: '', total: 0 }
  if (store.findReceipt(head)) return false
  const back = store.linesOf(sale.id).flatMap((line) => backLine(run, line))
  if (!back.some(({ line }) => line.kind === 'goods')) return false
  const total = -back.reduce((sum, { amount }) => sum + amount, 0)
  tally.returnReceipts += 1
  tally.lines += back.length
  tally.returnLines += back.length
  for (const each of back) {
    tally.addReturn(-exactOf(each, run.job.store.microPerMinor))
    tally.addLink(linkKindOf(each))
  }
  run.write(back.length + 1, () => {
    const receiptId = store.insertReceipt(
      { ...head, total },
      {
        soldAt: sale.soldAt,
        customerId: sale.customerId,
        currency: sale.currency,
        importId: run.importId,
        originalReceiptId: sale.id,
        contentHash: hexOf(...hashHalves(`whole\u001f${sale.id}\u001f${total}`)),
        lineCount: back.length,
      },
    )
    back.forEach((each, index) => {
      const id = store.insertReturnOf(receiptId, index + 1, each.line, {
        ...each,
        fileAmount:
          each.fileAmount === null ? null : decimalText(-BigInt(microOf(each.fileAmount))),
        linkKind: linkKindOf(each),
      })
      if (each.units > 0) returnUnits(store, id, each.amount, each.units, [each.line])
    })
  })
  return true
}

function linkKindOf({ line, units }: BackLine): string {
  return units === line.units ? 'full_line' : 'partial_line'
}

/** What of a line can still come back. */
function backLine(run: ImportRun, line: SoldLine): BackLine[] {
  if (line.kind === 'non_goods' && line.paidAmount > 0) {
    return [
      {
        line,
        qtyMilli: line.qtyMilli,
        units: 0,
        amount: line.paidAmount,
        fileAmount: line.fileAmount,
      },
    ]
  }
  if (line.kind !== 'goods' || line.units === 0 || line.returnedUnits >= line.units) return []
  if (line.returnedUnits === 0) {
    const { qtyMilli, units, paidAmount, fileAmount } = line
    return [{ line, qtyMilli, units, amount: paidAmount, fileAmount }]
  }
  const gone = new Set(run.store.returnedUnits(line.id))
  let amount = 0
  for (let unitNo = 1; unitNo <= line.units; unitNo += 1) {
    if (!gone.has(unitNo)) amount += shareOfUnit(line.paidAmount, line.units, unitNo)
  }
  const units = line.units - gone.size
  return [{ line, qtyMilli: units * 1000, units, amount, fileAmount: null }]
}

function exactOf({ amount, fileAmount }: BackLine, microPerMinor: number): number {
  return fileAmount === null ? amount * microPerMinor : microOf(fileAmount)
}

function microOf(decimal: string): number {
  const parsed = parseAmount(decimal)
  return parsed === null || typeof parsed === 'string' ? 0 : parsed.micro
}
