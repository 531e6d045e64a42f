/**
 * Which payments of the POS stand for which documents of the desk. Pure: the same facts give the same answer in any
 * order they are told. Nothing is guessed: where two could be meant on either side, a person decides.
 */
import { addDays, daysBetween } from '../foundation/business-date.ts'
import type { Doubt, Ground } from './rules.ts'
import type { Direction } from './store.ts'

/** An instruction the POS has not answered yet. */
export interface OpenInstruction {
  id: number
  number: string
  /** Its document, as `type id`: its instructions belong together. */
  source: string
  sourceNumber: string
  direction: Direction
  /** The sale its money belongs to. */
  receiptId: number | null
  tender: string
  amount: number
  currency: string
  businessDate: string
  /** UTC instant it was raised. */
  raisedAt: string
  /** Sold lines its document took back; empty where that is not known. */
  lineIds: readonly number[]
}

interface TillPart {
  tender: string
  amount: number
}

/** Money a till moved on one receipt. */
export interface TillPayment {
  receiptId: number
  /** Positive money out is `pay_out`. */
  direction: Direction
  posKey: string
  till: string
  businessDate: string
  /** False where the file gives returns only the day of their sale. */
  isDated: boolean
  currency: string
  /** Minor units, more than zero. */
  amount: number
  /** By tender; null where the file does not say how it was paid. */
  parts: readonly TillPart[] | null
  /** Numbers of this desk's papers its fields name. */
  mentions: readonly string[]
  /** The sale it belongs to, and the sold lines that came back on it. */
  originalReceiptId: number | null
  lineIds: readonly number[]
  /** UTC instant from which the desk knew it. */
  knownAt: string
}

/** A payment whose number a person told before an import brought it. */
export interface ToldPayment {
  settlementId: number
  source: string
  direction: Direction
  posKey: string
  till: string
  date: string
  /** What its instructions come to. */
  amount: number
}

export interface Match {
  instructionIds: number[]
  receiptId: number
  how: 'number' | 'original'
  why: Ground[]
}

/** A receipt that only repeats what the desk has done: an even exchange, or the half of one that moves more than the difference. */
export interface Mirror {
  source: string
  receiptId: number
}

export interface Confirmation {
  settlementId: number
  receiptId: number
  /** What the till moved; another amount than was told is shown to a person. */
  amount: number
}

export interface MatchingFacts {
  instructions: readonly OpenInstruction[]
  payments: readonly TillPayment[]
  told: readonly ToldPayment[]
  /** `source receiptId` of matches a person has undone. */
  rejected: ReadonlySet<string>
  /** Numbers of documents and instructions that exist, open or not, with their document. */
  known: ReadonlyMap<string, string>
  /** Documents a till may repeat without owing them a payment: exchanges. */
  repeatable: ReadonlySet<string>
  windowDays: number
}

export interface MatchingResult {
  matches: Match[]
  mirrors: Mirror[]
  confirmations: Confirmation[]
  /** By instruction. */
  doubts: Map<number, Doubt>
}

/** The till may have been a day ahead of the desk's business day. */
const daysBefore = 1

export function pairKey(source: string, receiptId: number): string {
  return `${source} ${receiptId}`
}

/** Finds every match that can be no other; see docs/decisions/0014. */
export function matchPayments(facts: MatchingFacts): MatchingResult {
  const sorted = {
    ...facts,
    instructions: facts.instructions.toSorted((a, b) => a.id - b.id),
    payments: facts.payments.toSorted((a, b) => a.receiptId - b.receiptId),
  }
  const matching = new Matching(sorted)
  matching.confirmTold()
  matching.matchNamed()
  matching.matchByOriginal()
  return matching.result
}

class Matching {
  readonly result: MatchingResult = {
    matches: [],
    mirrors: [],
    confirmations: [],
    doubts: new Map(),
  }
  readonly #facts: MatchingFacts
  readonly #used = new Set<number>()
  readonly #open = new Map<string, OpenInstruction[]>()
  /** Documents with open instructions, by the sale they belong to. */
  readonly #sources = new Map<number, Set<string>>()

