import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { ClientLink } from '@orpc/client'

/** Posted by the renderer to its own window; the preload takes the port and hands it to the main process. */
export const PORT_MESSAGE = 'goodwill-desk:port'

/** Header that carries the id of an intended command, so that it happens once. */
export const REQUEST_HEADER = 'x-request-id'

const SESSION_KEY = 'goodwill.session'

/** What a call carries besides its input. */
export interface CallContext {
  requestId?: string
}

/** The session of whoever signed in at this window; survives a reload, ends with the window. */
export function readSession(): string {
  return sessionStorage.getItem(SESSION_KEY) ?? ''
}

export function keepSession(token: string | null): void {
  if (token === null) sessionStorage.removeItem(SESSION_KEY)
  else sessionStorage.setItem(SESSION_KEY, token)
}

function callHeaders({ requestId }: CallContext): Record<string, string> {
  const headers: Record<string, string> = {}
  const session = readSession()
  if (session) headers['authorization'] = `Bearer ${session}`
  if (requestId) headers[REQUEST_HEADER] = requestId
  return headers
}

export type HostKind = 'electron' | 'browser'

/** What the preload puts on the window; its presence decides the transport. */
export interface DeskBridge {
  readonly host: 'electron'
  readonly platform: string
}

declare global {
  interface Window {
    readonly goodwillDesk?: DeskBridge
  }
}

/** Which host serves this page. */
export function hostKind(): HostKind {
  return window.goodwillDesk?.host === 'electron' || window.location.protocol === 'app:'
    ? 'electron'
    : 'browser'
}

function openPortLink(): ClientLink<CallContext> {
  const { port1, port2 } = new MessageChannel()
  window.postMessage(
    PORT_MESSAGE,
    window.location.origin === 'null' ? '*' : window.location.origin,
    [port2],
  )
  port1.start()
  return new PortLink({ port: port1, headers: ({ context }) => callHeaders(context) })
}

/** The browser host knows its own pages by a cookie it set when the address with the token was opened. */
function openFetchLink(): ClientLink<CallContext> {
  return new FetchLink({
    url: new URL('rpc', new URL('.', window.location.href)).href,
    headers: ({ context }) => callHeaders(context),
    fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
  })
}

/** The link to the desk: a MessagePort inside Electron, HTTP to `./rpc` elsewhere. */
export function openLink(): ClientLink<CallContext> {
  return hostKind() === 'electron' ? openPortLink() : openFetchLink()
}
