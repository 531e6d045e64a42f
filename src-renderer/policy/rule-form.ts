import type {
  Bilingual,
  ClockStart,
  ConditionGrade,
  Fee,
  Layer,
  ReasonClass,
  Remedy,
  Rule,
  Scope,
  Trigger,
  VoidFinding,
  Window,
} from '../../src-main/policy/contract.ts'
import type { Effect } from './policy.ts'

type Lists = Required<
  Pick<Scope, 'categories' | 'skus' | 'brands' | 'counters' | 'channels' | 'tiers' | 'tags'>
>

/** Which goods, as the form holds it: an empty list means all. */
export interface ScopeForm extends Lists {
  paidFrom: number | null
  paidTo: number | null
}

export interface WindowForm {
  /** `always` where a rule has no window of its own. */
  kind: 'days' | 'term' | 'unit_term' | 'always'
  from: number | null
  to: number | null
  unit: Window['unit']
  dayKind: Window['dayKind']
  start: ClockStart[]
  /** Days in repair are added to the end. */
  extendedByRepairs: boolean
}

export interface RemedyForm {
  remedy: Remedy
  fee: Fee['kind']
  ppm: number | null
  grades: Partial<Record<ConditionGrade, number>>
}

export interface PartForm {
  part: string
  name: Bilingual
  months: number | null
}

type Adjustment = Extract<Rule, { effect: 'adjustment' }>
type RemedyRule = Extract<Rule, { effect: 'remedy' }>
export type TestFee = NonNullable<Adjustment['testFee']>

/** Everything a rule of any effect can say; a rule takes what belongs to its effect. */
export interface RuleForm {
  effect: Effect
  layer: Layer
  jurisdiction: string
  enabled: boolean
  text: Bilingual
  basis: Bilingual
  source: string
  unverified: boolean
  validFrom: string
  validTo: string | null
  validBy: Rule['validBy']
  scope: ScopeForm
  not: ScopeForm
  reasons: ReasonClass[]
  window: WindowForm
  season: { soldFrom: string; soldTo: string; until: string } | null
  kilometresTo: number | null
  trigger: { kind: Trigger['kind']; number: number | null; cause: 'repairer' | 'any' }
  remedies: RemedyForm[]
  chooser: RemedyRule['chooser']
  needs: {
    conditions: ConditionGrade[]
    complete: boolean
    receipt: boolean
    memberCard: boolean
    repairRecords: boolean
    medicalProof: boolean
  }
  freight: RemedyRule['freight']
  gift: RemedyRule['gift']
  approver: RemedyRule['approver']
  unitMonths: number | null
  start: ClockStart[]
  parts: PartForm[]
  dailyPpm: number | null
  /** What an exclusion takes away, or a duty hangs on. */
  remediesMeant: Remedy[]
  adjust: {
    depreciation: NonNullable<Adjustment['depreciation']> | null
    dailyPpmAtMost: number | null
    gift: NonNullable<Adjustment['gift']> | null
    freight: NonNullable<Adjustment['freight']> | null
    testFee: TestFee | null
    priceBasis: NonNullable<Adjustment['priceBasis']> | null
    burdenOfProof: NonNullable<Adjustment['burdenOfProof']> | null
    repairedPartRestarts: boolean
    lostTime: boolean
    offerOrder: Remedy[]
  }
  findings: VoidFinding[]
  times: number | null
  floor: number | null
  delayDays: number | null
  withinDays: number | null
  dutyDayKind: 'calendar' | 'working'
  metByLoan: boolean
}

function emptyScope(): ScopeForm {
  return {
    categories: [],
    skus: [],
    brands: [],
    counters: [],
    channels: [],
    tiers: [],
    tags: [],
    paidFrom: null,
    paidTo: null,
  }
}

/** What a store may decide by itself; about faults there is law. */
function isOfHouse(effect: Effect): boolean {
  return effect === 'remedy' || effect === 'exclusion'
}

/** Bought at a distance, or as a prepaid card, law lets a customer return without any reason: nothing takes that away. */
function goodsOfNew(effect: Effect): Pick<RuleForm, 'scope' | 'not'> {
  if (effect !== 'exclusion') return { scope: emptyScope(), not: emptyScope() }
  return {
    scope: { ...emptyScope(), channels: ['counter', 'delivery'] },
    not: { ...emptyScope(), categories: ['prepaid_card'] },
  }
}