  constructor(facts: MatchingFacts) {
    this.#facts = facts
    for (const instruction of facts.instructions) {
      const { source, receiptId } = instruction
      this.#open.set(source, [...(this.#open.get(source) ?? []), instruction])
      if (receiptId === null) continue
      this.#sources.set(receiptId, (this.#sources.get(receiptId) ?? new Set()).add(source))
    }
  }

  /** Payments told by their number: the import brings the receipt. */
  confirmTold(): void {
    const claims = this.#facts.told.map((told) => ({ told, receipt: this.#receiptOf(told) }))
    for (const { told, receipt } of claims) {
      if (!receipt) continue
      const rivals = claims.filter((each) => each.receipt === receipt)
      if (rivals.length > 1) continue
      this.#used.add(receipt.receiptId)
      const { receiptId, amount } = receipt
      this.result.confirmations.push({ settlementId: told.settlementId, receiptId, amount })
    }
  }

  #receiptOf(told: ToldPayment): TillPayment | null {
    const numbered = this.#facts.payments.filter(
      (payment) =>
        payment.direction === told.direction &&
        payment.posKey === told.posKey &&
        (told.till === '' || payment.till === '' || payment.till === told.till),
    )
    const sameDay = numbered.filter(({ businessDate }) => businessDate === told.date)
    if (sameDay.length > 0) return sameDay.length === 1 ? (sameDay[0] ?? null) : null
    const near = numbered.filter(
      (payment) =>
        payment.amount === told.amount &&
        (!payment.isDated || this.#isNear(told.date, payment.businessDate)),
    )
    return near.length === 1 ? (near[0] ?? null) : null
  }

  #isNear(deskDate: string, tillDate: string): boolean {
    return (
      tillDate >= addDays(deskDate, -daysBefore) &&
      daysBetween(deskDate, tillDate) <= this.#facts.windowDays
    )
  }

  /** Payments that name a paper of the desk: the cashier scanned the slip. */
  matchNamed(): void {
    const named = new Map<string, TillPayment[]>()
    for (const payment of this.#facts.payments) {
      if (this.#used.has(payment.receiptId)) continue
      const sources = new Set(
        payment.mentions.flatMap((number) => this.#facts.known.get(number) ?? []),
      )
      if (sources.size === 0) continue
      // It says whose it is, so it is nobody else's, whatever comes of it.
      this.#used.add(payment.receiptId)
      const [source = ''] = sources
      if (sources.size > 1 || this.#isRejected(source, payment)) continue
      named.set(source, [...(named.get(source) ?? []), payment])
    }
    for (const [source, payments] of named) this.#settleNamed(source, payments)
  }

  #settleNamed(source: string, payments: readonly TillPayment[]): void {
    const open = this.#open.get(source) ?? []
    const shares = open.length > 0 ? shareOut(open, payments) : null
    if (!shares) {
      this.#settleNet(source, open, payments)
      return
    }
    for (const { payment, instructions } of shares) {
      const numbers = new Set(instructions.map(({ number }) => number))
      const byItself = payment.mentions.some((number) => numbers.has(number))
      this.#settle(payment, instructions, 'number', [byItself ? 'number' : 'source_number'])
    }
  }

  /**
   * A till that writes an exchange as a return and a sale, or as one receipt that comes to nothing: together they have
   * to come to what the desk told it, by tender where the file says how.
   */
  #settleNet(
    source: string,
    open: readonly OpenInstruction[],
    payments: readonly TillPayment[],
  ): void {
    if (!this.#facts.repeatable.has(source) || !comesTo(open, payments)) {
      if (open.length > 0) this.#doubt(open, differenceOf(open, payments))
      return
    }
    const answer = payments.find((payment) => payment.direction === open[0]?.direction)
    for (const payment of payments) {
      if (payment === answer) this.#settle(payment, open, 'number', ['source_number', 'net'])
      else this.result.mirrors.push({ source, receiptId: payment.receiptId })
    }
  }

  /** Payments on the sale the desk's document belongs to, of the same amount by the same tender, near in time. */
  matchByOriginal(): void {
    const candidates = new Map<string, TillPayment[]>()
    const claimants = new Map<TillPayment, string[]>()
    for (const payment of this.#facts.payments) {
      if (this.#used.has(payment.receiptId)) continue
      const ofSale = this.#sources.get(payment.originalReceiptId ?? 0) ?? []
      const sources = [...ofSale].filter((source) => this.#fits(source, payment))
      claimants.set(payment, sources)
      for (const source of sources) {
        candidates.set(source, [...(candidates.get(source) ?? []), payment])
      }
    }
    for (const [source, payments] of candidates) {
      const open = this.#open.get(source) ?? []
      const alone = payments.every((payment) => claimants.get(payment)?.length === 1)
      const shares = alone ? shareOut(open, payments) : null
      if (!shares)
        this.#doubt(
          open.filter((each) => payments.some((payment) => mayPay(each, payment))),
          'several',
        )
      for (const { payment, instructions } of shares ?? []) {
        this.#settle(payment, instructions, 'original', ['original'])
      }
    }
  }

  /** Whether a payment could be the whole answer to some of a document's open instructions. */
  #fits(source: string, payment: TillPayment): boolean {
    const open = this.#open.get(source) ?? []
    const [first] = open
    if (!first) return false
    if (this.#isRejected(source, payment) || goodsDisagree(first, payment)) return false
    // What the desk knew when it wrote the instruction cannot be the answer to it.
    if (payment.knownAt < first.raisedAt) return false
    if (payment.isDated && !this.#isNear(first.businessDate, payment.businessDate)) return false
    return take(open, payment) !== null
  }

  #isRejected(source: string, payment: TillPayment): boolean {
    return this.#facts.rejected.has(pairKey(source, payment.receiptId))
  }

  #settle(
    payment: TillPayment,
    instructions: readonly OpenInstruction[],
    how: Match['how'],
    grounds: Ground[],
  ): void {
    const [first] = instructions
    this.#used.add(payment.receiptId)
    this.#close(instructions)
    const why: Ground[] = [...grounds]
    if (!grounds.includes('net')) why.push('amount', payment.parts ? 'tender' : 'tender_unknown')
    if (
      first &&
      first.lineIds.length > 0 &&
      payment.lineIds.length > 0 &&
      !goodsDisagree(first, payment)
    )
      why.push('goods')
    if (payment.isDated) why.push('date')
    this.result.matches.push({
      instructionIds: instructions.map(({ id }) => id),
      receiptId: payment.receiptId,
      how,
      why,
    })
  }

  #doubt(instructions: readonly OpenInstruction[], doubt: Doubt): void {
    for (const { id } of instructions) this.result.doubts.set(id, doubt)
    this.#close(instructions)
  }

  /** What is settled or for a person to decide is out of every later step. */
  #close(instructions: readonly OpenInstruction[]): void {
    for (const { source } of instructions) {
      const open = this.#open.get(source) ?? []
      this.#open.set(
        source,
        open.filter((each) => !instructions.includes(each)),
      )
    }
  }
}

