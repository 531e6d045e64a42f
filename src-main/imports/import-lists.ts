import { isBusinessDate } from '../foundation/business-date.ts'
import type { RefusalParams } from '../foundation/errors.ts'
import { phoneDigits } from '../foundation/phone.ts'
import type { ImportField } from './headers.ts'
import { isFooterLabel } from './headers.ts'
import { columnDateOrder, usedWidth } from './layout.ts'
import { readUnit } from './line-kinds.ts'
import { roundToMinor } from './receipts.ts'
import type { ImportRun } from './run.ts'
import { joinCategory } from './sales-rows.ts'
import type { CustomerValues, ProductValues } from './store.ts'
import type { Row } from './tokenizer.ts'
import {
  parseAmount,
  parseCode,
  parseFlag,
  parseMoment,
  parseMonths,
  parseQuantity,
  tidyText,
} from './values.ts'

/** As long as a rule's list of tiers takes one. */
const longestTier = 40

const personErased = 'import.person_erased'

/** A cell that cannot be taken as it is. */
class CellRefusal extends Error {
  readonly reason: string
  readonly field: ImportField

  constructor(reason: string, field: ImportField) {
    super(reason)
    this.reason = reason
    this.field = field
  }
}

/** Imports the product catalogue: new codes are added, known ones updated, mapped columns only. */
export function importProducts(run: ImportRun): void {
  importList(run, (row, cell) => productRow(run, row, cell))
}

/** Imports customers: known by member number, else by phone and name. */
export function importCustomers(run: ImportRun): void {
  const index = run.job.mapping.columns.joinedOn
  const order =
    run.job.mapping.dateOrder ?? (index === undefined ? null : columnDateOrder(cellsOf(run, index)))
  importList(run, (row, cell) => customerRow(run, row, cell, order))
}

function* cellsOf(run: ImportRun, index: number): Generator<string> {
  for (const row of run.rows(0)) yield row.cells[index] ?? ''
}

type Cell = (field: ImportField) => string
/** What became of a row. */
type Outcome = 'accepted' | 'unchanged' | { skip: string }

function importList(run: ImportRun, take: (row: Row, cell: Cell) => Outcome): void {
  const { tally } = run
  const { columns } = run.job.mapping
  for (const row of run.rows(1)) {
    tally.counts.rows += 1
    const cell: Cell = (field) => {
      const index = columns[field]
      return index === undefined ? '' : tidyText(row.cells[index] ?? '')
    }
    const problem = rowProblem(run, row)
    if (problem) {
      tally.reject(row.line, row.raw, problem.reason, problem.params)
      continue
    }
    try {
      const outcome = usedWidth(row.cells) === 0 ? { skip: 'import.blank_line' } : take(row, cell)
      if (outcome === 'accepted') tally.accept(1)
      else if (outcome === 'unchanged') tally.unchanged(1, 0)
      else tally.skip(outcome.skip)
    } catch (error) {
      if (!(error instanceof CellRefusal)) throw error
      const column = run.job.form.header[columns[error.field] ?? -1] ?? error.field
      // Whoever was erased is not kept among the rejects either: the line number finds the row in the file.
      const isErased = error.reason === personErased
      const value = isErased ? '' : cell(error.field).slice(0, 80)
      tally.reject(row.line, isErased ? '' : row.raw, error.reason, { column, value })
    }
  }
  run.writer.flush()
}

function rowProblem(run: ImportRun, row: Row): { reason: string; params: RefusalParams } | null {
  const { form } = run.job
  if (row.broken) return { reason: 'import.broken_quote', params: {} }
  if (form.encoding === 'gb18030' && row.raw.includes('\ufffd')) {
    return { reason: 'import.undecodable', params: {} }
  }
  const found = usedWidth(row.cells)
  return found > form.width
    ? { reason: 'import.row_shifted', params: { expected: form.width, found } }
    : null
}

function codeOf(cell: string, field: ImportField): string {
  const parsed = parseCode(cell)
  if (parsed === 'import.code_damaged') throw new CellRefusal(parsed, field)
  return parsed.code
}

