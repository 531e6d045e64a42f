import { workOneDay } from '../support/day-at-the-desk.ts'
import { openPageDesk } from './page-desk.ts'

/** Run inside the desk's page: opens a port of its own, as the page does, and works a day through it. */
Object.assign(window, {
  workADay: async () => {
    const { desk, caller } = openPageDesk()
    const diary = await workOneDay(desk, caller)
    const found = await desk.sales.find({ text: 'A0001' })
    return { diary, token: caller.token, receiptId: found.exact?.receiptId ?? 0 }
  },
})
