import type { z } from 'zod'
import type { ReadHandle } from '../database/store.ts'
import { addDays, type BusinessDate, daysBetween } from '../foundation/business-date.ts'
import { addWorkdays, holidaysOf } from '../foundation/holidays.ts'
import type { Call } from '../handlers.ts'
import { findCategory, tagsOf } from '../policy/categories.ts'
import { daysInRepair, repairSpans } from '../policy/clocks.ts'
import type { RepairFact, RightsFacts } from '../policy/facts.ts'
import { goodsCategories } from '../policy/files.ts'
import { readFrozen } from '../policy/frozen.ts'
import { ruleSetOf } from '../policy/index.ts'
import { type Candidates, type Compiled, isInForce, type RuleSet } from '../policy/layers.ts'
import type { RemedyRule, Rule } from '../policy/rule.ts'
import { decideRights } from '../policy/rules.ts'
import { matchesScope } from '../policy/scope.ts'
import type { limit as limitShape, repairItem } from './contract.ts'
import { findProvenGoods, listSoldGoods, type SoldGoods } from './goods-store.ts'
import { isDone, repairFacts, type UnitRepair } from './rules.ts'
import type { RepairItemRecord } from './store.ts'

export type Limit = z.output<typeof limitShape>
export type ExchangeRight = NonNullable<z.output<typeof repairItem>['exchangeRight']>

/** What the rules ask of goods in repair, with the rules that can speak of them. */
interface Case {
  facts: RightsFacts
  candidates: Candidates
  rules: RuleSet
}

/**
 * The facts of an item: those it was decided by, else what the sale says, with today's date and the repairs there were.
 * Null for goods that were bought elsewhere, which no rule of sales speaks of.
 */
async function caseOf(
  r: ReadHandle,
  call: Call,
  item: RepairItemRecord,
  sold: SoldGoods | undefined,
  repairs: readonly RepairFact[],
): Promise<Case | null> {
  const rules = await ruleSetOf(r, call)
  const frozen = item.rightsId === null ? undefined : await readFrozen(r, item.rightsId)
  const decided = frozen?.lines.find((line) => line.saleLineId === item.saleLineId)?.facts
  const known = decided ?? (await plainFacts(r, call, item, sold))
  if (!known) return null
  const { today } = call
  const facts: RightsFacts = {
    ...known,
    today,
    claimedOn: item.receivedOn ?? known.claimedOn,
    calendar: holidaysOf(call.profile.currency),
    reason: known.reason ?? 'quality',
    part: item.part ?? known.part,
    proof: { ...known.proof, repairRecords: repairs.length > 0 },
    repairs,
    line: {
      ...known.line,
      units: 1,
      unitsReturned: 0,
      unitsSold: Math.max(known.line.unitsSold, 1),
    },
  }
  return { facts, rules, candidates: rules.candidatesFor(facts.line.category, 'quality') }
}

async function plainFacts(
  r: ReadHandle,
  call: Call,
  item: RepairItemRecord,
  sold: SoldGoods | undefined,
): Promise<Omit<RightsFacts, 'calendar'> | null> {
  const proven = item.proofSetId === null ? undefined : await findProvenGoods(r, item.proofSetId)
  const soldOn = sold?.soldOn ?? proven?.soldOn
  if (soldOn === undefined) return null
  const kind = findCategory(goodsCategories, { category: item.category, name: item.name })
  return {
    today: call.today,
    claimedOn: item.receivedOn,
    currency: call.profile.currency,
    channel: 'counter',
    line: {
      currency: call.profile.currency,
      category: kind?.code ?? null,
      sku: sold?.sku ?? '',
      brand: item.brand,
      counter: sold?.counter ?? '',
      tags: kind ? tagsOf(goodsCategories, kind.code) : [],
      paid: sold ? Math.round(sold.paid / Math.max(sold.units, 1)) : 0,
      units: 1,
      unitsSold: 1,
      unitsReturned: 0,
      currentPrice: null,
    },
    tier: null,
    dates: { sold: soldOn, delivered: null, installed: null, exchanged: null },
    card: null,
    reason: 'quality',
    condition: null,
    complete: null,
    part: item.part,
    proof: { receipt: true, memberCard: false, medical: false, repairRecords: true },
    findings: null,
    foundSubstandard: false,
    repairs: [],
    sameModelInStock: null,
    wish: null,
  }
}

/** Rules that speak of these goods and this claim. */
function speaking<R extends Rule>(list: readonly Compiled<R>[], facts: RightsFacts): R[] {
  const claim = facts.claimedOn ?? facts.today
  return list
    .filter((one) => isInForce(one, facts.dates.sold, claim) && matchesScope(one.rule.scope, facts))
    .map(({ rule }) => rule)
}

/**
 * What the rules say of how long a repair may take (domain.md §1.1 SB-30, SB-90 and their variants): the numbers and
 * the goods they are for stand in the rules, none of them here. A limit on waiting for parts counts once there was
 * some, one on the repairer's own delay while the delay is nobody else's, one that a loan fulfils while none is out.
 */
