import { describe, expect, it } from 'vitest'
import en from '../../resources/locales/en/policy.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/policy.json' with { type: 'json' }
import { addDays, dayNumber } from '../../src-main/foundation/business-date.ts'
import { chinaCalendar } from '../../src-main/foundation/holidays.ts'
import { reasonKeys, type RightsFacts } from '../../src-main/policy/facts.ts'
import { compileRules } from '../../src-main/policy/layers.ts'
import { shareOf } from '../../src-main/policy/money.ts'
import { decideRights } from '../../src-main/policy/rules.ts'
import { reasonClasses, remedies, voidFindings } from '../../src-main/policy/rule.ts'
import {
  allowed,
  factsOf,
  type FactsGiven,
  houseRule,
  lawRule,
  offered,
  reasonsOf,
  refused,
  rulesOf,
  shippedRules,
} from '../support/policy-rules.ts'

const decide = (given: FactsGiven, ...rules: Parameters<typeof rulesOf>) =>
  decideRights(factsOf(given), rulesOf(...rules))
const refs = (list: readonly { id: string }[]) => list.map(({ id }) => id)
const basisOf = (id: string) => shippedRules.find((one) => one.id === id)?.basis
const sold = '2026-03-02'
const onDay = (day: number, given: FactsGiven = {}) => ({ ...given, today: addDays(sold, day) })
const nothingToExchange = { sameModelInStock: false }
const twoRepairs = [
  { handedIn: '2026-04-01', handedBack: '2026-04-06' },
  { handedIn: '2026-06-01', handedBack: '2026-06-06' },
]

