import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import scaleData from '../../resources/rights/proofs.json' with { type: 'json' }
import type { Proof } from '../../src-main/rights/contract.ts'
import {
  type ProofScale,
  type ProvableSale,
  weighProofs,
} from '../../src-main/rights/proofs/rules.ts'

const scale = scaleData as ProofScale
const word = fc.constantFrom('A1', 'B2', 'M000123', 'DF37', '')
const filled = fc.constantFrom('A1', 'B2', 'M000123', 'DF37')
const sha256 = fc.constant(null)

const proof: fc.Arbitrary<Proof> = fc.oneof(
  fc.record({
    kind: fc.constant('payment_bill' as const),
    amount: fc.constantFrom(1, 100, 65_950),
    paidOn: fc.constantFrom('2026-11-12', '2026-11-13', '2026-10-01'),
    reference: word,
    sha256,
  }),
  fc.record({ kind: fc.constant('serial_no' as const), serialNo: filled, sha256 }),
  fc.record({ kind: fc.constant('slip_photo' as const), receiptNo: word, sha256 }),
  fc.record({ kind: fc.constant('member_record' as const), memberNo: word, phone: word, sha256 }),
  fc.record({ kind: fc.constant('barcode' as const), barcode: filled, sha256 }),
  fc.record({ kind: fc.constant('staff_memory' as const), name: filled, words: filled, sha256 }),
  fc.record({ kind: fc.constant('original_box' as const), what: filled, sha256 }),
)

const sale: fc.Arbitrary<ProvableSale | null> = fc.option(
  fc.record({
    receiptNo: word,
    businessDate: fc.constant('2026-11-12'),
    total: fc.constantFrom(100, 65_950),
    memberNo: word,
    phoneDigits: fc.constantFrom('', '13812345521'),
    tenders: fc.array(fc.record({ amount: fc.constantFrom(1, 100), reference: word }), {
      maxLength: 2,
    }),
    staff: fc.array(filled, { maxLength: 2 }),
    serials: fc.array(filled, { maxLength: 2 }),
    barcodes: fc.array(filled, { maxLength: 2 }),
  }),
)

const ranks = ['clerk', 'floor_manager', 'store_manager']

describe('proofs together', () => {
  it('never grow weaker by another one, and never need somebody higher for it', () => {
    fc.assert(
      fc.property(fc.array(proof, { maxLength: 6 }), proof, sale, (proofs, more, of) => {
        const before = weighProofs(proofs, of, scale)
        const after = weighProofs([...proofs, more], of, scale)
        expect(after.score).toBeGreaterThanOrEqual(before.score)
        expect(ranks.indexOf(after.approver)).toBeLessThanOrEqual(ranks.indexOf(before.approver))
      }),
    )
  })

  it('weigh the same in any order', () => {
    const shuffled = fc
      .array(proof, { maxLength: 6 })
      .chain((proofs) =>
        fc.tuple(
          fc.constant(proofs),
          fc.shuffledSubarray(proofs, { minLength: proofs.length, maxLength: proofs.length }),
        ),
      )
    fc.assert(
      fc.property(shuffled, sale, ([proofs, other], of) => {
        expect(weighProofs(other, of, scale).score).toBe(weighProofs(proofs, of, scale).score)
      }),
    )
  })

  it('are never certain, never below nothing, and always have somebody who decides', () => {
    fc.assert(
      fc.property(fc.array(proof, { maxLength: 12 }), sale, (proofs, of) => {
        const { score, approver, standings, weights } = weighProofs(proofs, of, scale)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(99)
        expect(ranks).toContain(approver)
        expect(standings).toHaveLength(proofs.length)
        expect(weights).toHaveLength(proofs.length)
        if (proofs.length === 1 && standings[0] !== 'contradicts') expect(score).toBeGreaterThan(0)
      }),
    )
  })
})