interface Share {
  payment: TillPayment
  instructions: OpenInstruction[]
}

/** Gives each payment instructions of its own that it pays exactly; null where they do not go round. */
function shareOut(
  open: readonly OpenInstruction[],
  payments: readonly TillPayment[],
): Share[] | null {
  let left = [...open]
  const shares: Share[] = []
  // What says how it was paid chooses first: the rest can only be what remains.
  for (const payment of payments.toSorted(
    (a, b) => Number(a.parts === null) - Number(b.parts === null),
  )) {
    const taken = take(left, payment)
    if (!taken) return null
    left = left.filter((each) => !taken.includes(each))
    shares.push({ payment, instructions: taken })
  }
  return shares
}

/**
 * The instructions among `open` that a payment pays exactly, the first told first among equals of one document; null
 * where there are none. A payment without tenders has to pay all of them.
 */
function take(open: readonly OpenInstruction[], payment: TillPayment): OpenInstruction[] | null {
  const fitting = open.filter((each) => isAlike(each, payment))
  const { parts } = payment
  if (!parts) {
    const sum = fitting.reduce((total, { amount }) => total + amount, 0)
    return fitting.length > 0 && sum === payment.amount ? fitting : null
  }
  // The desk issues and takes back its own vouchers; a till may write them down all the same.
  const withoutVouchers = parts.filter(({ tender }) => tender !== 'voucher')
  return takeParts(fitting, parts) ?? takeParts(fitting, withoutVouchers)
}

