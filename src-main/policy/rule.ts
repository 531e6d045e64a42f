import { z } from 'zod'
import { isBusinessDate } from '../foundation/business-date.ts'

/**
 * Rules as data: what a policy file (resources/policies) and a store's own rules hold. One record is one sentence of
 * law or of house policy with its source; the engine knows no rule that is not written this way (domain.md §1.9).
 */

/** From the weakest voice to the most special one; a later layer may add to what an earlier one grants. */
export const layers = ['national', 'region', 'chain', 'store', 'brand', 'tier'] as const
export type Layer = (typeof layers)[number]

/** Why the customer is here. */
export const reasonClasses = [
  'quality',
  'size',
  'preference',
  'photo_mismatch',
  'wrong_item',
  'damaged',
  'price',
  'counterfeit',
  'unsafe_food',
  'other',
] as const
export type ReasonClass = (typeof reasonClasses)[number]

/** What the customer may get; `paid_repair` is what remains when nothing is free. */
export const remedies = ['refund', 'exchange', 'repair', 'price_difference', 'paid_repair'] as const
export type Remedy = (typeof remedies)[number]

export const channels = ['counter', 'delivery', 'online'] as const
export type Channel = (typeof channels)[number]

/** State of what is brought back; the grades of the refund form. */
export const conditionGrades = ['sealed', 'opened', 'used', 'faulty', 'damaged'] as const
export type ConditionGrade = (typeof conditionGrades)[number]

/** Findings that end a free remedy; the desk must say which one it is (SB-VOID, domain.md §1.1). */
export const voidFindings = [
  'misuse',
  'opened_by_others',
  'no_proof',
  'proof_mismatch',
  'force_majeure',
] as const
export type VoidFinding = (typeof voidFindings)[number]

export const approverRoles = ['clerk', 'floor_manager', 'store_manager'] as const
export type ApproverRole = (typeof approverRoles)[number]

const slug = z.string().regex(/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/)
const date = z.string().refine(isBusinessDate, 'not a calendar date').meta({ format: 'date' })
/** A text in both languages; neither may be missing. */
export const bilingual = z.strictObject({
  zh: z.string().trim().min(1),
  en: z.string().trim().min(1),
})
export type Bilingual = z.output<typeof bilingual>

/** Which sold goods a rule is about; an absent list means all. `not` takes goods out again. */
const selector = z.strictObject({
  /** Codes of resources/policies/categories.json; a code covers what is below it (`phone` covers `phone.battery`). */
  categories: z.array(slug).min(1).optional(),
  skus: z.array(z.string()).min(1).optional(),
  brands: z.array(z.string()).min(1).optional(),
  counters: z.array(z.string()).min(1).optional(),
  channels: z.array(z.enum(channels)).min(1).optional(),
  tiers: z.array(z.string()).min(1).optional(),
  /** What the line says of itself: `special` (sold at a reduced price), `gift`, `made_to_order`, … */
  tags: z.array(slug).min(1).optional(),
  /** Paid per unit in minor units, inclusive; for price bands. */
  paidFrom: z.int().nonnegative().optional(),
  paidTo: z.int().nonnegative().optional(),
})
export const scope = selector.extend({ not: selector.optional() })
export type Scope = z.output<typeof scope>

/** What a window counts from; the first of the list that is known. */
export const clockStarts = ['sale', 'delivery', 'installation', 'exchange', 'repair_end'] as const
export type ClockStart = (typeof clockStarts)[number]

/**
 * Days or months in which a claim can be made. Day 1 is the day after the start (day 0 the start itself), so `to: 7`
 * of a sale on the 1st ends on the 8th, inclusive; months end on the anniversary, inclusive (domain.md §1.1).
 */
const window = z.strictObject({
  from: z.int().min(0),
  /** Null: without end. */
  to: z.int().min(0).nullable(),
  unit: z.enum(['days', 'months']),
  dayKind: z.enum(['calendar', 'working']),
  start: z.array(z.enum(clockStarts)).min(1),
  /** Days in repair do not count: they are added to the end. A `term` always works like this. */
  extendedByRepairs: z.boolean().optional(),
})
export type Window = z.output<typeof window>

