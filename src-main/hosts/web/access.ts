import { timingSafeEqual } from 'node:crypto'

/** What decides about a request; Node's `IncomingMessage` fits. */
export interface AskedRequest {
  method?: string | undefined
  url?: string | undefined
  headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface AccessRules {
  port: number
  token: string
}

/**
 * `signed` may have what it asks for; `entering` brings the token in the address and gets the cookie;
 * `stale` has no token of this run; `foreign` does not come from a page of the desk.
 */
export type Access = 'signed' | 'entering' | 'stale' | 'foreign'

/** Cookies know no port: the name keeps two desks of one machine apart. */
export function cookieName(port: number): string {
  return `goodwill-desk-${port}`
}

/** Decides about a request from its headers alone. */
export function judgeAccess(request: AskedRequest, { port, token }: AccessRules): Access {
  const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`)
  const host = header(request, 'host')
  if (host === undefined || !hosts.includes(host)) return 'foreign'

  const origin = header(request, 'origin')
  if (origin !== undefined && origin !== `http://${host}`) return 'foreign'
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const site = header(request, 'sec-fetch-site')
  if (!isRead && origin === undefined && site !== 'same-origin') return 'foreign'

  const url = new URL(request.url ?? '/', `http://${host}`)
  if (isRead && url.pathname === '/' && isSame(url.searchParams.get('token'), token)) {
    return 'entering'
  }
  // A link on a foreign page may lead a browser to the desk's first page, never to anything else.
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && url.pathname !== '/') {
    return 'foreign'
  }
  return isSame(readCookie(request, cookieName(port)), token) ? 'signed' : 'stale'
}

function header(request: AskedRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function readCookie(request: AskedRequest, name: string): string | null {
  for (const pair of (header(request, 'cookie') ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return null
}

function isSame(given: string | null, token: string): boolean {
  if (given === null) return false
  const left = Buffer.from(given)
  const right = Buffer.from(token)
  return left.length === right.length && timingSafeEqual(left, right)
}
