import { addDays, daysBetween } from '../foundation/business-date.ts'
import type { OpenInstruction, TillPayment } from './matching.ts'
import type { Ground } from './rules.ts'

/** Two a person may put together, with what speaks for it and against it. */
export interface Candidate {
  instructionId: number
  receiptId: number
  grounds: Ground[]
}

/** Shown for one instruction at most: more is no choice. */
const mostShown = 5

/**
 * What a person may want to see beside each open instruction: payments that name it, of its sale, or of its amount and
 * near in time; what speaks most for it first. Of those in `shown` alone: a document's other payments count for its sum.
 */
export function candidatesFor(
  instructions: readonly OpenInstruction[],
  payments: readonly TillPayment[],
  windowDays: number,
  shown: ReadonlySet<number> = new Set(instructions.map(({ id }) => id)),
): Candidate[] {
  const sums = new Map<string, number>()
  for (const { source, direction, amount } of instructions) {
    const key = `${source} ${direction}`
    sums.set(key, (sums.get(key) ?? 0) + amount)
  }
  const found = new PaymentIndex(payments)
  return instructions.flatMap((instruction) => {
    if (!shown.has(instruction.id)) return []
    const whole = sums.get(`${instruction.source} ${instruction.direction}`) ?? 0
    return found
      .near(instruction, { whole, windowDays })
      .filter((payment) => couldBe(instruction, payment, { whole, windowDays }))
      .map((payment) => groundsOf(instruction, payment, { whole, windowDays }))
      .toSorted((a, b) => weightOf(b) - weightOf(a) || a.receiptId - b.receiptId)
      .slice(0, mostShown)
  })
}

/**
 * Payments by what can tie them to an instruction, so that months of open ones beside months of tills are a few
 * look-ups each: the number they name, their sale, and where they name nothing their amount on their day.
 */
class PaymentIndex {
  readonly #byKey = new Map<string, TillPayment[]>()

  constructor(payments: readonly TillPayment[]) {
    for (const payment of payments) {
      const { amount, parts, originalReceiptId, mentions, businessDate } = payment
      for (const number of mentions) this.#add(`names ${number}`, payment)
      if (originalReceiptId !== null) this.#add(`sale ${originalReceiptId}`, payment)
      if (!payment.isDated || mentions.length > 0) continue
      for (const each of new Set([amount, ...(parts ?? []).map((part) => part.amount)])) {
        this.#add(`${each} on ${businessDate}`, payment)
      }
    }
  }

  #add(key: string, payment: TillPayment): void {
    const found = this.#byKey.get(key)
    if (found) found.push(payment)
    else this.#byKey.set(key, [payment])
  }

  /** Every payment that names it, is of its sale, or comes to its amount or to all of its document's in these days. */
  near(
    { number, sourceNumber, receiptId, amount, businessDate }: OpenInstruction,
    { whole, windowDays }: Measure,
  ): TillPayment[] {
    const keys = [`names ${number}`, `names ${sourceNumber}`]
    if (receiptId !== null) keys.push(`sale ${receiptId}`)
    for (let day = -daysBefore; day <= windowDays; day += 1) {
      const date = addDays(businessDate, day)
      for (const each of new Set([amount, whole])) keys.push(`${each} on ${date}`)
    }
    return [...new Set(keys.flatMap((key) => this.#byKey.get(key) ?? []))]
  }
}

/** As the matching has it: the till may have been a day ahead. */
const daysBefore = 1

interface Measure {
  /** What all of the document's open instructions come to. */
  whole: number
  windowDays: number
}

function names({ number, sourceNumber }: OpenInstruction, { mentions }: TillPayment): boolean {
  return mentions.includes(number) || mentions.includes(sourceNumber)
}

function sameAmount(instruction: OpenInstruction, payment: TillPayment, whole: number): boolean {
  const parts = payment.parts ?? []
  return (
    payment.amount === whole ||
    payment.amount === instruction.amount ||
    parts.some(({ amount }) => amount === instruction.amount)
  )
}

function isNear(instruction: OpenInstruction, payment: TillPayment, windowDays: number): boolean {
  if (!payment.isDated) return false
  const { businessDate } = instruction
  return (
    payment.businessDate >= addDays(businessDate, -daysBefore) &&
    daysBetween(businessDate, payment.businessDate) <= windowDays
  )
}

function couldBe(
  instruction: OpenInstruction,
  payment: TillPayment,
  { whole, windowDays }: Measure,
): boolean {
  if (instruction.direction !== payment.direction) return false
  if (instruction.currency !== payment.currency) return false
  if (names(instruction, payment)) return true
  const ofSale =
    instruction.receiptId !== null && instruction.receiptId === payment.originalReceiptId
  const near = isNear(instruction, payment, windowDays)
  return ofSale
    ? near || !payment.isDated
    : near && sameAmount(instruction, payment, whole) && !payment.mentions.length
}

function groundsOf(
  instruction: OpenInstruction,
  payment: TillPayment,
  { whole, windowDays }: Measure,
): Candidate {
  const grounds: Candidate['grounds'] = []
  if (payment.mentions.includes(instruction.number)) grounds.push('number')
  else if (names(instruction, payment)) grounds.push('source_number')
  if (instruction.receiptId !== null && instruction.receiptId === payment.originalReceiptId) {
    grounds.push('original')
  }
  grounds.push(sameAmount(instruction, payment, whole) ? 'amount' : 'amount_differs')
  grounds.push(tenderGround(instruction, payment))
  if (instruction.lineIds.length > 0 && payment.lineIds.length > 0) {
    const shared = payment.lineIds.some((id) => instruction.lineIds.includes(id))
    grounds.push(shared ? 'goods' : 'goods_differ')
  }
  if (payment.isDated) grounds.push(isNear(instruction, payment, windowDays) ? 'date' : 'date_far')
  return { instructionId: instruction.id, receiptId: payment.receiptId, grounds }
}

function tenderGround(
  { tender }: OpenInstruction,
  { parts }: TillPayment,
): 'tender' | 'tender_differs' | 'tender_unknown' {
  if (parts === null) return 'tender_unknown'
  return parts.some((part) => part.tender === tender) ? 'tender' : 'tender_differs'
}

const weights: Record<Ground, number> = {
  number: 64,
  typed: 64,
  source_number: 32,
  original: 16,
  amount: 8,
  net: 8,
  goods: 4,
  tender: 2,
  date: 1,
  tender_unknown: 0,
  amount_differs: 0,
  tender_differs: 0,
  goods_differ: -4,
  date_far: -1,
}

function weightOf({ grounds }: Candidate): number {
  return grounds.reduce((sum, ground) => sum + weights[ground], 0)
}