describe('the base rules (domain.md §1.1)', () => {
  it('SB-07: to day 7 the customer picks refund, exchange or repair, at no cost', () => {
    for (const day of [0, 1, 7]) {
      const verdict = decide(onDay(day))
      expect(offered(verdict)).toEqual(['refund', 'exchange', 'repair'])
      expect(allowed(verdict, 'refund')).toMatchObject({
        amount: 300_000,
        price: 300_000,
        fee: { kind: 'none', amount: 0 },
        chooser: 'customer',
        freight: 'store',
        statutory: true,
        sameTermsUntil: '2026-03-09',
      })
      expect(refs(allowed(verdict, 'refund').because)).toContain('cn.sb-07')
    }
  })

  it('SB-15: to day 15 exchange or repair; the refund now costs depreciation where it can be exchanged', () => {
    for (const day of [8, 15]) {
      const verdict = decide(onDay(day))
      expect(offered(verdict)).toEqual(['refund', 'exchange', 'repair'])
      expect(allowed(verdict, 'exchange')).toMatchObject({
        until: '2026-03-17',
        daysLeft: 15 - day,
      })
      expect(allowed(verdict, 'refund').fee.kind).toBe('depreciation')
    }
    expect(offered(decide(onDay(16)))).toEqual(['repair'])
    expect(reasonsOf(decide(onDay(16)), 'exchange')[0]).toBe('window_over')
  })

  it('shows on day 1 how long each remedy lasts on any terms and on these', () => {
    const verdict = decide(onDay(1))
    expect(allowed(verdict, 'refund')).toMatchObject({
      until: '2026-03-17',
      daysLeft: 14,
      sameTermsUntil: '2026-03-09',
    })
    expect(allowed(verdict, 'exchange').until).toBe('2026-03-17')
    expect(allowed(verdict, 'repair')).toMatchObject({ until: '2027-03-02', daysLeft: 364 })
  })

  it('repair lasts the term, its last day included', () => {
    expect(offered(decide({ today: '2027-03-02' }))).toEqual(['repair'])
    const over = decide({ today: '2027-03-03' })
    expect(offered(over)).toEqual(['paid_repair'])
    expect(refused(over, 'repair').reasons[0]).toEqual({
      key: 'reason.window_over',
      params: { until: '2027-03-02' },
    })
  })

  it('a main part is repaired free after the unit is out of term', () => {
    const today = '2028-06-01'
    expect(offered(decide({ today, part: 'compressor' }))).toEqual(['repair'])
    expect(allowed(decide({ today, part: 'compressor' }), 'repair').until).toBe('2029-03-02')
    expect(offered(decide({ today, part: 'unit' }))).toEqual(['paid_repair'])
  })

  it('SB-2R: after two failed repairs in term it is exchanged', () => {
    const today = '2026-07-01'
    const verdict = decide({ today, repairs: twoRepairs })
    expect(allowed(verdict, 'exchange')).toMatchObject({ fee: { amount: 0 }, statutory: true })
    expect(refs(allowed(verdict, 'exchange').because)).toContain('cn.sb-2r')
    expect(allowed(verdict, 'exchange').until).toBe('2027-03-12')
  })

  it.each([
    ['one repair', [twoRepairs[0]]],
    ['two repairs, one of them good', [{ ...twoRepairs[0], failed: false }, twoRepairs[1]]],
    ['two repairs, one without a record', [{ ...twoRepairs[0], recorded: false }, twoRepairs[1]]],
  ])('SB-2R does not speak after %s', (_, repairs) => {
    const verdict = decide({ today: '2026-07-01', repairs: repairs as FactsGiven['repairs'] })
    expect(reasonsOf(verdict, 'exchange')).toContain('too_few_repairs')
  })

  it('SB-2R needs the records, and counts only repairs of the term', () => {
    const today = '2026-07-01'
    const without = decide({ today, repairs: twoRepairs, proof: { repairRecords: false } })
    expect(reasonsOf(without, 'exchange')[0]).toBe('needs_repair_records')
    const late = [twoRepairs[0], { handedIn: '2027-03-20', handedBack: '2027-03-25' }]
    const over = decide({ today: '2027-04-01', repairs: late as FactsGiven['repairs'] })
    expect(reasonsOf(over, 'exchange')).toContain('too_few_repairs')
  })

  it('SB-13a: nothing to exchange it for gives the money back whole', () => {
    const verdict = decide(onDay(10, nothingToExchange))
    expect(allowed(verdict, 'refund')).toMatchObject({
      amount: 300_000,
      fee: { kind: 'none' },
      until: '2026-03-17',
    })
    expect(refs(allowed(verdict, 'refund').because)).toContain('cn.sb-13a')
  })

  it('SB-13b: money instead of an exchange costs depreciation for the days of use', () => {
    const verdict = decide(onDay(10))
    // 300,000 × 0.05 % × 10 days
    expect(allowed(verdict, 'refund')).toMatchObject({
      amount: 298_500,
      fee: { kind: 'depreciation', amount: 1_500, ppm: 500, days: 10 },
    })
  })

  it('depreciation leaves out the days in repair', () => {
    const verdict = decide({ today: '2026-07-01', repairs: twoRepairs })
    // 121 days since the sale, 10 of them in repair.
    expect(allowed(verdict, 'refund').fee).toEqual({
      kind: 'depreciation',
      amount: 16_650,
      ppm: 500,
      days: 111,
    })
  })

  it('a refund in place of an exchange needs a right to that exchange', () => {
    expect(reasonsOf(decide(onDay(20)), 'refund')).toContain('no_exchange_right')
    expect(reasonsOf(decide(onDay(20, nothingToExchange)), 'refund')).toContain('no_exchange_right')
  })

  it('SB-90: more than 90 days without parts give an exchange', () => {
    const waiting = (days: number, given: FactsGiven = {}) =>
      decide({
        today: addDays('2026-04-01', days),
        repairs: [{ handedIn: '2026-04-01', handedBack: null, failed: false, waitedForParts: 5 }],
        ...given,
      })
    expect(reasonsOf(waiting(90), 'exchange')).toContain('parts_not_missing')
    expect(refs(allowed(waiting(91), 'exchange').because)).toContain('cn.sb-90')
  })

  it('SB-90 is 60 days for a mobile telephone', () => {
    const waiting = (days: number) =>
      decide({
        today: addDays('2026-04-01', days),
        line: { category: 'phone_mobile' },
        repairs: [{ handedIn: '2026-04-01', handedBack: null, failed: false, waitedForParts: 5 }],
      })
    expect(reasonsOf(waiting(60), 'exchange')).toContain('parts_not_missing')
    expect(refs(allowed(waiting(61), 'exchange').because)).toContain('cn.phone.parts-60')
  })

  it("SB-30: more than 30 days by the repairer's own fault give an exchange", () => {
    const away = (days: number, delayedBy: 'repairer' | 'other' | null, waitedForParts = 0) =>
      decide({
        today: addDays('2026-04-01', days),
        repairs: [
          { handedIn: '2026-04-01', handedBack: null, failed: false, delayedBy, waitedForParts },
        ],
      })
    expect(offered(away(31, 'repairer'))).toContain('exchange')
    expect(offered(away(31, null))).toContain('exchange')
    for (const verdict of [away(30, 'repairer'), away(31, 'other'), away(31, null, 10)]) {
      expect(reasonsOf(verdict, 'exchange')).toContain('repair_not_overdue')
    }
  })

  it('SB-30Q: what fails within 30 days of hand-back is repaired again, out of term too', () => {
    const repairs = [{ handedIn: '2027-02-20', handedBack: '2027-02-25' }]
    const verdict = (today: string) => decide({ today, repairs, part: 'unit' })
    // The term runs to 2027-03-07 with the five days of repair.
    expect(refs(allowed(verdict('2027-03-20'), 'repair').because)).toEqual(['cn.sb-30q'])
    expect(allowed(verdict('2027-03-20'), 'repair').until).toBe('2027-03-27')
    expect(offered(verdict('2027-03-28'))).toEqual(['paid_repair'])
  })

  it('SB-14 and others come as duties with the remedy they belong to', () => {
    const duties = (given: FactsGiven) => refs(decide(given).duties.map(({ rule }) => rule))
    expect(duties(onDay(1))).toContain('cn.sb-14')
    expect(duties(onDay(1, { wish: 'exchange' }))).toContain('cn.sb-14')
    expect(duties(onDay(1, { wish: 'refund' }))).not.toContain('cn.sb-14')
    expect(duties(onDay(20))).not.toContain('cn.sb-14')
  })

  it.each(voidFindings)(
    'SB-VOID: %s leaves a paid repair and says which finding it was',
    (finding) => {
      const verdict = decide(onDay(1, { findings: [finding] }))
      expect(offered(verdict)).toEqual(['paid_repair'])
      for (const remedy of ['refund', 'exchange', 'repair'] as const) {
        expect(reasonsOf(verdict, remedy)[0]).toBe(`void_${finding}`)
        expect(refs(refused(verdict, remedy).because)).toContain('cn.sb-void')
        expect(refused(verdict, remedy).basis[0]).toEqual(basisOf('cn.sb-void'))
      }
    },
  )

  it('SB-VOID names every finding, and none against what an authority found substandard', () => {
    const findings = ['misuse', 'no_proof'] as const
    const verdict = decide(onDay(1, { findings }))
    expect(reasonsOf(verdict, 'repair').slice(0, 2)).toEqual(['void_misuse', 'void_no_proof'])
    expect(offered(decide(onDay(1, { findings, foundSubstandard: true })))).toContain('refund')
  })

  it('a missing slip alone refuses nothing', () => {
    expect(offered(decide(onDay(1, { proof: { receipt: false } })))).toContain('refund')
  })

  it('after an exchange the seven days and the term start again, without old repairs', () => {
    const dates = { sold, exchanged: '2026-07-10' }
    const verdict = decide({ today: '2026-07-15', dates, repairs: twoRepairs })
    expect(allowed(verdict, 'refund')).toMatchObject({
      fee: { kind: 'none' },
      sameTermsUntil: '2026-07-17',
    })
    expect(allowed(verdict, 'repair').until).toBe('2027-07-10')
    const later = decide({ today: '2026-09-01', dates, repairs: twoRepairs })
    expect(reasonsOf(later, 'exchange')).toContain('too_few_repairs')
  })
})