export async function limitsOf(
  r: ReadHandle,
  call: Call,
  asked: {
    item: RepairItemRecord
    own: UnitRepair
    history: readonly UnitRepair[]
    /** The customer has a unit of the store meanwhile. */
    onLoan: boolean
  },
): Promise<Limit[]> {
  const { item, own, onLoan } = asked
  const { receivedOn } = item
  const isUnderWay = !isDone(item.reception) && item.reception !== 'ready' && receivedOn !== null
  if (!isUnderWay || !['free', 'undecided'].includes(item.acceptance)) return []
  const { found, facts: repairs } = await openCaseOf(r, call, asked)
  if (!found) return []
  const { facts, candidates } = found
  const taken = daysBetween(receivedOn, call.today)
  const limits: Limit[] = []
  for (const rule of speaking(candidates.remedies, facts)) {
    const { trigger } = rule
    const said = { ruleId: rule.id, version: rule.version, text: rule.text, basis: rule.basis }
    if (trigger.kind === 'parts_missing' && own.waits.length > 0) {
      limits.push({ ...said, kind: 'parts_missing', ...runOut(receivedOn, trigger.days, taken) })
    }
    const isRepairers =
      item.delayedBy === 'repairer' || (item.delayedBy === null && own.waits.length === 0)
    if (trigger.kind === 'repair_overdue' && (trigger.cause === 'any' || isRepairers)) {
      limits.push({ ...said, kind: 'repair_overdue', ...runOut(receivedOn, trigger.days, taken) })
    }
    if (trigger.kind === 'cumulative_repair') {
      const sum = daysInRepair(repairSpans(repairs, call.today), facts.dates.sold)
      limits.push({
        ...said,
        kind: 'cumulative_repair',
        days: trigger.days,
        taken: sum,
        dueOn: addDays(call.today, trigger.days - sum),
        overdue: sum > trigger.days,
      })
    }
  }
  for (const rule of speaking(candidates.duties, facts)) {
    if (rule.withinDays === null || !rule.remedies.includes('repair')) continue
    const isMet = rule.metByLoan === true && onLoan
    const dueOn =
      rule.dayKind === 'working'
        ? addWorkdays(receivedOn, rule.withinDays, facts.calendar)
        : addDays(receivedOn, rule.withinDays)
    limits.push({
      ruleId: rule.id,
      version: rule.version,
      text: rule.text,
      basis: rule.basis,
      kind: 'duty',
      days: rule.withinDays,
      taken,
      // Given back before the goods are mended, the clock says again how long it has been.
      dueOn: isMet ? null : dueOn,
      overdue: !isMet && call.today > dueOn,
    })
  }
  return limits.toSorted((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1))
}

function runOut(from: BusinessDate, days: number, taken: number) {
  return { days, taken, dueOn: addDays(from, days), overdue: taken > days }
}

async function openCaseOf(
  r: ReadHandle,
  call: Call,
  asked: { item: RepairItemRecord; history: readonly UnitRepair[] },
): Promise<{ found: Case | null; facts: RepairFact[] }> {
  const { item, history } = asked
  const sold =
    item.saleLineId === null
      ? undefined
      : (await listSoldGoods(r, [item.saleLineId])).get(item.saleLineId)
  const facts = repairFacts(history, { today: call.today, claimed: false })
  return { found: await caseOf(r, call, item, sold, facts), facts }
}

/**
 * How far the goods are from being exchanged for repairs that failed (domain.md §1.1 SB-2R), and whether the rules
 * grant it now; null where no rule speaks of it.
 */
export async function exchangeRightOf(
  r: ReadHandle,
  call: Call,
  asked: { item: RepairItemRecord; history: readonly UnitRepair[] },
): Promise<ExchangeRight | null> {
  const { found, facts: repairs } = await openCaseOf(r, call, asked)
  if (!found) return null
  const { facts, candidates, rules } = found
  const counting = speaking(candidates.remedies, facts)
    .filter((rule) => rule.trigger.kind === 'failed_repairs')
    .filter((rule) => rule.remedies.some(({ remedy }) => remedy === 'exchange'))
  const needs = (rule: RemedyRule) =>
    rule.trigger.kind === 'failed_repairs' ? rule.trigger.count : Number.MAX_SAFE_INTEGER
  const [first] = counting.toSorted((a, b) => needs(a) - needs(b) || (a.statutory ? -1 : 1))
  if (!first) return null
  const verdict = decideRights(facts, rules)
  const exchange = verdict.remedies.find(({ remedy }) => remedy === 'exchange')
  const by = exchange?.allowed
    ? counting.find((rule) => exchange.because.some(({ id }) => id === rule.id))
    : undefined
  const rule = by ?? first
  return {
    failed: repairs.filter(({ failed }) => failed).length,
    needed: needs(rule),
    reached: by !== undefined,
    ruleId: rule.id,
    text: rule.text,
    basis: rule.basis,
  }
}

/** Days a repair has to hold at least, as the rules have it for these goods; 0 where none speaks of it. */
export async function minimumWarranty(
  r: ReadHandle,
  call: Call,
  item: RepairItemRecord,
): Promise<number> {
  const { found } = await openCaseOf(r, call, { item, history: [] })
  if (!found) return 0
  const days = speaking(found.candidates.remedies, found.facts).flatMap(({ trigger }) =>
    trigger.kind === 'failed_after_repair' ? [trigger.days] : [],
  )
  return Math.max(0, ...days)
}
