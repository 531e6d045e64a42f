import { addDays, instantOfLocal, localTime } from '../../src-main/foundation/business-date.ts'

export type DuePick = 'today' | 'tomorrow' | 'pick'

/** What a customer is promised, as far as it is filled in. */
export interface PromiseValues {
  ownerId: number | null
  promiseText: string
  due: DuePick
  /** Wall-clock time of the store, `YYYY-MM-DDTHH:mm`, when `due` is `pick`. */
  dueLocal: string | null
}

/** When the floor goes home, on the store's wall clock. */
export const END_OF_WORK = '21:00'
/** When yesterday's promises are answered, on the store's wall clock. */
export const NEXT_MORNING = '10:00'

/** The instant a quick pick means; null when it has passed or nothing is picked yet. */
export function dueInstant(
  pick: DuePick,
  dueLocal: string | null,
  now: Date,
  timeZone: string,
): string | null {
  const today = localTime(now, timeZone).slice(0, 10)
  const local =
    pick === 'today'
      ? `${today}T${END_OF_WORK}`
      : pick === 'tomorrow'
        ? `${addDays(today, 1)}T${NEXT_MORNING}`
        : dueLocal
  if (!local) return null
  const due = instantOfLocal(`${local}:00`, timeZone)
  return due > now ? due.toISOString() : null
}
