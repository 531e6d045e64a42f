import type { ReadHandle } from '../database/store.ts'
import { addDays, daysBetween } from '../foundation/business-date.ts'
import { csvText } from '../foundation/csv.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, query, type RoomHandlers, task } from '../handlers.ts'
import type { evaluationDimensions, reportsContract } from './contract.ts'
import type { Figures } from './evaluation-rules.ts'
import { type Evaluation, type EvaluationAsked, requirePeriod } from './evaluation-read.ts'
import { listSignedRules } from './evaluation-store.ts'
import { askReports } from './figures/ask.ts'
import type { Period } from './figures/rules.ts'
import { settingOf } from './figures/setting.ts'
import { evaluationWords } from './words.ts'

/** Beside the desk, as every report that reads a whole period. */
export async function evaluate(
  call: Call,
  asked: EvaluationAsked,
  signal?: AbortSignal,
): Promise<Evaluation> {
  requirePeriod(asked)
  return askReports(call.store, 'evaluation', { setting: settingOf(call), asked, signal })
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

function stretchOf(call: Call, period: Period, signal?: AbortSignal) {
  return askReports(call.store, 'stretch', { setting: settingOf(call), asked: period, signal })
}

/** A comparison, no proof: the same number of days on either side, and after it only those that are over. */
async function ruleEffect(
  call: Call,
  asked: { ruleId: string; version: number; days: number },
  signal?: AbortSignal,
) {
  const rules = await call.store.read((r) => signedRules(r, call))
  const rule = rules.find(
    ({ ruleId, version }) => ruleId === asked.ruleId && version === asked.version,
  )
  if (!rule) refuse('reports.unknown_rule')
  const { effectiveOn } = rule
  const yesterday = addDays(call.today, -1)
  const last = addDays(effectiveOn, asked.days - 1)
  const to = last < yesterday ? last : yesterday
  const lived = Math.max(0, daysBetween(effectiveOn, to) + 1)
  const days = lived === 0 ? asked.days : lived
  const before = { from: addDays(effectiveOn, -days), to: addDays(effectiveOn, -1) }
  return {
    rule,
    before: await stretchOf(call, before, signal),
    after: lived === 0 ? null : await stretchOf(call, { from: effectiveOn, to }, signal),
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
  'evaluation' | 'exportEvaluation' | 'signedRules' | 'ruleEffect'
>

export const evaluationHandlers: EvaluationHandlers = {
  evaluation: task((call, input, signal) => evaluate(call, input, signal)),

  exportEvaluation: task(async (call, { by, ...asked }, signal) => {
    const found = await evaluate(call, asked, signal)
    const table = tableOf(call, by, [...found[by], { ...found.all, name: '' }])
    return {
      fileName: `evaluation-${by}-${asked.from}-${asked.to}.csv`,
      content: new Blob([csvText(table)], { type: 'text/csv' }),
    }
  }),

  signedRules: query(signedRules),

  ruleEffect: task((call, asked, signal) => ruleEffect(call, asked, signal)),
}