function productRow(run: ImportRun, row: Row, cell: Cell): Outcome {
  const first = row.cells.find((text) => text.trim() !== '') ?? ''
  if (isFooterLabel(first)) return { skip: 'import.totals_row' }
  const barcode = codeOf(cell('barcode'), 'barcode')
  const sku = codeOf(cell('sku'), 'sku') || barcode
  if (sku === '') throw new CellRefusal('import.missing_value', 'sku')
  if (run.seen.has(sku)) {
    if (run.seen.get(sku) === row.raw) return 'unchanged'
    throw new CellRefusal('import.code_twice', 'sku')
  }
  run.seen.set(sku, row.raw)
  const { store } = run
  const id = store.findProductBySku(sku)?.id ?? null
  const known = id === null ? null : store.findProduct(id)
  const values = productValues(run, cell, sku, barcode, known)
  if (values.name === '') throw new CellRefusal('import.missing_value', 'name')
  if (known && known.source === 'catalogue' && sameValues(known, values)) return 'unchanged'
  store.prepareName(values.name, 'product')
  if (id === null) run.tally.newProducts += 1
  run.write(1, () => {
    if (id !== null) store.updateProduct(id, values, run.importId)
    else {
      store.insertProduct(values, {
        source: 'catalogue',
        importId: run.importId,
        createdAt: run.startedAt,
      })
    }
  })
  return 'accepted'
}

/** Empty cells and columns the file does not have leave what is known. */
function productValues(
  run: ImportRun,
  cell: Cell,
  sku: string,
  barcode: string,
  known: ProductValues | null,
): ProductValues {
  const text = (field: ImportField, before: string | undefined) => cell(field) || (before ?? '')
  const category = joinCategory([cell('category'), cell('categoryMiddle'), cell('categorySmall')])
  const group = cell('categorySmall') || cell('categoryMiddle') || cell('category')
  const made = [group, cell('spec')].filter((part) => part !== '').join(' ')
  return {
    sku,
    barcode: barcode || (known?.barcode ?? ''),
    name:
      cell('name') ||
      (run.job.mapping.columns.name === undefined
        ? made || (known?.name ?? '')
        : (known?.name ?? '')),
    brand: text('brand', known?.brand),
    model: text('model', known?.model),
    category: category || (known?.category ?? ''),
    spec: text('spec', known?.spec),
    unit: readUnit(cell('unit')) || (known?.unit ?? ''),
    origin: text('origin', known?.origin),
    floor: text('floor', known?.floor),
    counter: text('counter', known?.counter),
    vendor: text('vendor', known?.vendor),
    serialTracked: flagOf(cell('serialTracked'), 'serialTracked', known?.serialTracked ?? 0),
    listPrice: priceOf(run, cell('listPrice') || cell('unitPrice')) ?? known?.listPrice ?? null,
    warrantyUnitMonths:
      monthsOf(cell('warrantyUnitMonths'), 'warrantyUnitMonths') ??
      known?.warrantyUnitMonths ??
      null,
    warrantyPartMonths:
      monthsOf(cell('warrantyPartMonths'), 'warrantyPartMonths') ??
      known?.warrantyPartMonths ??
      null,
    warrantyMainParts: text('warrantyMainParts', known?.warrantyMainParts),
    warrantyProvider: providerOf(cell('warrantyProvider')) ?? known?.warrantyProvider ?? null,
    warrantyProviderName: text('warrantyProviderName', known?.warrantyProviderName),
    warrantyProviderPhone: text('warrantyProviderPhone', known?.warrantyProviderPhone),
  }
}

function sameValues<T extends object>(stored: T, read: { [Key in keyof T]?: unknown }): boolean {
  return Object.entries(read).every(([key, value]) => stored[key as keyof T] === value)
}

function flagOf(cell: string, field: ImportField, before: 0 | 1): 0 | 1 {
  if (cell === '') return before
  const flag = parseFlag(cell)
  if (flag === null) throw new CellRefusal('import.bad_flag', field)
  return flag ? 1 : 0
}

function priceOf(run: ImportRun, cell: string): number | null {
  const amount = parseAmount(cell, run.job.mapping.decimalMark)
  if (amount === null) return null
  if (typeof amount === 'string') throw new CellRefusal(amount, 'listPrice')
  return roundToMinor(amount.micro, run.job.store.microPerMinor)
}

function monthsOf(cell: string, field: ImportField): number | null {
  const months = parseMonths(cell)
  if (months === 'import.bad_months') throw new CellRefusal(months, field)
  return months
}

const providers: Record<string, 'maker' | 'store' | 'vendor'> = {
  maker: 'maker',
  厂家: 'maker',
  生产者: 'maker',
  厂商: 'maker',
  store: 'store',
  商场: 'store',
  门店: 'store',
  本店: 'store',
  vendor: 'vendor',
  供应商: 'vendor',
  联营商: 'vendor',
  专柜: 'vendor',
}

