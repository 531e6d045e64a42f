import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import { isRefusal, refuse } from '../foundation/errors.ts'
import { takeTurns } from '../foundation/turns.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import { requireSigner } from '../staff/index.ts'
import { type OwnRule, readRule, requireOwn, type Surroundings } from './candidate.ts'
import type { policyContract } from './contract.ts'
import { goodsCategories, parsePolicyFile } from './files.ts'
import { type Choice, placeInTime, rulesInForce, spansOfVersions, undecidedOf } from './in-force.ts'
import { findLawLeft, findWeakerChoice } from './lawful.ts'
import { type Place, placeOfStore, regions } from './places.ts'
import { differenceOf } from './difference.ts'
import type { PolicyFile, Rule } from './rule.ts'
import {
  choiceOn,
  lawOf,
  type OwnPolicy,
  ownPolicyOf,
  placeChosen,
  placeOf,
  ruleSetOf,
  ruleSetWith,
  weakerThanLaw,
} from './rule-sets.ts'
import { decideRights } from './rules.ts'
import { shippedPolicies } from './shipped.ts'
import {
  type ChoiceRecord,
  insertChoice,
  insertDecision,
  insertVersion,
  listVersions,
  type Stamp,
  type VersionRecord,
} from './store.ts'
import {
  historyOf,
  isOfPlace,
  passes,
  standingVersion,
  type Summary,
  summarizeOwn,
  summarizeShipped,
} from './summary.ts'
import { factsOfTrial } from './trial.ts'

const layerOrder = ['tier', 'brand', 'store', 'chain', 'region', 'national']

/** What counts or waits for a signature stands before what is off, and that before what is of other places. */
function nearness({ origin, state }: Summary): number {
  if (origin === 'own') return 0
  return state === 'elsewhere' ? 3 : state === 'off' ? 2 : 1
}

async function listRules(r: ReadHandle, call: Call): Promise<Summary[]> {
  const giveWay = takeTurns()
  const { own } = await ownPolicyOf(r, call)
  await giveWay()
  const view = {
    place: placeOf(own.choices, call),
    today: call.today,
    weaker: await weakerThanLaw(r, call, giveWay),
  }
  const shipped: Summary[] = []
  for (const file of shippedPolicies().files) {
    for (const rule of file.rules) {
      const undecided = stillOpen(rule, own.versions, view.today)
      shipped.push({ ...summarizeShipped(rule, file, own.choices, view), undecided })
      await giveWay()
    }
  }
  const written = [...own.versions.values()].map((versions) => summarizeOwn(versions, view))
  return [...written, ...shipped].toSorted(
    (a, b) =>
      nearness(a) - nearness(b) || layerOrder.indexOf(a.layer) - layerOrder.indexOf(b.layer),
  )
}

async function openRule(r: ReadHandle, call: Call, ruleId: string) {
  const summary = (await listRules(r, call)).find((each) => each.id === ruleId)
  if (!summary) refuse('policy.unknown_rule', { id: ruleId })
  const { own } = await ownPolicyOf(r, call)
  const versions = own.versions.get(ruleId) ?? []
  const rule =
    versions.length > 0
      ? standingVersion(versions, call.today).rule
      : shippedPolicies().rules.find((each) => each.id === ruleId)
  if (!rule) refuse('policy.unknown_rule', { id: ruleId })
  return {
    ...summary,
    rule,
    decidedBy: findDeciding(rule, own.versions, call.today).map((each) => ({
      id: each.ruleId,
      text: each.rule.text,
    })),
    versions: historyOf(versions),
  }
}

/** Own rules about the same goods, which can say what this one leaves open: signed or not. */
function findDeciding(
  rule: Rule,
  own: ReadonlyMap<string, readonly VersionRecord[]>,
  today: string,
) {
  if (undecidedOf(rule).length === 0) return []
  const wanted = JSON.stringify(rule.scope.categories ?? [])
  return [...own.values()].flatMap((versions) => {
    const standing = standingVersion(versions, today)
    const fits =
      standing.rule.effect === rule.effect &&
      JSON.stringify(standing.rule.scope.categories ?? []) === wanted
    return fits ? [standing] : []
  })
}

