import { phoneDigits } from '../foundation/phone.ts'
import type { FileLine, FileReceipt } from './receipts.ts'
import { roundToMinor } from './receipts.ts'
import type { ImportRun } from './run.ts'
import type { CustomerValues, KnownProduct, ProductValues } from './store.ts'

/** Known ids kept in memory; more are looked up again. */
const keptIds = 200_000

/**
 * Products and customers as sales name them. Unknown ones are added, so that finding by name searches this small
 * table and not every line ever sold. `prepare` looks up while the write lock is free; the other two write.
 */
export class Catalogue {
  readonly #run: ImportRun
  readonly #products = new Map<string, KnownProduct>()
  readonly #newProducts = new Map<string, ProductValues>()
  readonly #customers = new Map<string, number>()
  readonly #newCustomers = new Map<string, CustomerValues>()
  /** People the file names whose data was erased: their sales come in without them. */
  readonly #erased = new Set<string>()

  constructor(run: ImportRun) {
    this.#run = run
  }

  /** Looks up what a receipt names, and readies what is not known yet. */
  prepare(receipt: FileReceipt): void {
    for (const line of receipt.lines) this.#prepareProduct(line)
    this.#prepareCustomer(receipt)
  }

  /** The product of a line, added when it is new; null for what is no goods. Call inside a transaction. */
  productOf(line: FileLine): KnownProduct | null {
    const key = productKey(line)
    const known = this.#products.get(key)
    if (known !== undefined) return known
    const values = this.#newProducts.get(key)
    if (!values) return null
    const id = this.#run.store.insertProduct(values, { source: 'sale', ...this.#origin() })
    const product = { id, barcode: values.barcode }
    this.#newProducts.delete(key)
    this.#products.set(key, product)
    return product
  }

  /** The customer of a receipt, added when new; null where it names none. Call inside a transaction. */
  customerOf(receipt: FileReceipt): number | null {
    const key = customerKey(receipt)
    const known = this.#customers.get(key)
    if (known !== undefined) return known
    const values = this.#newCustomers.get(key)
    if (!values) return null
    const id = this.#run.store.insertCustomer(values, this.#origin())
    this.#newCustomers.delete(key)
    this.#customers.set(key, id)
    return id
  }

  /** Whether the receipt names somebody whose data was erased. */
  isErased({ memberNo, customerPhone }: FileReceipt): boolean {
    const { store } = this.#run
    return store.isErased('member', memberNo) || store.isErased('phone', customerPhone)
  }

  #origin() {
    return { importId: this.#run.importId, createdAt: this.#run.startedAt }
  }

  #prepareProduct(line: FileLine): void {
    const key = productKey(line)
    if (key === '' || this.#products.has(key)) return
    if (this.#newProducts.has(key)) return
    const { store, tally } = this.#run
    const found =
      line.sku !== ''
        ? store.findProductBySku(line.sku)
        : line.barcode !== ''
          ? (store.findProductByBarcode(line.barcode) ?? store.findProductBySku(line.barcode))
          : store.findProductBySku(key)
    if (found !== null) {
      if (this.#products.size >= keptIds) this.#products.clear()
      this.#products.set(key, found)
      return
    }
    tally.newProducts += 1
    this.#newProducts.set(key, productFrom(line, key, this.#run.job.store.microPerMinor))
    store.prepareName(line.name, 'product')
  }

  #prepareCustomer(receipt: FileReceipt): void {
    const key = customerKey(receipt)
    if (key === '' || this.#customers.has(key) || this.#newCustomers.has(key)) return
    if (this.#erased.has(key)) return
    const { store, tally } = this.#run
    const { memberNo, customerName, customerPhone } = receipt
    const found =
      memberNo !== ''
        ? store.findCustomerByMember(memberNo)
        : customerPhone !== ''
          ? store.findCustomerByPhone(customerPhone, customerName)
          : store.findCustomerByNameAlone(customerName)
    if (found !== null) {
      if (this.#customers.size >= keptIds) this.#customers.clear()
      this.#customers.set(key, found)
      return
    }
    if (this.isErased(receipt)) {
      this.#erased.add(key)
      tally.erasedCustomers += 1
      return
    }
    tally.newCustomers += 1
    this.#newCustomers.set(key, {
      memberNo: memberNo === '' ? null : memberNo,
      name: customerName,
      phone: customerPhone,
      address: '',
      joinedOn: null,
      points: null,
      tier: '',
      note: '',
    })
    store.prepareName(customerName, 'person')
  }
}

/** A product's number in the catalogue: its code, else its barcode, else its name behind a mark. */
function productKey(line: FileLine): string {
  if (line.kind !== 'goods' && line.kind !== 'return') return ''
  if (line.sku !== '') return line.sku
  if (line.barcode !== '') return line.barcode
  return line.row.isWholeOrder || line.name === '' ? '' : `~${line.name}`
}

function customerKey(receipt: FileReceipt): string {
  if (receipt.memberNo !== '') return `m${receipt.memberNo}`
  if (receipt.customerPhone !== '')
    return `p${phoneDigits(receipt.customerPhone)} ${receipt.customerName}`
  return receipt.customerName === '' ? '' : `n${receipt.customerName}`
}

function productFrom(line: FileLine, sku: string, microPerMinor: number): ProductValues {
  const { row } = line
  const each =
    row.listAmount !== null && row.qtyMilli > 0 ? (row.listAmount * 1000) / row.qtyMilli : null
  return {
    sku,
    barcode: line.barcode,
    name: line.name === '' ? sku : line.name,
    brand: row.brand,
    model: row.model,
    category: row.category,
    spec: row.spec,
    unit: line.unit,
    origin: '',
    floor: row.floor,
    counter: row.counter,
    vendor: row.vendor,
    serialTracked: line.serialNo === '' ? 0 : 1,
    listPrice: each === null ? null : roundToMinor(Math.round(each), microPerMinor),
    warrantyUnitMonths: null,
    warrantyPartMonths: null,
    warrantyMainParts: '',
    warrantyProvider: null,
    warrantyProviderName: '',
    warrantyProviderPhone: '',
  }
}
