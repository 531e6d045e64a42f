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
 * near in time; what speaks most for it first.
 */
export function candidatesFor(
  instructions: readonly OpenInstruction[],
  payments: readonly TillPayment[],
  windowDays: number,
): Candidate[] {
  const sums = new Map<string, number>()
  for (const { source, direction, amount } of instructions) {
    const key = `${source} ${direction}`
    sums.set(key, (sums.get(key) ?? 0) + amount)
  }
  return instructions.flatMap((instruction) => {
    const whole = sums.get(`${instruction.source} ${instruction.direction}`) ?? 0
    return payments
      .filter((payment) => couldBe(instruction, payment, { whole, windowDays }))
      .map((payment) => groundsOf(instruction, payment, { whole, windowDays }))
      .toSorted((a, b) => weightOf(b) - weightOf(a) || a.receiptId - b.receiptId)
      .slice(0, mostShown)
  })
}

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
    payment.businessDate >= addDays(businessDate, -1) &&
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
