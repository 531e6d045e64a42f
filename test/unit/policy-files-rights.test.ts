import { describe, expect, it } from 'vitest'
import { chinaCalendar } from '../../src-main/foundation/holidays.ts'
import type { RepairFact, RightsFacts, Verdict } from '../../src-main/policy/facts.ts'
import { loadPolicyFiles } from '../../src-main/policy/files.ts'
import { compileRules } from '../../src-main/policy/layers.ts'
import type { Remedy } from '../../src-main/policy/rule.ts'
import { decideRights } from '../../src-main/policy/rules.ts'

/** What the shipped rules come to at the desk: known cases, worked out by hand from domain.md §1 and the statutes. */

interface Store {
  country?: string
  region?: string
  profiles?: Record<string, string>
  /** Ids of rules that are switched on, by their beginning. */
  on?: string
}

function rulesFor({ country = 'CN', region, profiles = {}, on }: Store) {
  const rules = loadPolicyFiles().map((rule) =>
    on !== undefined && rule.id.startsWith(on) ? { ...rule, enabled: true } : rule,
  )
  return compileRules(rules, { country, region: region ?? null, profiles })
}

type Changes = Partial<Omit<RightsFacts, 'line' | 'dates'>> & {
  line?: Partial<RightsFacts['line']>
  dates?: Partial<RightsFacts['dates']>
}

/** A fridge for 3,999.00 yuan, sold on Sunday 1 March 2026, that does not cool. */
function factsOf({ line, dates, ...others }: Changes): RightsFacts {
  return {
    today: '2026-03-06',
    claimedOn: null,
    calendar: chinaCalendar,
    currency: 'CNY',
    channel: 'counter',
    line: {
      currency: 'CNY',
      category: 'fridge',
      sku: '0012001',
      brand: '',
      counter: '',
      tags: [],
      paid: 399_900,
      units: 1,
      unitsSold: 1,
      unitsReturned: 0,
      currentPrice: null,
      ...line,
    },
    tier: null,
    dates: { sold: '2026-03-01', delivered: null, installed: null, exchanged: null, ...dates },
    card: null,
    reason: 'quality',
    condition: 'faulty',
    complete: true,
    part: 'unit',
    proof: { receipt: true, memberCard: false, medical: false, repairRecords: true },
    findings: [],
    foundSubstandard: false,
    repairs: [],
    sameModelInStock: true,
    wish: null,
    ...others,
  }
}

const decide = (changes: Changes, store: Store = {}) =>
  decideRights(factsOf(changes), rulesFor(store))

function remedyOf(verdict: Verdict, remedy: Remedy) {
  const one = verdict.remedies.find((each) => each.remedy === remedy)
  if (!one) throw new Error(`no ${remedy}`)
  return one
}

const ids = (ones: readonly { rule: { id: string } }[]) => ones.map(({ rule }) => rule.id)

const repair = (handedIn: string, handedBack: string | null, more: Partial<RepairFact> = {}) => ({
  part: null,
  handedIn,
  handedBack,
  waitedForParts: 0,
  delayedBy: null,
  failed: true,
  recorded: true,
  ...more,
})
const twoRepairs = [repair('2026-04-01', '2026-04-06'), repair('2026-05-01', '2026-05-06')]
const shirt = { category: 'clothing', paid: 29_900 }

