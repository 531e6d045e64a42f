import { RPCLink } from '@orpc/client/message-port'
import { PORT_MESSAGE } from '../../src-main/hosts/electron/channels.ts'
import { Caller, type CallHeaders, type CallingClient } from '../support/calls.ts'

/** A port of its own from inside the desk's page, as the page opens one, and the session that calls through it. */
export function openPageDesk(): { desk: CallingClient; caller: Caller } {
  const { port1, port2 } = new MessageChannel()
  window.postMessage(PORT_MESSAGE, window.location.origin, [port2])
  port1.start()
  const caller = new Caller()
  const link = new RPCLink<CallHeaders>({ port: port1, headers: caller.headers })
  return { desk: caller.client(link), caller }
}