/** What a rule leaves open and no rule in force of the store's own gives. */
function stillOpen(
  rule: Rule,
  own: ReadonlyMap<string, readonly VersionRecord[]>,
  today: string,
): string[] {
  const given = findDeciding(rule, own, today).filter(({ version, ruleId }) => {
    const span = spansOfVersions(own.get(ruleId) ?? []).get(version)
    return span !== undefined && placeInTime([span], today) === 'in_force'
  })
  return undecidedOf(rule).filter((field) => given.every((each) => !gives(each.rule, field)))
}

function gives(rule: Rule, field: string): boolean {
  if (rule.effect !== 'term') return false
  const part = rule.parts.find((each) => `parts.${each.part}` === field)
  return field.startsWith('parts.')
    ? part !== undefined && part.months !== null
    : !undecidedOf(rule).includes(field)
}

async function surroundingsOf(r: ReadHandle, call: Call): Promise<Surroundings> {
  const { own, inForce } = await ownPolicyOf(r, call)
  const place = placeOf(own.choices, call)
  return {
    shippedIds: shippedPolicies().ids,
    inForce: inForce.filter((rule) => isOfPlace(rule, place)),
  }
}

function stampOf(call: Call, note: string): Stamp {
  return { by: call.actor.id, at: call.now().toISOString(), note }
}

/** The newest version, which must be the one the screen was looking at. */
async function requireNewest(
  w: WriteHandle,
  ruleId: string,
  version: number,
): Promise<{ versions: VersionRecord[]; newest: VersionRecord }> {
  const versions = (await listVersions(w, ruleId)).get(ruleId) ?? []
  const newest = versions.at(-1)
  if (!newest) refuse('policy.unknown_rule', { id: ruleId })
  if (newest.version !== version) refuse('desk.changed_meanwhile')
  return { versions, newest }
}

/** `store.remedy.2`: an id says where a rule stands and what it does; the number is the next free one. */
function nextId(layer: string, effect: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const id = `${layer}.${effect}.${number}`
    if (!taken.has(id)) return id
  }
}

async function saveRule(
  w: WriteHandle,
  call: Call,
  input: {
    ruleId: string | null
    version: number | null
    rule: Record<string, unknown>
    note: string
  },
): Promise<{ id: string; version: number }> {
  const surroundings = await surroundingsOf(w, call)
  const own = await listVersions(w)
  if (input.ruleId !== null && surroundings.shippedIds.has(input.ruleId)) {
    refuse('policy.shipped_rule', { id: input.ruleId })
  }
  const before = input.ruleId === null ? [] : (own.get(input.ruleId) ?? [])
  if ((before.at(-1)?.version ?? null) !== input.version) refuse('desk.changed_meanwhile')
  const taken = new Set([...own.keys(), ...surroundings.shippedIds])
  const id =
    input.ruleId ?? nextId(String(input.rule['layer']), String(input.rule['effect']), taken)
  const version = (input.version ?? 0) + 1
  const rule = requireOwn(readRule({ ...input.rule, id, version }, id), surroundings)
  await insertVersion(w, { rule, origin: 'edit', originVersion: null }, stampOf(call, input.note))
  await record(w, call, 'policy.save', { type: 'policy_rule', id }, { version, rule })
  return { id, version }
}

async function signVersion(w: WriteHandle, call: Call, rule: Rule, note: string): Promise<void> {
  await insertDecision(
    w,
    { ruleId: rule.id, version: rule.version, decision: 'signed', effectiveOn: call.today },
    stampOf(call, note),
  )
  await record(
    w,
    call,
    'policy.sign',
    { type: 'policy_rule', id: rule.id },
    { version: rule.version, validFrom: rule.validFrom, validTo: rule.validTo },
  )
}

