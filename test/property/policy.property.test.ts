import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src-main/foundation/business-date.ts'
import { chinaCalendar, moveOffHoliday } from '../../src-main/foundation/holidays.ts'
import { extendEnd, repairSpans } from '../../src-main/policy/clocks.ts'
import type {
  AllowedRemedy,
  RepairFact,
  RightsFacts,
  Verdict,
} from '../../src-main/policy/facts.ts'
import { compileRules, findWeakened, type RuleSet } from '../../src-main/policy/layers.ts'
import { type Outcome, reachOutcome } from '../../src-main/policy/outcome.ts'
import { rightsAndTerms } from '../../src-main/policy/questions.ts'
import { decideRights } from '../../src-main/policy/rules.ts'
import {
  approverRoles,
  channels,
  conditionGrades,
  layers,
  reasonClasses,
  type Remedy,
  remedies,
  type Rule,
  voidFindings,
} from '../../src-main/policy/rule.ts'
import { factsOf, houseRule, lawOf, lawRule } from '../support/policy-rules.ts'

/** Laws of the engine, over the shipped law of four places and whatever a house may add to it. */

const regions = [null, 'CN-33', 'CN-11', 'CN-37'] as const
const region = fc.constantFrom(...regions)
const categories = ['fridge', 'phone_mobile', 'pc', 'clock_watch', 'food', 'furniture', null]

const nullable = <T>(values: readonly T[]) => fc.constantFrom<T | null>(...values, null)
const days = (max: number) => fc.integer({ min: 0, max })

const repair = fc
  .record({
    from: days(700),
    length: fc.option(days(120)),
    waitedForParts: days(60),
    part: nullable(['compressor', 'battery']),
    delayedBy: nullable(['repairer', 'other'] as const),
    failed: fc.boolean(),
    recorded: fc.boolean(),
  })
  .map(({ from, length, ...rest }) => ({ from, length, ...rest }))

interface Case {
  facts: RightsFacts
}

/** Any sold line: dates from 2023 to 2027, so that leap days, holidays and unannounced years come up. */
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    sold: days(1_000).map((day) => addDays('2023-12-20', day)),
    age: fc.oneof(days(20), days(1_200)),
    delivered: fc.option(days(10)),
    exchanged: fc.option(days(300)),
    category: fc.constantFrom(...categories),
    channel: fc.constantFrom(...channels),
    reason: fc.oneof(
      { arbitrary: fc.constant('quality' as const), weight: 3 },
      { arbitrary: nullable(reasonClasses), weight: 2 },
    ),
    condition: nullable(conditionGrades),
    complete: nullable([true, false]),
    part: nullable(['unit', 'compressor', 'battery']),
    findings: fc.option(fc.subarray([...voidFindings])),
    foundSubstandard: fc.boolean(),
    sameModelInStock: nullable([true, false]),
    tags: fc.subarray(['special', 'gift', 'made_to_order', 'contract_rate']),
    tier: nullable(['gold']),
    paid: fc.oneof(days(10), days(2_000_000)),
    units: fc.integer({ min: 1, max: 4 }),
    currentPrice: fc.option(days(2_000_000)),
    card: fc.option(fc.record({ unitMonths: days(60), partMonths: fc.option(days(60)) })),
    receipt: fc.boolean(),
    repairRecords: fc.boolean(),
    repairs: fc.array(repair, { maxLength: 4 }),
    holidays: fc.boolean(),
  })
  .map((one) => {
    const today = addDays(one.sold, one.age)
    const since = (day: number | null) =>
      day === null || addDays(one.sold, day) > today ? null : addDays(one.sold, day)
    const repairs = one.repairs.flatMap(({ from, length, ...rest }): RepairFact[] => {
      const handedIn = since(from)
      if (handedIn === null) return []
      const handedBack = length === null ? null : since(from + length)
      return [{ ...rest, handedIn, handedBack, failed: rest.failed && handedBack !== null }]
    })
    const facts = factsOf({
      today,
      calendar: one.holidays ? chinaCalendar : null,
      channel: one.channel,
      tier: one.tier,
      reason: one.reason,
      condition: one.condition,
      complete: one.complete,
      part: one.part,
      findings: one.findings,
      foundSubstandard: one.foundSubstandard,
      sameModelInStock: one.sameModelInStock,
      card: one.card && { ...one.card, startsOn: one.sold },
      line: {
        category: one.category,
        tags: one.tags,
        paid: one.paid,
        units: one.units,
        unitsSold: one.units,
        currentPrice: one.currentPrice,
      },
      dates: { sold: one.sold, delivered: since(one.delivered), exchanged: since(one.exchanged) },
      proof: { receipt: one.receipt, repairRecords: one.repairRecords },
      repairs,
    })
    return { facts }
  })

