import type { z } from 'zod'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { MinorUnits } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import type { AllowedRemedy } from '../policy/facts.ts'
import type { ConditionGrade } from '../policy/rule.ts'
import { decideUnits, type FrozenLine, type FrozenRights, readFrozen } from '../rights/index.ts'
import { type refundAsk, refundReasons } from './contract.ts'
import type { FreightLiable, GiftRule, LineFee, RefundReason } from './deductions.ts'

type RefundAsk = z.output<typeof refundAsk>

/** What the decision says of the money of one line. */
export interface DecidedLine {
  /** Null where nothing is kept: the store's grades are no way around it. */
  fee: LineFee | null
  priceRise: MinorUnits
  gift: GiftRule
  /** Null where it goes by who is liable. */
  freight: FreightLiable | null
}

/** By what the rules say each line of a refund comes back; null where they have nothing to say of it. */
export interface Decision {
  lines: readonly (FrozenLine | null)[]
  /** The one that was written down before, on the rights screen. */
  written: FrozenRights | null
  /** Some line was decided only now: the whole has yet to be written down. */
  isNew: boolean
}

/**
 * The decision a refund goes by: the written one where it is about these goods and this reason, else what the rules
 * say now of what the form knows, so that nobody gets round the rules by leaving the screen out. Without a reason
 * nothing is decided yet. Refuses a written one that is not there, was tampered with or is about another sale
 * (`refunds.unknown_rights`).
 */
export async function decisionOf(
  r: ReadHandle,
  call: Call,
  saleId: number,
  ask: Pick<RefundAsk, 'rightsId' | 'reason'> & { lines: readonly AskedLine[] },
): Promise<Decision> {
  const written = ask.rightsId === null ? null : await readWritten(r, saleId, ask.rightsId)
  const known = ask.lines.map(
    ({ saleLineId }) =>
      written?.lines.find((each) => each.saleLineId === saleLineId && isAbout(each, ask.reason)) ??
      null,
  )
  if (ask.reason === null || known.every((line) => line !== null)) {
    return { lines: known, written, isNew: false }
  }
  const { reason } = ask
  const lostSlip = written?.lines.some(({ facts }) => !facts.proof.receipt) ?? false
  const fresh = await decideUnits(
    r,
    call,
    saleId,
    ask.lines.map(({ saleLineId, units, condition, packagingIntact }) => ({
      saleLineId,
      units,
      answer: { reason, condition, complete: packagingIntact, receipt: !lostSlip },
    })),
  )
  const lines = known.map((line, index) => line ?? fresh[index] ?? null)
  return { lines, written, isNew: lines.some((line, index) => line !== (known[index] ?? null)) }
}

interface AskedLine {
  saleLineId: number
  units: number
  condition: ConditionGrade
  packagingIntact?: boolean | undefined
}

async function readWritten(r: ReadHandle, saleId: number, rightsId: number): Promise<FrozenRights> {
  const frozen = await readFrozen(r, rightsId)
  if (!frozen?.proven || (frozen.receiptId !== null && frozen.receiptId !== saleId)) {
    refuse('refunds.unknown_rights')
  }
  return frozen
}

/** What the decision says of the money of `units` of a line; null where it allows no refund. */
export function termsOf(line: FrozenLine | null, units: number): DecidedLine | null {
  const remedy = line?.verdict.remedies.find((each) => each.remedy === 'refund')
  return line && remedy?.allowed ? decide(line, remedy, units) : null
}

/** A refund knows fewer reasons than the rules: what it has no word for is told as a neighbour. */
function isAbout({ facts }: FrozenLine, reason: RefundReason | null): boolean {
  return facts.reason === reason || !refundReasons.some((each) => each === facts.reason)
}

function decide(line: FrozenLine, remedy: AllowedRemedy, units: number): DecidedLine {
  const { kind, amount, days } = remedy.fee
  const rise = Math.max(remedy.price - line.facts.line.paid, 0)
  const share = (whole: MinorUnits) => shareOf(whole, units, line.units)
  return {
    fee: kind === 'none' || amount === 0 ? null : { kind, amount: share(amount), days },
    priceRise: share(rise),
    gift: remedy.gift,
    freight: remedy.freight === 'by_liability' ? null : remedy.freight,
  }
}

/** The part of an amount for all decided units that falls on some of them, half up once. */
function shareOf(whole: MinorUnits, units: number, ofUnits: number): MinorUnits {
  if (units === ofUnits) return whole
  return Number((2n * BigInt(whole) * BigInt(units) + BigInt(ofUnits)) / (2n * BigInt(ofUnits)))
}
