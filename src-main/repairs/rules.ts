import { type BusinessDate, dayNumber } from '../foundation/business-date.ts'
import { type MinorUnits, sumMoney } from '../foundation/money.ts'
import { nextState, type StateMachine } from '../foundation/state-machine.ts'
import type { RepairFact } from '../policy/facts.ts'
import type { Acceptance, Basis, feeKinds, Outcome, Reception } from './contract.ts'

/**
 * Where the goods of a repair are. A repair stands on two axes (design.md §4): this one says whether the store has the
 * goods, `acceptanceMachine` whether it owes the work.
 */
export const receptionMachine: StateMachine<Reception, ReceptionAction> = {
  initial: 'expected',
  states: [
    'expected',
    'received',
    'with_repairer',
    'back',
    'ready',
    'handed_back',
    'kept',
    'cancelled',
  ],
  transitions: [
    { from: 'expected', action: 'receive', to: 'received', needs: ['appearance', 'accessories'] },
    { from: 'expected', action: 'cancel', to: 'cancelled', needs: ['reason'] },
    { from: 'received', action: 'send', to: 'with_repairer', needs: ['holder', 'consent'] },
    { from: 'with_repairer', action: 'send', to: 'with_repairer', needs: ['holder', 'consent'] },
    { from: 'with_repairer', action: 'bring_back', to: 'back' },
    // Work done at the desk itself.
    { from: 'received', action: 'finish', to: 'back', needs: ['consent', 'work'] },
    { from: 'back', action: 'pass', to: 'ready', needs: ['work', 'fees within the limit'] },
    { from: 'back', action: 'fail', to: 'received', needs: ['what is not right'] },
    { from: 'back', action: 'give_up', to: 'ready', needs: ['reason'] },
    { from: 'received', action: 'give_up', to: 'ready', needs: ['reason'] },
    { from: 'ready', action: 'reopen', to: 'received', needs: ['what is not right'] },
    { from: 'ready', action: 'hand_back', to: 'handed_back', needs: ['pickup code or manager'] },
    // The customer gets other goods or the money: the unit stays with the store, wherever it is now.
    { from: 'received', action: 'keep', to: 'kept', needs: ['exchange or refund'] },
    { from: 'with_repairer', action: 'keep', to: 'kept', needs: ['exchange or refund'] },
    { from: 'back', action: 'keep', to: 'kept', needs: ['exchange or refund'] },
    { from: 'ready', action: 'keep', to: 'kept', needs: ['exchange or refund'] },
    // The exchange or refund was voided: the unit is a repair again, and who has it has it still.
    { from: 'kept', action: 'restore', to: 'received', needs: ['voided exchange or refund'] },
    {
      from: 'kept',
      action: 'restore_away',
      to: 'with_repairer',
      needs: ['voided exchange or refund', 'repairer still has it'],
    },
  ],
}

export type ReceptionAction =
  | 'receive'
  | 'cancel'
  | 'send'
  | 'bring_back'
  | 'finish'
  | 'pass'
  | 'fail'
  | 'give_up'
  | 'reopen'
  | 'hand_back'
  | 'keep'
  | 'restore'
  | 'restore_away'

/** Whether the store owes the repair, and where it does not, whether the customer has agreed to pay. */
export const acceptanceMachine: StateMachine<Acceptance, AcceptanceAction> = {
  initial: 'undecided',
  states: ['undecided', 'free', 'paid', 'paid_consented', 'declined'],
  transitions: [
    { from: 'undecided', action: 'decide_free', to: 'free', needs: ['decision of the rules'] },
    { from: 'undecided', action: 'decide_paid', to: 'paid', needs: ['decision of the rules'] },
    // What the repairer finds may change the answer, either way.
    { from: 'free', action: 'decide_paid', to: 'paid', needs: ['decision of the rules'] },
    { from: 'paid', action: 'decide_free', to: 'free', needs: ['decision of the rules'] },
    { from: 'paid_consented', action: 'decide_free', to: 'free', needs: ['decision of the rules'] },
    { from: 'declined', action: 'decide_free', to: 'free', needs: ['decision of the rules'] },
    { from: 'paid', action: 'quote', to: 'paid' },
    { from: 'paid', action: 'consent', to: 'paid_consented', needs: ['open quote', 'who and how'] },
    { from: 'paid', action: 'decline', to: 'declined', needs: ['open quote'] },
    // A higher quote needs a new consent; a customer may change their mind.
    { from: 'paid_consented', action: 'quote', to: 'paid' },
    { from: 'declined', action: 'quote', to: 'paid' },
  ],
}

export type AcceptanceAction = 'decide_free' | 'decide_paid' | 'quote' | 'consent' | 'decline'

