import { createHash } from 'node:crypto'
import { refuse } from '../foundation/errors.ts'
import type { WriteHandle } from './store.ts'

/** A request that writes: the same `requestId` means the same wish of the same operator. */
export interface CommandRequest {
  requestId: string
  procedure: string
  operatorId: number | null
  input: unknown
}

/**
 * Runs `work` unless a request with this id was committed before; then returns that one's result. The log row is
 * written in the same transaction, so a repeated Enter, a reload or a retry after a lost answer happens once.
 * Refuses with `desk.request_reused` when the id belongs to another wish.
 */
export async function runOnce<T>(
  w: WriteHandle,
  request: CommandRequest,
  at: string,
  work: (w: WriteHandle) => Promise<T>,
): Promise<T> {
  const inputHash = hashInput(request.input)
  const done = await w
    .selectFrom('command_log')
    .selectAll()
    .where('request_id', '=', request.requestId)
    .executeTakeFirst()
  if (done) {
    const same =
      done.procedure === request.procedure &&
      done.input_hash === inputHash &&
      done.operator_id === request.operatorId
    if (!same) refuse('desk.request_reused')
    return JSON.parse(done.result) as T
  }
  const result = await work(w)
  await w
    .insertInto('command_log')
    .values({
      request_id: request.requestId,
      procedure: request.procedure,
      operator_id: request.operatorId,
      input_hash: inputHash,
      result: JSON.stringify(result ?? null),
      at,
    })
    .execute()
  return result
}

/** PINs stay out: a short secret can be guessed from its hash. */
function hashInput(input: unknown): string {
  const json = JSON.stringify(input ?? null, (key, value: unknown) =>
    key === 'pin' ? undefined : value,
  )
  return createHash('sha256').update(json).digest('hex')
}
