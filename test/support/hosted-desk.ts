import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { pino } from 'pino'
import { type Desk, openDesk } from '../../src-main/desk.ts'
import { servePort } from '../../src-main/hosts/electron/desk-port.ts'
import { cookieName } from '../../src-main/hosts/web/access.ts'
import { answerOverHttp } from '../../src-main/hosts/web/serve.ts'
import { startWebHost, type WebHost } from '../../src-main/hosts/web/server.ts'
import { Caller, type CallHeaders, type CallingClient } from './calls.ts'
import { ROOT } from './run-command.ts'

/** The instant the tests of the transports live in. */
export const HOSTED_NOW = new Date('2026-11-21T06:00:00.000Z')

/** An empty folder that goes with the test. */
export function makeTempFolder(label: string): { dir: string; remove(): void } {
  const dir = mkdtempSync(path.join(tmpdir(), `goodwill-${label}-`))
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** A desk without a log, with a clock that stands still unless given another. */
export function openQuietDesk(dataDir: string, now: () => Date = () => HOSTED_NOW): Promise<Desk> {
  return openDesk({
    dataDir,
    host: 'web',
    appVersion: '0.0.0-test',
    log: pino({ level: 'silent' }),
    now,
  })
}

/** Serves a desk over HTTP as `npm start` does. */
export function hostOverHttp(desk: Pick<Desk, 'router'>): Promise<WebHost> {
  return startWebHost({
    pages: path.join(ROOT, 'out', 'renderer'),
    port: 0,
    answer: answerOverHttp(desk),
    log: () => undefined,
  })
}

/** Calls a web host as its own page does. */
export function callOverHttp(host: WebHost, caller = new Caller()): CallingClient {
  const origin = `http://127.0.0.1:${host.port}`
  return caller.client(
    new FetchLink<CallHeaders>({
      url: `${origin}/rpc`,
      headers: (options) => ({
        ...caller.headers(options),
        origin,
        cookie: `${cookieName(host.port)}=${host.token}`,
      }),
    }),
  )
}

/** Calls a desk through a real MessagePort, as a page in Electron does. */
export function callOverPort(
  desk: Pick<Desk, 'router'>,
  caller = new Caller(),
): { client: CallingClient; close: () => void } {
  const { port1, port2 } = new MessageChannel()
  servePort(desk, port1)
  port2.start()
  const client = caller.client(new PortLink<CallHeaders>({ port: port2, headers: caller.headers }))
  return { client, close: () => port2.close() }
}