/** A new promise of the store, from today on. */
export function emptyRule(effect: Effect, today: string): RuleForm {
  return {
    effect,
    layer: 'store',
    jurisdiction: '',
    enabled: true,
    text: { zh: '', en: '' },
    basis: { zh: '', en: '' },
    source: '',
    unverified: false,
    validFrom: today,
    validTo: null,
    validBy: 'sale',
    ...goodsOfNew(effect),
    reasons: isOfHouse(effect) ? ['size', 'preference', 'price', 'other'] : ['quality'],
    window: {
      kind: effect === 'adjustment' ? 'always' : 'days',
      from: 0,
      to: 7,
      unit: 'days',
      dayKind: 'calendar',
      start: ['sale'],
      extendedByRepairs: false,
    },
    season: null,
    kilometresTo: null,
    trigger: { kind: 'none', number: null, cause: 'repairer' },
    remedies: [{ remedy: 'refund', fee: 'none', ppm: null, grades: {} }],
    chooser: 'customer',
    needs: {
      conditions: [],
      complete: false,
      receipt: false,
      memberCard: false,
      repairRecords: false,
      medicalProof: false,
    },
    freight: 'customer',
    gift: 'return',
    approver: null,
    unitMonths: null,
    start: ['sale'],
    parts: [],
    dailyPpm: null,
    remediesMeant: ['refund'],
    adjust: {
      depreciation: null,
      dailyPpmAtMost: null,
      gift: null,
      freight: null,
      testFee: null,
      priceBasis: null,
      burdenOfProof: null,
      repairedPartRestarts: false,
      lostTime: false,
      offerOrder: [],
    },
    findings: [],
    times: null,
    floor: null,
    delayDays: null,
    withinDays: null,
    dutyDayKind: 'calendar',
    metByLoan: false,
  }
}

/** What a rule says, laid out for the form. */
export function formOfRule(rule: Rule, today: string): RuleForm {
  const form: RuleForm = {
    ...emptyRule(rule.effect, today),
    layer: rule.layer,
    jurisdiction: rule.jurisdiction,
    enabled: rule.enabled,
    text: { ...rule.text },
    basis: { ...rule.basis },
    source: rule.source,
    unverified: rule.unverified,
    validFrom: rule.validFrom,
    validTo: rule.validTo,
    validBy: rule.validBy,
    scope: formOfScope(rule.scope),
    not: formOfScope(rule.scope.not ?? {}),
  }
  switch (rule.effect) {
    case 'remedy':
      return { ...form, ...formOfRemedyRule(rule) }
    case 'term':
      return {
        ...form,
        unitMonths: rule.unitMonths,
        start: [...rule.start],
        parts: rule.parts.map((part) => ({ ...part, name: { ...part.name } })),
        dailyPpm: rule.dailyPpm,
      }
    case 'exclusion':
      return { ...form, reasons: [...rule.reasons], remediesMeant: [...rule.remedies] }
    case 'adjustment':
      return { ...form, reasons: [...rule.reasons], ...formOfAdjustment(rule, form) }
    case 'void':
      return { ...form, reasons: [...(rule.reasons ?? [])], findings: [...rule.findings] }
    case 'exposure':
      return {
        ...form,
        reasons: [...rule.reasons],
        times: rule.times,
        floor: rule.floor,
        delayDays: rule.delayDays,
      }
    case 'duty':
      return {
        ...form,
        reasons: [...rule.reasons],
        remediesMeant: [...rule.remedies],
        withinDays: rule.withinDays,
        dutyDayKind: rule.dayKind ?? 'calendar',
        metByLoan: rule.metByLoan ?? false,
      }
  }
}

/**
 * The store's own rule after a shipped one: same goods and values. Where the shipped one leaves a value open its text
 * says so, and the store's has to say something else.
 */
export function formAfter(rule: Rule, isOpen: boolean, today: string, basis: Bilingual): RuleForm {
  const form = formOfRule(rule, today)
  return {
    ...form,
    text: isOpen ? { zh: '', en: '' } : form.text,
    layer: 'store',
    jurisdiction: '',
    enabled: true,
    basis,
    source: '',
    unverified: false,
    validFrom: today,
    validTo: null,
  }
}

function formOfScope(scope: Omit<Scope, 'not'>): ScopeForm {
  return {
    categories: [...(scope.categories ?? [])],
    skus: [...(scope.skus ?? [])],
    brands: [...(scope.brands ?? [])],
    counters: [...(scope.counters ?? [])],
    channels: [...(scope.channels ?? [])],
    tiers: [...(scope.tiers ?? [])],
    tags: [...(scope.tags ?? [])],
    paidFrom: scope.paidFrom ?? null,
    paidTo: scope.paidTo ?? null,
  }
}

