import { businessDateOf } from '../foundation/business-date.ts'
import type { Call } from '../handlers.ts'
import { insertLines, readProgress, writeProgress } from './book-store.ts'
import { sources } from './ledgers/index.ts'
import type { Slice } from './ledgers/source-store.ts'

/** Rows of one transaction: few enough that no clerk waits for it. */
const sliceRows = 100
/** Rows that hold the ledger of a whole day. */
const largeRows = 5

/**
 * Brings the book of lines up to now. Each slice is one transaction that writes its lines and how far it read, so
 * that an interruption anywhere leaves nothing out and tells nothing twice.
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
    const limit = name === 'dayCloses' || name === 'reopenings' ? largeRows : sliceRows
    for (let more = true; more;) {
      signal.throwIfAborted()
      const slice: Slice = await call.store.write(async (w) => {
        const after = await readProgress(w, name)
        const read = await source(w, { after, limit, dayOf })
        await insertLines(w, read.lines)
        if (read.lastId !== after) await writeProgress(w, name, read.lastId)
        return read
      })
      more = slice.more
      collected += slice.lines.length
      onProgress(collected)
      // Lets the desk answer between two slices.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}
