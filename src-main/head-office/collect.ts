import { businessDateOf } from '../foundation/business-date.ts'
import type { Call } from '../handlers.ts'
import { insertLines, readProgress, writeProgress } from './book-store.ts'
import { sources } from './ledgers/index.ts'
import type { Slice } from './ledgers/source-store.ts'

/** Rows of the first slice of a ledger, and the most of one; rows can hold a line or the ledger of a whole day. */
const firstRows = 5
const mostRows = 200
/** Milliseconds a slice should take: far enough below the 25 that nobody notices when a row is a large one. */
const sliceMs = 5

/**
 * Brings the book of lines up to now, in slices as large as the machine does in a few milliseconds. Each slice is one
 * transaction that writes its lines and how far it read, so that an interruption anywhere leaves nothing out and tells
 * nothing twice.
 */
export async function collectLines(
  call: Call,
  signal: AbortSignal,
  onProgress: (lines: number) => void,
): Promise<void> {
  const { profile } = call
  const dayOf = (at: string) => businessDateOf(new Date(at), profile)
  let collected = 0
  for (const [name, source] of Object.entries(sources)) {
    let limit = firstRows
    for (let more = true; more;) {
      // The desk answers before each slice, whoever asked for the export too.
      await new Promise((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
      let took = 0
      const slice: Slice = await call.store.write(async (w) => {
        const began = performance.now()
        const after = await readProgress(w, name)
        const read = await source(w, { after, limit, dayOf })
        await insertLines(w, read.lines)
        if (read.lastId !== after) await writeProgress(w, name, read.lastId)
        took = performance.now() - began
        return read
      })
      more = slice.more
      limit = nextRows(limit, took)
      collected += slice.lines.length
      onProgress(collected)
    }
  }
}

/** Rows of the next slice after one of `rows` that took `took` milliseconds; what the lines say does not hang on it. */
function nextRows(rows: number, took: number): number {
  if (took > sliceMs) return Math.max(1, Math.floor(rows / 2))
  return took < sliceMs / 2 ? Math.min(mostRows, rows * 2) : rows
}
