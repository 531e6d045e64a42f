import { describe, expect, it } from 'vitest'
import { type AskedRequest, cookieName, judgeAccess } from '../../src-main/hosts/web/access.ts'

const rules = { port: 4711, token: 'right-token' }
const cookie = `${cookieName(4711)}=right-token`

function judge(request: Partial<AskedRequest>): string {
  return judgeAccess(
    {
      method: 'GET',
      url: '/',
      ...request,
      headers: { host: '127.0.0.1:4711', ...request.headers },
    },
    rules,
  )
}

describe('access in the browser host', () => {
  it('enters with the token of the address', () => {
    expect(judge({ url: '/?token=right-token' })).toBe('entering')
    expect(judge({ url: '/?token=right-token', headers: { host: 'localhost:4711' } })).toBe(
      'entering',
    )
  })

  it('takes the token in an address for the first page only', () => {
    expect(judge({ url: '/rpc/settings/status?token=right-token' })).toBe('stale')
  })

  it('knows a page by its cookie', () => {
    expect(judge({ headers: { cookie } })).toBe('signed')
    expect(judge({ headers: { cookie: `other=1; ${cookie}; more=2` } })).toBe('signed')
  })

  it.each([
    ['no token', { url: '/' }],
    ['a wrong token', { url: '/?token=wrong' }],
    ['a token of the same length', { url: '/?token=right-tokem' }],
    ['the cookie of an earlier run', { headers: { cookie: `${cookieName(4711)}=old` } }],
    ['the cookie of another port', { headers: { cookie: `${cookieName(4712)}=right-token` } }],
  ])('calls %s stale', (_what, request) => {
    expect(judge(request)).toBe('stale')
  })

  it('lets the desk itself call', () => {
    const headers = { cookie, origin: 'http://127.0.0.1:4711', 'sec-fetch-site': 'same-origin' }
    expect(judge({ method: 'POST', url: '/rpc/sales/find', headers })).toBe('signed')
  })

  it.each([
    ['a rebound host name', { headers: { cookie, host: 'evil.example:4711' } }],
    ['another port', { headers: { cookie, host: '127.0.0.1:80' } }],
    ['no host', { headers: { cookie, host: undefined } }],
    ['a foreign origin', { method: 'POST', headers: { cookie, origin: 'https://evil.example' } }],
    ['an opaque origin', { method: 'POST', headers: { cookie, origin: 'null' } }],
    ['a post that does not say where from', { method: 'POST', headers: { cookie } }],
    [
      'a picture on a foreign page',
      { url: '/rpc/x', headers: { cookie, 'sec-fetch-site': 'cross-site' } },
    ],
    ['the other loopback name', { headers: { cookie, origin: 'http://localhost:4711' } }],
  ])('calls %s foreign', (_what, request) => {
    expect(judge(request)).toBe('foreign')
  })
})
