import { z } from 'zod'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { allocate, partOf, shareOfUnit, sumMoney } from '../../src-main/foundation/money.ts'
import {
  reckonRefund,
  type RefundFacts,
  type RefundFigures,
  requireChoice,
  settleExchange,
} from '../../src-main/refunds/rules.ts'
import { usualTenderPolicy, withoutChange } from '../../src-main/refunds/tenders.ts'
import { lineOf, type RefundableLine } from '../../src-main/refunds/units.ts'

/**
 * Refund cases as other systems' tests state them (data/refund-cases), put to the desk's own arithmetic. What an
 * import would have read, a line's paid amount after its share of discounts and its tax, is made here by the house
 * rule: discounts shared by largest remainder, half-up rounding once per line. Everything after that is the product.
 */

const amount = z.union([z.string(), z.number()])
const rate = z.string()

const soldLine = z.strictObject({
  sku: z.string(),
  qty: z.number(),
  unitPrice: amount.optional(),
  lineTotal: amount.optional(),
  taxes: z.array(amount).optional(),
  taxRate: rate.optional(),
  discountPerUnit: amount.optional(),
  lineDiscount: amount.optional(),
  discountPercent: rate.optional(),
  fulfilled: z.number().optional(),
  invoicedQty: z.number().optional(),
  taxInvoiced: amount.optional(),
  serials: z.array(z.string()).optional(),
})
type SoldLine = z.output<typeof soldLine>

const returnedPart = z.strictObject({
  sku: z.string().optional(),
  qty: z.number().optional(),
  unit: z.number().optional(),
  amount: amount.optional(),
  manual: amount.optional(),
  shipping: z.boolean().optional(),
  exchange: z.boolean().optional(),
})

export const refundCase = z.strictObject({
  id: z.string(),
  source: z.object({ repo: z.string(), path: z.string(), kind: z.string() }),
  category: z.string(),
  unit: z.literal('cents').optional(),
  pricesIncludeTax: z.boolean().optional(),
  taxRateOnTotal: rate.optional(),
  itemDiscountPercent: rate.optional(),
  lines: z.array(soldLine).optional(),
  orderDiscount: z
    .strictObject({ amount: amount.optional(), percent: rate.optional(), from: amount.optional() })
    .optional(),
  shipping: z
    .strictObject({
      amount: amount.optional(),
      discount: amount.optional(),
      discountPercent: rate.optional(),
      taxRate: rate.optional(),
      tax: amount.optional(),
    })
    .optional(),
  surcharges: z
    .array(z.strictObject({ amount, taxRate: rate, includesTax: z.boolean() }))
    .optional(),
  paid: z.array(z.strictObject({ method: z.string(), amount })).optional(),
  priorRefunds: z.array(returnedPart).optional(),
  priorReturns: z.array(returnedPart).optional(),
  returned: z.array(returnedPart).optional(),
  requested: z.array(z.strictObject({ sku: z.string(), qty: z.number() })).optional(),
  received: z
    .array(z.strictObject({ sku: z.string(), good: z.number(), damaged: z.number() }))
    .optional(),
  replacement: z
    .array(z.strictObject({ sku: z.string(), qty: z.number(), unitPrice: amount }))
    .optional(),
  adjustment: z.strictObject({ amount, reason: z.string() }).optional(),
  weights: z.array(z.number()).optional(),
  total: z.number().optional(),
  expected: z.record(z.string(), z.unknown()),
  policy: z.string().optional(),
  notes: z.string().optional(),
})
export type RefundCase = z.output<typeof refundCase>

/** What the house makes of a case: each expected key beside the house's own figure for it, in minor units. */
export interface Answer {
  key: string
  theirs: unknown
  ours: unknown
}

const ppmOf = (percent: string) => Math.round(Number(percent) * 10_000)

/** Reads an amount of a case into minor units: integers where the case counts cents, decimal text otherwise. */
function readAmount(each: RefundCase, value: unknown): number {
  if (each.unit === 'cents') return Number(value)
  const match = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<cents>\d{1,2}))?$/.exec(String(value))
  if (!match?.groups) throw new Error(`${each.id}: no amount: ${String(value)}`)
  const { sign, whole = '', cents = '' } = match.groups
  return (sign === '-' ? -1 : 1) * (Number(whole) * 100 + Number(cents.padEnd(2, '0')))
}

interface Sold {
  sku: string
  units: number
  list: number
  net: number
  tax: number
  taxes: number[]
  rate: string
  serials: string[]
}

