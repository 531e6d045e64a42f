import { describe, expect, it } from 'vitest'
import type { Choice } from '../../src-main/policy/in-force.ts'
import { findLawLeft, findWeakerChoice } from '../../src-main/policy/lawful.ts'
import { houseRule, lawRule } from '../support/policy-rules.ts'

/** What may be chosen among shipped rules where several texts stand beside each other. */

const place = { country: 'CN', region: 'CN-33' }
const choice: Choice = { effectiveOn: '2026-12-01', profiles: { shoes: 'a' }, switches: {} }
const week = { from: 0, to: 7, unit: 'days', dayKind: 'calendar', start: ['sale'] }
const month = { ...week, to: 30 }

/** A right to a refund for a fault that law of a province gives for thirty days. */
const local = lawRule('remedy', 'cn-33.shoes', {
  layer: 'region',
  jurisdiction: 'CN-33',
  reasons: ['quality'],
  scope: { categories: ['footwear'] },
  window: month,
  remedies: [{ remedy: 'refund', fee: { kind: 'none' } }],
})
const profile = { group: 'shoes', code: 'a' }
const shorter = {
  profile,
  reasons: ['quality'],
  scope: { categories: ['footwear'] },
  window: week,
  remedies: [{ remedy: 'refund', fee: { kind: 'none' } }],
}

describe('a choice among shipped rules', () => {
  it('of a profile that is custom is held against all law of the place', () => {
    const custom = houseRule('remedy', 'x.shoes.a', { ...shorter, layer: 'store' })
    expect(findWeakerChoice([custom], choice, place, [local])).toMatchObject({
      rule: { id: 'x.shoes.a' },
      weakened: { rule: { id: 'cn-33.shoes' }, field: 'window.to' },
    })
    const national = { ...local, id: 'cn.shoes', layer: 'national' as const, jurisdiction: 'CN' }
    expect(findWeakerChoice([custom], choice, place, [national])).not.toBeNull()
  })

  it('of a profile that is law itself is held against the law of the province alone', () => {
    const text = lawRule('remedy', 'cn.shoes.a', { ...shorter, jurisdiction: 'CN' })
    expect(findWeakerChoice([text], choice, place, [text, local])).toMatchObject({
      rule: { id: 'cn.shoes.a' },
      weakened: { rule: { id: 'cn-33.shoes' }, field: 'window.to' },
    })
    // Another national text is a choice between laws.
    const national = { ...local, id: 'cn.shoes', layer: 'national' as const, jurisdiction: 'CN' }
    expect(findWeakerChoice([text], choice, place, [text, national])).toBeNull()
    const asLong = { ...text, window: month } as typeof text
    expect(findWeakerChoice([asLong], choice, place, [asLong, local])).toBeNull()
  })

  it('looks at what is chosen, in this place and from its first day on', () => {
    const custom = houseRule('remedy', 'x.shoes.a', { ...shorter, layer: 'store' })
    const other = { ...choice, profiles: { shoes: 'b' } }
    expect(findWeakerChoice([custom], other, place, [local])).toBeNull()
    const elsewhere = { ...custom, jurisdiction: 'CN-11' }
    expect(findWeakerChoice([elsewhere], choice, place, [local])).toBeNull()
    const ended = { ...local, validTo: '2026-11-30' }
    expect(findWeakerChoice([custom], choice, place, [ended])).toBeNull()
    expect(findWeakerChoice([{ ...custom, validTo: '2025-01-01' }], choice, place, [local])).toBe(
      null,
    )
    const { profile: _none, ...plain } = shorter
    const switched = houseRule('remedy', 'x.off', { ...plain, layer: 'store', enabled: false })
    expect(findWeakerChoice([switched], choice, place, [local])).toBeNull()
    const on = { ...choice, switches: { 'x.off': true } }
    expect(findWeakerChoice([switched], on, place, [local])?.rule.id).toBe('x.off')
  })
})

describe('a choice of place', () => {
  const none: (typeof local)[] = []
  const elsewhere = { country: 'CN', region: 'CN-11' }
  const left = (now: (typeof local)[], next: (typeof local)[], to = elsewhere, stands = place) =>
    findLawLeft(stands, to, { now, next }, '2026-12-01')?.id ?? null

  it('does not leave the law of the place the store stands in', () => {
    expect(left([local], none)).toBe('cn-33.shoes')
    expect(left([local], [local])).toBeNull()
    expect(left([local], none, place)).toBeNull()
  })

  it('is free where that law is not in force, or the place is not known', () => {
    expect(left(none, none)).toBeNull()
    expect(left([{ ...local, validFrom: '2027-01-01' }], none)).toBeNull()
    expect(
      findLawLeft(
        { country: 'CN', region: null },
        elsewhere,
        { now: [local], next: none },
        '2026-12-01',
      ),
    ).toBeNull()
  })
})
