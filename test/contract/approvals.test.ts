import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Desk } from '../../src-main/desk.ts'
import type { WebHost } from '../../src-main/hosts/web/server.ts'
import { Caller, type CallingClient, see } from '../support/calls.ts'
import {
  callOverHttp,
  callOverPort,
  hostOverHttp,
  makeTempFolder,
  openQuietDesk,
} from '../support/hosted-desk.ts'
import { NEW_STORE } from '../support/new-store.ts'
import { runCommand } from '../support/run-command.ts'

const MANAGER = NEW_STORE.manager
const CLERK = { code: '002', name: '赵敏', phone: '', role: 'clerk', pin: '1379' } as const
const WRONG_PIN = '90210346'

const folder = makeTempFolder('approvals')
let desk: Desk
let host: WebHost

beforeAll(async () => {
  desk = await openQuietDesk(folder.dir)
  host = await hostOverHttp(desk)
  const caller = new Caller()
  const client = callOverHttp(host, caller)
  await client.settings.setUp(NEW_STORE)
  caller.token = (await client.staff.signIn(MANAGER)).token
  await client.staff.add(CLERK)
})

afterAll(async () => {
  await host.close()
  await desk.close()
  folder.remove()
})

const overHttp = () => {
  const caller = new Caller()
  return { caller, client: callOverHttp(host, caller), close: () => undefined }
}
const overPort = () => {
  const caller = new Caller()
  return { caller, ...callOverPort(desk, caller) }
}

async function signIn(at: { caller: Caller; client: CallingClient }, code: string, pin: string) {
  at.caller.token = (await at.client.staff.signIn({ code, pin })).token
}

describe.each([
  ['HTTP', overHttp],
  ['a port', overPort],
])('through %s', (name, open) => {
  const gift = { amount: 6_000, what: `果篮 ${name}`, toWhom: '王女士' }

  it('an approval is asked for, signed at the desk, used once, and everything else is refused', async () => {
    const at = open()
    try {
      await signIn(at, CLERK.code, CLERK.pin)
      const { approvals } = at.client
      const give = (approvalId: number | null) =>
        see(approvals.giveGoodwill({ ...gift, approvalId }))
      expect(await give(null)).toEqual({
        error: {
          code: 'REFUSED',
          status: 409,
          data: {
            reason: 'approvals.needed',
            params: { role: 'floor_manager', kind: 'goodwill', amount: '¥60.00', limit: '¥50.00' },
          },
        },
      })
      const subject = await approvals.goodwillSubject(gift)
      const { id } = await approvals.request({
        kinds: ['goodwill'],
        amount: gift.amount,
        currency: 'CNY',
        subject,
        summary: gift.what,
      })
      const sign = (code: string, pin: string) => see(approvals.sign({ approvalId: id, code, pin }))
      const reasonOf = (seen: Awaited<ReturnType<typeof sign>>) =>
        'error' in seen ? (seen.error.data as { reason: string }).reason : 'done'
      expect(reasonOf(await give(id))).toBe('approvals.waiting')
      expect(reasonOf(await sign(CLERK.code, CLERK.pin))).toBe('approvals.own_request')
      expect(reasonOf(await sign(MANAGER.code, WRONG_PIN))).toBe('staff.wrong_pin')
      expect(reasonOf(await sign(MANAGER.code, MANAGER.pin))).toBe('done')
      expect(
        reasonOf(await see(approvals.giveGoodwill({ ...gift, amount: 7_000, approvalId: id }))),
      ).toBe('approvals.changed')
      expect(reasonOf(await give(id))).toBe('approvals.void')
    } finally {
      at.close()
    }
  })

  it('nobody without the right decides or changes limits, and bad input is no call at all', async () => {
    const at = open()
    try {
      await signIn(at, CLERK.code, CLERK.pin)
      const { approvals } = at.client
      const matrix = await approvals.matrix()
      const step = { approvalId: 1, version: 1, reason: '不行不行' }
      for (const call of [
        approvals.changeMatrix(matrix),
        approvals.matrixHistory(),
        approvals.deny(step),
        approvals.grant({ approvalId: 1, version: 1, pin: CLERK.pin }),
      ]) {
        expect(await see(call)).toMatchObject({ error: { data: { reason: 'staff.not_allowed' } } })
      }
      const subject = { type: 'x', id: '1', hash: createHash('sha256').update('x').digest('hex') }
      const request = {
        kinds: ['normal' as const],
        amount: 60_000,
        currency: 'CNY',
        subject,
        summary: 'x',
      }
      for (const wrong of [{ amount: -1 }, { amount: 0.5 }, { kinds: [] }, { currency: 'yuan' }]) {
        expect(await see(approvals.request({ ...request, ...wrong }))).toMatchObject({
          error: { status: 400 },
        })
      }
    } finally {
      at.close()
    }
  })

  it('a request reaches the screens of those who may, as it is made', async () => {
    const [clerk, manager] = [open(), open()]
    try {
      await signIn(clerk, CLERK.code, CLERK.pin)
      await signIn(manager, MANAGER.code, MANAGER.pin)
      const changes = await manager.client.settings.changes()
      const heard = changes.next()
      // The subscription is made when the stream is first read; give it a turn to get there.
      await new Promise((resolve) => setTimeout(resolve, 200))
      const before = (await manager.client.approvals.counts()).forMe
      await clerk.client.approvals.recordOffer({
        kind: 'compensation',
        amount: 2_000_000,
        what: '私下答应赔付',
        madeBy: { name: '柜长老周' },
      })
      expect((await heard).value).toMatchObject({ scopes: ['approvals', 'cases'] })
      expect((await manager.client.approvals.counts()).forMe).toBe(before + 1)
      await changes.return?.()
    } finally {
      clerk.close()
      manager.close()
    }
  })
})

describe('what is kept', () => {
  it('holds no PIN, right or wrong', async () => {
    const rows = await desk.folder.store.read(async (r) => [
      await r.selectFrom('command_log').selectAll().execute(),
      await r.selectFrom('audit_log').selectAll().execute(),
      await r.selectFrom('approval').selectAll().execute(),
      await r.selectFrom('approval_event').selectAll().execute(),
    ])
    expect(JSON.stringify(rows)).not.toContain(WRONG_PIN)
    const file = readFileSync(path.join(folder.dir, path.basename(desk.folder.databaseFile)))
    expect(file.includes(WRONG_PIN)).toBe(false)
  })
})

describe('the command line', () => {
  it.each([['approve'], ['approvals'], ['grant', '1']])('knows no %j', async (...args) => {
    const { code } = await runCommand([process.execPath, 'src-main/hosts/cli/desk.ts', ...args])
    expect(code).toBe(2)
  })
})
