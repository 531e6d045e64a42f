import type { Call } from '../handlers.ts'
import type { PaperFrame } from './layout.ts'

/** Who prints, where and when: the same on every paper. */
export function frameOf(call: Call): PaperFrame {
  const { profile, actor } = call
  return {
    store: {
      name: profile.name,
      address: profile.address,
      postcode: profile.postcode,
      phone: profile.phone,
    },
    desk: profile.deskNo,
    printedAt: call.now().toISOString(),
    timeZone: profile.timeZone,
    printedBy: `${actor.code} ${actor.name}`,
  }
}
