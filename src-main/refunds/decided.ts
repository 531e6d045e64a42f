import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { MinorUnits } from '../foundation/money.ts'
import type { AllowedRemedy } from '../policy/facts.ts'
import { type FrozenLine, readFrozen } from '../rights/index.ts'
import { refundReasons } from './contract.ts'
import type { FreightLiable, GiftRule, LineFee, RefundReason } from './deductions.ts'

/** What the written decision says of the money of one line. */
export interface DecidedLine {
  /** Null where nothing is kept: the store's grades are no way around it. */
  fee: LineFee | null
  priceRise: MinorUnits
  gift: GiftRule
  /** Null where it goes by who is liable. */
  freight: FreightLiable | null
}

/**
 * Reads the written decision a refund goes by: for `units` of a line what is kept and added, and the rules for gifts
 * and freight; null for lines it says nothing of, for another reason than it was made for, and where it allows no
 * refund. Refuses one that is not there, was tampered with or is about another sale (`refunds.unknown_rights`).
 */
export async function readDecided(
  r: ReadHandle,
  saleId: number,
  ask: { rightsId: number | null; reason: RefundReason | null },
): Promise<(saleLineId: number, units: number) => DecidedLine | null> {
  if (ask.rightsId === null) return () => null
  const frozen = await readFrozen(r, ask.rightsId)
  if (!frozen?.proven || (frozen.receiptId !== null && frozen.receiptId !== saleId)) {
    refuse('refunds.unknown_rights')
  }
  return (saleLineId, units) => {
    const line = frozen.lines.find((each) => each.saleLineId === saleLineId)
    if (!line || !isAbout(line, ask.reason)) return null
    const remedy = line.verdict.remedies.find((each) => each.remedy === 'refund')
    return remedy?.allowed ? decide(line, remedy, units) : null
  }
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
