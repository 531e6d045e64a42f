import type { BusinessDate } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import type { HolidayCalendar } from '../foundation/holidays.ts'
import { type MinorUnits, shareOfUnit, sumMoney } from '../foundation/money.ts'
import { toHalfWidth } from '../foundation/text.ts'
import type { Reason, RepairFact, RightsFacts, Verdict } from '../policy/facts.ts'
import type { ReasonClass, Remedy } from '../policy/rule.ts'
import { repairFacts, repairsAskedFor, type UnitRepair } from '../repairs/rules.ts'
import type { Answer, Answers, wayOns } from './contract.ts'
import { tagsOfAnswer } from './told.ts'

/** What the desk knows of a sale before it asks anything. */
export interface RightsSale {
  id: number
  receiptNo: string
  kind: 'sale' | 'return'
  businessDate: BusinessDate
  currency: string
  memberNo: string
  customerId: number | null
  /** Goods given in exchange: when those of the first sale of the chain were sold, and when these were handed over. */
  exchange: { soldOn: BusinessDate; handedOverOn: BusinessDate } | null
  /** Of its customer, as the store's club names it; null where there is none. */
  tier: string | null
  /** Some of it was paid with a voucher. */
  paidByVoucher: boolean
  /** Number of the desk's paper that a till wrote down once more with this receipt; null for a sale of its own. */
  mirrorOf: string | null
  lines: RightsLine[]
}

export interface RightsLine {
  id: number
  kind: 'goods' | 'non_goods' | 'return' | 'adjustment'
  name: string
  sku: string
  brand: string
  /** As the catalogue writes it, in the store's own words. */
  categoryWords: string
  counter: string
  promo: string
  units: number
  qtyMilli: number
  listAmount: MinorUnits
  paidAmount: MinorUnits
  /** Shelf price of one unit of sale today, from the catalogue. */
  listPrice: MinorUnits | null
  /** Units that are back, what they were given back for, and by which slip. */
  returned: { unitNo: number; amount: MinorUnits; number: string }[]
  /** Paid for and not handed over yet: there is nothing to take back, swap or mend. */
  toCome?: boolean
  /** Price differences given for units, and how much. */
  allowances: { unitNo: number; amount: MinorUnits }[]
  /** Terms of the live card of one of its units that is still out. */
  card: {
    unitMonths: number
    partMonths: number | null
    startsOn: BusinessDate
    installedOn: BusinessDate | null
  } | null
  /** What the desk repaired of its units, whichever unit. */
  repairs: readonly UnitRepair[]
}

/** Words on a line that say something of it; resources/rights/line-words.json. */
export interface LineWords {
  gift: readonly string[]
  special: readonly string[]
  member_price: readonly string[]
  made_to_order: readonly string[]
}

/** What a line says of itself: came free, sold at a reduced price, made to order. */
export function tagsOf(
  line: Pick<RightsLine, 'name' | 'promo' | 'paidAmount' | 'listAmount'>,
  words: LineWords,
): string[] {
  const text = toHalfWidth(`${line.promo} ${line.name}`).toLowerCase()
  const says = (list: readonly string[]) => list.some((word) => text.includes(word))
  const tags: string[] = []
  if (line.paidAmount === 0 && (line.listAmount > 0 || says(words.gift))) tags.push('gift')
  if (says(words.special)) tags.push('special')
  if (says(words.member_price)) tags.push('member_price')
  if (says(words.made_to_order)) tags.push('made_to_order')
  return tags
}

/** Units of a line that have not come back. */
export function unitsLeft(line: RightsLine): number {
  return line.kind === 'goods' ? Math.max(0, line.units - line.returned.length) : 0
}

/**
 * What was paid for `units` of the units still out, less price differences given since: the free ones with the lowest
 * numbers at their own share, and all of them at what is left of the line, which is how a refund takes them (domain.md
 * §5.4). For a price difference it is the dearest of them: one whose price was adjusted is not asked about again before
 * its twins. Minor units.
 */
export function paidForUnits(line: RightsLine, units: number, dearest = false): MinorUnits {
  const given = [...line.returned, ...line.allowances].map((each) => each.amount)
  const left = Math.max(line.paidAmount - sumMoney(given), 0)
  if (units >= unitsLeft(line)) return left
  const back = new Set(line.returned.map((each) => each.unitNo))
  const worth: MinorUnits[] = []
  for (let unitNo = 1; unitNo <= line.units; unitNo += 1) {
    if (!back.has(unitNo)) worth.push(worthOf(line, unitNo))
  }
  if (dearest) worth.sort((a, b) => b - a)
  return Math.min(sumMoney(worth.slice(0, units)), left)
}

/** A unit's share of what was paid, less what was given back for it while it stayed with the customer. */
function worthOf(line: RightsLine, unitNo: number): MinorUnits {
  const given = line.allowances.filter((each) => each.unitNo === unitNo)
  const share = shareOfUnit(line.paidAmount, line.units, unitNo)
  return Math.max(share - sumMoney(given.map((each) => each.amount)), 0)
}

/** The shelf price today of so many units of a line, where the catalogue knows it. */
export function shelfPrice(line: RightsLine, units: number): MinorUnits | null {
  if (line.listPrice === null || line.units === 0) return null
  const milli = Math.round((line.qtyMilli * units) / line.units)
  return Math.round((line.listPrice * milli) / 1_000)
}

/** Everything said for one line: what holds for all, and what this line says differently. */
export function answerFor(answers: Answers, saleLineId: number): Answer {
  const own = answers.lines.find((each) => each.saleLineId === saleLineId)
  return { ...answers.all, ...own?.answer }
}