function formOfWindow(window: Window | 'term' | 'unit_term' | undefined): WindowForm {
  const days: Omit<WindowForm, 'kind'> = {
    from: 0,
    to: null,
    unit: 'days',
    dayKind: 'calendar',
    start: ['sale'],
    extendedByRepairs: false,
  }
  if (typeof window !== 'object') return { ...days, kind: window ?? 'always' }
  return { ...days, kind: 'days', ...window, start: [...window.start] }
}

function formOfRemedyRule(rule: RemedyRule): Partial<RuleForm> {
  return {
    reasons: [...rule.reasons],
    window: formOfWindow(rule.window),
    season: rule.season ? { ...rule.season } : null,
    kilometresTo: rule.kilometresTo ?? null,
    trigger: formOfTrigger(rule.trigger),
    remedies: rule.remedies.map(formOfRemedy),
    chooser: rule.chooser,
    needs: {
      conditions: [...(rule.needs.conditions ?? [])],
      complete: rule.needs.complete ?? false,
      receipt: rule.needs.receipt ?? false,
      memberCard: rule.needs.memberCard ?? false,
      repairRecords: rule.needs.repairRecords ?? false,
      medicalProof: rule.needs.medicalProof ?? false,
    },
    freight: rule.freight,
    gift: rule.gift,
    approver: rule.approver,
  }
}

function formOfTrigger(trigger: Trigger): RuleForm['trigger'] {
  return {
    kind: trigger.kind,
    number: 'count' in trigger ? trigger.count : 'days' in trigger ? trigger.days : null,
    cause: 'cause' in trigger ? trigger.cause : 'repairer',
  }
}

function formOfRemedy({ remedy, fee }: RemedyRule['remedies'][number]): RemedyForm {
  return {
    remedy,
    fee: fee.kind,
    ppm: fee.kind === 'restock' || fee.kind === 'daily' ? fee.ppm : null,
    grades: fee.kind === 'grade' ? { ...fee.ppm } : {},
  }
}

function formOfAdjustment(rule: Adjustment, form: RuleForm): Partial<RuleForm> {
  return {
    window: formOfWindow(rule.window),
    adjust: {
      ...form.adjust,
      depreciation: rule.depreciation ?? null,
      dailyPpmAtMost: rule.dailyPpmAtMost ?? null,
      gift: rule.gift ?? null,
      freight: rule.freight ?? null,
      testFee: rule.testFee ?? null,
      priceBasis: rule.priceBasis ?? null,
      burdenOfProof: rule.burdenOfProof ?? null,
      repairedPartRestarts: rule.repairedPartRestarts ?? false,
      lostTime: rule.lostTime ?? false,
      offerOrder: [...(rule.offerOrder ?? [])],
    },
  }
}

type Candidate = Record<string, unknown>

/** The rule the form says, without what is empty; the desk checks it and gives it id and version. */
export function ruleOfForm(form: RuleForm): Candidate {
  return {
    effect: form.effect,
    layer: form.layer,
    jurisdiction: form.jurisdiction,
    statutory: false,
    enabled: form.enabled,
    scope: scopeOfForm(form),
    validFrom: form.validFrom,
    validTo: form.validTo,
    validBy: form.validBy,
    basis: form.basis,
    text: form.text,
    source: form.source,
    unverified: form.unverified,
    ...ownFields(form),
  }
}

function ownFields(form: RuleForm): Candidate {
  const { reasons } = form
  switch (form.effect) {
    case 'remedy':
      return remedyFields(form)
    case 'term':
      return {
        unitMonths: form.unitMonths,
        start: form.start,
        parts: form.parts,
        dailyPpm: form.dailyPpm,
      }
    case 'exclusion':
      return { reasons, remedies: form.remediesMeant }
    case 'adjustment':
      return {
        reasons,
        ...(form.window.kind === 'always' ? {} : { window: windowOfForm(form.window) }),
        ...adjustmentFields(form.adjust),
      }
    case 'void':
      return { ...(reasons.length > 0 ? { reasons } : {}), findings: form.findings }
    case 'exposure':
      return { reasons, times: form.times ?? 0, floor: form.floor ?? 0, delayDays: form.delayDays }
    case 'duty':
      return {
        reasons,
        remedies: form.remediesMeant,
        withinDays: form.withinDays,
        ...(form.withinDays !== null && form.dutyDayKind === 'working'
          ? { dayKind: 'working' }
          : {}),
        ...(form.metByLoan ? { metByLoan: true } : {}),
      }
  }
}

