import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRouterClient, ORPCError, type Router, type RouterClient } from '@orpc/server'
import { pino } from 'pino'
import type { DeskContract } from '../../src-main/contract.ts'
import type { WriteHandle } from '../../src-main/database/store.ts'
import { type CallContext, type Desk, openDesk } from '../../src-main/desk.ts'
import { writeSalesImport } from './sold.ts'

export type DeskClient = RouterClient<Router<DeskContract, CallContext>>

/** A desk on a fresh data folder with a clock of its own: the real router, rooms, database and printing. */
export interface TestDesk {
  desk: Desk
  dir: string
  clerk: { id: number; client: DeskClient }
  manager: { id: number; client: DeskClient }
  /** The desk as the command line calls it. */
  system: DeskClient
  /** Somebody else signs in, until the next night. */
  signIn(code: string, pin: string): Promise<DeskClient>
  /** The clerk's client with a request id of its own, for asking the same thing twice. */
  withRequestId(requestId: string): DeskClient
  /** Puts the clock to an instant; after a night both people sign in again. */
  setNow(instant: string): Promise<void>
  /** The clock of the desk. */
  now(): Date
  write<T>(work: (w: WriteHandle) => Promise<T>): Promise<T>
  /** Closes the desk and opens it again on its folder; both people sign in again. */
  reopen(): Promise<void>
  close(): Promise<void>
}

export const deskNow = '2026-11-21T06:00:00.000Z'

/** Milliseconds after which a session is nearly over. */
const night = 12 * 3_600_000

const clerkPin = '1379'
const managerPin = '2580'

/** What the manager types to sign at somebody else's desk. */
export const managerSignature = { code: '001', pin: managerPin }

/** Opens and sets up a desk of a store in Guangdong whose business day turns at 04:00, and signs both people in. */
export async function openTestDesk(more: { pdfWorker?: URL } = {}): Promise<TestDesk> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'goodwill-rooms-'))
  let now = deskNow
  const open = () =>
    openDesk({
      dataDir: dir,
      host: 'web',
      appVersion: '0.0.0-test',
      log: pino({ level: 'silent' }),
      now: () => new Date(now),
      ...more,
    })
  let desk = await open()
  const system = createRouterClient(desk.router, { context: { trusted: true } })
  const ids = await setUp(system)
  await desk.folder.store.write((w) => writeSalesImport(w))
  const tokens = { clerk: '', manager: '' }
  let signedInAt = ''
  const signInBoth = async () => {
    signedInAt = now
    tokens.clerk = await signIn(desk, '002', clerkPin)
    tokens.manager = await signIn(desk, '001', managerPin)
  }
  await signInBoth()
  const asClerk = () => ({ id: ids.clerk, client: clientOf(desk, () => tokens.clerk) })
  const asManager = () => ({ id: ids.manager, client: clientOf(desk, () => tokens.manager) })
  const test: TestDesk = {
    desk,
    dir,
    clerk: asClerk(),
    manager: asManager(),
    system,
    signIn: async (code, pin) => {
      const token = await signIn(desk, code, pin)
      return clientOf(desk, () => token)
    },
    withRequestId: (requestId) => clientOf(desk, () => tokens.clerk, requestId),
    setNow: async (instant) => {
      now = instant
      if (Date.parse(instant) - Date.parse(signedInAt) > night) await signInBoth()
    },
    now: () => new Date(now),
    write: (work) => desk.folder.store.write(work),
    reopen: async () => {
      await desk.close()
      desk = await open()
      await signInBoth()
      Object.assign(test, { desk, clerk: asClerk(), manager: asManager() })
      test.system = createRouterClient(desk.router, { context: { trusted: true } })
    },
    close: async () => {
      await desk.close()
      rmSync(dir, { recursive: true })
    },
  }
  return test
}

async function setUp(system: DeskClient): Promise<{ manager: number; clerk: number }> {
  const { operatorId } = await system.settings.setUp({
    name: '鹤翔百货中山店',
    storeCode: '0312',
    deskNo: '0312',
    province: '广东省',
    city: '中山市',
    address: '石岐区悦来南路 18 号',
    postcode: '528400',
    phone: '0760-88801234',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    cutoffMinutes: 240,
    language: 'zh-CN',
    manager: { code: '001', name: '李静', pin: managerPin },
  })
  const { id } = await system.staff.add({
    code: '002',
    name: '赵敏',
    role: 'clerk',
    pin: clerkPin,
  })
  return { manager: operatorId, clerk: id }
}

async function signIn(desk: Desk, code: string, pin: string): Promise<string> {
  const guest = createRouterClient(desk.router, { context: {} })
  return (await guest.staff.signIn({ code, pin })).token
}

function clientOf(desk: Desk, token: () => string, requestId?: string): DeskClient {
  return createRouterClient(desk.router, {
    context: () => ({
      reqHeaders: new Headers({ authorization: `Bearer ${token()}` }),
      ...(requestId === undefined ? {} : { requestId }),
    }),
  })
}

/** What a call was refused with; fails when it was not refused. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ reason: string; params: Record<string, string | number> }> {
  try {
    await call
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'REFUSED') {
      return error.data as { reason: string; params: Record<string, string | number> }
    }
    throw error
  }
  throw new Error('the call was not refused')
}
