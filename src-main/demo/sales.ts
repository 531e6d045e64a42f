import { addDays, type BusinessDate, weekdayOf } from '../foundation/business-date.ts'
import { allocate } from '../foundation/money.ts'
import type { DemoProduct } from './catalogue.ts'
import { bag, delivery } from './goods.ts'
import type { Member } from './people.ts'
import type { Chance } from './random.ts'

/** One line of a till's slip; amounts are 分, signed as the till writes them. */
export interface DemoLine {
  sku: string
  barcode: string
  name: string
  spec: string
  unit: string
  qtyMilli: number
  unitPrice: number
  listAmount: number
  paidAmount: number
  promo: string
  serialNo: string
  floor: string
  counter: string
  vendor: string
  clerk: string
}

export interface DemoTender {
  label: string
  amount: number
}

export interface DemoReceipt {
  receiptNo: string
  till: string
  date: BusinessDate
  /** `HH:mm:ss` on the store's clock. */
  time: string
  isReturn: boolean
  originalReceiptNo: string
  cashier: string
  member: Member | null
  lines: DemoLine[]
  tenders: DemoTender[]
}

export const storeCode = '0312'
const daysOfSales = 90
const cashiers = ['1006 王丹', '1011 李雪', '1015 张梅', '1022 刘佳', '1030 陈慧']
const tillsByFloor: Record<string, readonly string[]> = {
  '1F': ['101', '102'],
  '2F': ['201'],
  '3F': ['301'],
  '4F': ['401'],
  B1: ['B01', 'B02', 'B03'],
}

/**
 * What the tills of the last ninety days wrote, oldest first. Today is invented whole and cut off at `lastMinute`, so
 * that a later start only adds to it.
 */
export function inventSales(
  chance: Chance,
  products: readonly DemoProduct[],
  members: readonly Member[],
  until: { today: BusinessDate; lastMinute: number },
): DemoReceipt[] {
  const tills = new TillRolls(chance)
  const receipts: DemoReceipt[] = []
  for (let back = daysOfSales - 1; back >= 0; back -= 1) {
    const date = addDays(until.today, -back)
    const minutes = openingMinutes(chance, date).map((minute) => ({ minute, back: false }))
    if (chance.happens(0.16))
      minutes.push({ minute: chance.int(opening + 30, closing), back: true })
    for (const { minute, back: comesBack } of minutes.sort((a, b) => a.minute - b.minute)) {
      const sale = comesBack ? saleToReturn(chance, receipts, date) : undefined
      if (sale) receipts.push(inventReturn(chance, tills, sale, { date, minute }))
      if (!comesBack)
        receipts.push(inventReceipt(chance, { products, members, tills, date, minute }))
    }
  }
  const pad = (figure: number) => String(figure).padStart(2, '0')
  const now = `${pad(Math.floor(until.lastMinute / 60))}:${pad(until.lastMinute % 60)}`
  return receipts.filter((receipt) => receipt.date < until.today || receipt.time < now)
}

const opening = 9 * 60 + 40
const closing = 21 * 60 + 20

/** Minutes of the day at which slips are written, spread over it: more at weekends. */
function openingMinutes(chance: Chance, date: BusinessDate): number[] {
  const count = weekdayOf(date) >= 6 ? chance.int(9, 13) : chance.int(4, 8)
  const step = (closing - opening) / count
  return Array.from({ length: count }, (_, at) => opening + Math.floor((at + chance.next()) * step))
}

/** Counts slips per till and day; tills of a busy store are further each time. */
class TillRolls {
  readonly #chance: Chance
  readonly #last = new Map<string, number>()

  constructor(chance: Chance) {
    this.#chance = chance
  }

