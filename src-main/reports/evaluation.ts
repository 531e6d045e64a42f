import type { ReadHandle } from '../database/store.ts'
import { addDays, daysBetween } from '../foundation/business-date.ts'
import { csvText } from '../foundation/csv.ts'
import { refuse } from '../foundation/errors.ts'
import { sumMoney } from '../foundation/money.ts'
import { type Call, query, type RoomHandlers, task } from '../handlers.ts'
import type { evaluationDimensions, reportsContract } from './contract.ts'
import {
  type Evaluated,
  type Figures,
  figuresOf,
  groupFigures,
  paretoOf,
} from './evaluation-rules.ts'
import { countDays, countReturns, listSignedRules } from './evaluation-store.ts'
import { keptDays } from './figures/goodwill-ledger-store.ts'
import type { BaseEntry } from './figures/ledgers.ts'
import { listPeople } from './figures/name-store.ts'
import { openLedgers, readLedger } from './figures/read.ts'
import type { Period } from './figures/rules.ts'
import { settingOf } from './figures/setting.ts'
import { narrow } from './figures/tabulate.ts'
import { evaluationWords } from './words.ts'

export interface EvaluationAsked extends Period {
  ownerId?: number | undefined
  floor?: string | undefined
}

function requirePeriod({ from, to }: Period): void {
  if (from > to) refuse('promises.period_backwards')
}

/**
 * Everything that was recorded, solved or due in a period, of one owner or floor where one is asked for: from the
 * ledgers of the reports, so that a scorecard and a report say the same.
 */
async function readEvaluated(
  r: ReadHandle,
  call: Call,
  asked: EvaluationAsked,
): Promise<Evaluated> {
  requirePeriod(asked)
  const { ownerId, floor } = asked
  const people = await listPeople(r)
  const reader = openLedgers(r, settingOf(call))
  const filters = { ...(floor !== undefined && { floor }), ...(ownerId && { person: ownerId }) }
  const belongs = ({ floor: where = '', person = '', class: named = '' }: BaseEntry) => ({
    ownerId: Number(person),
    ownerName: people.get(person) ?? '',
    floor: where,
    class: named,
  })
  const received = narrow(await readLedger(reader, 'complaints', asked), filters)
  const solved = narrow(await readLedger(reader, 'solutions', asked), filters)
  const promises = narrow(await readLedger(reader, 'promises', asked), filters)
  return {
    received: received.map((each) => ({ ...each, ...belongs(each), recordedOn: each.on })),
    solved: solved.map((each) => ({ ...each, ...belongs(each), solvedOn: each.on })),
    promises: promises
      .filter(({ due }) => due)
      .map((each) => ({ ...belongs(each), dueOn: each.on, kept: each.kept })),
  }
}

export async function evaluate(r: ReadHandle, call: Call, asked: EvaluationAsked) {
  const all = await readEvaluated(r, call, asked)
  return {
    all: figuresOf(all),
    owner: groupFigures(all, 'owner'),
    floor: groupFigures(all, 'floor'),
    class: groupFigures(all, 'class'),
    month: groupFigures(all, 'month'),
  }
}

async function goodwillKept(r: ReadHandle, call: Call, period: Period) {
  requirePeriod(period)
  const reader = openLedgers(r, settingOf(call))
  const entries = await readLedger(reader, 'goodwill', period)
  const given = (await readLedger(reader, 'kept', period)).filter(({ group }) => group === 'given')
  const unknown = entries.filter(({ customerId }) => customerId === null)
  const sum = (rows: readonly { amount: number }[]) => sumMoney(rows.map(({ amount }) => amount))
  const returns = await countReturns(r, period)
  return {
    entries: entries.length,
    cost: sum(entries),
    unknown: unknown.length,
    unknownCost: sum(unknown),
    customers: given.length,
    cameBack: given.filter(({ receipts }) => receipts > 0).length,
    receipts: given.reduce((total, { receipts }) => total + receipts, 0),
    revenue: sumMoney(given.map(({ bought }) => bought)),
    days: keptDays,
    refunds: returns.reduce((total, { count, exchanges }) => total + count - exchanges, 0),
    refundAmount: sum(returns),
  }
}

const mostRules = 200

