import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { channelsOf } from '../../src-main/printers/channels.ts'
import { SlipEncoder } from '../../src-main/printers/escpos/slip-encoder.ts'
import { PrintLanes } from '../../src-main/printers/lanes.ts'
import { insertJob, insertPrinter } from '../../src-main/printers/store.ts'
import { refund } from '../documents/support/example-facts.ts'
import { renderExample } from '../documents/support/render-example.ts'
import { openTestDesk, refusalOf } from '../support/desk.ts'
import { decodeEscpos } from '../support/escpos-decoder.ts'
import { startPrinter } from '../support/escpos-printer.ts'
import { makeTempFolder, openQuietDesk } from '../support/hosted-desk.ts'
import { fillUp, makeRoom, mountDisk } from '../support/own-disk.ts'
import { ROOT } from '../support/run-command.ts'

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** A port nobody listens at. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const route = { copies: 1, offsetX: 0, offsetY: 0, mediaSource: '', sides: 'one' } as const

describe('five hundred slips for two printers of which one is dead', () => {
  it('come out of the other one, each once, and of the dead one when it lives again', async () => {
    const test = await openTestDesk()
    ends.push(() => test.close())
    const living = await startPrinter()
    ends.push(() => living.close())
    const port = await deadPort()
    const encoder = new SlipEncoder()
    ends.push(() => encoder.close())
    const { folder } = test.desk
    const lanes = new PrintLanes({
      folder,
      openChannel: channelsOf(null, encoder),
      now: () => test.now(),
      announce: () => undefined,
      log: { error: (details) => expect(details).toBeUndefined() },
      // Longer than any test: only this one says when the dead printer is tried again.
      tryAgainMs: 3_600_000,
    })
    lanes.start()
    ends.push(() => lanes.close())
    const at = test.now().toISOString()
    const by = test.clerk.id
    const printers = await test.write(async (w) => {
      const ids: number[] = []
      for (const [name, target] of [
        ['living', `127.0.0.1:${living.port}`],
        ['dead', `127.0.0.1:${port}`],
      ] as const) {
        const kind = 'escpos' as const
        ids.push((await insertPrinter(w, { name, kind, target, options: {}, at, by })) ?? 0)
      }
      return ids
    })
    const jobIds = await test.write(async (w) => {
      const ids: number[] = []
      for (let count = 0; count < 500; count += 1) {
        const printerId = printers[count % 2] ?? 0
        const paper = { document: 'refund_slip', subject: `TH-${count}`, format: '80mm' }
        const job = { ...paper, printId: null, copyNo: 0, at, by }
        ids.push(await insertJob(w, { ...job, route: { ...route, printerId } }))
      }
      return ids
    })
    const paper = await renderExample('refund', refund)
    for (const jobId of jobIds) await lanes.spool(jobId, paper)
    const states = async () => {
      const rows = await folder.store.read((r) =>
        r
          .selectFrom('print_job')
          .select(['printer_id', 'state', 'attempts', (row) => row.fn.countAll<number>().as('n')])
          .groupBy(['printer_id', 'state', 'attempts'])
          .orderBy('printer_id')
          .orderBy('attempts')
          .execute(),
      )
      return rows.map(({ printer_id: id, state, attempts, n }) => [
        printers.indexOf(id),
        state,
        attempts,
        n,
      ])
    }
    const become = (expected: unknown[]) =>
      vi.waitFor(async () => expect(await states()).toEqual(expected), {
        timeout: 90_000,
        interval: 100,
      })
    await become([
      [0, 'sent', 1, 250],
      [1, 'queued', 0, 249],
      [1, 'queued', 1, 1],
    ])
    await vi.waitFor(() =>
      expect(lanes.holdOf(printers[1] ?? 0)).toMatchObject({ trouble: 'unreachable' }),
    )
    expect(decodeEscpos(living.received()).slips).toHaveLength(250)

    const revived = await startPrinter({}, port)
    ends.push(() => revived.close())
    lanes.release(printers[1] ?? 0)
    await become([
      [0, 'sent', 1, 250],
      [1, 'sent', 1, 249],
      [1, 'sent', 2, 1],
    ])
    expect(decodeEscpos(revived.received()).slips).toHaveLength(250)
  })
})

describe('a desk that is killed while it sends', () => {
  it('asks at its next start whether the paper came out, and sends nothing by itself', async () => {
    const folder = makeTempFolder('print-kill')
    ends.push(() => folder.remove())
    const printer = await startPrinter({ stopsAfter: 1, answers: false })
    ends.push(() => printer.close())
    await new Promise<void>((resolve, reject) => {
      const child = spawn(
        process.execPath,
        ['test/support/print-until-killed.ts', folder.dir, String(printer.port)],
        { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
      )
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('sending')) child.kill('SIGKILL')
      })
      child.on('error', reject)
      child.on('close', () => resolve())
    })
    const before = printer.connections().all
    const desk = await openQuietDesk(folder.dir)
    ends.push(() => desk.close())
    const client = createRouterClient(desk.router, { context: { trusted: true } })
    const jobs = async () => (await client.printers.jobs({ view: 'all' })).jobs
    await expect.poll(async () => (await jobs())[0]?.state).toBe('unknown')
    expect(printer.connections().all).toBe(before)
    const [job] = await jobs()
    printer.behave({})
    const jobIds = [job?.id ?? 0]
    await client.printers.answer({ jobIds, cameOut: false })
    await client.printers.retry({ jobIds })
    await expect.poll(async () => (await jobs())[0]?.state, { timeout: 20_000 }).toBe('sent')
    expect(printer.connections().all).toBeGreaterThan(before)
  })
})

const disk = mountDisk(8)
const reason = disk ? '' : ' (skipped: no right to mount a disk for it)'

describe.skipIf(disk === null)(`a full disk under the spool${reason}`, () => {
  afterAll(() => disk?.unmount())

  it('refuses the paper alone: it is not counted, and prints once there is room', async () => {
    const test = await openTestDesk()
    ends.push(() => test.close())
    const full = path.join(disk?.dir ?? '', 'spool')
    mkdirSync(full)
    rmSync(test.desk.folder.spoolDir, { recursive: true, force: true })
    symlinkSync(full, test.desk.folder.spoolDir)
    const tray = makeTempFolder('tray')
    ends.push(() => tray.remove())
    const { client } = test.manager
    const given = { name: '存档', kind: 'pdf', target: tray.dir, options: {} } as const
    const { printerId } = await client.printers.add(given)
    const way = { document: '*', format: 'A4', printerId, ...route, version: 0 }
    await client.printers.setRoute(way)
    const paper = { document: 'day_report', businessDate: '2026-11-21' } as const
    fillUp(disk?.dir ?? '')
    expect(await refusalOf(client.papers.print(paper))).toMatchObject({
      reason: 'printers.disk_full',
    })
    expect((await client.printers.jobs({ view: 'all' })).jobs).toMatchObject([
      { state: 'cancelled', trouble: 'never_set' },
    ])
    expect(readdirSync(full)).toEqual([])
    makeRoom(disk?.dir ?? '')
    expect((await client.papers.print(paper)).copyNo).toBe(0)
    await expect.poll(() => readdirSync(tray.dir), { timeout: 20_000 }).toHaveLength(1)
  })
})