/** What does not hang on a line: the day, the place and how the store names things. */
export interface RightsContext {
  today: BusinessDate
  calendar: HolidayCalendar | null
  /** The store's own. */
  currency: string
  words: LineWords
  /** The kind of goods, and what all goods of it are (`perishable`). */
  categoryOf(goods: { category: string; name: string }): { code: string; tags: string[] } | null
}

/** Units of a line, what was said of them, and the day the customer asked where that was before today. */
export interface Asked {
  units: number
  answer: Answer
  claimedOn?: BusinessDate | null
}

/**
 * The facts of some units of a line: what the sale, the catalogue and the card say, and what the clerk answered.
 * Refuses dates before the sale (`rights.before_sale`) and after today (`rights.in_future`), and more units than are
 * still out (`rights.more_than_left`).
 */
export function factsOf(
  sale: RightsSale,
  line: RightsLine,
  asked: Asked,
  context: RightsContext,
): RightsFacts {
  const { units, answer } = asked
  const repairs = repairsOf(line, asked, context)
  const { name } = line
  if (units > unitsLeft(line))
    refuse('rights.more_than_left', { name, units, left: unitsLeft(line) })
  for (const date of [answer.deliveredOn, answer.installedOn]) {
    if (date === undefined) continue
    if (date < sale.businessDate)
      refuse('rights.before_sale', { name, date, soldOn: sale.businessDate })
    if (date > context.today) refuse('rights.in_future', { name, date })
  }
  const category = context.categoryOf({ category: line.categoryWords, name })
  const told = tagsOfAnswer(answer)
  return {
    today: context.today,
    claimedOn: asked.claimedOn ?? null,
    calendar: context.calendar,
    currency: context.currency,
    channel: answer.channel ?? 'counter',
    line: {
      currency: sale.currency,
      category: category?.code ?? null,
      sku: line.sku,
      brand: line.brand,
      counter: line.counter,
      tags: [
        ...tagsOf(line, context.words),
        ...(sale.paidByVoucher ? ['voucher'] : []),
        ...(category?.tags ?? []),
        ...told.tags,
      ],
      notTags: told.notTags,
      paid: paidForUnits(line, units, answer.reason === 'price'),
      units,
      unitsSold: line.units,
      unitsReturned: line.returned.length,
      currentPrice:
        answer.seenPrice === undefined ? shelfPrice(line, units) : answer.seenPrice * units,
    },
    tier: sale.tier,
    dates: {
      sold: sale.exchange?.soldOn ?? sale.businessDate,
      delivered: answer.deliveredOn ?? null,
      installed: answer.installedOn ?? line.card?.installedOn ?? null,
      exchanged: sale.exchange?.handedOverOn ?? null,
    },
    card: line.card && {
      unitMonths: line.card.unitMonths,
      partMonths: line.card.partMonths,
      startsOn: line.card.startsOn,
    },
    reason: answer.reason ?? null,
    condition: answer.condition ?? null,
    complete: answer.complete ?? null,
    part: answer.part ?? null,
    proof: {
      receipt: answer.receipt ?? true,
      memberCard: sale.memberNo !== '' || sale.customerId !== null,
      medical: answer.medicalProof ?? false,
      repairRecords: repairs.some((repair) => repair.recorded),
    },
    findings: answer.findings ?? null,
    foundSubstandard: answer.foundSubstandard ?? false,
    repairs,
    sameModelInStock: answer.sameModelInStock ?? null,
    kilometres: answer.kilometres ?? null,
    wish: answer.wish ?? null,
  }
}

/**
 * Repairs of the unit that is asked about. Where the customer says it is faulty now, a repair it came back from in
 * order has failed by that: the second such one gives the right to an exchange by itself (domain.md §1.1 SB-2R).
 */
function repairsOf(
  line: RightsLine,
  { units, answer }: Asked,
  { today }: RightsContext,
): RepairFact[] {
  const asked = { unitsSold: line.units, units, unitNo: answer.unitNo ?? null }
  const claimed = answer.reason === 'quality'
  return repairFacts(repairsAskedFor(line.repairs, asked), { today, claimed })
}

export type WayOn = (typeof wayOns)[number]

/** Faults a test can settle. */
const testable: readonly ReasonClass[] = ['quality', 'damaged', 'counterfeit', 'unsafe_food']

/** Reasons that better proof can take away. */
const provable: readonly Reason['key'][] = [
  'reason.needs_receipt',
  'reason.needs_member_card',
  'reason.needs_repair_records',
  'reason.needs_medical_proof',
  'reason.void_no_proof',
  'reason.void_proof_mismatch',
]

/**
 * What the customer can still do after a no: every other remedy the rules allow, then better proof or a test where
 * they could change the answer, and always the manager and the authority (domain.md §2.1, §1.4).
 */
export function wayOnsOf(
  verdict: Pick<Verdict, 'remedies'>,
  denied: { claim: Remedy; reason: ReasonClass; country: string; lacksProof?: boolean },
): { kind: WayOn; until: BusinessDate | null }[] {
  const always = (kind: WayOn) => ({ kind, until: null })
  const others = verdict.remedies.flatMap((each) =>
    each.allowed && each.remedy !== denied.claim ? [{ kind: each.remedy, until: each.until }] : [],
  )
  const refused = verdict.remedies.find((each) => each.remedy === denied.claim)
  const lacksProof =
    denied.lacksProof === true ||
    (refused !== undefined &&
      !refused.allowed &&
      refused.reasons.some((each) => provable.includes(each.key)))
  return [
    ...others,
    ...(lacksProof ? [always('more_proof')] : []),
    ...(testable.includes(denied.reason) ? [always('test')] : []),
    always('manager'),
    always(denied.country === 'CN' ? 'hotline_12315' : 'authority'),
  ]
}
