import { type BusinessDate, daysBetween } from '../../foundation/business-date.ts'
import type { MinorUnits } from '../../foundation/money.ts'
import { readCardCode } from '../../foundation/card-code.ts'
import { phoneDigits } from '../../foundation/phone.ts'
import { searchKey } from '../../foundation/text.ts'
import type { ApproverRole } from '../../policy/rule.ts'
import type { Proof, ProofKind, Standing, Strength } from '../contract.ts'

/** How much proofs say, and who decides on what they come to together: resources/rights/proofs.json. */
export interface ProofScale {
  weights: Readonly<Record<ProofKind, Readonly<{ agrees: number; alone: number }>>>
  strength: Readonly<{ strong: number; fair: number }>
  approver: Readonly<Record<Strength, ApproverRole>>
}

/** What a found sale says that a proof can agree with. */
export interface ProvableSale {
  receiptNo: string
  businessDate: BusinessDate
  total: MinorUnits
  memberNo: string
  phoneDigits: string
  tenders: readonly { amount: MinorUnits; reference: string }[]
  /** Cashier and clerks of the lines. */
  staff: readonly string[]
  serials: readonly string[]
  barcodes: readonly string[]
}

/** A bill may be dated the day after a late sale. */
const billDays = 1

/**
 * How a proof stands to a found sale: it agrees, it contradicts, or it says nothing about it. What a sale does not
 * record contradicts nothing: a till that keeps no serial numbers cannot prove a customer wrong.
 */
export function standingOf(proof: Proof, sale: ProvableSale | null): Standing {
  if (sale === null) return 'alone'
  switch (proof.kind) {
    case 'signed_card':
      return ofCard(proof, sale)
    case 'member_record':
      return ofMember(proof, sale)
    case 'payment_bill':
      return ofBill(proof, sale)
    case 'serial_no':
      return among(proof.serialNo, sale.serials)
    case 'barcode':
      return among(proof.barcode, sale.barcodes)
    case 'slip_photo':
      return among(proof.receiptNo, [sale.receiptNo])
    case 'staff_memory':
      return sale.staff.some((name) => name.includes(proof.name)) ? 'agrees' : 'alone'
    case 'original_box':
      return 'alone'
  }
}

/** A card names its receipt; a serial number that both know can still say that it is another sale. */
function ofCard(proof: { code: string }, sale: ProvableSale): Standing {
  const reading = readCardCode(proof.code)
  if (reading.kind !== 'code') return 'contradicts'
  return among(reading.facts.receiptNo, [sale.receiptNo])
}

function ofMember(proof: { memberNo: string; phone: string }, sale: ProvableSale): Standing {
  const asked = [
    [searchKey(proof.memberNo), searchKey(sale.memberNo)],
    [phoneDigits(proof.phone), sale.phoneDigits],
  ].filter(([said = '', known = '']) => said !== '' && known !== '')
  if (asked.length === 0) return 'alone'
  return asked.some(([said = '', known = '']) => known.endsWith(said)) ? 'agrees' : 'contradicts'
}

function ofBill(
  proof: { amount: MinorUnits; paidOn: BusinessDate; reference: string },
  sale: ProvableSale,
): Standing {
  const references = sale.tenders.map((tender) => searchKey(tender.reference)).filter(Boolean)
  const said = searchKey(proof.reference)
  if (said !== '' && references.includes(said)) return 'agrees'
  const amounts = [sale.total, ...sale.tenders.map((tender) => tender.amount)]
  const inTime = Math.abs(daysBetween(sale.businessDate, proof.paidOn)) <= billDays
  return amounts.includes(proof.amount) && inTime ? 'agrees' : 'contradicts'
}

function among(said: string, known: readonly string[]): Standing {
  const key = searchKey(said)
  const keys = known.map(searchKey).filter(Boolean)
  if (key === '' || keys.length === 0) return 'alone'
  return keys.includes(key) ? 'agrees' : 'contradicts'
}

/** Proofs taken together. */
export interface Weighing {
  standings: Standing[]
  /** What each proof adds, of 100; 0 for one that contradicts, or repeats what a better one of its kind says. */
  weights: number[]
  /** 0 to 99: never certain, never nothing to go on. */
  score: number
  strength: Strength
  approver: ApproverRole
}

/**
 * Weighs proofs together: each leaves as much doubt as it lacks of 100, and doubts multiply, so that another proof
 * never makes a case weaker, the order does not matter and no number of weak ones makes a certainty. Of one kind only
 * the best counts: two colleagues who remember are one memory. A proof that contradicts the sale adds nothing; it is
 * shown, and people decide.
 */
export function weighProofs(
  proofs: readonly Proof[],
  sale: ProvableSale | null,
  scale: ProofScale,
): Weighing {
  const standings = proofs.map((proof) => standingOf(proof, sale))
  const best = new Map<ProofKind, number>()
  const full = proofs.map(({ kind }, index) => {
    const standing = standings[index] ?? 'alone'
    return standing === 'contradicts' ? 0 : scale.weights[kind][standing]
  })
  proofs.forEach(({ kind }, index) => {
    const before = best.get(kind)
    if (before === undefined || (full[index] ?? 0) > (full[before] ?? 0)) best.set(kind, index)
  })
  const weights = full.map((weight, index) =>
    best.get(proofs[index]?.kind ?? 'original_box') === index ? weight : 0,
  )
  const score = scoreOf(weights)
  const strength = strengthOf(score, scale)
  return { standings, weights, score, strength, approver: scale.approver[strength] }
}

/** What weights of 100 come to together, exactly: 100 less the product of the doubts, rounded up. */
function scoreOf(weights: readonly number[]): number {
  let doubt = 1n
  let whole = 1n
  for (const weight of weights) {
    doubt *= BigInt(100 - weight)
    whole *= 100n
  }
  const left = (doubt * 100n + whole - 1n) / whole
  return Math.min(Number(100n - left), 99)
}

function strengthOf(score: number, { strength }: ProofScale): Strength {
  if (score >= strength.strong) return 'strong'
  return score >= strength.fair ? 'fair' : 'weak'
}
