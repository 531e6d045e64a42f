import type { Call } from '../../handlers.ts'
import type { Setting } from './read.ts'

/** What a report must know of the desk that asks. */
export function settingOf(call: Call): Setting {
  const { timeZone, cutoffMinutes, currency } = call.profile
  return {
    day: { timeZone, cutoffMinutes },
    currency,
    today: call.today,
    now: call.now().toISOString(),
  }
}