/** The ticket: closed when all its goods are gone from the desk and no loan unit is out. */
export const repairMachine: StateMachine<'open' | 'closed', 'close' | 'reopen'> = {
  initial: 'open',
  states: ['open', 'closed'],
  transitions: [
    { from: 'open', action: 'close', to: 'closed', needs: ['goods handed back', 'no loan out'] },
    { from: 'closed', action: 'reopen', to: 'open', needs: ['voided exchange or refund'] },
  ],
}

/** Goods that the desk does not have to do anything about any more. */
export function isDone(reception: Reception): boolean {
  return reception === 'handed_back' || reception === 'kept' || reception === 'cancelled'
}

/** Whether somebody may work on the goods: it is free, or the customer agreed to what it costs. */
export function mayWork(acceptance: Acceptance): boolean {
  return acceptance === 'free' || acceptance === 'paid_consented'
}

/** The steps a page can offer for goods in this state, in the order they usually come. */
export function stepsOf(reception: Reception, acceptance: Acceptance): string[] {
  if (isDone(reception)) return []
  const decisions = acceptanceMachine.transitions.filter((step) => step.from === acceptance)
  const moves = receptionMachine.transitions.filter(
    (step) => step.from === reception && step.action !== 'restore',
  )
  return [...new Set([...decisions, ...moves].map((step) => step.action))]
}

/** Nobody sends goods to be worked on before it is settled who pays; to find out what it costs, they may. */
export function maySend(acceptance: Acceptance, isDiagnosis: boolean): boolean {
  return isDiagnosis || mayWork(acceptance)
}

/** Where a step of the goods leads, or undefined where the table does not allow it. */
export function receptionAfter(from: Reception, action: ReceptionAction): Reception | undefined {
  return nextState(receptionMachine, from, action)
}

/** First and last day of something; `to` exclusive, null while it goes on. */
export interface DaySpan {
  from: BusinessDate
  to: BusinessDate | null
}

/** Days that lie in at least one of the spans: no day counts twice, whatever overlaps. */
export function unionDays(spans: readonly DaySpan[], today: BusinessDate): number {
  const ends = spans
    .map(({ from, to }) => [dayNumber(from), dayNumber(to ?? today)] as const)
    .toSorted(([a], [b]) => a - b)
  let days = 0
  let covered = Number.NEGATIVE_INFINITY
  for (const [from, to] of ends) {
    days += Math.max(0, to - Math.max(from, covered))
    covered = Math.max(covered, to)
  }
  return days
}

/** A repair of one unit as its history tells it. */
export interface UnitRepair {
  itemId: number
  saleLineId: number
  unitNo: number
  part: string | null
  reception: Reception
  acceptance: Acceptance
  basis: Basis | null
  receivedOn: BusinessDate | null
  readyOn: BusinessDate | null
  endedOn: BusinessDate | null
  outcome: Outcome | null
  delayedBy: RepairFact['delayedBy']
  waits: readonly { startedOn: BusinessDate; endedOn: BusinessDate | null }[]
}

/** The main part a repair was about; null for the unit as a whole, and while nobody knows. */
function partOf({ part }: Pick<UnitRepair, 'part'>): string | null {
  return part === 'unit' ? null : part
}

/**
 * Repairs that bear on the customer's rights: those the store owed. What the customer paid for (misuse, out of term)
 * is no repair of the warranty, unless it made good an earlier repair; goods that never came were not repaired.
 */
function isOwed(repair: UnitRepair): boolean {
  if (repair.receivedOn === null || ['cancelled', 'kept'].includes(repair.reception)) return false
  return repair.acceptance === 'free' || repair.acceptance === 'undecided'
}

/** Was the unit given back as if it were in order? Then its next claim says that it was not. */
function seemedInOrder({ outcome }: Pick<UnitRepair, 'outcome'>): boolean {
  return outcome === 'repaired' || outcome === 'no_fault'
}

function sameTrouble(one: UnitRepair, other: UnitRepair): boolean {
  const [a, b] = [partOf(one), partOf(other)]
  return a === null || b === null || a === b
}

/**
 * The repairs of one unit as the rules look at them (domain.md §1.1 SB-2R, §1.3). A repair failed where the unit could
 * not be repaired, or came back with trouble of the same part; `claimed` says that it is back now with such trouble.
 * From the day it is ready the repair is over: waiting for the customer adds nothing until it is handed back.
 */
