import { type CallingClient, see } from '../support/calls.ts'
import { openPageDesk } from './page-desk.ts'

type Exchange = Omit<Parameters<CallingClient['exchanges']['record']>[0], 'given'>

/** Run inside the desk's page: a second session with a port of its own, beside that of the window. */
Object.assign(window, {
  raceToRecord: async (who: { code: string; pin: string }, exchange: Exchange, barcode: string) => {
    const { desk, caller } = openPageDesk()
    caller.token = (await desk.staff.signIn(who)).token
    const { exact } = await desk.exchanges.goods({ text: barcode })
    const given = [{ productId: exact?.productId ?? 0 }]
    const recorded = see(desk.exchanges.record({ ...exchange, given }))
    // In the same moment the window's own clerk confirms what is on screen.
    const key = { key: 'Enter', code: 'Enter', ctrlKey: true }
    window.dispatchEvent(new KeyboardEvent('keydown', key))
    return recorded
  },
})
