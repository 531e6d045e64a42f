import { chinaCalendar } from '../../src-main/foundation/holidays.ts'
import type {
  AllowedRemedy,
  RefusedRemedy,
  RepairFact,
  RightsFacts,
  Verdict,
} from '../../src-main/policy/facts.ts'
import { loadPolicyFiles } from '../../src-main/policy/files.ts'
import { compileRules, type RuleChoice, type RuleSet } from '../../src-main/policy/layers.ts'
import { type Remedy, type Rule, rule } from '../../src-main/policy/rule.ts'

/** Rules and facts for the tests of the engine: the shipped law, and house rules made on the spot. */

export const shippedRules: readonly Rule[] = loadPolicyFiles()

/** The shipped rules with the overlays of one region switched on. */
export function lawOf(region: string | null): Rule[] {
  return shippedRules.map((one) =>
    region !== null && one.jurisdiction === region ? { ...one, enabled: true } : one,
  )
}

const compiled = new Map<string, RuleSet>()

/** National law of China, with a region's overlay where one is named; profiles and house rules on demand. */
export function rulesOf(
  region: string | null = null,
  own: readonly Rule[] = [],
  profiles: RuleChoice['profiles'] = {},
): RuleSet {
  const choice = { country: 'CN', region, profiles }
  if (own.length > 0) return compileRules([...lawOf(region), ...own], choice)
  const key = JSON.stringify(choice)
  let set = compiled.get(key)
  if (!set) compiled.set(key, (set = compileRules(lawOf(region), choice)))
  return set
}

/** What a test says of the facts; the rest is a fridge sold at the counter on 2026-03-02 for ¥3,000. */
export type FactsGiven = Partial<Omit<RightsFacts, 'line' | 'dates' | 'proof' | 'repairs'>> & {
  line?: Partial<RightsFacts['line']>
  dates?: Partial<RightsFacts['dates']>
  proof?: Partial<RightsFacts['proof']>
  repairs?: readonly Partial<RepairFact>[]
}

export function factsOf(given: FactsGiven = {}): RightsFacts {
  return {
    today: '2026-03-05',
    claimedOn: null,
    calendar: chinaCalendar,
    currency: 'CNY',
    channel: 'counter',
    tier: null,
    card: null,
    reason: 'quality',
    condition: 'faulty',
    complete: true,
    part: 'unit',
    findings: [],
    foundSubstandard: false,
    sameModelInStock: true,
    wish: null,
    ...given,
    line: {
      currency: 'CNY',
      category: 'fridge',
      sku: 'BCD-216',
      brand: '雪原',
      counter: 'A01',
      tags: [],
      paid: 300_000,
      units: 1,
      unitsSold: 1,
      unitsReturned: 0,
      currentPrice: null,
      ...given.line,
    },
    dates: {
      sold: '2026-03-02',
      delivered: null,
      installed: null,
      exchanged: null,
      ...given.dates,
    },
    proof: {
      receipt: true,
      memberCard: false,
      medical: false,
      repairRecords: true,
      ...given.proof,
    },
    repairs: (given.repairs ?? []).map((one) => ({ ...finishedRepair, ...one })),
  }
}

const finishedRepair: RepairFact = {
  part: null,
  handedIn: '2026-04-01',
  handedBack: '2026-04-06',
  waitedForParts: 0,
  delayedBy: null,
  failed: true,
  recorded: true,
}

/** The answer for one remedy; a test fails where it is not what it says. */
export function allowed(verdict: Verdict, remedy: Remedy): AllowedRemedy {
  const found = verdict.remedies.find((one) => one.remedy === remedy)
  if (!found?.allowed) throw new Error(`${remedy} is refused: ${JSON.stringify(found)}`)
  return found
}

export function refused(verdict: Verdict, remedy: Remedy): RefusedRemedy {
  const found = verdict.remedies.find((one) => one.remedy === remedy)
  if (!found || found.allowed) throw new Error(`${remedy} is allowed: ${JSON.stringify(found)}`)
  return found
}

/** Remedies that are to be had, in the order of offer. */
export function offered(verdict: Verdict): Remedy[] {
  return verdict.remedies.filter((one) => one.allowed).map(({ remedy }) => remedy)
}

export function reasonsOf(verdict: Verdict, remedy: Remedy): string[] {
  return refused(verdict, remedy).reasons.map(({ key }) => key.replace('reason.', ''))
}

const houseHeader = {
  version: 1,
  layer: 'store',
  jurisdiction: '',
  statutory: false,
  enabled: true,
  scope: {},
  validFrom: '2020-01-01',
  validTo: null,
  validBy: 'sale',
  basis: { zh: '本店规定', en: 'Store policy' },
  text: { zh: '本店规定', en: 'Store policy' },
  source: 'test',
  unverified: false,
}

const bodies = {
  remedy: {
    reasons: ['quality'],
    window: { from: 0, to: 30, unit: 'days', dayKind: 'calendar', start: ['sale'] },
    trigger: { kind: 'none' },
    remedies: [{ remedy: 'refund', fee: { kind: 'none' } }],
    chooser: 'customer',
    needs: {},
    freight: 'store',
    gift: 'return',
    approver: null,
  },
  term: { unitMonths: 24, start: ['sale'], parts: [], dailyPpm: null },
  exclusion: { reasons: ['preference'], remedies: ['refund'] },
  adjustment: { reasons: ['quality'] },
  void: { findings: ['misuse'] },
  exposure: { reasons: ['quality'], times: 1, floor: 0, delayDays: null },
  duty: { reasons: ['quality'], remedies: ['repair'], withinDays: null },
}

/** A rule of the store, checked like one from a file: only what matters to the test needs saying. */
export function houseRule<E extends keyof typeof bodies>(
  effect: E,
  id: string,
  fields: Record<string, unknown> = {},
): Extract<Rule, { effect: E }> {
  const made = rule.parse({ ...houseHeader, id, effect, ...bodies[effect], ...fields })
  return made as Extract<Rule, { effect: E }>
}

/** A rule of law of the same kind. */
export function lawRule<E extends keyof typeof bodies>(
  effect: E,
  id: string,
  fields: Record<string, unknown> = {},
): Extract<Rule, { effect: E }> {
  return houseRule(effect, id, {
    layer: 'national',
    jurisdiction: 'CN',
    statutory: true,
    ...fields,
  })
}