describe('a fridge that fails', () => {
  it('on day 5: refund at the full price, exchange or repair', () => {
    const verdict = decide({})
    expect(remedyOf(verdict, 'refund')).toMatchObject({
      allowed: true,
      amount: 399_900,
      sameTermsUntil: '2026-03-08',
      until: '2026-03-16',
      chooser: 'customer',
      freight: 'store',
      statutory: true,
    })
    expect(remedyOf(verdict, 'exchange')).toMatchObject({ allowed: true, until: '2026-03-16' })
    expect(remedyOf(verdict, 'repair')).toMatchObject({ allowed: true, until: '2027-03-01' })
    expect(verdict.burdenOfProof).toBe('seller')
  })

  it('on day 12: exchange free, a refund costs 12 days at 0.05 %', () => {
    const verdict = decide({ today: '2026-03-13' })
    expect(remedyOf(verdict, 'refund')).toMatchObject({
      allowed: true,
      amount: 399_900 - 2_399,
      fee: { kind: 'depreciation', amount: 2_399, days: 12, ppm: 500 },
    })
    expect(remedyOf(verdict, 'exchange')).toMatchObject({ allowed: true, fee: { kind: 'none' } })
  })

  it('after eight months: repair alone', () => {
    const verdict = decide({ today: '2026-11-01' })
    expect(remedyOf(verdict, 'repair').allowed).toBe(true)
    expect(remedyOf(verdict, 'refund').allowed).toBe(false)
    expect(remedyOf(verdict, 'exchange').allowed).toBe(false)
    expect(verdict.burdenOfProof).toBeNull()
  })

  it('after two repairs: exchange, or refund less depreciation without the days in repair', () => {
    const verdict = decide({ today: '2026-06-09', repairs: twoRepairs })
    expect(remedyOf(verdict, 'exchange')).toMatchObject({ allowed: true, until: '2027-03-11' })
    // 100 days since the sale, 10 of them in repair: 3,999.00 × 0.05 % × 90.
    expect(remedyOf(verdict, 'refund')).toMatchObject({ fee: { days: 90, amount: 17_996 } })
  })

  it('after two repairs and none in stock: the whole price', () => {
    const verdict = decide({ today: '2026-06-09', repairs: twoRepairs, sameModelInStock: false })
    expect(remedyOf(verdict, 'refund')).toMatchObject({ amount: 399_900, fee: { kind: 'none' } })
  })

  it('after two repairs in Zhejiang: refund or exchange without any fee, and the gift stays', () => {
    const verdict = decide(
      { today: '2026-06-09', repairs: twoRepairs },
      { region: 'CN-33', on: 'cn-33.' },
    )
    expect(remedyOf(verdict, 'refund')).toMatchObject({ amount: 399_900, gift: 'keep' })
    expect(ids(verdict.duties)).toContain('cn-33.repair-5')
  })

  it('misused: paid repair, with the rule that says so', () => {
    const verdict = decide({ findings: ['misuse'] })
    expect(remedyOf(verdict, 'repair').allowed).toBe(false)
    expect(remedyOf(verdict, 'paid_repair')).toMatchObject({ allowed: true })
    expect(remedyOf(verdict, 'refund').because).toContainEqual({ id: 'cn.sb-void', version: 1 })
  })
})

describe('telephones', () => {
  const phone = { category: 'phone_mobile', paid: 399_900 }
  const waiting = [repair('2026-04-05', null, { waitedForParts: 60, failed: false })]

  it('are exchanged after 60 days without parts, not before', () => {
    const on = (today: string) =>
      remedyOf(decide({ today, line: phone, repairs: waiting }), 'exchange')
    expect(on('2026-06-05').allowed).toBe(true)
    expect(on('2026-06-04').allowed).toBe(false)
  })

  it('have 0.5 % per day, or 0.25 % where the sales contract says so', () => {
    const fee = (tags: string[]) =>
      remedyOf(decide({ today: '2026-03-11', line: { ...phone, tags } }), 'refund')
    expect(fee([])).toMatchObject({ fee: { amount: 19_995, ppm: 5000 } })
    expect(fee(['contract_rate'])).toMatchObject({ fee: { amount: 9_998, ppm: 2500 } })
  })
})

describe('goods outside the catalogue', () => {
  it('with a fault: refund within seven days, then exchange or repair', () => {
    const early = decide({ line: shirt })
    expect(remedyOf(early, 'refund')).toMatchObject({ until: '2026-03-08', statutory: true })
    const late = decide({ line: shirt, today: '2026-03-31' })
    expect(remedyOf(late, 'refund').allowed).toBe(false)
    expect(remedyOf(late, 'exchange').allowed).toBe(true)
  })

  it('of the wrong size bought at the counter: nothing by law', () => {
    const verdict = decide({ line: shirt, reason: 'size', condition: 'opened' })
    expect(verdict.remedies.every(({ allowed }) => !allowed)).toBe(true)
  })

  it('of the wrong size bought online: seven days from delivery, the way back at the customer’s cost', () => {
    const online = { line: shirt, reason: 'size', channel: 'online' } as const
    const dates = { delivered: '2026-03-03' }
    const verdict = decide({ ...online, dates, condition: 'opened' })
    expect(remedyOf(verdict, 'refund')).toMatchObject({ until: '2026-03-10', freight: 'customer' })
    const worn = decide({ ...online, dates, condition: 'used' })
    expect(remedyOf(worn, 'refund').allowed).toBe(false)
    const made = decide({
      ...online,
      dates,
      condition: 'opened',
      line: { ...shirt, tags: ['made_to_order'] },
    })
    expect(remedyOf(made, 'refund').allowed).toBe(false)
  })

  it('in Beijing: six months, and the new price where it rose', () => {
    const verdict = decide(
      { line: { ...shirt, currentPrice: 39_900 }, today: '2026-04-30' },
      { region: 'CN-11', on: 'cn-11.' },
    )
    expect(remedyOf(verdict, 'refund')).toMatchObject({ until: '2026-09-01', amount: 39_900 })
    expect(verdict.testFee).toEqual({ fault: 'store', noFault: 'customer', unknown: 'store' })
    expect(verdict.lostTime).toBe(true)
  })

  it('cannot all be mended: no repair for food', () => {
    const verdict = decide({ line: { category: 'food.fresh.meat', paid: 3_560 } })
    expect(remedyOf(verdict, 'refund').allowed).toBe(true)
    expect(remedyOf(verdict, 'repair').allowed).toBe(false)
    expect(remedyOf(verdict, 'paid_repair').allowed).toBe(false)
  })
})

