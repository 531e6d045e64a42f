import { isOverdue } from '../cases/index.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, query, type RoomHandlers } from '../handlers.ts'
import type { promisesContract } from './contract.ts'
import { countKept } from './rules.ts'
import { countView, listDueBetween, listPage, type SettledPromise, type Viewer } from './store.ts'

/** Promises on one page. */
const pageSize = 50

function viewerOf(call: Call): Viewer {
  return { at: call.now().toISOString(), today: call.today, operatorId: call.actor.id }
}

function groupBy(
  promises: readonly SettledPromise[],
  keyOf: (promise: SettledPromise) => string,
): SettledPromise[][] {
  const groups = new Map<string, SettledPromise[]>()
  for (const promise of promises) {
    const group = groups.get(keyOf(promise))
    if (group) group.push(promise)
    else groups.set(keyOf(promise), [promise])
  }
  return [...groups.values()]
}

export const promisesHandlers: RoomHandlers<typeof promisesContract> = {
  list: query(async (r, call, { view, floor, after }) => {
    const viewer = { ...viewerOf(call), floor }
    const found = await listPage(r, view, viewer, { after, count: pageSize + 1 })
    const rows = found.slice(0, pageSize)
    const last = found.length > pageSize ? rows.at(-1) : undefined
    return {
      rows: rows.map((each) => ({ ...each, overdue: isOverdue(each, viewer.at) })),
      next: last ? { dueAt: last.dueAt, id: last.id } : null,
    }
  }),

  counts: query(async (r, call) => {
    const viewer = viewerOf(call)
    return {
      due: await countView(r, 'due', viewer),
      overdue: await countView(r, 'overdue', viewer),
      mine: await countView(r, 'mine', viewer),
    }
  }),

  keptRate: query(async (r, call, { from, to }) => {
    if (from > to) refuse('promises.period_backwards')
    const at = call.now().toISOString()
    const promises = await listDueBetween(r, { from, to })
    const people = groupBy(promises, ({ ownerId }) => String(ownerId)).map((group) => ({
      operatorId: group[0]?.ownerId ?? 0,
      name: group[0]?.ownerName ?? '',
      ...countKept(group, at),
    }))
    const floors = groupBy(promises, ({ floor }) => floor).map((group) => ({
      floor: group[0]?.floor ?? '',
      ...countKept(group, at),
    }))
    const counted = <Rate extends { due: number }>(rates: Rate[]) =>
      rates.filter(({ due }) => due > 0).toSorted((a, b) => b.due - a.due)
    return { all: countKept(promises, at), people: counted(people), floors: counted(floors) }
  }),
}