async function rollBack(
  w: WriteHandle,
  call: Call,
  input: { ruleId: string; version: number; to: number; from: BusinessDate; note: string },
): Promise<{ version: number }> {
  const { versions, newest } = await requireNewest(w, input.ruleId, input.version)
  const target = versions.find((each) => each.version === input.to)
  if (!target) refuse('policy.unknown_version', { id: input.ruleId, version: input.to })
  if (input.from < call.today) refuse('policy.starts_in_past', { from: input.from })
  const version = newest.version + 1
  const validTo =
    target.rule.validTo !== null && target.rule.validTo < input.from ? null : target.rule.validTo
  const rule = requireOwn(
    { ...target.rule, version, validFrom: input.from, validTo },
    await surroundingsOf(w, call),
  )
  await insertVersion(
    w,
    { rule, origin: 'roll_back', originVersion: input.to },
    stampOf(call, input.note),
  )
  await record(
    w,
    call,
    'policy.roll_back',
    { type: 'policy_rule', id: rule.id },
    { version, to: input.to, reason: input.note },
  )
  await signVersion(w, call, rule, input.note)
  return { version }
}

/** Ends the version that holds, or that would hold, as if it were never signed where it has not begun. */
async function withdraw(
  w: WriteHandle,
  call: Call,
  input: { ruleId: string; version: number; from: BusinessDate; note: string },
): Promise<{ version: number }> {
  const versions = (await listVersions(w, input.ruleId)).get(input.ruleId) ?? []
  const found = versions.find((each) => each.version === input.version)
  if (!found) refuse('policy.unknown_version', { id: input.ruleId, version: input.version })
  if (found.withdrawal) refuse('policy.already_withdrawn', { version: input.version })
  if (!spansOfVersions(versions).has(input.version)) {
    refuse('policy.not_in_force', { version: input.version })
  }
  if (input.from < call.today) refuse('policy.starts_in_past', { from: input.from })
  await insertDecision(
    w,
    {
      ruleId: input.ruleId,
      version: input.version,
      decision: 'withdrawn',
      effectiveOn: input.from,
    },
    stampOf(call, input.note),
  )
  await record(
    w,
    call,
    'policy.withdraw',
    { type: 'policy_rule', id: input.ruleId },
    { version: input.version, from: input.from, reason: input.note },
  )
  return { version: input.version }
}

async function describeChoices(r: ReadHandle, call: Call) {
  const { own } = await ownPolicyOf(r, call)
  const shipped = shippedPolicies()
  const latest = own.choices.at(-1)
  const today = choiceOn(own.choices, call.today)
  const jurisdictions = new Set(shipped.rules.map((rule) => rule.jurisdiction))
  return {
    version: latest?.id ?? 0,
    today: {
      ...placeOf(own.choices, call),
      profiles: today?.profiles ?? {},
      switches: today?.switches ?? {},
    },
    latest: latest ? valuesOf(latest) : null,
    implied: placeOfStore(call.profile),
    countries: [...jurisdictions].filter((code) => /^[A-Z]{2}$/.test(code)).toSorted(),
    regions: regions.map(({ code, name }) => ({ code, name })),
    profiles: profileGroups(shipped.rules),
    files: shipped.files.flatMap((file) => switchableFile(file, latest)),
    history: own.choices.toReversed().map((each) => ({
      ...valuesOf(each),
      id: each.id,
      by: each.by,
      at: each.at,
      note: each.note,
    })),
  }
}

function valuesOf({ effectiveOn, country, region, profiles, switches }: ChoiceRecord) {
  return { effectiveOn, country, region, profiles: { ...profiles }, switches: { ...switches } }
}