function remedyFields(form: RuleForm): Candidate {
  const { conditions, ...flags } = form.needs
  return {
    reasons: form.reasons,
    window: windowOfForm(form.window),
    ...(form.season ? { season: form.season } : {}),
    ...(form.kilometresTo === null ? {} : { kilometresTo: form.kilometresTo }),
    trigger: triggerOfForm(form.trigger),
    remedies: form.remedies.map((each) => ({ remedy: each.remedy, fee: feeOfForm(each) })),
    chooser: form.chooser,
    needs: {
      ...(conditions.length > 0 ? { conditions } : {}),
      ...Object.fromEntries(Object.entries(flags).filter(([, on]) => on)),
    },
    freight: form.freight,
    gift: form.gift,
    approver: form.approver,
  }
}

function scopeOfForm(form: RuleForm): Candidate {
  const not = listsOf(form.not)
  return { ...listsOf(form.scope), ...(Object.keys(not).length > 0 ? { not } : {}) }
}

function listsOf(scope: ScopeForm): Candidate {
  return Object.fromEntries(
    Object.entries(scope).filter(([, value]) =>
      Array.isArray(value) ? value.length > 0 : value !== null,
    ),
  )
}

function windowOfForm(form: WindowForm): Candidate | string {
  const { kind, extendedByRepairs, ...window } = form
  if (kind !== 'days') return kind
  return { ...window, from: window.from ?? 0, ...(extendedByRepairs ? { extendedByRepairs } : {}) }
}

function triggerOfForm({ kind, number, cause }: RuleForm['trigger']): Candidate {
  switch (kind) {
    case 'failed_repairs':
      return { kind, count: number }
    case 'parts_missing':
    case 'cumulative_repair':
    case 'failed_after_repair':
      return { kind, days: number }
    case 'repair_overdue':
      return { kind, days: number, cause }
    case 'none':
    case 'found_substandard':
    case 'price_fell':
    case 'exchange_without_stock':
    case 'exchange_declined':
      return { kind }
  }
}

function feeOfForm({ fee, ppm, grades }: RemedyForm): Candidate {
  switch (fee) {
    case 'none':
    case 'depreciation':
      return { kind: fee }
    case 'grade':
      return { kind: fee, ppm: grades }
    case 'restock':
    case 'daily':
      return { kind: fee, ppm: ppm ?? 0 }
  }
}

function adjustmentFields({ offerOrder, ...rest }: RuleForm['adjust']): Candidate {
  return {
    ...Object.fromEntries(
      Object.entries(rest).filter(([, value]) => value !== null && value !== false),
    ),
    ...(offerOrder.length > 0 ? { offerOrder } : {}),
  }
}

/** Triggers that count something need their number. */
export const countingTriggers: readonly Trigger['kind'][] = [
  'failed_repairs',
  'parts_missing',
  'repair_overdue',
  'cumulative_repair',
  'failed_after_repair',
]

/** Fields that must be filled before the rule can be saved, as keys of `policy-screen:missing`. */
export function missingIn(form: RuleForm): string[] {
  const missing: string[] = []
  const need = (filled: boolean, field: string) => void (filled || missing.push(field))
  need(form.text.zh.trim() !== '', 'textZh')
  need(form.text.en.trim() !== '', 'textEn')
  need(form.basis.zh.trim() !== '', 'basisZh')
  need(form.basis.en.trim() !== '', 'basisEn')
  need(form.source.trim() !== '', 'source')
  need(form.validTo === null || form.validTo >= form.validFrom, 'dates')
  const hasReasons = !['term', 'void'].includes(form.effect)
  if (hasReasons) need(form.reasons.length > 0, 'reasons')
  if (form.effect === 'remedy') {
    need(form.remedies.length > 0, 'remedies')
    need(
      !countingTriggers.includes(form.trigger.kind) || form.trigger.number !== null,
      'triggerNumber',
    )
  }
  if (form.effect === 'remedy' || form.effect === 'adjustment') {
    const { kind, from, to, start } = form.window
    need(kind !== 'days' || (start.length > 0 && (to === null || to >= (from ?? 0))), 'window')
  }
  if (form.effect === 'exclusion' || form.effect === 'duty') {
    need(form.remediesMeant.length > 0, 'remedies')
  }
  if (form.effect === 'term') {
    need(form.start.length > 0, 'start')
    need(
      form.parts.every(({ part, name }) => part !== '' && name.zh !== '' && name.en !== ''),
      'parts',
    )
  }
  if (form.effect === 'void') need(form.findings.length > 0, 'findings')
  return missing
}
