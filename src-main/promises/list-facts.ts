import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import type { PromiseListFacts } from './list-document.ts'
import { countView, listPage } from './store.ts'

/** More is no list anybody works through: the earliest due are on it, and it says how many are not. */
const mostListed = 400

/** Every open promise, by the name of who keeps it, the earliest due first. */
export async function promiseListFacts(
  r: ReadHandle,
  call: Call,
  floor: string | null,
): Promise<PromiseListFacts> {
  const viewer = {
    at: call.now().toISOString(),
    today: call.today,
    operatorId: call.actor.id,
    ...(floor !== null && { floor }),
  }
  const rows = await listPage(r, 'open', viewer, { after: undefined, count: mostListed })
  const names = [...new Set(rows.map(({ ownerName }) => ownerName))].toSorted()
  return {
    frame: frameOf(call),
    businessDate: call.today,
    floor,
    owners: names.map((name) => ({
      name,
      promises: rows
        .filter(({ ownerName }) => ownerName === name)
        .map(({ text, dueAt, floor: of, complaint, repair }) => ({
          text,
          dueAt,
          isLate: dueAt < viewer.at,
          floor: of,
          subject: complaint?.number ?? repair?.number ?? null,
        })),
    })),
    leftOut: Math.max(0, (await countView(r, 'open', viewer)) - rows.length),
  }
}