/** What has to have happened besides the days. */
const trigger = z.discriminatedUnion('kind', [
  /** Nothing: the days decide. */
  z.strictObject({ kind: z.literal('none') }),
  /** So many written repairs of the unit, all inside its term, and still faulty. */
  z.strictObject({ kind: z.literal('failed_repairs'), count: z.int().min(1) }),
  /** Waiting for parts more than so many days since hand-in. */
  z.strictObject({ kind: z.literal('parts_missing'), days: z.int().min(1) }),
  /** A repair that takes more than so many days; `cause` whose delay counts. */
  z.strictObject({
    kind: z.literal('repair_overdue'),
    days: z.int().min(1),
    cause: z.enum(['repairer', 'any']),
  }),
  /** All repairs together took more than so many days. */
  z.strictObject({ kind: z.literal('cumulative_repair'), days: z.int().min(1) }),
  /** The repaired unit failed again within so many days after hand-back. */
  z.strictObject({ kind: z.literal('failed_after_repair'), days: z.int().min(1) }),
  /** An authority or a test found the goods substandard. */
  z.strictObject({ kind: z.literal('found_substandard') }),
  /** The shelf price fell since the sale. */
  z.strictObject({ kind: z.literal('price_fell') }),
  /** The right to an exchange exists and no same model is to be had; law builds on rights of law, a house on any. */
  z.strictObject({ kind: z.literal('exchange_without_stock') }),
  /** The right to an exchange exists (as above), same model is there, the customer may have money instead. */
  z.strictObject({ kind: z.literal('exchange_declined') }),
])
export type Trigger = z.output<typeof trigger>

const fee = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** By the category's daily rate (domain.md §1.3). */
  z.strictObject({ kind: z.literal('depreciation') }),
  /** By condition: parts per million of the paid amount that are kept; a grade that is absent costs nothing. */
  z.strictObject({
    kind: z.literal('grade'),
    ppm: z.partialRecord(z.enum(conditionGrades), z.int().min(0).max(1_000_000)),
  }),
  /** A flat share, parts per million of the paid amount. */
  z.strictObject({ kind: z.literal('restock'), ppm: z.int().min(0).max(1_000_000) }),
  /** Per day of use, parts per million of the paid amount. */
  z.strictObject({ kind: z.literal('daily'), ppm: z.int().min(0).max(1_000_000) }),
])
export type Fee = z.output<typeof fee>

/** What the goods must be like for a right that law does not give. */
const needs = z.strictObject({
  conditions: z.array(z.enum(conditionGrades)).min(1).optional(),
  /** Box, tag, accessories and gifts are there. */
  complete: z.boolean().optional(),
  /** The slip or a card; where false or absent, any proof will do. */
  receipt: z.boolean().optional(),
  memberCard: z.boolean().optional(),
  /** Written repair records. */
  repairRecords: z.boolean().optional(),
  medicalProof: z.boolean().optional(),
})

const header = {
  id: slug,
  version: z.int().min(1),
  layer: z.enum(layers),
  /** ISO 3166: a country (`CN`), a province (`CN-33`), `EU`; empty for a store's own rule. */
  jurisdiction: z.string().regex(/^(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?)?$/),
  /** Law: no lower layer may weaken it. */
  statutory: z.boolean(),
  /** A profile is one of several that exclude each other (footwear A/B/C); it counts only when the store picks it. */
  profile: z.strictObject({ group: slug, code: slug }).optional(),
  /** Shipped on or off; overlays of provinces are shipped off. */
  enabled: z.boolean(),
  scope,
  /** First and last day of validity, by the day of sale, or by today where `validBy` says so. */
  validFrom: date,
  validTo: date.nullable(),
  validBy: z.enum(['sale', 'today']),
  basis: bilingual,
  text: bilingual,
  source: z.string().min(1),
  unverified: z.boolean(),
}

