import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import type { Choice, VersionState } from './in-force.ts'
import { type Rule, rule as ruleShape } from './rule.ts'

export type OwnLayer = 'chain' | 'store' | 'brand' | 'tier'

/** One version of a rule of the store's own, with what was decided about it and by whom. */
export interface VersionRecord extends VersionState {
  ruleId: string
  origin: 'edit' | 'roll_back' | 'import'
  originVersion: number | null
  note: string
  madeBy: string
  madeAt: string
  signature: Decision | null
  withdrawal: Decision | null
}

interface Decision {
  on: BusinessDate
  by: string
  at: string
  note: string
}

export interface ChoiceRecord extends Choice {
  id: number
  country: string
  region: string | null
  note: string
  by: string
  at: string
}

/** Grows with every version, decision and choice: equal marks mean that nothing changed in between. */
export async function readMark(r: ReadHandle): Promise<string> {
  const last = async (table: 'policy_version' | 'policy_decision' | 'policy_choice') => {
    const row = await r
      .selectFrom(table)
      .select((each) => each.fn.max('id').as('last'))
      .executeTakeFirst()
    return row?.last ?? 0
  }
  return [
    await last('policy_version'),
    await last('policy_decision'),
    await last('policy_choice'),
  ].join('.')
}

/** Every version of every own rule, or of one, by id and version. */
export async function listVersions(
  r: ReadHandle,
  ruleId?: string,
): Promise<Map<string, VersionRecord[]>> {
  let query = r
    .selectFrom('policy_version')
    .innerJoin('operator', 'operator.id', 'policy_version.made_by')
    .select([
      'policy_version.rule_id',
      'policy_version.version',
      'policy_version.rule',
      'policy_version.origin',
      'policy_version.origin_version',
      'policy_version.note',
      'policy_version.made_at',
      'operator.name as made_by_name',
    ])
    .orderBy('policy_version.rule_id')
    .orderBy('policy_version.version')
  if (ruleId !== undefined) query = query.where('policy_version.rule_id', '=', ruleId)
  const decisions = await listDecisions(r, ruleId)
  const found = new Map<string, VersionRecord[]>()
  for (const row of await query.execute()) {
    const key = `${row.rule_id} ${row.version}`
    const signature = decisions.get(`${key} signed`) ?? null
    const withdrawal = decisions.get(`${key} withdrawn`) ?? null
    const versions = found.get(row.rule_id) ?? []
    versions.push({
      ruleId: row.rule_id,
      version: row.version,
      rule: ruleShape.parse(JSON.parse(row.rule)),
      origin: row.origin,
      originVersion: row.origin_version,
      note: row.note,
      madeBy: row.made_by_name,
      madeAt: row.made_at,
      signature,
      withdrawal,
      signedOn: signature?.on ?? null,
      withdrawnFrom: withdrawal?.on ?? null,
    })
    found.set(row.rule_id, versions)
  }
  return found
}

async function listDecisions(r: ReadHandle, ruleId?: string): Promise<Map<string, Decision>> {
  let query = r
    .selectFrom('policy_decision')
    .innerJoin('operator', 'operator.id', 'policy_decision.decided_by')
    .select([
      'policy_decision.rule_id',
      'policy_decision.version',
      'policy_decision.decision',
      'policy_decision.effective_on',
      'policy_decision.note',
      'policy_decision.decided_at',
      'operator.name as decided_by_name',
    ])
  if (ruleId !== undefined) query = query.where('policy_decision.rule_id', '=', ruleId)
  return new Map(
    (await query.execute()).map((row) => [
      `${row.rule_id} ${row.version} ${row.decision}`,
      { on: row.effective_on, by: row.decided_by_name, at: row.decided_at, note: row.note },
    ]),
  )
}

/** Choices in the order they were made. */
export async function listChoices(r: ReadHandle): Promise<ChoiceRecord[]> {
  const rows = await r
    .selectFrom('policy_choice')
    .innerJoin('operator', 'operator.id', 'policy_choice.made_by')
    .select([
      'policy_choice.id',
      'policy_choice.effective_on',
      'policy_choice.country',
      'policy_choice.region',
      'policy_choice.profiles',
      'policy_choice.switches',
      'policy_choice.note',
      'policy_choice.made_at',
      'operator.name as made_by_name',
    ])
    .orderBy('policy_choice.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    effectiveOn: row.effective_on,
    country: row.country,
    region: row.region,
    profiles: JSON.parse(row.profiles) as Record<string, string>,
    switches: JSON.parse(row.switches) as Record<string, boolean>,
    note: row.note,
    by: row.made_by_name,
    at: row.made_at,
  }))
}

/** Who did something, and when. */
export interface Stamp {
  by: number
  at: string
  note: string
}

export interface NewVersion {
  rule: Rule & { layer: OwnLayer }
  origin: VersionRecord['origin']
  originVersion: number | null
}

export async function insertVersion(
  w: WriteHandle,
  { rule, origin, originVersion }: NewVersion,
  stamp: Stamp,
): Promise<void> {
  await w
    .insertInto('policy_version')
    .values({
      rule_id: rule.id,
      version: rule.version,
      layer: rule.layer,
      jurisdiction: rule.jurisdiction,
      effect: rule.effect,
      rule: JSON.stringify(rule),
      valid_from: rule.validFrom,
      valid_to: rule.validTo,
      enabled: rule.enabled ? 1 : 0,
      origin,
      origin_version: originVersion,
      note: stamp.note,
      made_by: stamp.by,
      made_at: stamp.at,
    })
    .execute()
}

export async function insertDecision(
  w: WriteHandle,
  decision: {
    ruleId: string
    version: number
    decision: 'signed' | 'withdrawn'
    effectiveOn: BusinessDate
  },
  stamp: Stamp,
): Promise<void> {
  await w
    .insertInto('policy_decision')
    .values({
      rule_id: decision.ruleId,
      version: decision.version,
      decision: decision.decision,
      effective_on: decision.effectiveOn,
      note: stamp.note,
      decided_by: stamp.by,
      decided_at: stamp.at,
    })
    .execute()
}

export async function insertChoice(
  w: WriteHandle,
  choice: Choice & { country: string; region: string | null },
  stamp: Stamp,
): Promise<number> {
  const { id } = await w
    .insertInto('policy_choice')
    .values({
      effective_on: choice.effectiveOn,
      country: choice.country,
      region: choice.region,
      profiles: JSON.stringify(choice.profiles),
      switches: JSON.stringify(choice.switches),
      note: stamp.note,
      made_by: stamp.by,
      made_at: stamp.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
