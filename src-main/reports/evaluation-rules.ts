import { type BusinessDate, daysBetween } from '../foundation/business-date.ts'
import { compareFloors } from '../foundation/floors.ts'
import { quantileOf } from '../foundation/quantile.ts'
import type { Share } from '../foundation/share.ts'

/** Whose a complaint is, and where. */
export interface Belongs {
  ownerId: number
  ownerName: string
  floor: string
  class: string
}

/** A complaint recorded in the period. */
export interface ReceivedComplaint extends Belongs {
  recordedOn: BusinessDate
  /** Solved while the customer stood there (domain.md §3.6 row 172). */
  atOnce: boolean
  /** The customer heard from the store on the day of recording. */
  sameDay: boolean
  repeats: boolean
}

/** A complaint, or a round of one that came up again, that was solved in the period. */
export interface SolvedRound extends Belongs {
  openedOn: BusinessDate
  solvedOn: BusinessDate
  satisfied: boolean | null
  points: number | null
  /** It came up again since. */
  reopened: boolean
}

export interface DuePromise {
  ownerId: number
  ownerName: string
  floor: string
  dueOn: BusinessDate
  kept: boolean
}

export interface Figures {
  received: number
  atOnce: Share
  sameDay: Share
  repeats: Share
  solved: number
  /** Of those who were asked and answered. */
  content: Share
  notAsked: number
  /** Points given, five at most each. */
  points: { sum: number; of: number }
  /** Days from opening to the solution: of the one in the middle, and of the one nine in ten do not exceed. */
  days: { median: number; ninetieth: number } | null
  /** Within the fifteen days law speaks of (domain.md §3.3). */
  inFifteenDays: Share
  reopened: Share
  kept: Share
}

export interface Evaluated {
  received: readonly ReceivedComplaint[]
  solved: readonly SolvedRound[]
  promises: readonly DuePromise[]
}

function shareOf<Each>(all: readonly Each[], counts: (each: Each) => boolean): Share {
  return { count: all.filter(counts).length, of: all.length }
}

/** What a period came to. Every share names what it is a share of; whoever was not asked is neither content nor not. */
export function figuresOf({ received, solved, promises }: Evaluated): Figures {
  const asked = solved.filter(({ satisfied }) => satisfied !== null)
  const pointed = solved.flatMap(({ points }) => points ?? [])
  const days = solved
    .map(({ openedOn, solvedOn }) => daysBetween(openedOn, solvedOn))
    .toSorted((a, b) => a - b)
  return {
    received: received.length,
    atOnce: shareOf(received, ({ atOnce }) => atOnce),
    sameDay: shareOf(received, ({ sameDay }) => sameDay),
    repeats: shareOf(received, ({ repeats }) => repeats),
    solved: solved.length,
    content: shareOf(asked, ({ satisfied }) => satisfied === true),
    notAsked: solved.length - asked.length,
    points: { sum: pointed.reduce((sum, each) => sum + each, 0), of: pointed.length },
    days:
      days.length === 0
        ? null
        : { median: quantileOf(days, 0.5) ?? 0, ninetieth: quantileOf(days, 0.9) ?? 0 },
    inFifteenDays: { count: days.filter((each) => each <= 15).length, of: days.length },
    reopened: shareOf(solved, ({ reopened }) => reopened),
    kept: shareOf(promises, ({ kept }) => kept),
  }
}

export interface Group extends Figures {
  key: string
  name: string
}

type Dimension = 'owner' | 'floor' | 'class' | 'month'

const keyOf: Record<Dimension, (each: Belongs) => string> = {
  owner: ({ ownerId }) => String(ownerId),
  floor: ({ floor }) => floor,
  class: (each) => each.class,
  month: () => '',
}

/**
 * The same by owner, floor, class or month; the groups add up to the whole, class aside, which promises do not have.
 * A complaint belongs to the month it was recorded in, a solution to that of the solution, a promise to that it was
 * due in.
 */
export function groupFigures(all: Evaluated, by: Dimension): Group[] {
  const groups = new Map<string, { name: string; of: Mutable }>()
  const at = (key: string, name: string): Mutable => {
    const group = groups.get(key) ?? { name, of: { received: [], solved: [], promises: [] } }
    groups.set(key, group)
    return group.of
  }
  const nameOf = (each: { ownerName: string }, key: string) =>
    by === 'owner' ? each.ownerName : key
  const keyFor = (each: Belongs, on: string) => (by === 'month' ? on.slice(0, 7) : keyOf[by](each))
  for (const each of all.received) {
    const key = keyFor(each, each.recordedOn)
    at(key, nameOf(each, key)).received.push(each)
  }
  for (const each of all.solved) {
    const key = keyFor(each, each.solvedOn)
    at(key, nameOf(each, key)).solved.push(each)
  }
  for (const each of by === 'class' ? [] : all.promises) {
    const key = keyFor({ ...each, class: '' }, each.dueOn)
    at(key, nameOf(each, key)).promises.push(each)
  }
  const rows = [...groups].map(([key, { name, of }]) => ({ key, name, ...figuresOf(of) }))
  if (by === 'floor') return rows.sort((a, b) => compareFloors(a.key, b.key))
  if (by === 'month') return rows.sort((a, b) => a.key.localeCompare(b.key))
  return rows.sort((a, b) => b.received - a.received || a.key.localeCompare(b.key))
}

interface Mutable {
  received: ReceivedComplaint[]
  solved: SolvedRound[]
  promises: DuePromise[]
}