const remedyRule = z.strictObject({
  ...header,
  effect: z.literal('remedy'),
  reasons: z.array(z.enum(reasonClasses)).min(1),
  /** `term` is the category's warranty term, of the unit or of the part that failed; `unit_term` the unit's alone. */
  window: z.union([window, z.enum(['term', 'unit_term'])]),
  /** Sold between these days, a claim is in time until `until` at least (schema.org seasonal override). */
  season: z.strictObject({ soldFrom: date, soldTo: date, until: date }).optional(),
  /** A vehicle that has run more is out of time, whatever the days say (3 years or 60,000 km, whichever first). */
  kilometresTo: z.int().min(1).max(9_999_999).optional(),
  trigger,
  remedies: z.array(z.strictObject({ remedy: z.enum(remedies), fee })).min(1),
  chooser: z.enum(['customer', 'store']),
  needs,
  freight: z.enum(['store', 'customer', 'shared', 'by_liability']),
  gift: z.enum(['return', 'keep', 'return_or_value']),
  /** The lowest role that can grant it; null where the approval matrix alone decides. */
  approver: z.enum(approverRoles).nullable(),
})
export type RemedyRule = z.output<typeof remedyRule>

/** Warranty term of a category. A null was not verified: the store must decide (domain.md §1.2). */
const termRule = z.strictObject({
  ...header,
  effect: z.literal('term'),
  unitMonths: z.int().min(1).nullable(),
  start: z.array(z.enum(clockStarts)).min(1),
  parts: z.array(
    z.strictObject({ part: slug, name: bilingual, months: z.int().min(1).nullable() }),
  ),
  /** Depreciation per day of use, parts per million of the price paid (0.05 % = 500). */
  dailyPpm: z.int().min(0).max(1_000_000).nullable(),
})
export type TermRule = z.output<typeof termRule>

/** Takes a house right away from some goods (specials, underwear); never a right that law gives. */
const exclusionRule = z.strictObject({
  ...header,
  effect: z.literal('exclusion'),
  reasons: z.array(z.enum(reasonClasses)).min(1),
  remedies: z.array(z.enum(remedies)).min(1),
})
export type ExclusionRule = z.output<typeof exclusionRule>

/** Changes how remedies are carried out where it applies. Each field that is absent changes nothing. */
const adjustmentRule = z.strictObject({
  ...header,
  effect: z.literal('adjustment'),
  reasons: z.array(z.enum(reasonClasses)).min(1),
  /** Days in which it holds (burden of proof: six months from delivery); absent: always. */
  window: z.union([window, z.enum(['term', 'unit_term'])]).optional(),
  /** `forbidden`: no depreciation, no fee for use, no fee of any other name. */
  depreciation: z.enum(['forbidden', 'allowed']).optional(),
  dailyPpmAtMost: z.int().min(0).optional(),
  gift: z.enum(['return', 'keep', 'return_or_value']).optional(),
  freight: z.enum(['store', 'customer', 'shared', 'by_liability']).optional(),
  /** Who pays a test that finds a fault, finds none, or cannot tell. */
  testFee: z
    .strictObject({
      fault: z.enum(['store', 'customer']),
      noFault: z.enum(['store', 'customer']),
      unknown: z.enum(['store', 'customer', 'shared']),
    })
    .optional(),
  /** Which price a refund is reckoned by when the shelf price moved since the sale. */
  priceBasis: z.enum(['paid', 'higher_of_paid_and_current']).optional(),
  burdenOfProof: z.enum(['seller', 'customer']).optional(),
  /** The term of a repaired part starts again at hand-back. */
  repairedPartRestarts: z.boolean().optional(),
  /** The seller also pays for the customer's lost time and ways. */
  lostTime: z.boolean().optional(),
  /** The order in which the store prefers to offer; hides nothing. */
  offerOrder: z.array(z.enum(remedies)).min(1).optional(),
})
export type AdjustmentRule = z.output<typeof adjustmentRule>