function providerOf(cell: string): 'maker' | 'store' | 'vendor' | null {
  if (cell === '') return null
  const provider = providers[cell.toLowerCase()]
  if (!provider) throw new CellRefusal('import.unknown_provider', 'warrantyProvider')
  return provider
}

function customerRow(
  run: ImportRun,
  row: Row,
  cell: Cell,
  order: ReturnType<typeof columnDateOrder>,
): Outcome {
  const memberNo = codeOf(cell('memberNo'), 'memberNo')
  const phone = codeOf(cell('customerPhone'), 'customerPhone')
  const name = cell('customerName')
  if (memberNo === '' && phone === '') {
    throw new CellRefusal(
      'import.missing_value',
      run.job.mapping.columns.memberNo === undefined ? 'customerPhone' : 'memberNo',
    )
  }
  const key = memberNo === '' ? `${phoneDigits(phone)} ${name}` : memberNo
  if (run.seen.has(key)) {
    if (run.seen.get(key) === row.raw) return 'unchanged'
    throw new CellRefusal('import.code_twice', memberNo === '' ? 'customerPhone' : 'memberNo')
  }
  run.seen.set(key, row.raw)
  const { store } = run
  const id =
    memberNo === '' ? store.findCustomerByPhone(phone, name) : store.findCustomerByMember(memberNo)
  if (id === null) refuseErased(run, memberNo, phone)
  const known = id === null ? null : store.findCustomer(id)
  const read: CustomerValues = {
    memberNo: memberNo === '' ? (known?.memberNo ?? null) : memberNo,
    name: name || (known?.name ?? ''),
    phone: phone || (known?.phone ?? ''),
    address: cell('customerAddress') || (known?.address ?? ''),
    joinedOn: joinedOf(cell('joinedOn'), order) ?? known?.joinedOn ?? null,
    points: pointsOf(cell('points')) ?? known?.points ?? null,
    tier: tierOf(cell('tier')) || (known?.tier ?? ''),
    note: cell('note') || (known?.note ?? ''),
  }
  const values = id === null || known === null ? read : keepChosen(run, id, known, read)
  if (known && sameValues(known, values)) return 'unchanged'
  store.prepareName(values.name, 'person')
  if (id === null) run.tally.newCustomers += 1
  run.write(1, () => {
    if (id !== null) {
      store.updateCustomer(id, values, {
        importId: run.importId,
        at: run.startedAt,
        before: known?.tier ?? '',
      })
    } else store.insertCustomer(values, { importId: run.importId, createdAt: run.startedAt })
  })
  return 'accepted'
}

/** Somebody whose data was erased does not come back with a file: the row is rejected, and says so. */
function refuseErased(run: ImportRun, memberNo: string, phone: string): void {
  if (run.store.isErased('member', memberNo)) {
    throw new CellRefusal(personErased, 'memberNo')
  }
  if (phoneDigits(phone) !== '' && run.store.isErased('phone', phone)) {
    throw new CellRefusal(personErased, 'customerPhone')
  }
}

/**
 * What somebody here chose stands against a file that says what it said before: fields of a merged row that lie over
 * the row's own, and a grade given by hand.
 */
function keepChosen(
  run: ImportRun,
  id: number,
  known: CustomerValues,
  read: CustomerValues,
): CustomerValues {
  const own = run.store.findOwn(id)
  const kept = Object.entries(known).filter(
    ([key]) =>
      own !== null && read[key as keyof CustomerValues] === own[key as keyof CustomerValues],
  )
  return {
    ...read,
    ...Object.fromEntries(kept),
    ...(run.store.hasGivenTier(id) && { tier: known.tier }),
  }
}

function joinedOf(cell: string, order: ReturnType<typeof columnDateOrder>): string | null {
  const moment = parseMoment(cell, order)
  if (moment === null) return null
  if (typeof moment === 'string') throw new CellRefusal(moment, 'joinedOn')
  return isBusinessDate(moment.date) ? moment.date : null
}

function pointsOf(cell: string): number | null {
  const points = parseQuantity(cell)
  if (points === null) return null
  if (typeof points === 'string' || points % 1000 !== 0)
    throw new CellRefusal('import.bad_quantity', 'points')
  return points / 1000
}

function tierOf(cell: string): string {
  if (cell.length > longestTier) throw new CellRefusal('import.tier_too_long', 'tier')
  return cell
}