function profileGroups(rules: readonly Rule[]) {
  const groups = new Map<string, Map<string, Rule[]>>()
  for (const rule of rules) {
    if (!rule.profile) continue
    const options = groups.get(rule.profile.group) ?? new Map<string, Rule[]>()
    options.set(rule.profile.code, [...(options.get(rule.profile.code) ?? []), rule])
    groups.set(rule.profile.group, options)
  }
  return [...groups].map(([group, options]) => ({
    group,
    options: [...options].map(([code, members]) => ({
      code,
      rules: members.length,
      text: members[0]?.text ?? { zh: code, en: code },
      unverified: members.some((rule) => rule.unverified),
    })),
  }))
}

/** What a manager may switch of a file: everything but law that always holds and profiles, which are chosen. */
function isSwitchable(rule: Rule): boolean {
  return rule.profile === undefined && !(rule.statutory && rule.enabled)
}

function switchableFile(file: PolicyFile, latest: ChoiceRecord | undefined) {
  const rules = file.rules.filter(isSwitchable)
  if (rules.length === 0) return []
  return [
    {
      id: file.id,
      title: file.title,
      jurisdictions: [...new Set(rules.map((rule) => rule.jurisdiction))],
      rules: rules.map((rule) => ({
        id: rule.id,
        text: rule.text,
        jurisdiction: rule.jurisdiction,
        shippedOn: rule.enabled,
        on: latest?.switches[rule.id] ?? rule.enabled,
        unverified: rule.unverified,
      })),
    },
  ]
}

interface Chosen {
  effectiveOn: BusinessDate
  country: string
  region: string | null
  profiles: Record<string, string>
  switches: Record<string, boolean>
  version: number
  note: string
}

async function choose(w: WriteHandle, call: Call, input: Chosen): Promise<{ version: number }> {
  const { own } = await ownPolicyOf(w, call)
  if ((own.choices.at(-1)?.id ?? 0) !== input.version) refuse('desk.changed_meanwhile')
  // The first choice may say what always held; a later one never reaches back over what was promised since.
  if (input.version > 0 && input.effectiveOn < call.today) {
    refuse('policy.starts_in_past', { from: input.effectiveOn })
  }
  requireKnownProfiles(input.profiles)
  requireSwitchable(input.switches)
  const { version: _before, note, ...choice } = input
  requireLawful(own, choice, call)
  const id = await insertChoice(w, choice, stampOf(call, note))
  await record(w, call, 'policy.choose', { type: 'policy_choice', id }, { ...choice })
  return { version: id }
}

/** Nothing is chosen that gives less than the law of the place, nor a place that leaves the law of the own one. */
function requireLawful(own: OwnPolicy, choice: Choice & Place, call: Call): void {
  const shipped = shippedPolicies().rules
  const place = placeChosen(choice, call)
  const law = lawOf(rulesInForce(shipped, own.versions, [...own.choices, choice]), place)
  const now = lawOf(rulesInForce(shipped, own.versions, own.choices), placeOf(own.choices, call))
  const left = findLawLeft(
    placeOfStore(call.profile),
    place,
    { now, next: law },
    choice.effectiveOn,
  )
  if (left) {
    refuse('policy.choice_leaves_law', {
      place: place.region ?? place.country,
      id: left.id,
      title: titleOf(left),
    })
  }
  const weaker = findWeakerChoice(shipped, choice, place, law)
  if (!weaker) return
  const { rule, weakened } = weaker
  const broken = law.find(({ id }) => id === weakened.rule.id)
  const params = {
    rule: rule.id,
    text: `${rule.text.zh} / ${rule.text.en}`,
    id: weakened.rule.id,
    title: broken ? titleOf(broken) : weakened.rule.id,
    field: weakened.field,
  }
  if (rule.profile) refuse('policy.profile_weaker', { ...params, code: rule.profile.code })
  refuse('policy.choice_weaker', params)
}

function titleOf({ basis }: Rule): string {
  return `${basis.zh} / ${basis.en}`
}

function requireKnownProfiles(profiles: Record<string, string>): void {
  const groups = profileGroups(shippedPolicies().rules)
  for (const [group, code] of Object.entries(profiles)) {
    const options = groups.find((each) => each.group === group)?.options ?? []
    if (!options.some((each) => each.code === code))
      refuse('policy.unknown_profile', { group, code })
  }
}

