import type { WriteHandle } from '../../src-main/database/store.ts'
import type { RemedyRule } from '../../src-main/policy/rule.ts'
import { insertDecision, insertVersion } from '../../src-main/policy/store.ts'
import { ownRule } from './house-rules.ts'

/** A store that pays the difference where a price falls within a week, as the sample of 胖东来 has it. */
export async function promisePriceDrop(w: WriteHandle, signedBy: number): Promise<void> {
  const rule: RemedyRule & { layer: 'store' } = {
    ...ownRule(),
    id: 'own.price-drop-7',
    layer: 'store',
    validFrom: '2020-01-01',
    reasons: ['price'],
    basis: { zh: '本店买贵退差规定', en: 'Store price promise' },
    text: { zh: '一周内降价的，补差价。', en: 'Price drop within a week: the difference is paid.' },
    window: { from: 0, to: 7, unit: 'days', dayKind: 'calendar', start: ['sale'] },
    trigger: { kind: 'price_fell' },
    remedies: [{ remedy: 'price_difference', fee: { kind: 'none' } }],
    needs: { receipt: true },
    freight: 'store',
  }
  const stamp = { by: signedBy, at: '2020-01-01T02:00:00.000Z', note: '' }
  await insertVersion(w, { rule, origin: 'edit', originVersion: null }, stamp)
  const { id: ruleId, version } = rule
  await insertDecision(w, { ruleId, version, decision: 'signed', effectiveOn: '2020-01-01' }, stamp)
}
