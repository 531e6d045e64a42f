import { describe, expect, it } from 'vitest'
import scaleData from '../../resources/rights/proofs.json' with { type: 'json' }
import type { Proof } from '../../src-main/rights/contract.ts'
import { proofKinds } from '../../src-main/rights/contract.ts'
import {
  type ProofScale,
  type ProvableSale,
  standingOf,
  weighProofs,
} from '../../src-main/rights/proofs/rules.ts'

const scale = scaleData as ProofScale
const sha256 = null

const sale: ProvableSale = {
  receiptNo: '03-20261112-0184',
  businessDate: '2026-11-12',
  total: 65_950,
  memberNo: 'M000123',
  phoneDigits: '13812345521',
  tenders: [
    { amount: 60_000, reference: '4200001234' },
    { amount: 5_950, reference: '' },
  ],
  staff: ['陈志强'],
  serials: ['DF37000918'],
  barcodes: ['6901234567892', 'DF-37-B'],
}

const bill = (amount: number, paidOn = '2026-11-12', reference = ''): Proof => ({
  kind: 'payment_bill',
  amount,
  paidOn,
  reference,
  sha256,
})
const serial = (serialNo: string): Proof => ({ kind: 'serial_no', serialNo, sha256 })
const member = (memberNo: string, phone = ''): Proof => ({
  kind: 'member_record',
  memberNo,
  phone,
  sha256,
})
const memory = (name: string): Proof => ({ kind: 'staff_memory', name, words: '买过', sha256 })

describe('a proof and a found sale', () => {
  it.each([
    [bill(65_950), 'agrees'],
    [bill(60_000), 'agrees'],
    [bill(65_950, '2026-11-13'), 'agrees'],
    [bill(65_950, '2026-11-14'), 'contradicts'],
    [bill(65_951), 'contradicts'],
    [bill(1, '2026-12-30', '4200001234'), 'agrees'],
    [serial('df37000918'), 'agrees'],
    [serial('ＤＦ37000918'), 'agrees'],
    [serial('DF37000919'), 'contradicts'],
    [member('m000123'), 'agrees'],
    [member('', '5521'), 'agrees'],
    [member('', '138 1234 5521'), 'agrees'],
    [member('M000999'), 'contradicts'],
    [memory('陈志强'), 'agrees'],
    [memory('李静'), 'alone'],
    [{ kind: 'barcode', barcode: '6901234567892', sha256 }, 'agrees'],
    [{ kind: 'barcode', barcode: '6901234567000', sha256 }, 'contradicts'],
    [{ kind: 'slip_photo', receiptNo: '03202611120184', sha256 }, 'agrees'],
    [{ kind: 'slip_photo', receiptNo: '', sha256 }, 'alone'],
    [{ kind: 'original_box', what: '原盒', sha256 }, 'alone'],
  ] as [Proof, string][])('%j: %s', (proof, standing) => {
    expect(standingOf(proof, sale)).toBe(standing)
  })

  it('says nothing against a customer that the sale does not record', () => {
    const bare = { ...sale, memberNo: '', phoneDigits: '', serials: [], barcodes: [], staff: [] }
    for (const proof of [serial('X1'), member('M9', '9999'), memory('谁')]) {
      expect(standingOf(proof, bare)).toBe('alone')
    }
    expect(standingOf(bill(1), null)).toBe('alone')
  })
})

describe('proofs together', () => {
  it('are strong, fair or weak, and each has somebody who decides', () => {
    expect(weighProofs([serial('DF37000918'), member('M000123')], sale, scale)).toMatchObject({
      score: 88,
      strength: 'strong',
      approver: 'clerk',
    })
    expect(weighProofs([bill(65_950)], sale, scale)).toMatchObject({
      score: 70,
      strength: 'fair',
      approver: 'floor_manager',
    })
    expect(weighProofs([memory('李静')], null, scale)).toMatchObject({
      score: 15,
      strength: 'weak',
      approver: 'store_manager',
    })
    expect(weighProofs([], null, scale)).toMatchObject({ score: 0, approver: 'store_manager' })
  })

  it('count each kind once, at its best, and a contradiction for nothing', () => {
    const { weights, standings } = weighProofs(
      [memory('李静'), memory('陈志强'), serial('OTHER')],
      sale,
      scale,
    )
    expect(weights).toEqual([0, 25, 0])
    expect(standings).toEqual(['alone', 'agrees', 'contradicts'])
  })
})

describe('the scale that ships', () => {
  it('weighs every kind, more where it agrees, and none is certain', () => {
    for (const kind of proofKinds) {
      const { agrees, alone } = scale.weights[kind]
      expect(agrees, kind).toBeGreaterThan(alone)
      expect(alone, kind).toBeGreaterThan(0)
      expect(agrees, kind).toBeLessThan(100)
    }
    expect(scale.strength.strong).toBeGreaterThan(scale.strength.fair)
  })
})