export function repairFacts(
  repairs: readonly UnitRepair[],
  { today, claimed }: { today: BusinessDate; claimed: boolean },
): RepairFact[] {
  const owed = repairs
    .filter(isOwed)
    .toSorted(
      (a, b) => ((a.receivedOn ?? '') < (b.receivedOn ?? '') ? -1 : 1) || a.itemId - b.itemId,
    )
  return owed.map((repair, at): RepairFact => {
    const handedBack = repair.endedOn ?? repair.readyOn
    const handedIn = repair.receivedOn ?? today
    const cameBack = claimed || owed.slice(at + 1).some((later) => sameTrouble(repair, later))
    return {
      part: partOf(repair),
      handedIn,
      handedBack,
      waitedForParts: waitedDays(repair, today),
      delayedBy: repair.delayedBy,
      failed:
        repair.outcome === 'unrepairable' ||
        (handedBack !== null && seemedInOrder(repair) && cameBack),
      recorded: true,
    }
  })
}

/** Days the goods were waiting for parts while they were in repair. */
export function waitedDays(
  {
    waits,
    receivedOn,
    readyOn,
    endedOn,
  }: Pick<UnitRepair, 'waits' | 'receivedOn' | 'readyOn' | 'endedOn'>,
  today: BusinessDate,
): number {
  if (receivedOn === null) return 0
  const last = endedOn ?? readyOn ?? today
  const spans = waits.map(({ startedOn, endedOn: to }) => ({
    from: startedOn < receivedOn ? receivedOn : startedOn,
    to: to === null || to > last ? last : to,
  }))
  return unionDays(
    spans.filter(({ from, to }) => from < to),
    today,
  )
}

/** Days in repair so far, the day of hand-in included and the day of hand-back not. */
export function repairDays(
  { receivedOn, readyOn, endedOn }: Pick<UnitRepair, 'receivedOn' | 'readyOn' | 'endedOn'>,
  today: BusinessDate,
): number {
  if (receivedOn === null) return 0
  return unionDays([{ from: receivedOn, to: endedOn ?? readyOn }], today)
}

/**
 * The repairs a question about some units of a line is asked with: those of the named unit, of the only one, or, for
 * one unit of several that nobody named, of the one with the most repairs. For several units at once there are none.
 */
export function repairsAskedFor(
  repairs: readonly UnitRepair[],
  asked: { unitsSold: number; units: number; unitNo: number | null },
): readonly UnitRepair[] {
  if (repairs.length === 0 || asked.unitsSold === 1) return repairs
  const of = (unitNo: number) => repairs.filter((each) => each.unitNo === unitNo)
  if (asked.unitNo !== null) return of(asked.unitNo)
  if (asked.units > 1) return []
  const counts = [...new Set(repairs.map((each) => each.unitNo))].toSorted(
    (a, b) => of(b).length - of(a).length || a - b,
  )
  return of(counts[0] ?? 0)
}

/** What one record of work costs: minutes at the fee of an hour, rounded half up, and every fee of its own. */
export function costOfWork(work: {
  minutes: number
  hourFee: MinorUnits
  fees: readonly { kind: FeeKind; amount: MinorUnits }[]
}): { all: MinorUnits; atTheLeast: MinorUnits } {
  const labour = Math.floor((work.minutes * work.hourFee * 2 + 60) / 120)
  const own = (kinds: readonly FeeKind[] | null) =>
    sumMoney(
      work.fees.filter(({ kind }) => kinds?.includes(kind) ?? true).map(({ amount }) => amount),
    )
  return { all: sumMoney([labour, own(null)]), atTheLeast: own(keptWithoutRepair) }
}

type FeeKind = (typeof feeKinds)[number]

/** Fees that are due though nothing was repaired: somebody looked at it, and it travelled. */
const keptWithoutRepair: readonly FeeKind[] = ['inspection', 'transport']

/**
 * What the customer pays for an item: nothing of a free repair, nothing without consent; where the goods go back as
 * they were, the inspection and the transport they agreed to.
 */
export function dueOf(
  item: { acceptance: Acceptance; outcome: Outcome | null },
  costs: readonly { all: MinorUnits; atTheLeast: MinorUnits }[],
): MinorUnits {
  if (item.acceptance !== 'paid_consented' || item.outcome === null) return 0
  if (item.outcome === 'repaired') return sumMoney(costs.map(({ all }) => all))
  const isLeft = ['unrepairable', 'no_fault', 'withdrawn'].includes(item.outcome)
  return isLeft ? sumMoney(costs.map(({ atTheLeast }) => atTheLeast)) : 0
}

/** A storage fee as it stands today: noted on papers, never collected by itself. */
export function storageFeeOf(
  storage: { feePerDay: MinorUnits; from: BusinessDate | null },
  today: BusinessDate,
): MinorUnits {
  if (storage.from === null || today < storage.from) return 0
  return storage.feePerDay * (dayNumber(today) - dayNumber(storage.from) + 1)
}
