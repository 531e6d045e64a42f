import type { Item, Repair } from './repair.ts'

/** What has to be done before a repair can be closed; `params` fill the words. */
export interface Todo {
  what:
    | 'receive'
    | 'decide'
    | 'consent'
    | 'bring_back'
    | 'work'
    | 'check'
    | 'hand_back'
    | 'loan'
    | 'money'
  params: Record<string, string>
}

const isGone = ({ reception }: Item) => ['handed_back', 'kept', 'cancelled'].includes(reception)

/** Everything that is still missing, in the order it is usually done. */
export function todosOf(repair: Repair, money: (amount: number) => string): Todo[] {
  const todos = repair.items.flatMap((item): Todo[] => {
    if (isGone(item)) return []
    const params = { name: item.name, holder: item.holder?.name ?? '' }
    const all: Todo[] = []
    if (item.reception === 'expected') all.push({ what: 'receive', params })
    if (item.reception !== 'ready') {
      if (item.acceptance === 'undecided') all.push({ what: 'decide', params })
      if (item.acceptance === 'paid') all.push({ what: 'consent', params })
      if (item.reception === 'with_repairer') all.push({ what: 'bring_back', params })
      if (item.works.length === 0) all.push({ what: 'work', params })
      all.push({ what: 'check', params })
    }
    return [...all, { what: 'hand_back', params }]
  })
  const loans = repair.loans
    .filter(({ backAt }) => backAt === null)
    .map(({ code }): Todo => ({ what: 'loan', params: { code } }))
  const owed: Todo[] =
    repair.pending > 0 ? [{ what: 'money', params: { amount: money(repair.pending) } }] : []
  return [...todos, ...loans, ...owed]
}