/** The sale as an import leaves it: each line with what was paid for it, tax included, discounts shared. */
function sell(each: RefundCase): Sold[] {
  const money = (value: unknown) => readAmount(each, value ?? 0)
  const lines = (each.lines ?? []).flatMap(bySerial)
  const before = lines.map((line) => priceOf(each, line, money))
  const discounts = allocate(orderDiscountOf(each, sumMoney(before), money), before)
  return lines.map((line, index) => {
    const price = (before[index] ?? 0) - (discounts[index] ?? 0)
    const rate = line.taxRate ?? each.taxRateOnTotal ?? '0'
    const taxes = (line.taxes ?? []).map(money)
    const tax = line.taxInvoiced
      ? money(line.taxInvoiced)
      : taxes.length > 0
        ? sumMoney(taxes)
        : taxOf(price, rate, each.pricesIncludeTax === true)
    return {
      sku: line.sku,
      units: line.fulfilled ?? line.invoicedQty ?? line.qty,
      list: line.lineTotal === undefined ? line.qty * money(line.unitPrice) : price,
      net: each.pricesIncludeTax ? price - tax : price,
      tax,
      taxes,
      rate,
      serials: line.serials ?? [],
    }
  })
}

/** Tills write one line for each serial number. */
function bySerial(line: SoldLine): SoldLine[] {
  if (!line.serials) return [line]
  return line.serials.map((serial) => ({
    ...line,
    sku: `${line.sku} ${serial}`,
    qty: 1,
    serials: [serial],
  }))
}

function priceOf(each: RefundCase, line: SoldLine, money: (value: unknown) => number): number {
  if (line.lineTotal !== undefined) return money(line.lineTotal)
  const units = line.invoicedQty ?? line.qty
  const price =
    units * (money(line.unitPrice) - money(line.discountPerUnit)) - money(line.lineDiscount)
  const off = line.discountPercent ?? each.itemDiscountPercent
  return off === undefined ? price : partOf(price, 1_000_000 - ppmOf(off))
}

function orderDiscountOf(each: RefundCase, sum: number, money: (value: unknown) => number): number {
  const { orderDiscount } = each
  if (!orderDiscount || sum < money(orderDiscount.from)) return 0
  return orderDiscount.percent === undefined
    ? money(orderDiscount.amount)
    : partOf(sum, ppmOf(orderDiscount.percent))
}

/** Half up, once per line: on top of the price, or what of it is tax. */
function taxOf(price: number, rate: string, included: boolean): number {
  const ppm = ppmOf(rate)
  if (!included) return partOf(price, ppm)
  const net = Number(
    (2n * BigInt(price) * 1_000_000n + BigInt(1_000_000 + ppm)) / (2n * BigInt(1_000_000 + ppm)),
  )
  return price - net
}

function deliveryOf(each: RefundCase) {
  const money = (value: unknown) => readAmount(each, value ?? 0)
  const { shipping } = each
  if (!shipping || shipping.amount === undefined) return { net: 0, tax: 0, rate: '0' }
  const full = money(shipping.amount) - money(shipping.discount)
  const price = partOf(full, 1_000_000 - ppmOf(shipping.discountPercent ?? '0'))
  const rate = shipping.taxRate ?? '0'
  const included = each.pricesIncludeTax === true
  const tax = shipping.tax === undefined ? taxOf(price, rate, included) : money(shipping.tax)
  return { net: included ? price - tax : price, tax, rate }
}

/** Where a case gives no sale, only an amount, it is asked of a sale of this much. */
const someSale = 10_000
const slip = { number: 'TH', place: '0312', time: '2026-11-21 10:00' }

interface Asked {
  facts: RefundFacts
  sold: Sold[]
  delivery: { net: number; tax: number; rate: string }
  /** Part of the credit that goes into goods of an exchange. */
  exchanged: number
}

