import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { listEscalated, listItems, listUnderWay } from './store.ts'
import { timerOf } from './timer.ts'

/** Something about a settlement that somebody should know now: it follows from what stands written. */
export interface SettlementMessage {
  key: string
  kind: 'execution_overdue' | 'settlement_level'
  to: { operatorId: number | null; role: 'clerk' | 'floor_manager' | 'store_manager' }
  caseId: number
  text: string
  /** Instant it became so. */
  since: string
}

/**
 * What was agreed and not carried out in time is told to whoever does it and to the floor manager; what a customer
 * declined twice, to the level that makes the last offer. Derived when read: nothing is told by night, and what is done
 * meanwhile is told no more.
 */
export async function listSettlementMessages(
  r: ReadHandle,
  call: Call,
): Promise<SettlementMessage[]> {
  const messages: SettlementMessage[] = []
  for (const each of await listUnderWay(r)) {
    const items = (await listItems(r, each.id)).filter(({ optionId }) => optionId === each.optionId)
    const timer = await timerOf(r, call, { ...each, kinds: items.map(({ kind }) => kind) })
    if (timer?.state !== 'overdue') continue
    const about = {
      kind: 'execution_overdue' as const,
      caseId: each.caseId,
      text: [each.number, each.title, each.executorName].filter(Boolean).join(' · '),
      since: timer.dueAt,
    }
    const key = `execution:${each.id}:${timer.dueAt}`
    messages.push(
      { ...about, key: `${key}:executor`, to: { operatorId: each.executorId, role: 'clerk' } },
      { ...about, key: `${key}:floor`, to: { operatorId: null, role: 'floor_manager' } },
    )
  }
  for (const { id, number, caseId, level, round, words, at } of await listEscalated(r)) {
    messages.push({
      key: `settlement:${id}:${round}`,
      kind: 'settlement_level',
      to: { operatorId: null, role: level },
      caseId,
      text: [number, words].filter(Boolean).join(' · '),
      since: at,
    })
  }
  return messages
}