async function signedRules(r: ReadHandle, call: Call) {
  return (await listSignedRules(r, mostRules)).map((row) => {
    const { title } = JSON.parse(row.rule) as { title?: { zh?: string; en?: string } }
    const name = call.profile.language === 'en' ? title?.en : title?.zh
    // A rule signed today may be meant for later, or for sales since a day long past: it counts from its signature.
    const effectiveOn = row.valid_from > row.effective_on ? row.valid_from : row.effective_on
    const titled = name || row.note || row.rule_id
    return { ruleId: row.rule_id, version: row.version, title: titled, effectiveOn }
  })
}

async function stretchOf(r: ReadHandle, period: Period) {
  const days = daysBetween(period.from, period.to) + 1
  return { ...period, days, ...(await countDays(r, period)) }
}

/** A comparison, no proof: the same number of days on either side, and after it only those that are over. */
async function ruleEffect(
  r: ReadHandle,
  call: Call,
  asked: { ruleId: string; version: number; days: number },
) {
  const rule = (await signedRules(r, call)).find(
    ({ ruleId, version }) => ruleId === asked.ruleId && version === asked.version,
  )
  if (!rule) refuse('reports.unknown_rule')
  const { effectiveOn } = rule
  const yesterday = addDays(call.today, -1)
  const last = addDays(effectiveOn, asked.days - 1)
  const to = last < yesterday ? last : yesterday
  const lived = Math.max(0, daysBetween(effectiveOn, to) + 1)
  const days = lived === 0 ? asked.days : lived
  return {
    rule,
    before: await stretchOf(r, {
      from: addDays(effectiveOn, -days),
      to: addDays(effectiveOn, -1),
    }),
    after: lived === 0 ? null : await stretchOf(r, { from: effectiveOn, to }),
  }
}

const shares = [
  'atOnce',
  'sameDay',
  'repeats',
  'content',
  'inFifteenDays',
  'reopened',
  'kept',
] as const

type Dimension = (typeof evaluationDimensions)[number]

/** One row a group and one for all: each share as its count and what it is of, never as a percentage alone. */
function tableOf(
  call: Call,
  by: Dimension,
  groups: readonly (Figures & { name: string })[],
): string[][] {
  const words = evaluationWords(call.profile.language)
  const head = [
    words[by],
    words.received,
    words.solved,
    ...shares.flatMap((name) => [words[name], words[`${name}Of`]]),
    words.notAsked,
    words.points,
    words.pointsOf,
    words.median,
    words.ninetieth,
  ]
  const nameOf = (key: string) => {
    if (by === 'class') return words.classes[key as keyof typeof words.classes] ?? key
    return key || words.noFloor
  }
  return [
    head,
    ...groups.map((each, at) => [
      at === groups.length - 1 ? words.all : nameOf(each.name),
      String(each.received),
      String(each.solved),
      ...shares.flatMap((name) => [String(each[name].count), String(each[name].of)]),
      String(each.notAsked),
      String(each.points.sum),
      String(each.points.of),
      each.days ? String(each.days.median) : '',
      each.days ? String(each.days.ninetieth) : '',
    ]),
  ]
}

type EvaluationHandlers = Pick<
  RoomHandlers<typeof reportsContract>,
  | 'evaluation'
  | 'exportEvaluation'
  | 'returnReasons'
  | 'goodwillKept'
  | 'signedRules'
  | 'ruleEffect'
>

export const evaluationHandlers: EvaluationHandlers = {
  evaluation: query((r, call, input) => evaluate(r, call, input)),

  exportEvaluation: task(async (call, { by, ...asked }) => {
    const found = await call.store.read((r) => evaluate(r, call, asked))
    const table = tableOf(call, by, [...found[by], { ...found.all, name: '' }])
    return {
      fileName: `evaluation-${by}-${asked.from}-${asked.to}.csv`,
      content: new Blob([csvText(table)], { type: 'text/csv' }),
    }
  }),

  returnReasons: query(async (r, _call, { floor, ...period }) => {
    requirePeriod(period)
    const rows = paretoOf(await countReturns(r, period, floor))
    return { total: rows.at(-1)?.upTo ?? 0, rows }
  }),

  goodwillKept: query((r, call, input) => goodwillKept(r, call, input)),

  signedRules: query(signedRules),

  ruleEffect: query((r, call, input) => ruleEffect(r, call, input)),
}