describe('depreciation', () => {
  it.each([
    ['bicycle', 10, 150_000, 750],
    ['tv_color', 10, 150_000, 1_500],
    ['pc', 15, 499_900, 18_746],
    ['phone_mobile', 15, 199_999, 15_000],
  ])('of a %s after %i days of %i is %i', (category, day, paid, fee) => {
    const verdict = decide(onDay(day, { line: { category, paid } }))
    expect(allowed(verdict, 'refund').fee.amount).toBe(fee)
    expect(allowed(verdict, 'refund').amount).toBe(paid - fee)
  })

  it('is rounded half up, once', () => {
    expect(shareOf(1_000, 500)).toBe(1)
    expect(shareOf(999, 500)).toBe(0)
    expect(shareOf(333, 500, 9)).toBe(1)
    expect(shareOf(99_999_999_999, 999_999, 3_650)).toBe(364_999_634_996_350)
  })

  it('never takes more than was paid', () => {
    const repairs = twoRepairs.map((one) => ({ ...one }))
    const rate = houseRule('term', 'own.rate', {
      scope: { categories: ['home_av'] },
      dailyPpm: 20_000,
      unitMonths: 12,
    })
    const verdict = decide({ today: '2026-12-01', line: { category: 'home_av' }, repairs }, null, [
      rate,
    ])
    expect(allowed(verdict, 'refund')).toMatchObject({ amount: 0, fee: { amount: 300_000 } })
  })

  it('charges nothing where no rate is settled, and says so', () => {
    const verdict = decide(onDay(10, { line: { category: 'home_av' } }))
    expect(allowed(verdict, 'refund')).toMatchObject({ amount: 300_000, fee: { amount: 0 } })
    expect(verdict.undecided).toContain('daily_ppm')
  })

  it('is halved by a signed contract for a telephone', () => {
    const line = { category: 'phone_mobile', tags: ['contract_rate'] }
    expect(allowed(decide(onDay(10, { line })), 'refund').fee.ppm).toBe(2_500)
  })

  it('is forbidden in Zhejiang: the whole price, and the gift stays', () => {
    const verdict = decide(onDay(10), 'CN-33')
    expect(allowed(verdict, 'refund')).toMatchObject({
      amount: 300_000,
      fee: { kind: 'none', amount: 0 },
      gift: 'keep',
    })
    expect(refs(allowed(verdict, 'refund').because)).toContain('cn-33.no-depreciation')
  })

  it('counts from the day the goods were handed over', () => {
    const dates = { sold, delivered: '2026-03-06' }
    const verdict = decide({ today: '2026-03-20', dates, channel: 'delivery' })
    expect(allowed(verdict, 'refund').fee.days).toBe(14)
  })
})

describe('provinces (domain.md §1.5)', () => {
  it('Zhejiang: two failed repairs or more than 35 days give a free refund too', () => {
    const given = { today: '2026-07-01', repairs: twoRepairs, proof: { repairRecords: false } }
    expect(allowed(decide(given, 'CN-33'), 'refund').fee.kind).toBe('none')
    const long = [{ handedIn: '2026-04-01', handedBack: '2026-05-07', failed: false }]
    const verdict = (handedBack: string) =>
      decide({ today: '2026-07-01', repairs: [{ ...long[0], handedBack }] }, 'CN-33')
    expect(offered(verdict('2026-05-07'))).toEqual(['refund', 'exchange', 'repair'])
    expect(reasonsOf(verdict('2026-05-06'), 'exchange')).toContain('repairs_not_long')
  })

  it('Zhejiang: a repair is due in five days, and the seller proves within the term', () => {
    const verdict = decide(onDay(200), 'CN-33')
    const due = verdict.duties.find(({ rule }) => rule.id === 'cn-33.repair-5')
    expect(due?.dueOn).toBe(addDays(sold, 205))
    expect(verdict.burdenOfProof).toBe('seller')
    expect(decide(onDay(200)).burdenOfProof).toBeNull()
  })

  it('Beijing: six months for what is in no catalogue, and the price of today when it rose', () => {
    const line = { category: 'furniture', currentPrice: 350_000 }
    const verdict = decide(onDay(100, { line }), 'CN-11')
    expect(allowed(verdict, 'refund')).toMatchObject({ price: 350_000, amount: 350_000 })
    expect(refs(allowed(verdict, 'refund').because)).toContain('cn-11.price')
    expect(decide(onDay(100, { line: { ...line, currentPrice: 250_000 } }), 'CN-11')).toMatchObject(
      {
        lostTime: true,
        testFee: { fault: 'store', noFault: 'customer', unknown: 'store' },
        remedies: expect.arrayContaining([
          expect.objectContaining({ remedy: 'refund', amount: 300_000 }),
        ]),
      },
    )
    expect(offered(decide(onDay(100, { line })))).not.toContain('refund')
  })

  it('Shanghai: the gift or its value goes back with goods bought at a distance', () => {
    const given = onDay(3, { channel: 'online', reason: 'preference', condition: 'opened' })
    expect(allowed(decide(given, 'CN-31'), 'refund').gift).toBe('return_or_value')
    expect(allowed(decide(given), 'refund').gift).toBe('return')
  })

  it('Shandong: a repair of more than 30 days gives a refund', () => {
    const given = {
      today: '2026-06-01',
      line: { category: 'furniture' },
      repairs: [{ handedIn: '2026-04-20', handedBack: null, failed: false }],
    }
    expect(offered(decide(given, 'CN-37'))).toContain('refund')
    expect(offered(decide(given))).not.toContain('refund')
  })

  it('are shipped off', () => {
    const set = compileRules(shippedRules, { country: 'CN', region: 'CN-33', profiles: {} })
    const verdict = decideRights(factsOf(onDay(10)), set)
    expect(allowed(verdict, 'refund').fee.kind).toBe('depreciation')
  })
})