function requireSwitchable(switches: Record<string, boolean>): void {
  for (const id of Object.keys(switches)) {
    const rule = shippedPolicies().rules.find((each) => each.id === id)
    if (!rule) refuse('policy.unknown_rule', { id })
    if (!isSwitchable(rule)) {
      refuse('policy.law_stays_on', { id, title: titleOf(rule) })
    }
  }
}

/** One rule of a file from the chain beside what the store has. */
interface FileRule {
  rule: Rule
  before: VersionRecord | undefined
  fields: { path: string; before: string; after: string }[]
}

async function readAgainstOwn(r: ReadHandle, name: string, text: string) {
  const file = parsePolicyFile(text, name)
  const own = await listVersions(r)
  const rules = file.rules.map<FileRule>((rule) => {
    const before = own.get(rule.id)?.at(-1)
    return { rule, before, fields: before ? differenceOf(before.rule, rule) : [] }
  })
  return { file, rules }
}

/** Already there, signed and the same but for the number of its version. */
function isSame({ before, fields }: FileRule): boolean {
  return before !== undefined && before.signedOn !== null && fields.length === 0
}

/** What a check refuses, as something to show; null where it does not. */
function problemOf(check: () => void) {
  try {
    check()
    return null
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { reason: error.reason, params: { ...error.params } }
  }
}

async function takeFile(
  w: WriteHandle,
  call: Call,
  input: { name: string; text: string },
): Promise<{ taken: number }> {
  const surroundings = await surroundingsOf(w, call)
  const { rules } = await readAgainstOwn(w, input.name, input.text)
  let taken = 0
  for (const each of rules) {
    const checked = requireOwn(each.rule, surroundings)
    if (isSame(each)) continue
    const rule: OwnRule = { ...checked, version: (each.before?.version ?? 0) + 1 }
    await insertVersion(
      w,
      { rule, origin: 'import', originVersion: null },
      stampOf(call, input.name),
    )
    await record(
      w,
      call,
      'policy.import',
      { type: 'policy_rule', id: rule.id },
      { file: input.name, version: rule.version, rule },
    )
    await signVersion(w, call, rule, input.name)
    taken += 1
  }
  return { taken }
}

/** Signed rules that hold today or later, at their newest signed version. */
function exportable(
  own: ReadonlyMap<string, readonly VersionRecord[]>,
  today: BusinessDate,
): Rule[] {
  return [...own.values()].flatMap((versions) => {
    const spans = spansOfVersions(versions)
    const newest = versions.findLast(({ version }) => {
      const span = spans.get(version)
      return span !== undefined && (span.to === null || span.to >= today)
    })
    const to = newest && spans.get(newest.version)?.to
    return newest ? [{ ...newest.rule, validTo: to ?? null }] : []
  })
}

