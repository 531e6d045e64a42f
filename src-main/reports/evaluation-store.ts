import type { ReadHandle } from '../database/store.ts'
import type { Period } from './figures/rules.ts'

/** Own rules that were signed, the newest first, with the day they began to hold. */
export async function listSignedRules(r: ReadHandle, limit: number) {
  return r
    .selectFrom('policy_decision')
    .innerJoin('policy_version', (join) =>
      join
        .onRef('policy_version.rule_id', '=', 'policy_decision.rule_id')
        .onRef('policy_version.version', '=', 'policy_decision.version'),
    )
    .select([
      'policy_decision.rule_id',
      'policy_decision.version',
      'policy_decision.effective_on',
      'policy_version.valid_from',
      'policy_version.rule',
      'policy_version.note',
    ])
    .where('policy_decision.decision', '=', 'signed')
    .orderBy('policy_decision.id', 'desc')
    .limit(limit)
    .execute()
}

/** Sales receipts of some days: what their other figures stand against. */
export async function countSales(r: ReadHandle, { from, to }: Period): Promise<number> {
  const { count } = await r
    .selectFrom('receipt')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .where('kind', '=', 'sale')
    .executeTakeFirstOrThrow()
  return count
}

/** Claims that were turned down in some days. */
export async function countRefusals(r: ReadHandle, { from, to }: Period): Promise<number> {
  const { count } = await r
    .selectFrom('claim_refusal')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .executeTakeFirstOrThrow()
  return count
}