describe('consumer law (domain.md §1.4)', () => {
  it('gives seven days on goods that no catalogue names', () => {
    const line = { category: 'furniture' }
    expect(offered(decide(onDay(7, { line })))).toContain('refund')
    expect(offered(decide(onDay(8, { line })))).not.toContain('refund')
  })

  it('gives no return without a fault at the counter, and seven days at a distance', () => {
    const given = {
      reason: 'preference',
      condition: 'opened',
      line: { category: 'clothing' },
    } as const
    expect(offered(decide(onDay(1, given)))).toEqual([])
    const online = decide(onDay(7, { ...given, channel: 'online' }))
    expect(allowed(online, 'refund')).toMatchObject({ freight: 'customer', statutory: true })
    expect(reasonsOf(decide(onDay(8, { ...given, channel: 'online' })), 'refund')[0]).toBe(
      'window_over',
    )
    const made = { ...given, channel: 'online' as const, line: { tags: ['made_to_order'] } }
    expect(offered(decide(onDay(1, made)))).not.toContain('refund')
  })

  it('lays the proof on the seller for six months from receipt', () => {
    const at = (today: string, dates = {}) => decide({ today, dates }).burdenOfProof
    expect([at('2026-09-02'), at('2026-09-03')]).toEqual(['seller', null])
    expect(at('2026-09-06', { delivered: '2026-03-06' })).toBe('seller')
    expect(decide(onDay(1, { line: { category: 'bicycle' } })).burdenOfProof).toBeNull()
  })

  it('refunds what was found substandard, at any time', () => {
    const verdict = decide({ today: '2029-01-01', foundSubstandard: true })
    expect(allowed(verdict, 'refund')).toMatchObject({ until: null, daysLeft: null })
  })

  it.each([
    [10_000, 50_000],
    [16_666, 50_000],
    [16_667, 50_001],
    [300_000, 900_000],
  ])('warns of three times the price for a counterfeit: %i → %i', (paid, amount) => {
    const verdict = decide(onDay(1, { reason: 'counterfeit', line: { paid } }))
    expect(verdict.exposures).toContainEqual(
      expect.objectContaining({ amount, delayDays: null, dueOn: null }),
    )
  })

  it.each([
    [500, 100_000],
    [10_000, 100_000],
    [10_001, 100_010],
  ])('warns of ten times the price for unsafe food: %i → %i', (paid, amount) => {
    const line = { category: 'food', paid }
    const verdict = decide(onDay(1, { reason: 'unsafe_food', line }))
    expect(allowed(verdict, 'refund').amount).toBe(paid)
    expect(verdict.exposures).toContainEqual(expect.objectContaining({ amount }))
  })

  it('draws the line of 15 days where law grants something, from the day of the claim', () => {
    const delay = (given: FactsGiven) =>
      decide(given).exposures.find(({ delayDays }) => delayDays === 15)
    expect(delay(onDay(1))?.dueOn).toBe(addDays(sold, 16))
    expect(delay(onDay(9, { claimedOn: addDays(sold, 1) }))?.dueOn).toBe(addDays(sold, 16))
    expect(delay(onDay(1, { reason: 'preference' }))).toBeUndefined()
  })
})

describe('the day of the claim', () => {
  it('keeps a right that was asked for in time, with the fee of that day', () => {
    const verdict = decide(onDay(30, { claimedOn: addDays(sold, 7) }))
    expect(allowed(verdict, 'refund')).toMatchObject({ amount: 300_000, daysLeft: 8 })
    expect(offered(decide(onDay(30)))).toEqual(['repair'])
  })
})

describe('rules in time', () => {
  const rule = (fields: Record<string, unknown>) =>
    houseRule('remedy', 'own.dated', { reasons: ['preference'], ...fields })
  const refund = (given: FactsGiven, ...rules: Parameters<typeof rule>[0][]) =>
    offered(
      decide(
        { reason: 'preference', ...given },
        null,
        rules.map((one) => rule(one)),
      ),
    ).includes('refund')

  it('hold by the day of sale, or by today', () => {
    const bySale = { validFrom: '2026-03-02', validTo: '2026-03-02' }
    expect(refund(onDay(5), bySale)).toBe(true)
    expect(refund({ ...onDay(5), dates: { sold: '2026-03-01' } }, bySale)).toBe(false)
    expect(refund({ ...onDay(5), dates: { sold: '2026-03-03' } }, bySale)).toBe(false)
    const byToday = { ...bySale, validBy: 'today', validTo: '2026-03-04' }
    expect(refund(onDay(2), byToday)).toBe(true)
    expect(refund(onDay(3), byToday)).toBe(false)
  })

  it('give way to a later version that is in force on the day, switched off or not', () => {
    const first = { version: 1 }
    const second = {
      version: 2,
      validFrom: '2026-03-01',
      remedies: [{ remedy: 'exchange', fee: { kind: 'none' } }],
    }
    expect(refund(onDay(1), first, second)).toBe(false)
    expect(refund(onDay(1), second, first)).toBe(false)
    expect(refund({ ...onDay(1), dates: { sold: '2026-02-28' } }, first, second)).toBe(true)
    expect(refund(onDay(1), first, { ...second, enabled: false })).toBe(false)
  })

  it('reach over a season', () => {
    const season = { soldFrom: '2026-02-01', soldTo: '2026-03-02', until: '2026-05-15' }
    const window = { from: 0, to: 15, unit: 'days', dayKind: 'calendar', start: ['sale'] }
    expect(refund({ today: '2026-05-15' }, { window, season })).toBe(true)
    expect(refund({ today: '2026-05-16' }, { window, season })).toBe(false)
    const later = { dates: { sold: '2026-03-03' } }
    expect(refund({ today: '2026-03-18', ...later }, { window, season })).toBe(true)
    expect(refund({ today: '2026-03-19', ...later }, { window, season })).toBe(false)
    // A season that ends before the window would does not cut it.
    const short = { ...season, soldTo: '2026-03-02', until: '2026-03-05' }
    expect(refund(onDay(15), { window, season: short })).toBe(true)
  })

  it('open on their first day', () => {
    const window = { from: 8, to: 15, unit: 'days', dayKind: 'calendar', start: ['sale'] }
    const verdict = decide(onDay(7, { reason: 'preference' }), null, [rule({ window })])
    expect(refused(verdict, 'refund').reasons).toContainEqual({
      key: 'reason.not_yet',
      params: { from: '2026-03-10' },
    })
    expect(refund(onDay(8), { window })).toBe(true)
  })
})