function ask(each: RefundCase): Asked {
  const money = (value: unknown) => readAmount(each, value)
  const delivery = deliveryOf(each)
  const paidSum = sumMoney((each.paid ?? []).map((tender) => money(tender.amount)))
  const sold = each.lines
    ? sell(each)
    : [
        {
          sku: 'A',
          units: 1,
          list: paidSum || someSale,
          net: paidSum || someSale,
          tax: 0,
          taxes: [],
          rate: '0',
          serials: [],
        },
      ]
  // An order nobody paid yet: nothing was paid for its lines.
  const nothingPaid = each.paid?.length === 0
  const lines = sold.map((line, index): RefundableLine => ({
    id: index + 1,
    kind: 'goods',
    name: line.sku,
    units: line.units,
    listAmount: line.list,
    paidAmount: nothingPaid ? 0 : line.net + line.tax,
    returned: [],
    allowances: [],
  }))
  const charge = {
    saleLineId: 99,
    name: 'delivery',
    paidAmount: delivery.net + delivery.tax,
    refundedBefore: 0,
  }
  for (const prior of [...(each.priorRefunds ?? []), ...(each.priorReturns ?? [])]) {
    if (prior.shipping) charge.refundedBefore += money(prior.amount)
    else takeBefore(lines, prior, money)
  }
  const facts: RefundFacts = {
    currency: 'CNY',
    reason: 'quality',
    grades: {},
    lines: [],
    allowances: [],
    charges: [],
    gifts: { rule: 'keep', items: [] },
    freight: null,
    testFee: null,
    tenders: tendersOf(
      each,
      sumMoney(lines.map((line) => line.paidAmount)) + charge.paidAmount,
      money,
    ),
    otherTenders: [],
    policy: usualTenderPolicy,
    rounding: { step: 'none', mode: 'half_up', carried: 0 },
  }
  const asked = {
    facts: { ...facts, ...choose(each, lines, charge, money) },
    sold,
    delivery,
    exchanged: 0,
  }
  const replacement = (each.replacement ?? []).map((goods) => goods.qty * money(goods.unitPrice))
  asked.exchanged =
    sumMoney(replacement) +
    sumMoney(
      (each.returned ?? []).filter((part) => part.exchange).map((part) => money(part.amount)),
    )
  return asked
}

function takeBefore(
  lines: RefundableLine[],
  prior: z.output<typeof returnedPart>,
  money: (value: unknown) => number,
): void {
  const index = lines.findIndex((line) => line.name === prior.sku)
  const line = lines[index]
  if (!line) throw new Error(`nothing sold as ${prior.sku}`)
  const unitNo = prior.unit ?? line.returned.length + 1
  const share = shareOfUnit(line.paidAmount, line.units, unitNo)
  const back = prior.amount === undefined ? share : money(prior.amount)
  lines[index] =
    back < share
      ? { ...line, allowances: [...line.allowances, { unitNo, amount: back }] }
      : { ...line, returned: [...line.returned, { unitNo, amount: back, ...slip }] }
}

type Chosen = Pick<RefundFacts, 'lines' | 'allowances' | 'charges'>

function choose(
  each: RefundCase,
  lines: readonly RefundableLine[],
  charge: RefundFacts['charges'][number]['charge'],
  money: (value: unknown) => number,
): Chosen {
  const first = lines[0]
  if (!first) throw new Error(`${each.id}: nothing was sold`)
  const chosen = { lines: [], allowances: [], charges: [] } as {
    -readonly [Key in keyof Chosen]: Chosen[Key][number][]
  }
  const whole = (line: RefundableLine, units: number, unitNos: number[] = []) =>
    chosen.lines.push({
      line,
      units,
      unitNos,
      condition: 'opened',
      fee: null,
      isDecided: false,
      priceRise: 0,
    })
  for (const part of each.returned ?? []) {
    const value = part.manual ?? part.amount
    const named = lines.filter(
      (line) => line.name === part.sku || line.name.startsWith(`${part.sku} `),
    )
    if (part.shipping) {
      // The amount a case names for delivery is net where its prices are.
      const net = each.shipping?.tax === undefined ? 0 : deliveryOf(each).net
      const amount = value === undefined ? null : money(value)
      chosen.charges.push({
        charge,
        amount: amount !== null && net > 0 ? grossPart(charge.paidAmount, amount, net) : amount,
      })
    } else if (value !== undefined) {
      const line = named[0] ?? first
      if (money(value) === shareOfUnit(line.paidAmount, line.units, part.unit ?? 1)) whole(line, 1)
      else chosen.allowances.push({ line, units: part.qty ?? 1, amount: money(value) })
    } else if (part.qty !== 0) {
      const of = named.length > 0 ? named : [lineOf(lines, 0)]
      for (const line of of) whole(line, (part.qty ?? 1) / of.length, part.unit ? [part.unit] : [])
    }
  }
  for (const part of each.received ?? []) {
    const line = lines.find((sold) => sold.name === part.sku) ?? first
    chosen.lines.push({
      line,
      units: part.good,
      unitNos: [],
      condition: 'sealed',
      fee: null,
      isDecided: false,
      priceRise: 0,
    })
    const goodBack = Array.from({ length: part.good }, (_, index) => ({
      unitNo: index + 1,
      amount: shareOfUnit(line.paidAmount, line.units, index + 1),
      ...slip,
    }))
    const rest = { ...line, returned: [...line.returned, ...goodBack] }
    chosen.lines.push({
      line: rest,
      units: part.damaged,
      unitNos: [],
      condition: 'damaged',
      fee: null,
      isDecided: false,
      priceRise: 0,
    })
  }
  if (each.adjustment) {
    chosen.allowances.push({ line: first, units: 1, amount: -money(each.adjustment.amount) })
  }
  return chosen
}