  next(till: string, date: BusinessDate): string {
    const key = `${till} ${date}`
    const serial = (this.#last.get(key) ?? 0) + this.#chance.int(3, 41)
    this.#last.set(key, serial)
    const day = date.slice(2).replaceAll('-', '')
    return `${storeCode}-${till}-${day}-${String(serial).padStart(4, '0')}`
  }
}

interface Occasion {
  products: readonly DemoProduct[]
  members: readonly Member[]
  tills: TillRolls
  date: BusinessDate
  minute: number
}

function inventReceipt(chance: Chance, occasion: Occasion): DemoReceipt {
  const { products, date, minute } = occasion
  const start = chance.weighted(
    products.map((one) => [one, one.gift ? 0 : one.weight * one.counter.traffic] as const),
  )
  const { counter } = start
  const till = chance.pick(tillsByFloor[counter.floor] ?? ['101'])
  const lines = counter.supermarket
    ? groceryLines(chance, products, start)
    : counterLines(chance, products, start)
  const member = chance.happens(counter.supermarket ? 0.3 : 0.55)
    ? chance.pick(occasion.members)
    : null
  applyPromotion(chance, lines, { date, member, groceries: counter.supermarket ?? false })
  addGift(chance, products, start, lines)
  addExtras(chance, start, lines)
  const total = lines.reduce((sum, line) => sum + line.paidAmount, 0)
  return {
    receiptNo: occasion.tills.next(till, date),
    till,
    date,
    time: clock(chance, minute),
    isReturn: false,
    originalReceiptNo: '',
    cashier: chance.pick(cashiers),
    member,
    lines,
    tenders: inventTenders(chance, total),
  }
}

function clock(chance: Chance, minute: number): string {
  const pad = (figure: number) => String(figure).padStart(2, '0')
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}:${pad(chance.int(0, 59))}`
}

function groceryLines(
  chance: Chance,
  products: readonly DemoProduct[],
  start: DemoProduct,
): DemoLine[] {
  const shelf = products.filter((one) => one.counter.supermarket)
  const wanted = new Set([start])
  const count = chance.int(2, 6)
  while (wanted.size < count)
    wanted.add(chance.weighted(shelf.map((one) => [one, one.weight] as const)))
  return [...wanted].map((one) =>
    lineOf(
      chance,
      one,
      one.weighed
        ? chance.int(220, 2_650)
        : chance.weighted([
            [1_000, 6],
            [2_000, 2],
            [3_000, 1],
          ]),
    ),
  )
}

function counterLines(
  chance: Chance,
  products: readonly DemoProduct[],
  start: DemoProduct,
): DemoLine[] {
  const same = products.filter((one) => one.counter === start.counter && one !== start && !one.gift)
  const lines = [
    lineOf(chance, start, start.name.includes('袜') && chance.happens(0.6) ? 2_000 : 1_000),
  ]
  if (chance.happens(0.35) && same.length > 0) lines.push(lineOf(chance, chance.pick(same), 1_000))
  return lines
}

function lineOf(chance: Chance, product: DemoProduct, qtyMilli: number): DemoLine {
  const amount = Math.round((product.price * qtyMilli) / 1000)
  return {
    sku: product.sku,
    barcode: product.barcode,
    name: product.name,
    spec: product.spec,
    unit: product.unit,
    qtyMilli,
    unitPrice: product.price,
    listAmount: amount,
    paidAmount: amount,
    promo: '',
    serialNo: product.warranty?.serial ? inventSerial(chance, product.warranty.serial) : '',
    floor: product.counter.floor,
    counter: product.counter.name,
    vendor: product.counter.vendor,
    clerk: chance.pick(product.counter.clerks),
  }
}

/** Phones have an IMEI with its Luhn digit, other goods the maker's prefix and a number. */
function inventSerial(chance: Chance, prefix: string): string {
  const digits = (count: number) =>
    Array.from({ length: count }, () => String(chance.int(0, 9))).join('')
  if (prefix !== '86') return `${prefix}${chance.pick(['A', 'B', 'C'])}26${digits(7)}`
  const body = `860000${digits(8)}`
  const sum = [...body].reduce((left, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return left + (value > 9 ? value - 9 : value)
  }, 0)
  return body + String((10 - (sum % 10)) % 10)
}

/** 满减 is shared over the lines by largest remainder, as the POS does it; a discount stands on each line. */
function applyPromotion(
  chance: Chance,
  lines: DemoLine[],
  sale: { date: BusinessDate; member: Member | null; groceries: boolean },
): void {
  const total = lines.reduce((sum, line) => sum + line.listAmount, 0)
  if (weekdayOf(sale.date) >= 6 && total >= 30_000) {
    const off = Math.floor(total / 30_000) * 4_000
    const shares = allocate(
      off,
      lines.map((line) => line.listAmount),
    )
    lines.forEach((line, at) => {
      line.paidAmount -= shares[at] ?? 0
      line.promo = '满300减40'
    })
    return
  }
  if (sale.groceries || !chance.happens(0.25)) return
  const offers = [
    [90, '新品9折'],
    [75, '断码7.5折'],
    [88, '会员8.8折'],
  ] as const
  const [percent, promo] = chance.pick(offers.slice(0, sale.member ? 3 : 2))
  for (const line of lines) {
    line.paidAmount = Math.round((line.listAmount * percent) / 100)
    line.promo = promo
  }
}

function addGift(
  chance: Chance,
  products: readonly DemoProduct[],
  start: DemoProduct,
  lines: DemoLine[],
): void {
  const gifts = products.filter((one) => one.counter === start.counter && one.gift)
  const spent = lines.reduce((sum, line) => sum + line.paidAmount, 0)
  if (gifts.length === 0 || spent < 30_000 || !chance.happens(0.35)) return
  const gift = lineOf(chance, chance.pick(gifts), 1_000)
  lines.push({ ...gift, paidAmount: 0, promo: '赠品' })
}

function addExtras(chance: Chance, start: DemoProduct, lines: DemoLine[]): void {
  if (start.counter.name === '清澜家电' && chance.happens(0.5)) lines.push(extraLine(delivery, 1))
  else if (chance.happens(0.25)) lines.push(extraLine(bag, chance.int(1, 2)))
}

function extraLine(extra: typeof bag, count: number): DemoLine {
  const amount = extra.price * count
  return {
    sku: extra.sku,
    barcode: '',
    name: extra.name,
    spec: '',
    unit: extra.unit,
    qtyMilli: count * 1_000,
    unitPrice: extra.price,
    listAmount: amount,
    paidAmount: amount,
    promo: '',
    serialNo: '',
    floor: 'B1',
    counter: '总收银',
    vendor: '',
    clerk: '',
  }
}

const tenderLabels = [
  ['微信', 44],
  ['支付宝', 30],
  ['银行卡', 14],
  ['现金', 8],
  ['储值卡', 4],
] as const

/** One slip in eight is paid in two ways: a voucher or a stored-value card, and the rest. */
function inventTenders(chance: Chance, total: number): DemoTender[] {
  const label = chance.weighted(tenderLabels)
  if (total < 10_000 || !chance.happens(0.125)) return [{ label, amount: total }]
  const part = chance.pick(['优惠券', '储值卡'])
  const amount =
    part === '优惠券' ? chance.pick([2_000, 3_000, 5_000]) : Math.floor(total / 30_000 + 1) * 5_000
  const rest = label === part ? '微信' : label
  return [
    { label: part, amount },
    { label: rest, amount: total - amount },
  ]
}

/** Goods of the last days that somebody brings back to the till. */
function saleToReturn(
  chance: Chance,
  receipts: readonly DemoReceipt[],
  date: BusinessDate,
): DemoReceipt | undefined {
  const taken = new Set(receipts.map((receipt) => receipt.originalReceiptNo))
  const open = receipts.filter(
    (receipt) =>
      !receipt.isReturn &&
      !taken.has(receipt.receiptNo) &&
      receipt.date < date &&
      receipt.date >= addDays(date, -9) &&
      returnableLine(receipt) !== undefined,
  )
  return open.length > 0 ? chance.pick(open) : undefined
}

function returnableLine(receipt: DemoReceipt): DemoLine | undefined {
  return receipt.lines.find(
    (line) => line.paidAmount > 0 && line.floor !== 'B1' && line.serialNo === '',
  )
}

function inventReturn(
  chance: Chance,
  tills: TillRolls,
  sale: DemoReceipt,
  { date, minute }: { date: BusinessDate; minute: number },
): DemoReceipt {
  const line = returnableLine(sale)
  if (!line) throw new RangeError(`nothing of ${sale.receiptNo} can come back`)
  return {
    receiptNo: tills.next(sale.till, date),
    till: sale.till,
    date,
    time: clock(chance, minute),
    isReturn: true,
    originalReceiptNo: sale.receiptNo,
    cashier: chance.pick(cashiers),
    member: sale.member,
    lines: [
      {
        ...line,
        qtyMilli: -line.qtyMilli,
        listAmount: -line.listAmount,
        paidAmount: -line.paidAmount,
      },
    ],
    tenders: [{ label: sale.tenders.at(-1)?.label ?? '现金', amount: -line.paidAmount }],
  }
}
