import { record } from '../audit/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { holidaysOf } from '../foundation/holidays.ts'
import { command, query, type RoomHandlers } from '../handlers.ts'
import type { StoreProfile } from '../settings/index.ts'
import type { clocksContract } from './contract.ts'
import { flawOfHours, usualHours } from './opening-hours.ts'
import { createStoreTime, type StoreTime } from './store-time.ts'
import { findHours, type StoredHours, writeHours } from './store.ts'

/** The store's hours; the usual ones, version 0, until somebody changes them. */
async function readHours(r: ReadHandle): Promise<StoredHours> {
  return (await findHours(r)) ?? { ...usualHours, version: 0 }
}

let latest: { key: string; time: StoreTime } | undefined

/** The time of the store: its hours, its zone, the holidays of its country. Kept while nothing of that changes. */
export async function readStoreTime(
  r: ReadHandle,
  call: { profile: Pick<StoreProfile, 'timeZone' | 'currency'> },
): Promise<StoreTime> {
  const hours = await readHours(r)
  const { timeZone, currency } = call.profile
  const key = JSON.stringify([hours.weekdays, hours.days, timeZone, currency])
  if (latest?.key !== key) {
    latest = { key, time: createStoreTime(hours, timeZone, holidaysOf(currency)) }
  }
  return latest.time
}

export const hoursHandlers: Pick<RoomHandlers<typeof clocksContract>, 'hours' | 'changeHours'> = {
  hours: query(async (r, call) => {
    const { weekdays, days, version } = await readHours(r)
    const time = await readStoreTime(r, call)
    const now = call.now().getTime()
    return {
      weekdays: [...weekdays],
      days: [...days],
      version,
      openNow: time.isOpen(now),
      opensAt: new Date(time.addOpen(now, 0)).toISOString(),
    }
  }),

  changeHours: command(['clocks'], async (w, call, input) => {
    const days = input.days.toSorted((a, b) => (a.date < b.date ? -1 : 1))
    const after = { weekdays: input.weekdays, days, version: input.version }
    const flaw = flawOfHours(after)
    if (flaw) refuse(`clocks.hours_${flaw}`)
    const before = await readHours(w)
    if (!(await writeHours(w, after))) refuse('desk.changed_meanwhile')
    const subject = { type: 'clock_hours', id: call.profile.name }
    await record(w, call, 'clocks.change_hours', subject, { before, after })
    return { version: input.version + 1 }
  }),
}
