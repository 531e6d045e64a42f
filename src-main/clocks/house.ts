import { complaintClasses } from '../cases/contract.ts'
import type { severities } from './contract.ts'
import type { ClockFile, ClockRule, Ladder } from './rule.ts'

type ComplaintClass = (typeof complaintClasses)[number]
type Severity = (typeof severities)[number]

/** How long the store gives itself for one clock, in the clock's own unit; null holds for every class or severity. */
export interface ClockTarget {
  rule: string
  class: ComplaintClass | null
  severity: Severity | null
  amount: number
}

/** What the store says beside the rules that come with the program. */
export interface HouseClocks {
  targets: readonly ClockTarget[]
  /** Minutes of each step of a ladder, in its order. */
  ladders: readonly { id: string; minutes: readonly number[] }[]
}

export const noHouse: HouseClocks = { targets: [], ladders: [] }

/** A rule with the store's targets for it. */
export type HouseRule = ClockRule & { targets?: readonly ClockTarget[] }

/** Rules and ladders as they hold in this store: the law's lines as they are, the others as the store says. */
export function withHouse(
  { rules, ladders }: Pick<ClockFile, 'rules' | 'ladders'>,
  house: HouseClocks,
): { rules: HouseRule[]; ladders: Ladder[] } {
  return {
    rules: rules.map((rule) => {
      const targets = house.targets.filter((target) => target.rule === rule.id)
      return rule.legal || targets.length === 0 ? rule : { ...rule, targets }
    }),
    ladders: ladders.map((ladder) => {
      const minutes = house.ladders.find(({ id }) => id === ladder.id)?.minutes
      const steps = ladder.steps.map((step, at) => ({
        ...step,
        minutes: minutes?.[at] ?? step.minutes,
      }))
      return { ...ladder, steps }
    }),
  }
}

/** The number a measure counts to, whatever its unit. */
export function amountOf(measure: ClockRule['measure']): number {
  return measure.unit === 'same_day' ? measure.atLeastMinutes : measure.amount
}

/** How a rule counts for one complaint: the target that names most of it, else as it came with the program. */
export function measureFor(
  rule: HouseRule,
  of: { class: ComplaintClass; severity: Severity },
): ClockRule['measure'] {
  const { measure, targets = [] } = rule
  const rank = (target: ClockTarget) =>
    (target.class === null ? 0 : 2) + (target.severity === null ? 0 : 1)
  const [best] = targets
    .filter((target) => target.class === null || target.class === of.class)
    .filter((target) => target.severity === null || target.severity === of.severity)
    .toSorted((a, b) => rank(b) - rank(a))
  if (!best) return measure
  return measure.unit === 'same_day'
    ? { ...measure, atLeastMinutes: best.amount }
    : { ...measure, amount: best.amount }
}

/** The least and the most a store may give itself, by unit. */
export const targetBounds = {
  same_day: { min: 0, max: 720 },
  store_minutes: { min: 15, max: 1440 },
  open_days: { min: 1, max: 10 },
  working_days: { min: 1, max: 10 },
  natural_days: { min: 1, max: 15 },
} as const

/** Days of the calendar that so many working days take at most where no holiday falls into them. */
function calendarDays(workingDays: number): number {
  return workingDays + 2 * Math.ceil(workingDays / 5)
}

export type HouseFlaw =
  | { reason: 'unknown_rule' | 'legal_rule' | 'out_of_bounds' | 'target_twice'; rule: string }
  | { reason: 'unknown_ladder' | 'ladder_order' | 'ladder_after_law'; ladder: string }
  | { reason: 'longer_than_law'; rule: string; days: number; limit: number }

/**
 * What is wrong with the store's own rules, if anything. What the store gives itself until a complaint is carried out,
 * weekends counted in, fits into each line of law for it: answer and execution one after the other. The law's own
 * lines are nobody's to change, and everybody is told before one is reached.
 */
export function flawOfHouse(
  shipped: Pick<ClockFile, 'rules' | 'ladders'>,
  house: HouseClocks,
): HouseFlaw | null {
  return (
    flawOfTargets(shipped.rules, house.targets) ??
    flawOfLadders(shipped.ladders, house) ??
    flawOfLaw(shipped, house)
  )
}

function flawOfTargets(
  rules: readonly ClockRule[],
  targets: HouseClocks['targets'],
): HouseFlaw | null {
  const seen = new Set<string>()
  for (const { rule: id, class: of, severity, amount } of targets) {
    const rule = rules.find((each) => each.id === id)
    if (!rule) return { reason: 'unknown_rule', rule: id }
    if (rule.legal) return { reason: 'legal_rule', rule: id }
    const { min, max } = targetBounds[rule.measure.unit]
    if (amount < min || amount > max) return { reason: 'out_of_bounds', rule: id }
    const key = [id, of, severity].join(' ')
    if (seen.has(key)) return { reason: 'target_twice', rule: id }
    seen.add(key)
  }
  return null
}

function flawOfLadders(ladders: readonly Ladder[], house: HouseClocks): HouseFlaw | null {
  for (const { id, minutes } of house.ladders) {
    const ladder = ladders.find((each) => each.id === id)
    if (ladder?.steps.length !== minutes.length) return { reason: 'unknown_ladder', ladder: id }
    if (minutes.some((each, at) => each < (minutes[at - 1] ?? -Infinity))) {
      return { reason: 'ladder_order', ladder: id }
    }
    if (ladder.legal && minutes.some((each) => each >= 0)) {
      return { reason: 'ladder_after_law', ladder: id }
    }
  }
  return null
}

function flawOfLaw(
  shipped: Pick<ClockFile, 'rules' | 'ladders'>,
  house: HouseClocks,
): HouseFlaw | null {
  const { rules } = withHouse(shipped, house)
  const lines = rules.filter(({ legal, stops }) => legal && stops === 'closed')
  for (const of of combinations()) {
    const own = rules.filter((rule) => !rule.legal && holdsFor(rule, of))
    const daysOf = (unit: ClockRule['measure']['unit']) =>
      own
        .map((rule) => measureFor(rule, of))
        .filter((measure) => measure.unit === unit)
        .reduce((sum, measure) => sum + amountOf(measure), 0)
    for (const line of lines.filter((rule) => holdsFor(rule, of))) {
      const days =
        daysOf('open_days') +
        (line.measure.unit === 'working_days'
          ? daysOf('working_days')
          : calendarDays(daysOf('working_days')))
      const limit = amountOf(line.measure)
      if (days > limit) return { reason: 'longer_than_law', rule: line.id, days, limit }
    }
  }
  return null
}

function holdsFor(
  { for: scope }: ClockRule,
  of: { class: ComplaintClass; severity: Severity },
): boolean {
  return (
    (!scope.classes || scope.classes.includes(of.class)) &&
    (!scope.severities || scope.severities.includes(of.severity))
  )
}

function combinations() {
  return complaintClasses.flatMap((each) =>
    (['ordinary', 'serious'] as const).map((severity) => ({ class: each, severity })),
  )
}
