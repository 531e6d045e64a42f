/**
 * Every way the desk can say no. A reason is the key of its text in `resources/locales/<language>/errors.json`;
 * `params` fill the placeholders of that text. Anything else that is thrown is a bug, not a refusal.
 */
export type RefusalParams = Readonly<Record<string, string | number>>

/** Reasons read `room.what_is_wrong`. */
export type RefusalReason = `${string}.${string}`

/** An expected "no": rolls back the unit of work it is thrown in and reaches the clerk as a sentence. */
export class DeskRefusal extends Error {
  readonly reason: RefusalReason
  readonly params: RefusalParams

  constructor(reason: RefusalReason, params: RefusalParams = {}, options?: ErrorOptions) {
    super(`${reason} ${JSON.stringify(params)}`, options)
    this.name = 'DeskRefusal'
    this.reason = reason
    this.params = params
  }
}

/** Refuses what was asked; never returns. */
export function refuse(reason: RefusalReason, params?: RefusalParams, cause?: unknown): never {
  throw new DeskRefusal(reason, params, cause === undefined ? undefined : { cause })
}

export function isRefusal(error: unknown): error is DeskRefusal {
  return error instanceof DeskRefusal
}