/** Findings that end free remedies of a scope. */
const voidRule = z.strictObject({
  ...header,
  effect: z.literal('void'),
  /** Claims it can end; absent means all. */
  reasons: z.array(z.enum(reasonClasses)).min(1).optional(),
  findings: z.array(z.enum(voidFindings)).min(1),
})
export type VoidRule = z.output<typeof voidRule>

/** What a court may add: shown to staff as a warning (domain.md §1.4). */
const exposureRule = z.strictObject({
  ...header,
  effect: z.literal('exposure'),
  reasons: z.array(z.enum(reasonClasses)).min(1),
  /** Times the price, as an addition to it. */
  times: z.int().min(0),
  /** In minor units of the jurisdiction's currency. */
  floor: z.int().min(0),
  /** The warning concerns a delay of more than so many days instead of an amount. */
  delayDays: z.int().min(1).nullable(),
})
export type ExposureRule = z.output<typeof exposureRule>

/** Something the desk must do or say in the case; changes no right. */
const dutyRule = z.strictObject({
  ...header,
  effect: z.literal('duty'),
  reasons: z.array(z.enum(reasonClasses)).min(1),
  remedies: z.array(z.enum(remedies)).min(1),
  /** Days until the duty falls due, from the day the claim is made; null where it holds at once. */
  withinDays: z.int().min(0).nullable(),
  /** How those days are counted; calendar days where nothing is said. */
  dayKind: z.enum(['calendar', 'working']).optional(),
  /** A unit lent for the time of the repair fulfils it as well. */
  metByLoan: z.boolean().optional(),
})
export type DutyRule = z.output<typeof dutyRule>

export const rule = z
  .discriminatedUnion('effect', [
    remedyRule,
    termRule,
    exclusionRule,
    adjustmentRule,
    voidRule,
    exposureRule,
    dutyRule,
  ])
  .superRefine((one, check) => {
    for (const [path, message] of findImpossible(one)) {
      check.addIssue({ code: 'custom', path: [...path], message })
    }
  })
export type Rule = z.output<typeof rule>

/** What is wrong with days that never come. */
export const endsBeforeItBegins = 'ends before it begins'

/** What no rule can mean although each of its fields is well formed: days that never come, law made by a store. */
function* findImpossible(
  one: z.output<
    | typeof remedyRule
    | typeof termRule
    | typeof exclusionRule
    | typeof adjustmentRule
    | typeof voidRule
    | typeof exposureRule
    | typeof dutyRule
  >,
): Generator<[path: readonly string[], message: string]> {
  if (one.validTo !== null && one.validTo < one.validFrom) yield [['validTo'], endsBeforeItBegins]
  if (one.statutory && (!['national', 'region'].includes(one.layer) || one.jurisdiction === '')) {
    yield [['statutory'], 'only a country or a region makes law']
  }
  for (const each of [one.scope, one.scope.not ?? {}]) {
    if (each.paidFrom !== undefined && each.paidTo !== undefined && each.paidTo < each.paidFrom) {
      yield [['scope', 'paidTo'], endsBeforeItBegins]
    }
  }
  const days = 'window' in one && typeof one.window === 'object' ? one.window : null
  if (days?.to != null && days.to < days.from) yield [['window', 'to'], endsBeforeItBegins]
  if (one.effect !== 'remedy' || !one.season) return
  if (one.season.soldTo < one.season.soldFrom) yield [['season', 'soldTo'], endsBeforeItBegins]
  if (one.season.until < one.season.soldTo) yield [['season', 'until'], endsBeforeItBegins]
}

/** A file of resources/policies. */
export const policyFile = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(1),
  id: slug,
  title: bilingual,
  /** Files whose rules this one builds on; no circles. */
  extends: z.array(slug),
  rules: z.array(rule),
})
export type PolicyFile = z.output<typeof policyFile>
