import { z } from 'zod'
import data from '../../resources/settlements/terms.json' with { type: 'json' }
import { clockMeasure, dueOf, listPauses, readStoreTime, stretchesOf } from '../clocks/index.ts'
import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { itemKinds } from './contract.ts'
import type { ItemKind } from './rules.ts'

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

const termFile = z
  .strictObject({
    terms: z.array(
      z.strictObject({
        id: z.string(),
        kinds: z.array(z.enum(itemKinds)).min(1),
        measure: clockMeasure,
        name: words,
        source: words,
      }),
    ),
  })
  .refine(({ terms }) => itemKinds.every((kind) => terms.some(({ kinds }) => kinds.includes(kind))))

let read: z.output<typeof termFile> | undefined

function shippedTerms(): z.output<typeof termFile>['terms'] {
  return (read ??= termFile.parse(data)).terms
}

/** What was agreed, as far as its timer goes. */
export interface Agreed {
  caseId: number
  agreedAt: string | null
  promisedAt: string | null
  closedAt: string | null
  state: string
  kinds: readonly ItemKind[]
}

/**
 * The timer from an agreement to its execution (domain.md §3.6 row 169): derived from when it was agreed and what, in
 * the store's hours and past its pauses; the slowest item decides. What the customer was told instead holds as it was
 * said. Null where nothing is agreed, or it was taken back.
 */
export async function timerOf(r: ReadHandle, call: Call, agreed: Agreed) {
  const { agreedAt, promisedAt, state } = agreed
  if (agreedAt === null || (state !== 'agreed' && state !== 'executed')) return null
  const time = await readStoreTime(r, call)
  const now = call.now().getTime()
  const pauses = stretchesOf(
    (await listPauses(r, [agreed.caseId])).map(({ pausedAt, resumedAt, endsAt }) => ({
      from: Date.parse(pausedAt),
      to: resumedAt === null ? null : Date.parse(resumedAt),
      until: endsAt === null ? null : Date.parse(endsAt),
    })),
    now,
  )
  const start = Date.parse(agreedAt)
  const dues = shippedTerms()
    .filter(({ kinds }) => agreed.kinds.some((kind) => kinds.includes(kind)))
    .map((term) => ({
      term,
      at: dueOf({ measure: term.measure, legal: false }, start, pauses, time),
    }))
    .toSorted((a, b) => b.at - a.at)
  const [slowest] = dues
  if (!slowest) return null
  const dueAt = promisedAt === null ? slowest.at : Date.parse(promisedAt)
  const end = agreed.closedAt === null ? now : Date.parse(agreed.closedAt)
  const isOver = end > dueAt
  const isDone = state === 'executed'
  return {
    dueAt: new Date(dueAt).toISOString(),
    promised: promisedAt !== null,
    names: slowest.term.name,
    state: isDone
      ? isOver
        ? ('late' as const)
        : ('in_time' as const)
      : isOver
        ? ('overdue' as const)
        : ('running' as const),
    leftMs: isOver ? -time.openBetween(dueAt, end) : time.openBetween(end, dueAt),
  }
}
