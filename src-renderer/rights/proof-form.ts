import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import { looksLikeCardCode } from '../../src-main/foundation/card-code.ts'
import { minorDigits } from '../../src-main/foundation/money.ts'
import type { Proof, ProofKind } from '../../src-main/rights/contract.ts'
import type { desk } from '../app/client.ts'
import type { BroughtCard } from '../ui/brought-card.ts'

export type { ProofKind } from '../../src-main/rights/contract.ts'
export type Weighed = InferClientOutputs<typeof desk>['rights']['weighProofs']
export type Candidate = Weighed['candidates'][number]
export type Weighing = Weighed['alone']
export type ProofSet = InferClientOutputs<typeof desk>['rights']['openProofs']
export type ClaimView = InferClientOutputs<typeof desk>['rights']['ofClaim']
export type Reason = NonNullable<
  NonNullable<InferClientInputs<typeof desk>['rights']['ofClaim']['answer']>['reason']
>

/** One proof as it stands in the form; what is empty is not said yet. */
export interface ProofDraft {
  key: number
  kind: ProofKind
  /** Decimal amount as typed. */
  amount: number | null
  date: string | null
  /** Number, name or words, by kind. */
  text: string
  more: string
  photo: { sha256: string; name: string } | null
}

export interface ProofValues {
  proofs: ProofDraft[]
  nextKey: number
  /** The sale chosen; `none` where none of them is it, null before anybody chose. */
  choice: number | 'none' | null
  goods: { name: string; paid: number | null; units: number; soldOn: string | null }
  reason: Reason | null
  note: string
  name: string
  phone: string
}

export const emptyValues: ProofValues = {
  proofs: [],
  nextKey: 1,
  choice: null,
  goods: { name: '', paid: null, units: 1, soldOn: null },
  reason: null,
  note: '',
  name: '',
  phone: '',
}

/** A form that begins with a signed card and what it says of the goods. */
export function valuesOfCard({ code, goods }: BroughtCard): ProofValues {
  const card = { key: 1, kind: 'signed_card' as const, text: code, more: '', photo: null }
  return {
    ...emptyValues,
    proofs: [{ ...card, amount: null, date: null }],
    nextKey: 2,
    goods: { ...goods, units: 1 },
  }
}

/** A decimal amount in minor units; null for none. */
export function minorOf(amount: number | null, currency: string): number | null {
  if (amount === null || !Number.isFinite(amount)) return null
  return Math.round(amount * 10 ** minorDigits(currency))
}

/** The proof as the desk takes it; null while something needed is missing. */
export function proofOf(draft: ProofDraft, currency: string): Proof | null {
  const sha256 = draft.photo?.sha256 ?? null
  const text = draft.text.trim()
  const more = draft.more.trim()
  switch (draft.kind) {
    case 'payment_bill': {
      const amount = minorOf(draft.amount, currency)
      if (amount === null || amount <= 0 || draft.date === null) return null
      return { kind: 'payment_bill', amount, paidOn: draft.date, reference: text, sha256 }
    }
    case 'serial_no':
      return text ? { kind: 'serial_no', serialNo: text, sha256 } : null
    case 'slip_photo':
      return text || sha256 ? { kind: 'slip_photo', receiptNo: text, sha256 } : null
    case 'member_record':
      return text || more ? { kind: 'member_record', memberNo: text, phone: more, sha256 } : null
    case 'barcode':
      return text ? { kind: 'barcode', barcode: text, sha256 } : null
    case 'staff_memory':
      return text && more ? { kind: 'staff_memory', name: text, words: more, sha256 } : null
    case 'signed_card':
      return looksLikeCardCode(text) ? { kind: 'signed_card', code: text, sha256 } : null
    case 'original_box':
      return text ? { kind: 'original_box', what: text, sha256 } : null
  }
}

/** The proofs that are complete, and which of the form each of them is. */
export function readyProofs(
  values: ProofValues,
  currency: string,
): { proofs: Proof[]; keys: number[] } {
  const ready = values.proofs.flatMap((draft) => {
    const proof = proofOf(draft, currency)
    return proof ? [{ proof, key: draft.key }] : []
  })
  return { proofs: ready.map((each) => each.proof), keys: ready.map((each) => each.key) }
}

/** Goods as the customer tells them; null while something is missing. */
export function goodsOf({ goods }: ProofValues, currency: string) {
  const paid = minorOf(goods.paid, currency)
  const name = goods.name.trim()
  if (name === '' || paid === null || goods.soldOn === null) return null
  return { name, category: '', units: goods.units, paid, soldOn: goods.soldOn }
}