function takeParts(
  fitting: readonly OpenInstruction[],
  parts: readonly TillPart[],
): OpenInstruction[] | null {
  if (parts.length === 0) return null
  const taken: OpenInstruction[] = []
  for (const part of parts) {
    const found = fitting.find(
      (each) => each.tender === part.tender && each.amount === part.amount && !taken.includes(each),
    )
    if (!found) return takeSummed(fitting, parts)
    taken.push(found)
  }
  return taken
}

/** A till that writes one sum for each tender: everything the document moves by each of the payment's tenders. */
function takeSummed(
  open: readonly OpenInstruction[],
  parts: readonly TillPart[],
): OpenInstruction[] | null {
  const paid = sumByTender(parts)
  const taken = open.filter(({ tender }) => paid.has(tender))
  const wanted = sumByTender(taken)
  const agrees = [...paid].every(([tender, amount]) => wanted.get(tender) === amount)
  return agrees && taken.length > 0 ? taken : null
}

/** Whether payments of both directions come to what open instructions of one direction, or none, ask for. */
function comesTo(open: readonly OpenInstruction[], payments: readonly TillPayment[]): boolean {
  const signOf = ({ direction }: { direction: Direction }) => (direction === 'collect' ? 1 : -1)
  const total = (rows: readonly { direction: Direction; amount: number }[]) =>
    rows.reduce((sum, row) => sum + signOf(row) * row.amount, 0)
  if (new Set(open.map(({ direction }) => direction)).size > 1) return false
  if (total(open) !== total(payments)) return false
  if (open.length > 0 && !payments.some(({ direction }) => direction === open[0]?.direction)) {
    return false
  }
  if (payments.some(({ parts }) => parts === null || parts.length === 0)) return true
  const left = new Map<string, number>()
  const add = (tender: string, amount: number) => left.set(tender, (left.get(tender) ?? 0) + amount)
  for (const each of open) add(each.tender, -signOf(each) * each.amount)
  for (const payment of payments) {
    for (const part of payment.parts ?? []) add(part.tender, signOf(payment) * part.amount)
  }
  return [...left.values()].every((amount) => amount === 0)
}

function sumByTender(rows: readonly TillPart[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { tender, amount } of rows) sums.set(tender, (sums.get(tender) ?? 0) + amount)
  return sums
}

function isAlike(instruction: OpenInstruction, payment: TillPayment): boolean {
  return instruction.direction === payment.direction && instruction.currency === payment.currency
}

/** Whether an instruction is one of those a payment could pay. */
function mayPay(instruction: OpenInstruction, { parts }: TillPayment): boolean {
  return parts === null || parts.some(({ tender }) => tender === instruction.tender)
}

/** Both say which goods came back, and they are not the same ones. */
function goodsDisagree(instruction: OpenInstruction, payment: TillPayment): boolean {
  if (instruction.lineIds.length === 0 || payment.lineIds.length === 0) return false
  return !payment.lineIds.some((id) => instruction.lineIds.includes(id))
}

/** Why payments that name a document are not what it asked for. */
function differenceOf(open: readonly OpenInstruction[], payments: readonly TillPayment[]): Doubt {
  if (payments.length > 1) return 'several'
  const sum = open.reduce((total, { amount }) => total + amount, 0)
  return payments[0]?.amount === sum ? 'tender_differs' : 'amount_differs'
}
