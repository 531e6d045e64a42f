import type { ReadHandle } from '../database/store.ts'
import { daysBetween } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { sumMoney } from '../foundation/money.ts'
import { type Evaluated, figuresOf, groupFigures } from './evaluation-rules.ts'
import { countRefusals, countSales } from './evaluation-store.ts'
import type { BaseEntry } from './figures/ledgers.ts'
import { listPeople } from './figures/name-store.ts'
import { openLedgers, readLedger, type Setting } from './figures/read.ts'
import type { Period } from './figures/rules.ts'
import { narrow } from './figures/tabulate.ts'

export interface EvaluationAsked extends Period {
  ownerId?: number | undefined
  floor?: string | undefined
}

export function requirePeriod({ from, to }: Period): void {
  if (from > to) refuse('promises.period_backwards')
}

/**
 * Everything that was recorded, solved or due in a period, of one owner or floor where one is asked for: from the
 * ledgers of the reports, so that a scorecard and a report say the same.
 */
async function readEvaluated(
  r: ReadHandle,
  setting: Setting,
  asked: EvaluationAsked,
): Promise<Evaluated> {
  const { ownerId, floor } = asked
  const people = await listPeople(r)
  const reader = openLedgers(r, setting)
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

export type Evaluation = Awaited<ReturnType<typeof readEvaluation>>

/** How complaints were dealt with in a period: the whole, and by owner, floor, class and month. */
export async function readEvaluation(r: ReadHandle, setting: Setting, asked: EvaluationAsked) {
  const all = await readEvaluated(r, setting, asked)
  return {
    all: figuresOf(all),
    owner: groupFigures(all, 'owner'),
    floor: groupFigures(all, 'floor'),
    class: groupFigures(all, 'class'),
    month: groupFigures(all, 'month'),
  }
}

export type Stretch = Awaited<ReturnType<typeof readStretch>>

/** What a stretch of days came to, beside the sales it stands against: from the ledgers of the reports. */
export async function readStretch(r: ReadHandle, setting: Setting, period: Period) {
  const reader = openLedgers(r, setting)
  const slips = await readLedger(reader, 'slips', period)
  const returns = slips.filter(({ kind }) => kind !== 'price_adjustment')
  const given = await readLedger(reader, 'goodwill', period)
  const sum = (rows: readonly { amount: number }[]) => sumMoney(rows.map(({ amount }) => amount))
  return {
    ...period,
    days: daysBetween(period.from, period.to) + 1,
    sales: await countSales(r, period),
    complaints: (await readLedger(reader, 'complaints', period)).length,
    returns: returns.length,
    returnAmount: sum(returns),
    refusals: await countRefusals(r, period),
    goodwill: given.length,
    goodwillAmount: sum(given),
  }
}