function grossPart(gross: number, netPart: number, net: number): number {
  return Number((2n * BigInt(gross) * BigInt(netPart) + BigInt(net)) / (2n * BigInt(net)))
}

function tendersOf(each: RefundCase, total: number, money: (value: unknown) => number) {
  const tenders = (each.paid ?? []).map((tender, index) => ({
    tenderId: index + 1,
    kind: tender.method.toLowerCase() === 'cash' ? ('cash' as const) : ('other' as const),
    label: tender.method,
    paid: money(tender.amount),
    refundedBefore: 0,
    giftPaid: 0,
    giftRefundedBefore: 0,
  }))
  return withoutChange(tenders, total)
}

/** Puts a case to the desk and lays its figures beside the expected ones. */
export function answerCase(each: RefundCase): Answer[] {
  const { expected } = each
  const keys = Object.keys(expected)
  if (each.weights) {
    return keys.map((key) => ({
      key,
      theirs: expected[key],
      ours: allocate(each.total ?? 0, each.weights ?? []),
    }))
  }
  const asked = orRefused(() => ask(each))
  if (typeof asked === 'string') return keys.map((key) => ({ key, theirs: 'refused', ours: asked }))
  const figures = orRefused(() => reckonRefund(asked.facts))
  return keys
    .filter((key) => expected[key] !== null)
    .map((key) => {
      const read = answers[key]
      if (!read) throw new Error(`${each.id}: nobody knows what ${key} asks`)
      return {
        key,
        theirs: inMinor(each, key, expected[key]),
        ours: read({ each, ...asked, figures }),
      }
    })
}

/** The result, or the reason of the refusal. */
function orRefused<Result>(work: () => Result): Result | string {
  try {
    return work()
  } catch (error) {
    if (isRefusal(error)) return error.reason
    throw error
  }
}

const notMoney = new Set([
  'error',
  'methodsUsed',
  'serials',
  'unitsStillReturnable',
  'received',
  'dismissed',
  'writtenOff',
  'stillExpected',
])

function inMinor(each: RefundCase, key: string, value: unknown): unknown {
  if (key === 'error') return 'refused'
  if (notMoney.has(key)) return value
  if (Array.isArray(value)) return value.map((one) => readAmount(each, one))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, readAmount(each, one)]),
    )
  }
  return readAmount(each, value)
}

interface Question extends Asked {
  each: RefundCase
  figures: RefundFigures | string
}

const done = ({ figures }: Question): RefundFigures => {
  if (typeof figures === 'string') throw new Error(`refused: ${figures}`)
  return figures
}

const sum = (question: Question, part: 'net' | 'tax' | 'list') =>
  sumMoney(question.sold.map((line) => line[part]))

/** Net and tax of what came back: the units' shares of what the line paid of each. */
function partsBack(question: Question) {
  const { lines, charges } = done(question)
  const ofLines = lines.map(({ choice, units }) => {
    const sold = question.sold[choice.line.id - 1]
    if (!sold) throw new Error('nothing sold')
    const share = (whole: number) =>
      sumMoney(units.map((unit) => shareOfUnit(whole, sold.units, unit.unitNo)))
    const tax = share(sold.tax)
    const gross = sumMoney(units.map((unit) => unit.amount))
    return {
      sku: sold.sku,
      gross,
      tax,
      net: gross - tax,
      rate: sold.rate,
      taxes: sold.taxes.map(share),
    }
  })
  const { delivery } = question
  const ofDelivery = charges.map(({ charge, amount }) => {
    const tax = charge.paidAmount === 0 ? 0 : grossPart(amount, delivery.tax, charge.paidAmount)
    return {
      sku: 'shipping',
      gross: amount,
      tax,
      net: amount - tax,
      rate: delivery.rate,
      taxes: [],
    }
  })
  return [...ofLines, ...ofDelivery]
}