describe('what a house gives', () => {
  const preference = { reason: 'preference', line: { category: 'clothing' } } as const
  const window = { from: 0, to: 15, unit: 'days', dayKind: 'calendar', start: ['sale'] }

  it('needs what the store asks for, and asks for what nobody looked at', () => {
    const rule = houseRule('remedy', 'own.return', {
      reasons: ['preference'],
      window,
      needs: { conditions: ['sealed', 'opened'], complete: true, receipt: true, memberCard: true },
      approver: 'floor_manager',
    })
    const given = { ...preference, condition: 'opened', proof: { memberCard: true } } as const
    const verdict = (more: FactsGiven) => decide(onDay(1, { ...given, ...more }), null, [rule])
    expect(allowed(verdict({}), 'refund')).toMatchObject({
      approver: 'floor_manager',
      statutory: false,
    })
    expect(reasonsOf(verdict({ condition: 'used' }), 'refund')).toEqual(['condition_used'])
    expect(reasonsOf(verdict({ complete: false }), 'refund')).toEqual(['incomplete'])
    expect(reasonsOf(verdict({ proof: { receipt: false } }), 'refund')).toEqual([
      'needs_receipt',
      'needs_member_card',
    ])
    const unknown = verdict({ condition: null, complete: null })
    expect(refused(unknown, 'refund')).toMatchObject({ open: ['condition', 'complete'] })
    expect(unknown.questions).toEqual(['condition', 'complete'])
  })

  it('may cost a share by grade, a share, or a share per day', () => {
    const fee = (fee: object, day = 3, given: FactsGiven = {}) =>
      allowed(
        decide(onDay(day, { ...preference, ...given }), null, [
          houseRule('remedy', 'own.fee', {
            reasons: ['preference'],
            window,
            remedies: [{ remedy: 'refund', fee }],
          }),
        ]),
        'refund',
      )
    expect(fee({ kind: 'restock', ppm: 100_000 })).toMatchObject({
      amount: 270_000,
      fee: { amount: 30_000, days: 0 },
    })
    expect(fee({ kind: 'daily', ppm: 5_000 })).toMatchObject({
      amount: 295_500,
      fee: { amount: 4_500, days: 3 },
    })
    const grades = { kind: 'grade', ppm: { used: 300_000, damaged: 500_000 } }
    expect(fee(grades, 3, { condition: 'damaged' }).amount).toBe(150_000)
    expect(fee(grades, 3, { condition: 'sealed' }).amount).toBe(300_000)
  })

  it('asks for the grade where the fee hangs on it', () => {
    const rule = houseRule('remedy', 'own.grade', {
      reasons: ['preference'],
      remedies: [{ remedy: 'refund', fee: { kind: 'grade', ppm: { used: 300_000 } } }],
    })
    const verdict = decide(onDay(1, { ...preference, condition: null }), null, [rule])
    expect(refused(verdict, 'refund')).toMatchObject({ open: ['condition'] })
    expect(verdict.questions).toEqual(['condition'])
  })

  it('of two grants the cheaper counts; at equal cost that of law', () => {
    const dear = houseRule('remedy', 'own.dear', {
      remedies: [{ remedy: 'refund', fee: { kind: 'restock', ppm: 100_000 } }],
    })
    const free = houseRule('remedy', 'own.free', { approver: 'store_manager' })
    const first = allowed(decide(onDay(3), null, [dear, free]), 'refund')
    expect(first).toMatchObject({ statutory: true, approver: null, fee: { amount: 0 } })
    expect(refs(first.because)).toEqual([
      'cn.sb-07',
      'own.free',
      'cn.sb-13b',
      'own.dear',
      'cn.term.fridge',
    ])
    const later = allowed(decide(onDay(10), null, [dear, free]), 'refund')
    expect(later).toMatchObject({ statutory: false, approver: 'store_manager', amount: 300_000 })
    expect(allowed(decide(onDay(20), null, [dear]), 'refund').amount).toBe(270_000)
  })

  it('tells apart how long law gives it and how long a manager may', () => {
    const longer = houseRule('remedy', 'own.month', { approver: 'floor_manager' })
    expect(allowed(decide(onDay(1, nothingToExchange), null, [longer]), 'refund')).toMatchObject({
      approver: null,
      until: '2026-04-01',
      sameTermsUntil: '2026-03-17',
    })
  })

  it('is taken away by an exclusion of its own layer or a more special one', () => {
    const grant = houseRule('remedy', 'own.return', { layer: 'store', reasons: ['preference'] })
    const verdict = (layer: string, more: object = {}) =>
      decide(onDay(1, { ...preference, line: { tags: ['special'] } }), null, [
        grant,
        houseRule('exclusion', 'own.specials', { layer, scope: { tags: ['special'] }, ...more }),
      ])
    expect(reasonsOf(verdict('store'), 'refund')).toEqual(['excluded'])
    expect(verdict('store').trace.find(({ rule }) => rule.id === 'own.return')).toMatchObject({
      applies: false,
      reasons: [{ key: 'reason.excluded', params: {} }],
    })
    expect(refs(refused(verdict('brand'), 'refund').because)).toEqual([
      'own.return',
      'own.specials',
    ])
    expect(offered(verdict('chain'))).toEqual(['refund'])
    expect(offered(verdict('store', { remedies: ['exchange'] }))).toEqual(['refund'])
    expect(offered(verdict('store', { scope: { tags: ['gift'] } }))).toEqual(['refund'])
  })

  it('never loses what law gives to an exclusion, a finding or an adjustment of the house', () => {
    const own = [
      houseRule('exclusion', 'own.all', {
        reasons: [...reasonClasses],
        remedies: [...remedies],
        layer: 'tier',
      }),
      houseRule('void', 'own.void', { findings: ['misuse'], layer: 'tier' }),
      houseRule('adjustment', 'own.freight', { freight: 'customer', gift: 'return' }),
    ]
    const line = { category: 'furniture' }
    const verdict = decide(onDay(1, { line, findings: ['opened_by_others'] }), null, own)
    expect(offered(verdict)).toEqual(['refund', 'exchange', 'repair'])
    expect(allowed(verdict, 'refund').freight).toBe('store')
    const inZhejiang = allowed(decide(onDay(1), 'CN-33', own), 'refund')
    expect(inZhejiang.gift).toBe('keep')
  })

  it('may give more on what law gives', () => {
    const own = houseRule('adjustment', 'own.gift', { gift: 'keep', lostTime: true })
    const verdict = decide(onDay(1), null, [own])
    expect(allowed(verdict, 'refund').gift).toBe('keep')
    expect(refs(allowed(verdict, 'refund').because)).toContain('own.gift')
    expect(verdict.lostTime).toBe(true)
  })

  it('voids its own grants by its own findings', () => {
    const own = [
      houseRule('remedy', 'own.return', { reasons: ['preference'] }),
      houseRule('void', 'own.void', { findings: ['misuse'], reasons: ['preference'] }),
    ]
    const verdict = decide(onDay(1, { ...preference, findings: ['misuse'] }), null, own)
    expect(reasonsOf(verdict, 'refund')).toEqual(['void_misuse'])
  })

  it('turns into money where it cannot be exchanged, only by a rule of the house', () => {
    const exchange = houseRule('remedy', 'own.exchange', {
      remedies: [{ remedy: 'exchange', fee: { kind: 'none' } }],
    })
    const instead = houseRule('remedy', 'own.instead', {
      trigger: { kind: 'exchange_without_stock' },
    })
    const given = onDay(20, nothingToExchange)
    expect(offered(decide(given, null, [exchange]))).toEqual(['exchange', 'repair'])
    expect(offered(decide(given, null, [exchange, instead]))).toContain('refund')
  })
})