export const policyHandlers: RoomHandlers<typeof policyContract> = {
  list: query(async (r, call, input) => {
    const rules = await listRules(r, call)
    return { rules: rules.filter((each) => passes(each, input)), total: rules.length }
  }),

  open: query((r, call, input) => openRule(r, call, input.ruleId)),

  history: query(async (r, _call, input) => {
    const versions = (await listVersions(r, input.ruleId)).get(input.ruleId)
    if (!versions && !shippedPolicies().ids.has(input.ruleId)) {
      refuse('policy.unknown_rule', { id: input.ruleId })
    }
    return historyOf(versions ?? [])
  }),

  vocabulary: query(async () => {
    const tags = shippedPolicies().rules.flatMap((rule) => [
      ...(rule.scope.tags ?? []),
      ...(rule.scope.not?.tags ?? []),
    ])
    return Promise.resolve({
      categories: goodsCategories.categories.map(({ code, name }) => ({ code, name })),
      tags: [...new Set(tags)].toSorted(),
    })
  }),

  save: command(['policy'], saveRule),

  sign: task(async (call, input) => {
    await requireSigner(call, call.actor.code, input.pin)
    const signed = await call.commit(async (w) => {
      const { newest } = await requireNewest(w, input.ruleId, input.version)
      if (newest.signedOn !== null) refuse('policy.already_signed', { version: input.version })
      requireOwn(newest.rule, await surroundingsOf(w, call))
      await signVersion(w, call, newest.rule, input.note)
      return { version: newest.version }
    })
    call.announce('policy')
    return signed
  }),

  rollBack: task(async (call, input) => {
    await requireSigner(call, call.actor.code, input.pin)
    const done = await call.commit((w) => rollBack(w, call, input))
    call.announce('policy')
    return done
  }),

  withdraw: task(async (call, input) => {
    await requireSigner(call, call.actor.code, input.pin)
    const done = await call.commit((w) => withdraw(w, call, input))
    call.announce('policy')
    return done
  }),

  choices: query((r, call) => describeChoices(r, call)),

  checkChoice: query(async (r, call, input) => {
    const { own } = await ownPolicyOf(r, call)
    const choice = { ...input, effectiveOn: call.today }
    return { problem: problemOf(() => requireLawful(own, choice, call)) }
  }),

  choose: task(async (call, { pin, ...input }) => {
    await requireSigner(call, call.actor.code, pin)
    const chosen = await call.commit((w) => choose(w, call, input))
    call.announce('policy')
    return chosen
  }),

  tryIt: query(async (r, call, input) => {
    const { own } = await ownPolicyOf(r, call)
    const set = input.asIfSigned
      ? await ruleSetWith(r, call, input.asIfSigned)
      : await ruleSetOf(r, call)
    const facts = factsOfTrial(input, placeOf(own.choices, call), call.profile.currency)
    const verdict = decideRights(facts, set)
    return {
      verdict,
      rules: namesOf(
        verdict.trace.map((step) => step.rule.id),
        own.versions,
      ),
    }
  }),

  readFile: query(async (r, call, input) => {
    const surroundings = await surroundingsOf(r, call)
    const { file, rules } = await readAgainstOwn(r, input.name, input.text)
    return {
      title: file.title,
      rules: rules.map((each) => ({
        id: each.rule.id,
        text: each.rule.text,
        change: each.before
          ? isSame(each)
            ? ('same' as const)
            : ('changed' as const)
          : ('new' as const),
        fields: each.fields,
        problem: problemOf(() => requireOwn(each.rule, surroundings)),
      })),
    }
  }),

  takeFile: task(async (call, { pin, ...input }) => {
    await requireSigner(call, call.actor.code, pin)
    const taken = await call.commit((w) => takeFile(w, call, input))
    call.announce('policy')
    return taken
  }),

  writeFile: query(async (r, call) => {
    const { own } = await ownPolicyOf(r, call)
    const file: PolicyFile = {
      format: 1,
      id: 'own',
      title: { zh: `${call.profile.name} 规则`, en: `${call.profile.name} rules` },
      extends: [],
      rules: exportable(own.versions, call.today),
    }
    return {
      fileName: `policy-${call.profile.deskNo}-${call.today}.json`,
      text: `${JSON.stringify(file, null, 2)}\n`,
    }
  }),
}

/** What the trace speaks of, in words. */
function namesOf(ids: readonly string[], own: ReadonlyMap<string, readonly VersionRecord[]>) {
  const shipped = shippedPolicies().rules.filter((rule) => ids.includes(rule.id))
  const written = [...own.values()].flatMap((versions) => {
    return versions.filter((each) => ids.includes(each.ruleId)).map((each) => each.rule)
  })
  return [...shipped, ...written].map((rule) => ({
    id: rule.id,
    version: rule.version,
    layer: rule.layer,
    statutory: rule.statutory,
    text: rule.text,
    basis: rule.basis,
  }))
}
