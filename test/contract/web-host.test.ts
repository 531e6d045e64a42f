import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Desk } from '../../src-main/desk.ts'
import { cookieName } from '../../src-main/hosts/web/access.ts'
import type { WebHost } from '../../src-main/hosts/web/server.ts'
import { Caller, see } from '../support/calls.ts'
import {
  callOverHttp,
  callOverPort,
  hostOverHttp,
  makeTempFolder,
  openQuietDesk,
} from '../support/hosted-desk.ts'
import { NEW_STORE } from '../support/new-store.ts'

const folder = makeTempFolder('web')
let desk: Desk
let host: WebHost

beforeAll(async () => {
  desk = await openQuietDesk(folder.dir)
  host = await hostOverHttp(desk)
  await callOverHttp(host).settings.setUp(NEW_STORE)
})

afterAll(async () => {
  await host.close()
  await desk.close()
  folder.remove()
})

interface Got {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** A request exactly as written: `fetch` would tidy the path and the host up. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path, method, headers }, (got) => {
      let body = ''
      got.setEncoding('utf8')
      got.on('data', (chunk: string) => (body += chunk))
      got.on('end', () => resolve({ status: got.statusCode ?? 0, headers: got.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

const signed = (): Record<string, string> => ({ cookie: `${cookieName(host.port)}=${host.token}` })

describe('the browser host', () => {
  it('turns the token of the address into a cookie that scripts and other sites cannot use', async () => {
    const got = await ask(new URL(host.address).pathname + new URL(host.address).search)
    expect(got.status).toBe(303)
    expect(got.headers['location']).toBe('/')
    expect(String(got.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/)
  })

  it('tells a page of an earlier run, in both languages, to start again', async () => {
    const got = await ask('/?token=of-an-earlier-run')
    expect(got.status).toBe(403)
    expect(got.body).toContain('这个地址已失效')
    expect(got.body).toContain('This address is no longer valid')
    expect(got.body).not.toContain(host.token)
  })

  it('refuses the calls of a page of an earlier run with a reason the page can show', async () => {
    const stale = callOverHttp({ ...host, token: 'of-an-earlier-run' })
    expect(await see(stale.settings.status())).toEqual({
      error: {
        code: 'FORBIDDEN',
        status: 403,
        data: { reason: 'web.stale_address', params: {} },
      },
    })
  })

  it('hands out no file outside the pages', async () => {
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2f..%2fpackage.json']) {
      expect((await ask(path, signed())).status).toBe(404)
    }
  })

  it('answers no other host name, no other site and no other method', async () => {
    expect((await ask('/', { ...signed(), host: 'evil.example' })).status).toBe(403)
    const foreign = { ...signed(), origin: 'https://evil.example' }
    expect((await ask('/rpc/settings/status', foreign, 'POST')).status).toBe(403)
    const own = { ...signed(), origin: `http://127.0.0.1:${host.port}` }
    expect((await ask('/', own, 'DELETE')).status).toBe(405)
  })

  it('sends every answer under the content policy of the desk', async () => {
    const own = { ...signed(), origin: `http://127.0.0.1:${host.port}` }
    for (const got of [
      await ask('/?token=wrong'),
      await ask('/nothing-here.js', signed()),
      await ask('/rpc/settings/status', own, 'POST'),
    ]) {
      expect(String(got.headers['content-security-policy'])).toContain("default-src 'none'")
      expect(got.headers['x-content-type-options']).toBe('nosniff')
    }
  })
})

describe('changes', () => {
  it('reach every open page, through HTTP and through a port', async () => {
    const caller = new Caller()
    const http = callOverHttp(host, caller)
    caller.token = (await http.staff.signIn({ code: '001', pin: '2580' })).token
    const port = callOverPort(desk, caller)
    const streams = [await http.settings.changes(), await port.client.settings.changes()]
    const heard = streams.map((stream) => stream.next())
    // The subscription is made when the stream is first read; give both a turn to get there.
    await new Promise((resolve) => setTimeout(resolve, 200))
    await http.staff.add({ code: '009', name: '王芳', phone: '', role: 'clerk', pin: '1379' })
    for (const change of await Promise.all(heard)) {
      expect(change.value).toMatchObject({ scopes: ['staff'] })
    }
    for (const stream of streams) await stream.return?.()
    port.close()
  })
})
