import { describe, expect, it } from 'vitest'
import type { RightsFacts, Verdict } from '../../src-main/policy/facts.ts'
import { compileRules, findWeakened } from '../../src-main/policy/layers.ts'
import { decideRights } from '../../src-main/policy/rules.ts'
import type { Remedy } from '../../src-main/policy/rule.ts'
import { factsOf, houseRule, lawOf } from '../support/policy-rules.ts'

/** Cars: days or kilometres, whichever first (domain.md §1.2 car; 家用汽车产品修理更换退货责任规定). */

const place = { country: 'CN', region: null, profiles: {} }
const rules = compileRules(lawOf(null), place)
type Line = Partial<RightsFacts['line']>

function decide(
  today: string,
  { kilometres = null, ...line }: Line & { kilometres?: number | null } = {},
): Verdict {
  const facts = factsOf({
    today,
    calendar: null,
    reason: 'quality',
    condition: 'faulty',
    complete: true,
    findings: [],
    part: 'unit',
    sameModelInStock: true,
    line: { category: 'car', paid: 15_000_000, units: 1, unitsSold: 1, ...line },
    dates: { sold: '2026-01-10' },
  })
  return decideRights({ ...facts, kilometres }, rules)
}

const of = (verdict: Verdict, remedy: Remedy) =>
  verdict.remedies.find((each) => each.remedy === remedy)
/** Rules of the car provisions that give the remedy. */
const by = (verdict: Verdict, id: string) => verdict.trace.find(({ rule }) => rule.id === id)

describe('the kilometres of a car', () => {
  it('end the free repair at 60,000, whatever the days say', () => {
    expect(by(decide('2028-06-01', { kilometres: 60_000 }), 'cn.car.repair')?.applies).toBe(true)
    expect(by(decide('2028-06-01', { kilometres: 60_001 }), 'cn.car.repair')).toMatchObject({
      applies: false,
      reasons: [
        { key: 'reason.too_many_kilometres', params: { kilometres: 60_001, limit: 60_000 } },
      ],
    })
  })

  it('add nothing where the days are over first', () => {
    expect(by(decide('2029-01-11', { kilometres: 10 }), 'cn.car.repair')).toMatchObject({
      applies: false,
      reasons: [{ key: 'reason.window_over' }],
    })
  })

  it('are not held against anybody before somebody reads them, and are asked for', () => {
    const verdict = decide('2028-06-01')
    expect(by(verdict, 'cn.car.repair')?.applies).toBe(true)
    expect(verdict.questions).toContain('kilometres')
    expect(decide('2028-06-01', { kilometres: 12 }).questions).not.toContain('kilometres')
    // Other goods have none.
    expect(decide('2026-01-12', { category: 'fridge' }).questions).not.toContain('kilometres')
  })

  it('end the sixty days of a grave fault at 3,000', () => {
    const grave = { tags: ['car_grave_fault', 'car_safety_fault'] }
    const within = decide('2026-02-20', { ...grave, kilometres: 3_000 })
    expect(of(within, 'refund')).toMatchObject({ allowed: true, fee: { kind: 'none' } })
    const beyond = by(decide('2026-02-20', { ...grave, kilometres: 3_001 }), 'cn.car.day-60')
    expect(beyond?.applies).toBe(false)
  })

  it('a house may not end a right of law earlier by them', () => {
    const stricter = houseRule('remedy', 'own.car', {
      layer: 'store',
      reasons: ['quality'],
      scope: { categories: ['car'] },
      window: 'term',
      kilometresTo: 30_000,
      remedies: [{ remedy: 'repair', fee: { kind: 'none' } }],
    })
    const law = lawOf(null).filter(({ statutory }) => statutory)
    expect(findWeakened(stricter, law)).toMatchObject({ field: 'kilometresTo' })
  })
})

describe('what failed on a car', () => {
  it('is asked where the rules make a difference of it, and changes the answer', () => {
    const open = decide('2026-01-15', { kilometres: 100 })
    expect(open.questions).toContain('car_fault')
    const none = {
      notTags: ['car_main_assembly', 'car_grave_fault', 'car_safety_fault'],
      kilometres: 100,
    }
    expect(decide('2026-01-15', none).questions).not.toContain('car_fault')
    expect(by(decide('2026-01-15', none), 'cn.car.day-7')?.applies).toBe(false)
    const engine = decide('2026-01-15', { tags: ['car_main_assembly'], kilometres: 100 })
    expect(by(engine, 'cn.car.day-7')?.applies).toBe(true)
  })

  it('is not asked of other goods', () => {
    const { questions } = decide('2026-01-15', { category: 'fridge' })
    expect(questions.filter((one) => one === 'car_fault' || one === 'contract_rate')).toEqual([])
  })
})