describe('exposure', () => {
  it('for a counterfeit: three times the price, at least 500 yuan', () => {
    const amountOf = (paid: number) =>
      decide({ line: { paid }, reason: 'counterfeit' }).exposures.find(
        ({ rule }) => rule.id === 'cn.cpl-55',
      )?.amount
    expect(amountOf(2_000_000)).toBe(6_000_000)
    expect(amountOf(10_000)).toBe(50_000)
  })

  it('for unsafe food: ten times the price, at least 1,000 yuan; not for other goods', () => {
    const found = (category: string, paid: number) =>
      decide({ line: { category, paid }, reason: 'unsafe_food' }).exposures.find(
        ({ rule }) => rule.id === 'cn.fsl-148',
      )?.amount
    expect(found('food.fresh.meat', 3_560)).toBe(100_000)
    expect(found('food.alcohol', 50_000)).toBe(500_000)
    expect(found('toys', 3_560)).toBeUndefined()
  })

  it('for delay: the fifteenth day', () => {
    const delay = decide({}).exposures.find(({ rule }) => rule.id === 'cn.penalty-8')
    expect(delay).toMatchObject({ amount: null, delayDays: 15, dueOn: '2026-03-21' })
  })
})

describe('what a store picks', () => {
  const shoes = { category: 'footwear.leather', paid: 20_000 }

  it('footwear A, B and C exclude each other', () => {
    const usedRules = (code?: string) =>
      ids(
        decide(
          { line: shoes, today: '2026-04-30' },
          { profiles: code ? { 'cn-footwear': code } : {} },
        ).trace,
      ).filter((id) => id.startsWith('cn-footwear'))
    expect(usedRules()).toEqual([])
    for (const code of ['a', 'b', 'c']) {
      const used = usedRules(code)
      expect(used.length).toBeGreaterThan(0)
      expect(used.every((id) => id.startsWith(`cn-footwear.${code}.`))).toBe(true)
    }
  })

  it('a sample policy, switched on: clothing back within a week, underwear not', () => {
    const sample = { on: 'sample.pdl.' }
    const size = { reason: 'size', condition: 'opened' } as const
    expect(remedyOf(decide({ ...size, line: shirt }, sample), 'refund').allowed).toBe(true)
    const underwear = { ...shirt, category: 'clothing.underwear' }
    expect(remedyOf(decide({ ...size, line: underwear }, sample), 'refund')).toMatchObject({
      allowed: false,
      reasons: [{ key: 'reason.excluded' }],
    })
    const faulty = decide({ line: underwear }, sample)
    expect(remedyOf(faulty, 'refund').allowed).toBe(true)
  })

  it('a season keeps its last day open', () => {
    const season = { on: 'sample.season.' }
    const facts = {
      line: shirt,
      reason: 'size',
      condition: 'sealed',
      dates: { sold: '2026-12-20' },
    } as const
    expect(remedyOf(decide({ ...facts, today: '2027-02-20' }, season), 'refund')).toMatchObject({
      allowed: true,
      until: '2027-02-28',
    })
  })
})

describe('abroad', () => {
  it('the United Kingdom: thirty days to reject, and no Chinese rule', () => {
    const verdict = decide(
      { line: { category: 'appliance', paid: 4_999 }, today: '2026-03-21', calendar: null },
      { country: 'GB' },
    )
    expect(remedyOf(verdict, 'refund')).toMatchObject({ until: '2026-03-31', amount: 4_999 })
    expect(ids(verdict.trace).filter((id) => id.startsWith('cn'))).toEqual([])
  })

  it('a member state of the European Union: two years', () => {
    const verdict = decide(
      { line: { category: 'appliance' }, today: '2027-06-01', calendar: null },
      { country: 'DE' },
    )
    expect(remedyOf(verdict, 'repair')).toMatchObject({ allowed: true, until: '2028-03-01' })
  })

  it('the United States: nothing by law', () => {
    const verdict = decide({ calendar: null }, { country: 'US' })
    expect(verdict.remedies.some((one) => one.allowed && one.statutory)).toBe(false)
  })
})