/** Law that opens in two steps, as some does elsewhere: whole money for a week, less a tenth for three more. */
const twoSteps = [
  { id: 'x.week-1', from: 0, to: 7, fee: { kind: 'none' } },
  { id: 'x.week-4', from: 8, to: 28, fee: { kind: 'restock', ppm: 100_000 } },
].map(({ id, from, to, fee }) =>
  lawRule('remedy', id, {
    reasons: ['quality', 'size'],
    window: { from, to, unit: 'days', dayKind: 'calendar', start: ['exchange', 'sale'] },
    remedies: [{ remedy: 'refund', fee }],
  }),
)

const house = { country: 'CN', profiles: {} }
const sets = new Map<string | null, RuleSet>(
  regions.map((one) => [
    one,
    compileRules([...lawOf(one), ...twoSteps], { ...house, region: one }),
  ]),
)
const lawSet = (one: string | null) => sets.get(one) as RuleSet
const withOwn = (one: string | null, own: readonly Rule[]) =>
  compileRules([...lawOf(one), ...twoSteps, ...own], { ...house, region: one })

const scope = fc.record(
  {
    categories: fc.subarray(['fridge', 'phone_mobile', 'food'], { minLength: 1 }),
    tags: fc.subarray(['special', 'gift'], { minLength: 1 }),
    channels: fc.subarray([...channels], { minLength: 1 }),
  },
  { requiredKeys: [] },
)
const window = fc.record({
  from: days(20),
  to: fc.oneof(fc.integer({ min: 20, max: 400 }), fc.constant(null)),
  unit: fc.constant('days'),
  dayKind: fc.constant('calendar'),
  start: fc.constantFrom(['sale'], ['delivery', 'sale'], ['exchange', 'sale']),
})
const reasons = fc.subarray([...reasonClasses], { minLength: 1 })
const someRemedies = fc.subarray([...remedies], { minLength: 1 })
const layer = fc.constantFrom(...layers.slice(2))
const freight = fc.constantFrom('store', 'customer', 'shared', 'by_liability')
const gift = fc.constantFrom('return', 'keep', 'return_or_value')
const fee = fc.oneof(
  fc.constant({ kind: 'none' }),
  fc.constant({ kind: 'depreciation' }),
  fc.record({ kind: fc.constant('restock'), ppm: days(1_000_000) }),
  fc.record({ kind: fc.constant('daily'), ppm: days(50_000) }),
  fc.record({
    kind: fc.constant('grade'),
    ppm: fc.record({ used: days(1_000_000), damaged: days(1_000_000) }),
  }),
)