describe('a price that fell', () => {
  const rule = houseRule('remedy', 'own.price', {
    reasons: ['price'],
    window: { from: 0, to: 7, unit: 'days', dayKind: 'calendar', start: ['sale'] },
    trigger: { kind: 'price_fell' },
    remedies: [{ remedy: 'price_difference', fee: { kind: 'none' } }],
  })
  const verdict = (currentPrice: number | null, day = 7) =>
    decide(onDay(day, { reason: 'price', line: { currentPrice } }), null, [rule])

  it('is paid to the 分', () => {
    expect(allowed(verdict(279_999), 'price_difference')).toMatchObject({
      price: 300_000,
      amount: 20_001,
      until: '2026-03-09',
    })
  })

  it.each([
    [null, 7, 'price_unknown'],
    [300_000, 7, 'price_not_fallen'],
    [310_000, 7, 'price_not_fallen'],
    [1, 8, 'window_over'],
  ])('is not, at %s on day %i: %s', (price, day, reason) => {
    expect(reasonsOf(verdict(price, day), 'price_difference')).toEqual([reason])
  })
})

describe('the order of offers', () => {
  const order = (offerOrder: string[]) => houseRule('adjustment', 'own.order', { offerOrder })

  it('follows the most special voice and hides nothing', () => {
    const verdict = decide(onDay(1), null, [order(['exchange', 'repair'])])
    expect(offered(verdict)).toEqual(['exchange', 'repair', 'refund'])
    const brand = houseRule('adjustment', 'own.brand', { layer: 'brand', offerOrder: ['repair'] })
    expect(offered(decide(onDay(1), null, [order(['exchange']), brand]))).toEqual([
      'repair',
      'refund',
      'exchange',
    ])
  })

  it('puts what is refused last', () => {
    const verdict = decide(onDay(20), null, [order(['refund', 'exchange'])])
    expect(verdict.remedies.map(({ remedy }) => remedy)).toEqual([
      'repair',
      'refund',
      'exchange',
      'price_difference',
      'paid_repair',
    ])
  })
})

describe('profiles and places', () => {
  const shoes = { line: { category: 'footwear.leather', paid: 20_000 } }

  it('a profile of footwear counts only when it is picked', () => {
    const verdict = (profile: string) =>
      decide(onDay(40, shoes), null, [], { 'cn-footwear': profile })
    expect(refs(verdict('a').rules)).toContain('cn-footwear.a.repair-90')
    // Paid 200.00, 40 days at 0.5 % a day.
    expect(allowed(verdict('b'), 'refund')).toMatchObject({
      amount: 16_000,
      fee: { kind: 'daily', amount: 4_000, days: 40 },
      statutory: false,
    })
    expect(refs(decide(onDay(40, shoes)).rules).join(' ')).not.toContain('footwear')
  })

  it('other countries have their own law', () => {
    const set = compileRules(shippedRules, { country: 'GB', region: null, profiles: {} })
    const facts = (day: number) =>
      factsOf(onDay(day, { calendar: null, currency: 'GBP', line: { currency: 'GBP' } }))
    const first = decideRights(facts(30), set)
    expect(allowed(first, 'refund')).toMatchObject({ amount: 300_000, statutory: true })
    expect(offered(decideRights(facts(31), set))).toEqual(['exchange', 'repair'])
    const member = compileRules(shippedRules, { country: 'DE', region: null, profiles: {} })
    expect(refs(decideRights(facts(31), member).rules)).toContain('eu.conformity-2-years')
    const none = compileRules(shippedRules, { country: 'AQ', region: null, profiles: {} })
    expect(offered(decideRights(facts(1), none))).toEqual([])
  })
})

