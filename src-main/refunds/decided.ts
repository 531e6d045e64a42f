import type { z } from 'zod'
import type { ReadHandle } from '../database/store.ts'
import { addDays } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import type { MinorUnits } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import type { AllowedRemedy } from '../policy/facts.ts'
import type { ConditionGrade } from '../policy/rule.ts'
import type { Answer } from '../rights/contract.ts'
import {
  decideUnits,
  type FrozenLine,
  type FrozenRights,
  readFrozen,
  toldBefore,
} from '../rights/index.ts'
import { type refundAsk, refundReasons } from './contract.ts'
import type { FreightLiable, GiftRule, LineFee, RefundReason } from './deductions.ts'

type RefundAsk = z.output<typeof refundAsk>

/** What goods come back for. */
export type ReturnRemedy = 'refund' | 'exchange'

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
  /** What they say of each price difference that is given for goods the customer keeps. */
  allowances: readonly (FrozenLine | null)[]
  /** The one that was written down before, on the rights screen. */
  written: FrozenRights | null
  /** Some line was decided only now: the whole has yet to be written down. */
  isNew: boolean
}

/** Days of the store after the claim on which a written decision can still be used (docs/decisions/0012). */
export const decisionDays = 7

/**
 * The decision a refund goes by: the written one where it is about these goods, this reason and this condition, they
 * are as complete as was told, and nothing it stood on has changed, else what the rules say now of what the form
 * knows, so that nobody gets round the rules by leaving the screen out. What is decided anew beside a written one
 * counts by the day of that claim. Without a reason nothing is decided yet.
 *
 * Refuses a written one that is not there, was tampered with or is about another sale (`refunds.unknown_rights`), and
 * one whose claim is longer ago than `decisionDays` (`refunds.decision_old`).
 */
export async function decisionOf(
  r: ReadHandle,
  call: Call,
  saleId: number,
  ask: DecisionAsk,
): Promise<Decision> {
  const written = ask.rightsId === null ? null : await readWritten(r, call, saleId, ask.rightsId)
  const { reason, sameModelInStock } = ask
  if (reason === null) return { ...undecided(ask), written, isNew: false }
  const earlier = ask.lines.map(
    ({ saleLineId }) => written?.lines.find((each) => each.saleLineId === saleLineId) ?? null,
  )
  const lostSlip = written?.lines.some(({ facts }) => !facts.proof.receipt) ?? false
  const claimedOn = written && written.claimedOn < call.today ? written.claimedOn : null
  const fresh = await decideUnits(r, call, saleId, [
    ...ask.lines.map(({ saleLineId, units, condition, packagingIntact }, at) => ({
      saleLineId,
      units,
      claimedOn,
      answer: {
        ...saidBefore(earlier[at] ?? null),
        reason,
        condition,
        complete: packagingIntact,
        receipt: !lostSlip,
        ...(typeof sameModelInStock === 'boolean' && { sameModelInStock }),
      },
    })),
    ...ask.allowances.map(({ saleLineId, units, seenPrice }) => ({
      saleLineId,
      units,
      claimedOn,
      answer: {
        reason: 'price' as const,
        receipt: !lostSlip,
        ...(seenPrice !== null && { seenPrice }),
      },
    })),
  ])
  const lines = earlier.map((line, at) => {
    const now = fresh[at] ?? null
    return line && isAbout(line, reason, ask.lines[at]) && stillStands(line, now) ? line : now
  })
  const allowances = fresh.slice(lines.length)
  const isNew = lines.some((line, at) => line !== earlier[at]) || allowances.length > 0
  return { lines, allowances, written, isNew }
}

/** The card it went by is still the one of these units: declared void or written anew, it promises something else. */
function stillStands(line: FrozenLine, now: FrozenLine | null): boolean {
  return now === null || JSON.stringify(line.facts.card) === JSON.stringify(now.facts.card)
}

interface DecisionAsk extends Pick<RefundAsk, 'rightsId' | 'reason'> {
  lines: readonly AskedLine[]
  allowances: readonly { saleLineId: number; units: number; seenPrice: MinorUnits | null }[]
  /** Of an exchange: the same model goes out at once, or has to be ordered. */
  sameModelInStock?: boolean | null | undefined
}

function undecided({ lines, allowances }: DecisionAsk): Pick<Decision, 'lines' | 'allowances'> {
  return { lines: lines.map(() => null), allowances: allowances.map(() => null) }
}

/** What was answered on the rights screen still holds where the form says something else. */
function saidBefore(line: FrozenLine | null): Answer {
  if (!line) return {}
  const { findings, part, sameModelInStock, foundSubstandard, proof, dates, channel } = line.facts
  return {
    ...toldBefore(line.facts),
    findings: findings === null ? undefined : [...findings],
    part: part ?? undefined,
    sameModelInStock: sameModelInStock ?? undefined,
    foundSubstandard,
    medicalProof: proof.medical,
    deliveredOn: dates.delivered ?? undefined,
    installedOn: dates.installed ?? undefined,
    channel,
  }
}

interface AskedLine {
  saleLineId: number
  units: number
  condition: ConditionGrade
  packagingIntact?: boolean | undefined
}

async function readWritten(
  r: ReadHandle,
  call: Call,
  saleId: number,
  rightsId: number,
): Promise<FrozenRights> {
  const frozen = await readFrozen(r, rightsId)
  if (!frozen?.proven || (frozen.receiptId !== null && frozen.receiptId !== saleId)) {
    refuse('refunds.unknown_rights')
  }
  const { claimedOn } = frozen
  const lastDay = addDays(claimedOn, decisionDays)
  if (call.today > lastDay) {
    refuse('refunds.decision_old', { claimedOn, lastDay, days: decisionDays })
  }
  return frozen
}

/** What the decision says of the money of `units` of a line; null where it does not allow the remedy. */
export function termsOf(
  line: FrozenLine | null,
  units: number,
  remedy: ReturnRemedy,
): DecidedLine | null {
  const found = line?.verdict.remedies.find((each) => each.remedy === remedy)
  return line && found?.allowed ? decide(line, found, units) : null
}

/** A refund knows fewer reasons than the rules: what it has no word for is told as a neighbour. */
function isAbout(
  { facts }: FrozenLine,
  reason: RefundReason,
  asked: AskedLine | undefined,
): boolean {
  const sameReason = facts.reason === reason || !refundReasons.some((each) => each === facts.reason)
  return (
    sameReason &&
    isAsTold(facts.condition, asked?.condition) &&
    isAsTold(facts.complete, asked?.packagingIntact)
  )
}

/** What was not told, or is not asked of these goods, contradicts nothing. */
function isAsTold<T>(told: T | null, found: T | undefined): boolean {
  return told === null || found === undefined || told === found
}

function decide(line: FrozenLine, remedy: AllowedRemedy, units: number): DecidedLine {
  const { kind, amount, days } = remedy.fee
  // Goods given in exchange for what was paid have risen with it: the customer has them.
  const rise = remedy.remedy === 'refund' ? Math.max(remedy.price - line.facts.line.paid, 0) : 0
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
