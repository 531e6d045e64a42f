import type { z } from 'zod'
import type { BusinessDate } from '../foundation/business-date.ts'
import type { policyContract, RuleState } from './contract.ts'
import { placeInTime, spansOfShipped, spansOfVersions, undecidedOf } from './in-force.ts'
import { rulesOfStore, type Weakened } from './layers.ts'
import type { Place } from './places.ts'
import type { PolicyFile, Rule } from './rule.ts'
import type { ChoiceRecord, VersionRecord } from './store.ts'

type Output<Name extends keyof typeof policyContract> = z.output<
  NonNullable<(typeof policyContract)[Name]['~orpc']['outputSchema']>
>
export type Summary = Output<'list'>['rules'][number]
export type VersionEntry = Output<'history'>[number]

/** From which place and day rules are looked at. */
export interface View {
  place: Place
  today: BusinessDate
  /** House rules that give less than law, by id. */
  weaker: ReadonlyMap<string, Weakened>
}

export function summarizeShipped(
  rule: Rule,
  file: PolicyFile,
  choices: readonly ChoiceRecord[],
  view: View,
): Summary {
  return {
    ...commonOf(rule, view),
    origin: 'shipped',
    file: file.title,
    state: stateOfShipped(rule, choices, view),
    unsigned: false,
  }
}

export function summarizeOwn(versions: readonly VersionRecord[], view: View): Summary {
  return {
    ...commonOf(standingVersion(versions, view.today).rule, view),
    origin: 'own',
    file: null,
    state: stateOfOwn(versions, view.today),
    unsigned: versions.at(-1)?.signedOn === null,
  }
}

/** The version that stands for a rule: the one that holds, else the next to hold, else the newest. */
export function standingVersion(
  versions: readonly VersionRecord[],
  today: BusinessDate,
): VersionRecord {
  const spans = spansOfVersions(versions)
  const where = (wanted: string) =>
    versions.find(({ version }) => {
      const span = spans.get(version)
      return span !== undefined && placeInTime([span], today) === wanted
    })
  const found = where('in_force') ?? where('scheduled') ?? versions.at(-1)
  if (!found) throw new Error('a rule without a version')
  return found
}

function commonOf(rule: Rule, { weaker }: View) {
  const weakened = weaker.get(rule.id)
  return {
    id: rule.id,
    version: rule.version,
    layer: rule.layer,
    jurisdiction: rule.jurisdiction,
    statutory: rule.statutory,
    effect: rule.effect,
    profile: rule.profile ?? null,
    categories: rule.scope.categories ?? [],
    text: rule.text,
    basis: rule.basis,
    validFrom: rule.validFrom,
    validTo: rule.validTo,
    unverified: rule.unverified,
    undecided: undecidedOf(rule),
    weakerThan: weakened ? { id: weakened.rule.id, field: weakened.field } : null,
  }
}

function stateOfShipped(
  rule: Rule,
  choices: readonly ChoiceRecord[],
  { place, today }: View,
): RuleState {
  if (!isOfPlace(rule, place)) return 'elsewhere'
  const stands = placeInTime(spansOfShipped(rule, choices), today)
  if (stands !== 'never') return stands
  return rule.validTo !== null && rule.validTo < today ? 'ended' : 'off'
}

/** A rule of a country or province counts there alone; one without counts everywhere. */
export function isOfPlace({ profile: _chosen, ...rule }: Rule, place: Place): boolean {
  return rulesOfStore([{ ...rule, enabled: true }], { ...place, profiles: {} }).length > 0
}

function stateOfOwn(versions: readonly VersionRecord[], today: BusinessDate): RuleState {
  if (versions.every((each) => each.signedOn === null)) return 'draft'
  const spans = spansOfVersions(versions)
  const counting = versions.flatMap(({ version, rule }) => {
    const span = spans.get(version)
    return span && rule.enabled ? [span] : []
  })
  const stands = placeInTime(counting, today)
  if (stands === 'in_force' || stands === 'scheduled') return stands
  if (versions.some((each) => each.withdrawnFrom !== null)) return 'withdrawn'
  return stands === 'ended' ? 'ended' : 'off'
}

/** Every version with its days, newest first. */
export function historyOf(versions: readonly VersionRecord[]): VersionEntry[] {
  const spans = spansOfVersions(versions)
  return versions.toReversed().map((each) => {
    const span = spans.get(each.version)
    return {
      version: each.version,
      rule: each.rule,
      origin: each.origin,
      originVersion: each.originVersion,
      note: each.note,
      madeBy: each.madeBy,
      madeAt: each.madeAt,
      signed: each.signature && {
        by: each.signature.by,
        at: each.signature.at,
        note: each.signature.note,
      },
      withdrawn: each.withdrawal && {
        by: each.withdrawal.by,
        at: each.withdrawal.at,
        from: each.withdrawal.on,
        note: each.withdrawal.note,
      },
      span: span ? { from: span.from ?? each.rule.validFrom, to: span.to } : null,
    }
  })
}

export interface Filter {
  text: string
  layer: string | null
  category: string | null
  effect: string | null
  state: string | null
  unverified: boolean
  undecided: boolean
}

/** True for a rule the filter lets through; a category finds what is about it, below it or above it. */
export function passes(summary: Summary, filter: Filter): boolean {
  return (
    (filter.layer === null || summary.layer === filter.layer) &&
    (filter.effect === null || summary.effect === filter.effect) &&
    (filter.state === null ||
      summary.state === filter.state ||
      (filter.state === 'draft' && summary.unsigned)) &&
    (!filter.unverified || summary.unverified) &&
    (!filter.undecided || summary.undecided.length > 0) &&
    (filter.category === null || concerns(summary.categories, filter.category)) &&
    matchesText(summary, filter.text)
  )
}

function concerns(categories: readonly string[], asked: string): boolean {
  return categories.some(
    (code) => code === asked || code.startsWith(`${asked}.`) || asked.startsWith(`${code}.`),
  )
}

function matchesText(summary: Summary, text: string): boolean {
  const haystack = [
    summary.id,
    summary.text.zh,
    summary.text.en,
    summary.basis.zh,
    summary.basis.en,
    summary.file?.zh ?? '',
    summary.file?.en ?? '',
    ...summary.categories,
  ]
    .join('\n')
    .toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word))
}
