import type { z } from 'zod'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { shareOfUnit, sumMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import {
  type CarriedShare,
  reckonReturn,
  type ReturnQuote,
  settleCredit,
  type Settlement,
} from '../refunds/index.ts'
import { listUndelivered } from '../rights/index.ts'
import type { exchangeAsk } from './contract.ts'
import { type Goods, isSameFamily } from './family.ts'
import {
  type ExchangeFigure,
  type GivenChoice,
  type GivenFigures,
  priceGiven,
  type ReturnedWorth,
  withRounding,
  writeExchangeStrip,
} from './pricing.ts'
import {
  compareSerials,
  serialKey,
  type SoldSerial,
  type UnitSerial,
  unitsBySerial,
} from './serials.ts'
import { readExchangeSettings } from './settings.ts'
import {
  findCardLines,
  listCardSerials,
  listProducts,
  listSerialsBack,
  listSoldGoods,
  type ProductRecord,
} from './store.ts'

export type ExchangeAsk = z.output<typeof exchangeAsk> & {
  /** Positions of what is not here and has to be ordered; null where all of it is here. */
  ordered?: ReadonlySet<number> | null
}

/** Goods that go out, priced, with what the catalogue knows of them. */
export interface GivenLine extends GivenFigures {
  product: ProductRecord | null
  serialNo: string
  /** Its position in what was asked for. */
  asked: number
}

/** What comes back of one line, with its serial numbers. */
export interface ReturnedSerials {
  saleLineId: number
  sold: readonly SoldSerial[]
  units: UnitSerial[]
}

/** A payment of the new goods that was carried over, with what the old sale says of it. */
export interface CarriedTender extends CarriedShare {
  reference: string
}

/** What an exchange comes to, and from what: preview and record are told the same by the same rules. */
export interface ExchangeQuote {
  back: ReturnQuote
  serials: ReturnedSerials[]
  lines: GivenLine[]
  settlement: Settlement
  carried: CarriedTender[]
  collect: { kind: CarriedShare['kind']; label: string; amount: number } | null
  credit: number
  given: number
  difference: number
  figures: ExchangeFigure[]
}

/** Reckons an exchange on the books as they stand in this unit of work. */
export async function quoteExchange(
  r: ReadHandle,
  call: Call,
  ask: ExchangeAsk,
): Promise<ExchangeQuote> {
  const sold = await readSold(r, ask.receiptId)
  await requireOwnCards(r, ask)
  await requireDelivered(r, ask)
  const products = await requireProducts(r, ask)
  const asked = ask.given.flatMap((each, at) => lineForEachUnit(each, at, products))
  const given = asked.map((each) => choiceOf(each, products))
  const back = await reckonReturn(r, call, backAsk(ask, sold, asked, given), 'exchange')
  const policy = await readExchangeSettings(r)
  const priced = priceGiven(
    given,
    back.lines.map((line) => worthOf(line, sold)),
    policy,
  )
  const replacement = sumMoney(priced.map((line) => line.paidAmount))
  if (policy.goodsPolicy === 'not_cheaper' && given.length > 0 && replacement < back.due) {
    refuse('exchanges.not_cheaper')
  }
  const settlement = settleCredit(back.facts, back, replacement, ask.collect.kind)
  const lines = withRounding(priced, settlement.collectRounding)
  const { toCollect, difference, rounding } = settlement
  return {
    back,
    serials: back.lines.map((line, at) => {
      const known = sold.get(line.choice.line.id)?.serials ?? []
      const unitNos = line.units.map((unit) => unit.unitNo)
      const scanned = ask.lines[at]?.serialNos ?? []
      const { id, name } = line.choice.line
      return { saleLineId: id, sold: known, units: compareSerials(name, unitNos, scanned, known) }
    }),
    lines: lines.map((line, at) => ({
      ...line,
      product: products.get(asked[at]?.productId ?? 0) ?? null,
      serialNo: asked[at]?.serialNo ?? '',
      asked: asked[at]?.asked ?? 0,
    })),
    settlement,
    carried: settlement.carried.map((share) => ({
      ...share,
      reference: back.sale.tenders.find((each) => each.id === share.tenderId)?.reference ?? '',
    })),
    collect:
      toCollect > 0
        ? { kind: ask.collect.kind, label: ask.collect.label, amount: toCollect }
        : null,
    credit: back.due,
    given: sumMoney(lines.map((line) => line.paidAmount)),
    difference,
    figures: writeExchangeStrip({ lines, credit: back.due, rounding, difference }),
  }
}

interface SoldLine {
  goods: Goods
  serials: SoldSerial[]
}

/** What the sale and its cards know of the goods of each line. */
async function readSold(r: ReadHandle, receiptId: number): Promise<Map<number, SoldLine>> {
  const cards = await listCardSerials(r, receiptId)
  const lines = await listSoldGoods(r, receiptId)
  const onSlips = new Map([...lines].map(([id, { serialNo }]) => [id, numbersIn(serialNo)]))
  const isAnyOfMany = [...onSlips.values()].some((numbers) => numbers.length > 1)
  const back = isAnyOfMany ? await listSerialsBack(r, receiptId) : []
  return new Map(
    [...lines].map(([id, { goods }]) => {
      const own = cards.filter((each) => each.saleLineId === id)
      // A number on the slip of units that came back since is of none that is still out.
      const gone = new Set(
        back.filter((each) => each.saleLineId === id).map((each) => serialKey(each.serialNo)),
      )
      const onSlip = (onSlips.get(id) ?? []).filter((each) => !gone.has(serialKey(each)))
      const serials = [
        ...own.map(({ unitNo, serialNo }) => ({ unitNo, serialNo })),
        ...onSlip.map((serialNo) => ({ unitNo: null, serialNo })),
      ]
      return [id, { goods, serials }]
    }),
  )
}

/** The serial numbers a till wrote into one cell. */
function numbersIn(cell: string): string[] {
  return cell
    .split(/[,;，；、]/u)
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

/** Refuses a card that is another item's (`exchanges.card_of_other_item`) or void (`exchanges.card_void`). */
async function requireOwnCards(r: ReadHandle, ask: ExchangeAsk): Promise<void> {
  for (const { cardId, saleLineId } of ask.lines) {
    if (cardId === null) continue
    const card = (await findCardLines(r, cardId)) ?? refuse('cards.unknown_card')
    const { number, name } = card
    if (!card.saleLineIds.includes(saleLineId)) {
      refuse('exchanges.card_of_other_item', { number, name })
    }
    if (card.state === 'void') refuse('exchanges.card_void', { number })
  }
}

/** Refuses goods the desk sold and has yet to hand over (`exchanges.not_delivered`): there is nothing to take back. */
async function requireDelivered(r: ReadHandle, ask: ExchangeAsk): Promise<void> {
  const asked = new Set(ask.lines.map((each) => each.saleLineId))
  const waiting = (await listUndelivered(r, ask.receiptId)).find((each) =>
    asked.has(each.saleLineId),
  )
  if (waiting) refuse('exchanges.not_delivered', { name: waiting.name })
}

async function requireProducts(
  r: ReadHandle,
  ask: ExchangeAsk,
): Promise<Map<number, ProductRecord>> {
  const ids = ask.given.flatMap((each) => each.productId ?? [])
  const products = await listProducts(r, [...new Set(ids)])
  const byId = new Map(products.map((each) => [each.productId, each]))
  if (ids.some((id) => !byId.has(id))) refuse('exchanges.unknown_product')
  return byId
}

type AskedGoods = ExchangeAsk['given'][number]

/**
 * Units that are told apart by their serial numbers are a line each, so that every number stands on the slip, in the
 * sale and on the card of its own unit; a discount on them is shared. Refuses more numbers than units
 * (`exchanges.too_many_serials`).
 */
function lineForEachUnit(
  goods: AskedGoods,
  asked: number,
  products: ReadonlyMap<number, ProductRecord>,
): (AskedGoods & { asked: number })[] {
  const { units, discount } = goods
  const product = products.get(goods.productId ?? 0)
  const numbers = [goods.serialNo, ...goods.serialNos].filter((each) => each !== '')
  if (numbers.length > units) {
    refuse('exchanges.too_many_serials', { name: product?.name ?? goods.name })
  }
  const areToldApart = numbers.length > 0 || product?.serialTracked === true
  if (units === 1 || !areToldApart) return [{ ...goods, serialNo: numbers[0] ?? '', asked }]
  return Array.from({ length: units }, (_, index) => {
    const amount = discount ? shareOfUnit(discount.amount, units, index + 1) : 0
    const share = discount && amount > 0 ? { ...discount, amount } : null
    return { ...goods, units: 1, serialNo: numbers[index] ?? '', discount: share, asked }
  })
}

function choiceOf(asked: AskedGoods, products: ReadonlyMap<number, ProductRecord>): GivenChoice {
  const product = products.get(asked.productId ?? 0)
  const name = product?.name ?? asked.name
  if (name === '') refuse('exchanges.goods_need_name')
  const { units, unitPrice, replaces, keepPrice, discount } = asked
  return {
    goods: product ?? { productId: null, name, brand: '', model: '', spec: '', listPrice: null },
    units,
    typedPrice: unitPrice,
    replaces,
    keepPrice,
    discount,
  }
}

/** What the refunds room is asked: the same ask, with the units that the serial numbers tell. */
function backAsk(
  ask: ExchangeAsk,
  sold: ReadonlyMap<number, SoldLine>,
  asked: readonly { asked: number }[],
  given: readonly GivenChoice[],
): Parameters<typeof reckonReturn>[2] {
  const lines = ask.lines.map((line) => {
    const serials = sold.get(line.saleLineId)?.serials ?? []
    const told = line.unitNos.length > 0 ? null : unitsBySerial(line.serialNos, serials, line.units)
    return { ...line, unitNos: told ?? line.unitNos }
  })
  const olds = ask.lines.flatMap((line) => sold.get(line.saleLineId)?.goods ?? [])
  const swaps = asked.filter((_, at) => {
    const goods = given[at]?.goods
    return goods !== undefined && olds.some((old) => isSameFamily(old, goods))
  })
  const isHere = swaps.some((each) => !ask.ordered?.has(each.asked))
  return { ...ask, lines, allowances: [], sameModelInStock: swaps.length > 0 ? isHere : null }
}

function worthOf(
  line: ReturnQuote['lines'][number],
  sold: ReadonlyMap<number, SoldLine>,
): ReturnedWorth {
  const { id, name } = line.choice.line
  const { listShare, paidShare } = line
  return {
    saleLineId: id,
    goods: sold.get(id)?.goods ?? {
      productId: null,
      name,
      brand: '',
      model: '',
      spec: '',
      listPrice: null,
    },
    unitAmounts: line.units.map((unit) => unit.amount),
    listShare,
    paidShare,
  }
}