const exchangeOf = (question: Question) => settleExchange(done(question).amount, question.exchanged)

const saleTotal = (question: Question) =>
  sum(question, 'net') +
  sum(question, 'tax') +
  sumMoney((question.each.surcharges ?? []).map((extra) => surchargeOf(extra).gross))

function surchargeOf(extra: { amount: string | number; taxRate: string }) {
  const net = Number(extra.amount)
  return { net, gross: net + partOf(net, ppmOf(extra.taxRate)) }
}

const answers: Record<string, (question: Question) => unknown> = {
  error: ({ figures, facts }) => {
    if (typeof figures === 'string') return figures
    return orRefused(() => requireChoice(facts)) ?? figures.amount
  },
  refund: (question) => exchangeOf(question).toRefund,
  difference: (question) => exchangeOf(question).toCollect - exchangeOf(question).toRefund,
  additionalPaymentNeeded: (question) => exchangeOf(question).toCollect,
  stillRefundable: (question) =>
    saleTotal(question) + question.delivery.net + question.delivery.tax - done(question).amount,
  stillRefundableShipping: (question) =>
    question.delivery.net +
    question.delivery.tax -
    sumMoney(done(question).charges.map((each) => each.amount)),
  refundedTotal: (question) => {
    const before = question.facts.charges.map(({ charge }) => charge.refundedBefore)
    return sumMoney(before) + (typeof question.figures === 'string' ? 0 : question.figures.amount)
  },
  refundedOnUnit: (question) =>
    sumMoney(done(question).allowances.flatMap((each) => each.units.map((unit) => unit.amount))),
  unitsStillReturnable: (question) =>
    sumMoney(question.sold.map((line) => line.units)) -
    sumMoney(done(question).lines.map((line) => line.units.length)),
  refundNet: (question) => sumMoney(partsBack(question).map((part) => part.net)),
  refundTax: (question) => sumMoney(partsBack(question).map((part) => part.tax)),
  refundTaxes: (question) => {
    const back = partsBack(question)
    return (question.sold[0]?.taxes ?? []).map((_, index) =>
      sumMoney(back.map((part) => part.taxes[index] ?? 0)),
    )
  },
  taxByRate: (question) => {
    const rates: Record<string, number> = {}
    for (const part of partsBack(question)) rates[part.rate] = (rates[part.rate] ?? 0) + part.tax
    return rates
  },
  perLine: (question) =>
    Object.fromEntries(partsBack(question).map((part) => [part.sku, part.gross])),
  itemTax: (question) =>
    Object.fromEntries(partsBack(question).map((part) => [part.sku, part.tax])),
  shippingTax: (question) => sumMoney(partsBack(question).map((part) => part.tax)),
  methodsUsed: (question) => done(question).payBacks.map((row) => row.label),
  serials: (question) =>
    done(question).lines.flatMap(({ choice }) => question.sold[choice.line.id - 1]?.serials ?? []),
  subtotal: (question) => sum(question, 'list'),
  discount: (question) => sum(question, 'list') - sum(question, 'net'),
  net: (question) =>
    sum(question, 'net') +
    sumMoney((question.each.surcharges ?? []).map((extra) => surchargeOf(extra).net)),
  tax: (question) => sum(question, 'tax'),
  gross: saleTotal,
  perLineGross: ({ sold }) =>
    Object.fromEntries(sold.map((line) => [line.sku, line.net + line.tax])),
  orderTotalBefore: saleTotal,
  orderTotalAfter: (question) => saleTotal(question) - done(question).amount,
  returnCredit: (question) => done(question).amount,
  change: ({ each, facts }) =>
    sumMoney((each.paid ?? []).map((tender) => readAmount(each, tender.amount))) -
    sumMoney(facts.tenders.map((tender) => tender.paid)),
  received: (question) => unitsIn(question, 'sealed'),
  dismissed: (question) => unitsIn(question, 'damaged'),
  writtenOff: (question) => unitsIn(question, 'damaged'),
  stillExpected: (question) =>
    sumMoney((question.each.requested ?? []).map((each) => each.qty)) -
    sumMoney(done(question).lines.map((line) => line.units.length)),
}

function unitsIn(question: Question, condition: string): number {
  const lines = done(question).lines.filter((line) => line.choice.condition === condition)
  return sumMoney(lines.map((line) => line.units.length))
}