describe('questions', () => {
  const unknown = {
    condition: null,
    complete: null,
    part: null,
    findings: null,
    sameModelInStock: null,
  } as const

  it('ask for the reason first, and grant nothing before', () => {
    const verdict = decide(onDay(1, { ...unknown, reason: null }))
    expect(verdict.questions).toEqual(['reason'])
    expect(offered(verdict)).toEqual([])
    expect(refused(verdict, 'refund')).toMatchObject({ open: ['reason'] })
    expect(refused(verdict, 'price_difference')).toMatchObject({ open: [] })
    expect(verdict.clocks[0]?.endsOn).toBe('2027-03-02')
  })

  it('do not ask for the reason where none would help', () => {
    const set = compileRules([], { country: 'CN', region: null, profiles: {} })
    const verdict = decideRights(factsOf({ ...unknown, reason: null }), set)
    expect(verdict.questions).toEqual([])
    expect(reasonsOf(verdict, 'refund')).toEqual(['no_rule'])
  })

  it('leave out what changes nothing', () => {
    // In the first week law gives everything whatever the condition or the box; stock decides what comes after.
    expect(decide(onDay(3, unknown)).questions).toEqual(['findings', 'same_model_in_stock'])
    expect(decide(onDay(20, unknown)).questions).toEqual(['findings'])
    expect(decide(onDay(20, { ...unknown, part: 'unit', findings: [] })).questions).toEqual([])
  })

  it('ask for stock where it decides between money whole and money less depreciation', () => {
    const verdict = decide(onDay(10, { ...unknown, part: 'unit', findings: [] }))
    expect(verdict.questions).toEqual(['same_model_in_stock'])
    expect(refused(verdict, 'refund')).toMatchObject({ open: ['same_model_in_stock'] })
    expect(reasonsOf(verdict, 'refund')[0]).toBe('ask_same_model_in_stock')
  })

  it('ask for the part where its term is another', () => {
    expect(decide({ today: '2028-01-01', part: null }).questions).toEqual(['part', 'installed_on'])
    expect(
      decide({ today: '2031-01-01', part: null, dates: { installed: sold } }).questions,
    ).toEqual([])
  })

  it('ask for the day of delivery or installation where it gives a right back', () => {
    const brought = { channel: 'delivery', findings: [] } as const
    expect(decide(onDay(20, brought)).questions).toContain('delivered_on')
    expect(decide(onDay(3, brought)).questions).toEqual([])
    expect(decide(onDay(20, { ...brought, channel: 'counter' })).questions).toEqual([])
  })

  it('find nothing against the customer until somebody looked', () => {
    const verdict = decide(onDay(3, { findings: null }))
    expect(offered(verdict)).toEqual(['refund', 'exchange', 'repair'])
    expect(verdict.questions).toEqual(['findings'])
  })
})

describe('impossible facts', () => {
  it.each<[string, FactsGiven]>([
    ['policy.claim_before_sale', { today: '2026-03-01' }],
    ['policy.claim_before_sale', { claimedOn: '2026-03-01' }],
    ['policy.claim_in_future', { claimedOn: '2026-03-06' }],
    ['policy.other_currency', { line: { currency: 'HKD' } }],
    ['policy.too_many_units', { line: { units: 2 } }],
    ['policy.too_many_units', { line: { units: 2, unitsSold: 3, unitsReturned: 2 } }],
    ['policy.no_units', { line: { units: 0 } }],
    ['policy.handed_over_before_sale', { dates: { delivered: '2026-03-01' } }],
    ['policy.handed_over_before_sale', { dates: { installed: '2026-03-01' } }],
    ['policy.handed_over_before_sale', { dates: { exchanged: '2026-03-01' } }],
    ['policy.repair_before_sale', { repairs: [{ handedIn: '2026-03-01' }] }],
    ['policy.repair_in_future', { repairs: [{ handedIn: '2026-03-06', handedBack: null }] }],
    [
      'policy.hand_back_in_future',
      { repairs: [{ handedIn: '2026-03-04', handedBack: '2026-03-06' }] },
    ],
    [
      'policy.repair_ends_before_start',
      { repairs: [{ handedIn: '2026-03-04', handedBack: '2026-03-03' }] },
    ],
  ])('%s', (reason, given) => {
    expect(() => decide(given)).toThrow(expect.objectContaining({ reason }))
    expect(() => decide({ ...given, reason: null })).toThrow(expect.objectContaining({ reason }))
  })

  it('are bugs where an amount is no integer', () => {
    expect(() => decide({ line: { paid: 0.1 } })).toThrow(RangeError)
  })
})