const houseGrant = fc
  .record({
    id: fc.constantFrom('own.a', 'own.b', 'zz.own'),
    layer,
    scope,
    reasons,
    window: fc.oneof(window, fc.constant('term'), fc.constant('unit_term')),
    remedies: someRemedies.chain((list) =>
      fc.tuple(...list.map((remedy) => fc.record({ remedy: fc.constant(remedy), fee }))),
    ),
    chooser: fc.constantFrom('customer', 'store'),
    freight,
    gift,
    approver: nullable(approverRoles),
    needs: fc.record(
      {
        conditions: fc.subarray([...conditionGrades], { minLength: 1 }),
        complete: fc.boolean(),
        receipt: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    trigger: fc.constantFrom<object>(
      { kind: 'none' },
      { kind: 'failed_repairs', count: 1 },
      { kind: 'exchange_without_stock' },
      { kind: 'exchange_declined' },
      { kind: 'price_fell' },
    ),
  })
  .map(({ id, ...fields }) => houseRule('remedy', id, fields))

/** House rules that take away or make things harder. */
const houseTaking = fc.oneof(
  fc
    .record({ layer, scope, reasons, remedies: someRemedies })
    .map((fields) => houseRule('exclusion', 'own.exclusion', fields)),
  fc
    .record({ layer, scope, findings: fc.subarray([...voidFindings], { minLength: 1 }) })
    .map((fields) => houseRule('void', 'own.void', fields)),
  fc
    .record({ layer, scope, reasons, freight, gift })
    .map((fields) => houseRule('adjustment', 'own.adjustment', fields)),
  fc
    .record({ layer, scope, unitMonths: fc.integer({ min: 1, max: 6 }) })
    .map((fields) => houseRule('term', 'own.term', fields)),
)
const houseLayer = fc.array(fc.oneof(houseGrant, houseTaking), { maxLength: 5 })

const freights = ['store', 'by_liability', 'shared', 'customer']
const gifts = ['keep', 'return_or_value', 'return']
const free: readonly Remedy[] = remedies.filter((remedy) => remedy !== 'paid_repair')
const grantOf = (verdict: Verdict, remedy: Remedy): AllowedRemedy | undefined => {
  const found = verdict.remedies.find((one) => one.remedy === remedy)
  return found?.allowed ? found : undefined
}

describe('the engine of rights', () => {
  it('answers any facts: each remedy once, allowed ones first, never more than was paid', () => {
    fc.assert(
      fc.property(anyCase, region, houseLayer, ({ facts }, place, own) => {
        const verdict = decideRights(facts, withOwn(place, own))
        expect(verdict.remedies.map(({ remedy }) => remedy).toSorted()).toEqual(
          [...remedies].toSorted(),
        )
        const order = verdict.remedies.map(({ allowed }) => allowed)
        expect(order).toEqual(order.toSorted((a, b) => Number(b) - Number(a)))
        for (const one of verdict.remedies) {
          if (!one.allowed) {
            expect(one.reasons.length).toBeGreaterThan(0)
            continue
          }
          expect(Number.isSafeInteger(one.amount) && one.amount >= 0).toBe(true)
          expect(one.fee.amount).toBeLessThanOrEqual(facts.line.paid)
          if (one.remedy === 'refund') expect(one.amount + one.fee.amount).toBe(one.price)
          expect(one.price).toBeGreaterThanOrEqual(facts.line.paid)
          expect(one.daysLeft ?? 0).toBeGreaterThanOrEqual(0)
          if (one.until !== null) expect((one.sameTermsUntil ?? '') <= one.until).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('depends on nothing but the facts: again the same, whatever the order of rules and repairs', () => {
    fc.assert(
      fc.property(anyCase, region, houseLayer, fc.integer(), ({ facts }, place, own, seed) => {
        const rules = [...lawOf(place), ...own]
        const shuffle = <T>(list: readonly T[]) =>
          list
            .map((one, at) => ({ one, key: (at * 2_654_435_761 + seed) % 1_000_003 }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ one }) => one)
        // Several house rules may share an id and a version here; a store has each once.
        const ids = new Set<string>()
        const once = rules.filter(({ id }) => ids.size !== ids.add(id).size)
        const choice = { ...house, region: place }
        const first = decideRights(facts, compileRules(once, choice))
        const frozen = structuredClone({ ...facts, calendar: null })
        expect(decideRights(facts, compileRules(once, choice))).toEqual(first)
        const turned = { ...facts, repairs: shuffle(facts.repairs) }
        expect(decideRights(turned, compileRules(shuffle(once), choice))).toEqual(first)
        expect({ ...facts, calendar: null }).toEqual(frozen)
      }),
      { numRuns: 120 },
    )
  })

  it('a longer wait never gives more days', () => {
    // Rights that only come with time (a repair that takes too long, a window not yet open) are no days left.
    fc.assert(
      fc.property(anyCase, region, fc.integer({ min: 1, max: 400 }), ({ facts }, place, more) => {
        const settled = facts.repairs.filter(({ handedBack }) => handedBack !== null)
        const before = { ...facts, repairs: settled.map((one) => ({ ...one, waitedForParts: 0 })) }
        const after = { ...before, today: addDays(facts.today, more) }
        const [now, later] = [before, after].map((one) => decideRights(one, lawSet(place)))
        for (const remedy of free) {
          const [first, second] = [
            grantOf(now as Verdict, remedy),
            grantOf(later as Verdict, remedy),
          ]
          if (!first) continue
          if (second?.until === null) expect(first.until).toBeNull()
          if (first.until === null || !second || second.until === null) continue
          expect(second.until <= first.until).toBe(true)
          expect(second.daysLeft ?? 0).toBeLessThanOrEqual((first.daysLeft ?? 0) - more)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('what was given up to a day is given on that day and not on the next', () => {
    fc.assert(
      fc.property(anyCase, region, ({ facts }, place) => {
        const settled = facts.repairs.filter(({ handedBack }) => handedBack !== null)
        const before = { ...facts, repairs: settled.map((one) => ({ ...one, waitedForParts: 0 })) }
        const verdict = decideRights(before, lawSet(place))
        for (const remedy of free) {
          const until = grantOf(verdict, remedy)?.until
          if (until == null) continue
          const on = (today: string) => decideRights({ ...before, today }, lawSet(place))
          expect(grantOf(on(until), remedy)).toBeDefined()
          expect(grantOf(on(addDays(until, 1)), remedy)).toBeUndefined()
        }
      }),
      { numRuns: 150 },
    )
  })

  it('no house rule takes or shortens a right of law, or makes it dearer', () => {
    fc.assert(
      fc.property(anyCase, region, houseLayer, ({ facts }, place, own) => {
        const law = decideRights(facts, lawSet(place))
        const both = decideRights(facts, withOwn(place, own))
        // With the reason unknown nothing is granted yet, and where law settles no rate a house may set one.
        if (facts.reason === null) return
        for (const remedy of free) {
          const given = grantOf(law, remedy)
          if (!given?.statutory) continue
          const still = grantOf(both, remedy)
          expect(still).toBeDefined()
          if (!still) continue
          expect(still.until === null || (given.until !== null && still.until >= given.until)).toBe(
            true,
          )
          expect(still.fee.amount).toBeLessThanOrEqual(given.fee.amount)
          expect(still.amount).toBeGreaterThanOrEqual(given.amount)
          // Only a favour that costs the customer less may stand before law, with whom it needs to approve it.
          if (still.fee.amount < given.fee.amount) continue
          expect(still).toMatchObject({ statutory: true, approver: given.approver })
          expect(freights.indexOf(still.freight)).toBeLessThanOrEqual(
            freights.indexOf(given.freight),
          )
          expect(gifts.indexOf(still.gift)).toBeLessThanOrEqual(gifts.indexOf(given.gift))
        }
      }),
      { numRuns: 400 },
    )
  })

  it('a stricter house never widens what is refused of law', () => {
    fc.assert(
      fc.property(
        anyCase,
        region,
        fc.array(houseTaking, { minLength: 1, maxLength: 4 }),
        ({ facts }, place, own) => {
          const law = decideRights(facts, lawSet(place))
          const both = decideRights(facts, withOwn(place, own))
          for (const remedy of free) {
            const given = grantOf(law, remedy)
            if (!given?.statutory) continue
            expect(grantOf(both, remedy)).toMatchObject({
              statutory: true,
              amount: given.amount,
              approver: given.approver,
            })
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('one more grant of the house never takes a remedy away', () => {
    fc.assert(
      fc.property(anyCase, region, houseLayer, houseGrant, ({ facts }, place, own, grant) => {
        if (facts.reason === null) return
        const before = decideRights(facts, withOwn(place, own))
        const added = { ...grant, id: 'own.one-more' }
        const after = decideRights(facts, withOwn(place, [...own, added]))
        for (const remedy of free) {
          const given = grantOf(before, remedy)
          if (!given) continue
          const still = grantOf(after, remedy)
          expect(still?.fee.amount).toBeLessThanOrEqual(given.fee.amount)
        }
        // A repair that became free is no longer paid for.
        if (grantOf(before, 'paid_repair')) {
          expect(grantOf(after, 'paid_repair') ?? grantOf(after, 'repair')).toBeDefined()
        }
      }),
      { numRuns: 300 },
    )
  })

  it('an order of offers only reorders', () => {
    const order = fc.shuffledSubarray([...remedies], { minLength: 1 })
    fc.assert(
      fc.property(anyCase, region, order, ({ facts }, place, offerOrder) => {
        const hint = houseRule('adjustment', 'own.order', {
          reasons: [...reasonClasses],
          offerOrder,
        })
        const plain = decideRights(facts, lawSet(place)).remedies
        const hinted = decideRights(facts, withOwn(place, [hint])).remedies
        const byName = (list: Verdict['remedies']) =>
          list.toSorted((a, b) => (a.remedy < b.remedy ? -1 : 1))
        expect(byName(hinted)).toEqual(byName(plain))
        if (facts.reason === null) return
        const asked = offerOrder.filter((remedy) =>
          hinted.some((one) => one.remedy === remedy && one.allowed),
        )
        const offered = hinted.filter((one) => one.allowed && offerOrder.includes(one.remedy))
        expect(offered.map(({ remedy }) => remedy)).toEqual(asked)
      }),
      { numRuns: 200 },
    )
  })

  it('the reason is asked for where it matters, and says which remedies hang on it', () => {
    fc.assert(
      fc.property(anyCase, region, houseLayer, ({ facts }, place, own) => {
        const set = withOwn(place, own)
        const verdict = decideRights({ ...facts, reason: null }, set)
        const under = reasonClasses.map(
          (reason) => decideRights({ ...facts, reason }, set).remedies,
        )
        const matters = new Set(under.map((list) => JSON.stringify(list.map(strip)))).size > 1
        expect(verdict.questions).toEqual(matters ? ['reason'] : [])
        if (!matters) return
        for (const one of verdict.remedies) {
          const reachable = under.some((list) =>
            list.some(
              (each) => each.remedy === one.remedy && (each.allowed || each.open.length > 0),
            ),
          )
          expect(one.allowed).toBe(false)
          expect(!one.allowed && one.open.length > 0).toBe(reachable)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('the short way to an answer without a reason comes to the same as every reason in full', () => {
    fc.assert(
      fc.property(anyCase, region, houseLayer, ({ facts }, place, own) => {
        const set = withOwn(place, own)
        const quick = decideRights({ ...facts, reason: null }, set)
        const outcomes = reasonClasses.map((reason) => reachOutcome(facts, reason, set))
        const fault = outcomes[reasonClasses.indexOf('quality')] as Outcome
        const open = (remedy: Remedy) =>
          outcomes.some(({ remedies: list }) =>
            list.some((one) => one.remedy === remedy && (one.allowed || one.open.length > 0)),
          )
        expect(quick.clocks).toEqual(fault.situation.clocks)
        if (new Set(outcomes.map(rightsAndTerms)).size === 1) {
          expect(quick.remedies).toEqual(fault.remedies)
          expect(quick.questions).toEqual([])
          return
        }
        expect(quick).toEqual({
          ...quick,
          remedies: fault.remedies.map(({ remedy }) => ({
            remedy,
            allowed: false,
            reasons: [{ key: open(remedy) ? 'reason.ask_reason' : 'reason.no_rule', params: {} }],
            open: open(remedy) ? ['reason'] : [],
            basis: [],
            because: [],
          })),
          questions: ['reason'],
          trace: [],
          rules: [],
        })
      }),
      { numRuns: 400 },
    )
  })

  it('a question is asked exactly where its answer matters', () => {
    fc.assert(
      fc.property(anyCase, region, houseLayer, ({ facts }, place, own) => {
        const set = withOwn(place, own)
        const { questions } = decideRights(facts, set)
        if (facts.reason === null) return
        const answers = {
          condition: conditionGrades.map((condition) => ({ ...facts, condition })),
          complete: [true, false].map((complete) => ({ ...facts, complete })),
          same_model_in_stock: [true, false].map((stock) => ({
            ...facts,
            sameModelInStock: stock,
          })),
        }
        const known = {
          condition: facts.condition !== null,
          complete: facts.complete !== null,
          same_model_in_stock: facts.sameModelInStock !== null,
        }
        for (const question of ['condition', 'complete', 'same_model_in_stock'] as const) {
          const rights = answers[question].map((one) =>
            JSON.stringify(decideRights(one, set).remedies.map((each) => strip(each))),
          )
          const matters = !known[question] && new Set(rights).size > 1
          expect(questions.includes(question)).toBe(matters)
        }
      }),
      { numRuns: 250 },
    )
  })
})

/** What a customer would notice of a remedy. */
function strip(one: Verdict['remedies'][number]) {
  if (!one.allowed) return [one.remedy, one.open]
  const { remedy, until, sameTermsUntil, amount, approver, chooser, freight, gift } = one
  return [remedy, until, sameTermsUntil, amount, one.fee.amount, approver, chooser, freight, gift]
}

describe('last days', () => {
  it('on a holiday never end before those of the day before', () => {
    let last = ''
    for (let day = '2019-12-25'; day < '2035-01-01'; day = addDays(day, 1)) {
      const end = moveOffHoliday(day, chinaCalendar)
      expect(end >= day && end >= last).toBe(true)
      last = end
    }
  })
})

describe('days of repair', () => {
  const span = fc.record({ from: days(900), length: days(60) })

  it('one repair more never ends a term earlier', () => {
    fc.assert(
      fc.property(
        days(1_000).map((day) => addDays('2023-12-20', day)),
        fc.integer({ min: 1, max: 730 }),
        fc.array(span, { maxLength: 6 }),
        span,
        fc.boolean(),
        (start, length, some, more, holidays) => {
          const end = (list: readonly { from: number; length: number }[]) => {
            const repairs = list.map(({ from, length: lasts }): RepairFact => ({
              part: null,
              handedIn: addDays(start, from),
              handedBack: addDays(start, from + lasts),
              waitedForParts: 0,
              delayedBy: null,
              failed: false,
              recorded: true,
            }))
            const inOrder = repairs.toSorted((a, b) => (a.handedIn < b.handedIn ? -1 : 1))
            const spans = repairSpans(inOrder, '2099-01-01')
            return extendEnd(addDays(start, length), start, spans, holidays ? chinaCalendar : null)
          }
          const [before, after] = [end(some), end([...some, more])]
          expect(after.endsOn >= before.endsOn).toBe(true)
          expect(after.extendedDays).toBeGreaterThanOrEqual(before.extendedDays)
          expect(before.endsOn >= addDays(start, length)).toBe(true)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

describe('the check on save', () => {
  it('lets pass what only gives, and the engine keeps law whatever was saved', () => {
    fc.assert(
      fc.property(houseGrant, region, (grant, place) => {
        const giving = {
          ...grant,
          window: { from: 0, to: null, unit: 'days', dayKind: 'calendar', start: ['sale'] },
          freight: 'store',
          gift: 'keep',
          chooser: 'customer',
          needs: {},
          trigger: { kind: 'none' },
          remedies: grant.remedies.map(({ remedy }) => ({ remedy, fee: { kind: 'none' } })),
        } as Rule
        expect(findWeakened(giving, lawOf(place))).toBeNull()
      }),
      { numRuns: 200 },
    )
  })

  it('catches any exclusion of a right of law, however it is worded', () => {
    fc.assert(
      fc.property(scope, reasons, someRemedies, (where, why, what) => {
        const law = lawRule('remedy', 'x.law', {
          scope: where,
          reasons: why,
          remedies: what.map((remedy) => ({ remedy, fee: { kind: 'none' } })),
        })
        const exclusion = houseRule('exclusion', 'own', {
          scope: where,
          reasons: why,
          remedies: what,
        })
        expect(findWeakened(exclusion, [law])).toEqual({
          rule: { id: 'x.law', version: 1 },
          field: 'remedies',
        })
      }),
      { numRuns: 200 },
    )
  })
})
