import { RPCLink } from '@orpc/client/message-port'
import { PORT_MESSAGE } from '../../src-main/hosts/electron/channels.ts'
import { Caller, type CallHeaders } from '../support/calls.ts'
import { workOneDay } from '../support/day-at-the-desk.ts'

/** Run inside the desk's page: opens a port of its own, as the page does, and works a day through it. */
Object.assign(window, {
  workADay: async () => {
    const { port1, port2 } = new MessageChannel()
    window.postMessage(PORT_MESSAGE, window.location.origin, [port2])
    port1.start()
    const caller = new Caller()
    const desk = caller.client(new RPCLink<CallHeaders>({ port: port1, headers: caller.headers }))
    const diary = await workOneDay(desk, caller)
    const found = await desk.sales.find({ text: 'A0001' })
    return { diary, token: caller.token, receiptId: found.exact?.receiptId ?? 0 }
  },
})