describe('a verdict', () => {
  it('names every rule it stands on, once and in order', () => {
    const verdict = decide(onDay(10))
    const ids = refs(verdict.rules)
    expect(ids).toEqual([...new Set(ids)].toSorted())
    for (const one of verdict.remedies) {
      for (const { id } of one.because) expect(ids).toContain(id)
    }
    expect(ids).toEqual(expect.arrayContaining(['cn.sb-13b', 'cn.term.fridge', 'cn.penalty-8']))
  })

  it('traces every rule that could have spoken', () => {
    const { trace } = decide(onDay(10))
    const step = (id: string) => trace.find(({ rule }) => rule.id === id)
    expect(step('cn.sb-15')).toMatchObject({ applies: true, reasons: [] })
    expect(step('cn.sb-07')).toMatchObject({
      applies: false,
      reasons: [{ key: 'reason.window_over', params: { until: '2026-03-09' } }],
    })
    expect(step('cn.term.fridge')?.applies).toBe(true)
    expect(step('cn.term.bicycle')).toBeUndefined()
    expect(step('cn.cpl-24.return')).toMatchObject({
      reasons: [{ key: 'reason.other_goods', params: {} }],
    })
    expect(refs(trace.map(({ rule }) => rule))).toEqual(
      refs(trace.map(({ rule }) => rule)).toSorted(),
    )
  })

  it('is plain data that can be frozen into a case', () => {
    const verdict = decide(onDay(10, { repairs: [] }))
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
  })

  it('has an entry for each remedy, each time', () => {
    for (const reason of [...reasonClasses, null]) {
      const verdict = decide(onDay(3, { reason }))
      expect(verdict.remedies.map(({ remedy }) => remedy).toSorted()).toEqual(
        [...remedies].toSorted(),
      )
    }
  })

  it('tells every refusal in both languages', () => {
    for (const texts of [zh, en]) {
      expect(
        Object.keys(texts.reason)
          .map((key) => `reason.${key}`)
          .toSorted(),
      ).toEqual([...reasonKeys].toSorted())
    }
  })

  it('begins a refusal with what is not settled where that could still change it', () => {
    const watch = decide(onDay(40, { line: { category: 'clock_watch' } }))
    expect(reasonsOf(watch, 'repair')[0]).toBe('term_undecided')
    expect(watch.undecided).toContain('unit_months')
  })

  it('is the same for goods of unknown category as for those in no catalogue', () => {
    expect(offered(decide(onDay(3, { line: { category: null } })))).toEqual([
      'refund',
      'exchange',
      'repair',
    ])
  })
})

describe('law of a made-up country', () => {
  const choice = { country: 'XX', region: 'XX-1', profiles: {} }
  const decideUnder = (
    rules: Parameters<typeof compileRules>[0],
    given: Partial<RightsFacts> = {},
  ) =>
    decideRights(
      { ...factsOf({ ...onDay(3), line: { category: null } }), ...given },
      compileRules(rules, choice),
    )
  const national = { jurisdiction: 'XX' }
  const regional = { jurisdiction: 'XX-1', layer: 'region' }

  it('is overlaid by the region: the later law has the word on how', () => {
    const grant = lawRule('remedy', 'x.refund', { ...national, freight: 'store', gift: 'keep' })
    const overlay = lawRule('adjustment', 'x1.gift', { ...regional, gift: 'return_or_value' })
    const verdict = decideUnder([grant, overlay])
    expect(allowed(verdict, 'refund').gift).toBe('return_or_value')
  })

  it('may allow in a region the fee a country forbids', () => {
    const rules = [
      lawRule('remedy', 'x.refund', {
        ...national,
        remedies: [{ remedy: 'refund', fee: { kind: 'restock', ppm: 100_000 } }],
      }),
      lawRule('adjustment', 'x.free', { ...national, depreciation: 'forbidden' }),
    ]
    expect(allowed(decideUnder(rules), 'refund').amount).toBe(300_000)
    const allowing = lawRule('adjustment', 'x1.fee', { ...regional, depreciation: 'allowed' })
    expect(allowed(decideUnder([...rules, allowing]), 'refund').amount).toBe(270_000)
    const house = houseRule('adjustment', 'own.free', { depreciation: 'forbidden' })
    expect(allowed(decideUnder([...rules, allowing, house]), 'refund').amount).toBe(300_000)
  })

  it('shares the test fee as law says, cheaper where the house says so', () => {
    const law = { fault: 'store', noFault: 'customer', unknown: 'shared' }
    const house = { fault: 'customer', noFault: 'store', unknown: 'customer' }
    const verdict = decideUnder([
      lawRule('adjustment', 'x.test', { ...national, testFee: law }),
      houseRule('adjustment', 'own.test', { testFee: house }),
    ])
    expect(verdict.testFee).toEqual({ fault: 'store', noFault: 'store', unknown: 'shared' })
  })

  it('a nearer category has its own term', () => {
    const term = (id: string, code: string, unitMonths: number) =>
      lawRule('term', id, { ...national, scope: { categories: [code] }, unitMonths })
    const rules = [
      term('x.phone', 'phone', 12),
      term('x.battery', 'phone.battery', 6),
      term('x.phonebook', 'phonebook', 1),
    ]
    const end = (category: string) => {
      const facts = factsOf({ ...onDay(3), line: { category } })
      return decideRights(facts, compileRules(rules, choice)).clocks[0]?.endsOn
    }
    expect(end('phone.case')).toBe('2027-03-02')
    expect(end('phone.battery')).toBe('2026-09-02')
    expect(end('phone.battery.spare')).toBe('2026-09-02')
    expect(end('phonebook')).toBe('2026-04-02')
    expect(end('phones')).toBeUndefined()
  })

  it('a price band is by the unit', () => {
    const rules = [
      lawRule('remedy', 'x.band', { ...national, scope: { paidFrom: 10_000, paidTo: 19_999 } }),
    ]
    const refund = (paid: number, units: number) => {
      const line = { paid, units, unitsSold: units, category: null }
      return offered(decideRights(factsOf({ ...onDay(3), line }), compileRules(rules, choice)))
    }
    expect(refund(30_000, 3)).toEqual(['refund'])
    expect(refund(29_999, 3)).toEqual([])
    expect(refund(59_997, 3)).toEqual(['refund'])
    expect(refund(59_998, 3)).toEqual([])
  })

  it('a duty may be counted in workdays', () => {
    const duty = lawRule('duty', 'x.reply', {
      ...national,
      remedies: ['refund'],
      withinDays: 10,
      dayKind: 'working',
    })
    const verdict = decideUnder([lawRule('remedy', 'x.refund', national), duty])
    expect(verdict.duties[0]).toMatchObject({ dueOn: '2026-03-19', remedies: ['refund'] })
    expect(chinaCalendar.isWorkday('2026-03-19')).toBe(true)
    expect(dayNumber('2026-03-19') - dayNumber('2026-03-05')).toBe(14)
  })
})
