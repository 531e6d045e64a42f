import type { RemedyRule, TermRule } from '../../src-main/policy/rule.ts'

const header = {
  version: 1,
  jurisdiction: '',
  enabled: true,
  scope: {},
  validTo: null,
  validBy: 'sale' as const,
  unverified: false,
}

/** Law as it ships: seven days for a fault, all remedies. */
export function lawRule(): RemedyRule {
  return {
    ...header,
    ...ownRule(),
    id: 'law.seven-days',
    layer: 'national',
    jurisdiction: 'CN',
    statutory: true,
    validFrom: '1995-08-25',
    reasons: ['quality'],
    window: { from: 0, to: 7, unit: 'days', dayKind: 'calendar', start: ['sale'] },
  }
}

/** A promise of the store: fifteen days for whatever reason. */
export function ownRule(): RemedyRule {
  return {
    ...header,
    effect: 'remedy',
    id: 'own',
    layer: 'store',
    statutory: false,
    validFrom: '2026-01-01',
    basis: { zh: '本店退换货规定', en: 'Store returns policy' },
    text: { zh: '15 天内不满意可退', en: 'Not happy within 15 days: money back' },
    source: '店务会 2026-01',
    reasons: ['preference', 'size'],
    window: { from: 0, to: 15, unit: 'days', dayKind: 'calendar', start: ['sale'] },
    trigger: { kind: 'none' },
    remedies: [{ remedy: 'refund', fee: { kind: 'none' } }],
    chooser: 'customer',
    needs: { conditions: ['sealed', 'opened'], receipt: true },
    freight: 'customer',
    gift: 'return',
    approver: null,
  }
}

/** A warranty term of the store's own. */
export function termRule(change: Partial<TermRule> = {}): TermRule {
  return {
    ...header,
    effect: 'term',
    id: 'own-term',
    layer: 'store',
    statutory: false,
    scope: { categories: ['clock'] },
    validFrom: '2026-01-01',
    basis: { zh: '本店质保规定', en: 'Store warranty' },
    text: { zh: '钟表整机保修 1 年', en: 'Clocks: 12 months on the whole unit' },
    source: '店务会 2026-01',
    unitMonths: 12,
    start: ['sale'],
    parts: [],
    dailyPpm: 500,
    ...change,
  }
}
