import type { WriteHandle } from '../../src-main/database/store.ts'
import {
  conditionGrades,
  type Remedy,
  type RemedyRule,
  reasonClasses,
} from '../../src-main/policy/rule.ts'
import { insertDecision, insertVersion } from '../../src-main/policy/store.ts'
import { ownRule } from './house-rules.ts'

/**
 * Lets a store take everything back for any of `remedies` at any time, signed by its manager: for tests of what comes after the question
 * whether goods may come back at all.
 */
export async function openHouse(
  w: WriteHandle,
  remedies: readonly Remedy[] = ['refund'],
  change: Partial<Pick<RemedyRule, 'id' | 'scope' | 'approver'>> = {},
): Promise<void> {
  const manager = await w
    .selectFrom('operator')
    .select('id')
    .where('role', '=', 'store_manager')
    .executeTakeFirstOrThrow()
  const rule: RemedyRule & { layer: 'store' } = {
    ...ownRule(),
    id: 'own.everything-back',
    layer: 'store',
    validFrom: '2020-01-01',
    reasons: [...reasonClasses],
    window: { from: 0, to: null, unit: 'days', dayKind: 'calendar', start: ['sale'] },
    needs: { conditions: [...conditionGrades] },
    freight: 'by_liability',
    remedies: remedies.map((remedy) => ({ remedy, fee: { kind: 'none' } })),
    ...change,
  }
  const stamp = { by: manager.id, at: '2020-01-01T02:00:00.000Z', note: '' }
  await insertVersion(w, { rule, origin: 'edit', originVersion: null }, stamp)
  const { id: ruleId, version } = rule
  await insertDecision(w, { ruleId, version, decision: 'signed', effectiveOn: '2020-01-01' }, stamp)
}
