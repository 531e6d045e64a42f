import type { ReadHandle } from '../database/store.ts'
import { addDays, businessDateOf, daysBetween } from '../foundation/business-date.ts'
import { csvText } from '../foundation/csv.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, query, type RoomHandlers, task } from '../handlers.ts'
import { listDueBetween } from '../promises/index.ts'
import type { evaluationDimensions, reportsContract } from './contract.ts'
import {
  type Evaluated,
  type Figures,
  figuresOf,
  groupFigures,
  paretoOf,
} from './evaluation-rules.ts'
import {
  countDays,
  countReturns,
  listGoodwill,
  listReceived,
  listSignedRules,
  listSolved,
  type Period,
  sumSalesAfter,
} from './evaluation-store.ts'
import { evaluationWords } from './words.ts'

export interface EvaluationAsked extends Period {
  ownerId?: number | undefined
  floor?: string | undefined
}

function requirePeriod({ from, to }: Period): void {
  if (from > to) refuse('promises.period_backwards')
}

/** Everything that was recorded, solved or due in a period, of one owner or floor where one is asked for. */
async function readEvaluated(
  r: ReadHandle,
  call: Call,
  asked: EvaluationAsked,
): Promise<Evaluated> {
  requirePeriod(asked)
  const { ownerId, floor } = asked
  const isAsked = (each: { ownerId: number; floor: string }) =>
    (ownerId === undefined || each.ownerId === ownerId) &&
    (floor === undefined || each.floor === floor)
  const dateOf = (at: string) => businessDateOf(new Date(at), call.profile)
  const now = call.now().toISOString()
  const received = (await listReceived(r, asked)).map((row) => ({
    ownerId: row.owner_id,
    ownerName: row.name,
    floor: row.floor,
    class: row.class,
    recordedOn: row.business_date,
    atOnce: row.solved_on_spot === 1,
    sameDay:
      row.solved_on === row.business_date ||
      (row.answered_at !== null && dateOf(row.answered_at) === row.business_date),
    repeats: row.first_id !== null,
  }))
  const solved = (await listSolved(r, asked)).map((row) => ({
    ownerId: row.owner_id,
    ownerName: row.name,
    floor: row.floor,
    class: row.class,
    openedOn: row.opened_on,
    solvedOn: row.solved_on ?? row.opened_on,
    satisfied: row.satisfied === null ? null : row.satisfied === 1,
    points: row.points,
    reopened: row.later_no !== null,
  }))
  // One that is not due yet was neither kept nor broken by anybody.
  const promises = (await listDueBetween(r, asked))
    .filter(({ state, dueAt }) => state !== 'open' || dueAt < now)
    .map(({ state, ...each }) => ({ ...each, kept: state === 'kept' }))
  return {
    received: received.filter(isAsked),
    solved: solved.filter(isAsked),
    promises: promises.filter(isAsked),
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

/** Days after a goodwill within which what its customer buys is counted. */
const keptDays = 180

async function goodwillKept(r: ReadHandle, call: Call, period: Period) {
  requirePeriod(period)
  const entries = await listGoodwill(r, period)
  const first = new Map<number, string>()
  for (const { customer_id, business_date } of entries) {
    if (customer_id === null) continue
    const before = first.get(customer_id)
    if (before === undefined || business_date < before) first.set(customer_id, business_date)
  }
  let [cameBack, receipts, revenue] = [0, 0, 0]
  for (const [customerId, after] of first) {
    const until = addDays(after, keptDays)
    const to = until < call.today ? until : call.today
    const bought = await sumSalesAfter(r, customerId, { after, to })
    if (bought.receipts > 0) cameBack += 1
    receipts += bought.receipts
    revenue += bought.amount
  }
  const unknown = entries.filter(({ customer_id }) => customer_id === null)
  const sum = (rows: readonly { amount: number }[]) =>
    rows.reduce((total, { amount }) => total + amount, 0)
  const returns = await countReturns(r, period)
  return {
    entries: entries.length,
    cost: sum(entries),
    unknown: unknown.length,
    unknownCost: sum(unknown),
    customers: first.size,
    cameBack,
    receipts,
    revenue,
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
