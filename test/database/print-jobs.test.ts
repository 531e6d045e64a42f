import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { recordWait } from '../support/complain.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'

let test: TestDesk
let folder: string

beforeEach(async () => {
  test = await openTestDesk()
  folder = path.join(test.dir, 'paper tray')
  mkdirSync(folder)
})
afterEach(() => test.close())

const complain = () => recordWait(test)

/** A printer that saves into the folder, with the way of the slips on 80 mm to it. */
async function setUp(kind: 'folder' | 'pdf' = 'folder', document = '*') {
  const { client } = test.manager
  const { printerId } = await client.printers.add({
    name: `打印 ${randomUUID().slice(0, 4)}`,
    kind,
    target: folder,
    options: {},
  })
  const before = (await client.printers.routes()).find(
    (route) => route.document === document && route.format === '80mm',
  )
  await client.printers.setRoute({
    document,
    format: '80mm',
    printerId,
    copies: 1,
    offsetX: 0,
    offsetY: 0,
    mediaSource: '',
    sides: 'one',
    version: before?.version ?? 0,
  })
  return printerId
}

async function slip() {
  const { id } = await complain()
  return { document: 'complaint_slip', complaintId: id, format: '80mm' } as const
}

const print = (paper: Awaited<ReturnType<typeof slip>>) => test.clerk.client.papers.print(paper)
const jobs = async (view: 'open' | 'all' = 'all') =>
  (await test.clerk.client.printers.jobs({ view })).jobs
const until = async (state: string, count = 1) =>
  vi.waitFor(
    async () => {
      const found = (await jobs()).filter((job) => job.state === state)
      expect(found).toHaveLength(count)
      return found
    },
    { timeout: 20_000 },
  )
const reasonOf = async (asked: Promise<unknown>) => (await refusalOf(asked)).reason
const papers = () => readdirSync(folder).toSorted()

describe('a paper with a route', () => {
  it('goes to its printer by itself, whole, and leaves nothing in the spool', async () => {
    await setUp()
    const paper = await slip()
    const { job, copyNo, pdf } = await print(paper)
    expect([copyNo, job?.printer]).toEqual([0, expect.stringContaining('打印')])
    const [done] = await until('confirmed')
    expect(papers()).toHaveLength(1)
    expect(done?.reference).toBe(path.join(folder, papers()[0] ?? ''))
    const written = readFileSync(path.join(folder, papers()[0] ?? ''))
    expect(written.equals(Buffer.from(await pdf.arrayBuffer()))).toBe(true)
    await vi.waitFor(() => expect(readdirSync(path.join(test.dir, 'spool'))).toEqual([]))
    const history = await test.clerk.client.printers.history({ jobId: done?.id ?? 0 })
    expect(history.map(({ action, by }) => [action, by])).toEqual([
      ['queue', '赵敏'],
      ['send', null],
      ['save', null],
    ])
  })

  it('without one, or where the clerk wants it, is left to the dialog', async () => {
    const paper = await slip()
    expect((await print(paper)).job).toBeNull()
    await setUp()
    const { job, copyNo } = await test.clerk.client.papers.print({ ...paper, via: 'dialog' })
    expect([job, copyNo]).toEqual([null, 1])
    expect(papers()).toEqual([])
  })

  it('of its own takes that one before the one of its format', async () => {
    await setUp()
    const own = await setUp('pdf', 'complaint_slip')
    await print(await slip())
    const [done] = await until('confirmed')
    expect(done?.printerId).toBe(own)
    expect(papers()[0]).toMatch(/^complaint-slip-TS-.*-80mm\.pdf$/)
  })

  it('asked for twice is printed once', async () => {
    await setUp()
    const paper = await slip()
    const client = test.withRequestId(randomUUID())
    const [first, second] = await Promise.all([
      client.papers.print(paper),
      client.papers.print(paper),
    ])
    expect(second.job).toEqual(first.job)
    await until('confirmed')
    expect(papers()).toHaveLength(1)
    expect((await print(paper)).copyNo).toBe(1)
  })

  it('never takes a name that is there in a folder for people', async () => {
    await setUp('pdf')
    const paper = await slip()
    await print(paper)
    await until('confirmed', 1)
    await print(paper)
    await until('confirmed', 2)
    expect(papers()).toEqual([
      expect.stringMatching(/^complaint-slip-.*80mm \(2\)\.pdf$/),
      expect.stringMatching(/^complaint-slip-.*80mm\.pdf$/),
    ])
  })
})

describe('a paper that did not come out', () => {
  it('is sent again when asked, without becoming a copy', async () => {
    await setUp()
    const paper = await slip()
    rmSync(folder, { recursive: true })
    const { job } = await print(paper)
    const [failed] = await until('failed')
    expect(failed).toMatchObject({ trouble: 'folder_unusable', hasFile: true, copyNo: 0 })
    expect(await test.clerk.client.printers.summary()).toMatchObject({ asking: 1, waiting: 0 })
    mkdirSync(folder)
    await test.clerk.client.printers.retry({ jobIds: [job?.jobId ?? 0] })
    const [done] = await until('confirmed')
    expect(done?.attempts).toBe(2)
    expect((await print(paper)).copyNo).toBe(1)
  })

  it('is printed elsewhere', async () => {
    await setUp()
    rmSync(folder, { recursive: true })
    await print(await slip())
    const [failed] = await until('failed')
    folder = path.join(test.dir, 'other')
    mkdirSync(folder)
    const other = await setUp('pdf')
    await test.clerk.client.printers.retry({ jobIds: [failed?.id ?? 0], printerId: other })
    const [done] = await until('confirmed')
    expect(done?.printerId).toBe(other)
    expect(papers()).toHaveLength(1)
  })

  it('and is called off gives its number back', async () => {
    await setUp()
    const paper = await slip()
    rmSync(folder, { recursive: true })
    await print(paper)
    const [failed] = await until('failed')
    await test.clerk.client.printers.cancel({ jobIds: [failed?.id ?? 0] })
    mkdirSync(folder)
    expect((await print(paper)).copyNo).toBe(0)
    await until('confirmed')
    expect((await print(paper)).copyNo).toBe(1)
    const cancel = test.clerk.client.printers.cancel({ jobIds: [failed?.id ?? 0] })
    expect(await reasonOf(cancel)).toBe('printers.not_now')
  })

  it('after a crash while it was sent asks a person, and waits for the answer', async () => {
    const printerId = await setUp()
    const paper = await slip()
    rmSync(folder, { recursive: true })
    await print(paper)
    const [failed] = await until('failed')
    const jobId = failed?.id ?? 0
    await test.write((w) =>
      w.updateTable('print_job').set({ state: 'sending' }).where('id', '=', jobId).execute(),
    )
    mkdirSync(folder)
    await test.reopen()
    const [unknown] = await until('unknown')
    expect(unknown).toMatchObject({ id: jobId, trouble: 'interrupted' })
    expect(papers()).toEqual([])
    const { client } = test.clerk
    expect(await reasonOf(client.printers.retry({ jobIds: [jobId] }))).toBe('printers.not_now')
    await client.printers.answer({ jobIds: [jobId], cameOut: false })
    await client.printers.retry({ jobIds: [jobId], printerId })
    await until('confirmed')
    expect(papers()).toHaveLength(1)
  })

  it('and waited too long is left for a person, however often the desk starts', async () => {
    const printerId = await setUp()
    rmSync(folder, { recursive: true })
    await print(await slip())
    const [failed] = await until('failed')
    mkdirSync(folder)
    await test.write((w) =>
      w
        .updateTable('print_job')
        .set({ state: 'queued', queued_at: '2026-11-21T01:59:00.000Z' })
        .where('id', '=', failed?.id ?? 0)
        .execute(),
    )
    await test.reopen()
    const [expired] = await until('failed')
    expect(expired?.trouble).toBe('expired')
    expect(papers()).toEqual([])
    await test.clerk.client.printers.retry({ jobIds: [expired?.id ?? 0], printerId })
    await until('confirmed')
  })

  it('because its pages were never written is called off at the next start', async () => {
    await setUp()
    rmSync(folder, { recursive: true })
    const paper = await slip()
    await print(paper)
    const [failed] = await until('failed')
    await test.write((w) =>
      w
        .updateTable('print_job')
        .set({ state: 'queued', spooled_at: null })
        .where('id', '=', failed?.id ?? 0)
        .execute(),
    )
    await test.reopen()
    await until('cancelled')
    expect((await print(paper)).copyNo).toBe(0)
  })
})

describe('setting printers up', () => {
  it('refuses what can be none, and names that are taken', async () => {
    const { client } = test.manager
    const add = (kind: 'system' | 'escpos' | 'pdf', target: string, name = '甲') =>
      client.printers.add({ name, kind, target, options: {} })
    expect(await reasonOf(add('system', '-o raw'))).toBe('printers.queue_unreadable')
    expect(await reasonOf(add('escpos', 'printer:99999'))).toBe('printers.address_unreadable')
    expect(await reasonOf(add('pdf', 'papers'))).toBe('printers.folder_unreadable')
    const { printerId } = await add('pdf', folder)
    expect(await reasonOf(add('pdf', folder))).toBe('printers.name_taken')
    expect(await client.printers.probe({ kind: 'pdf', target: folder, options: {} })).toEqual({
      state: 'ready',
      detail: folder,
    })
    const gone = { kind: 'pdf', target: path.join(folder, 'gone'), options: {} } as const
    expect(await client.printers.probe(gone)).toMatchObject({ state: 'unreachable' })
    const asked = test.clerk.client.printers.add({
      name: '乙',
      kind: 'pdf',
      target: folder,
      options: {},
    })
    expect(await reasonOf(asked)).toBe('staff.not_allowed')
    await client.printers.retire({ printerId, version: 1 })
    expect(await client.printers.list()).toEqual([])
    await add('pdf', folder)
  })

  it('keeps the way of a paper from two people at once, and drops it with its printer', async () => {
    const printerId = await setUp()
    const { client } = test.manager
    const [route] = await client.printers.routes()
    if (!route) throw new Error('no route')
    await client.printers.setRoute({ ...route, copies: 2 })
    expect(await reasonOf(client.printers.setRoute({ ...route, copies: 3 }))).toBe(
      'desk.changed_meanwhile',
    )
    expect(await client.printers.routes()).toMatchObject([{ copies: 2, version: 2 }])
    await client.printers.retire({ printerId, version: 1 })
    expect(await client.printers.routes()).toEqual([])
    expect((await print(await slip())).job).toBeNull()
  })

  it('prints a page to measure by, moved as far as the printer is off', async () => {
    const printerId = await setUp()
    const [route] = await test.manager.client.printers.routes()
    if (!route) throw new Error('no route')
    await test.manager.client.printers.setRoute({ ...route, offsetX: 15, offsetY: -20 })
    const input = { printerId, format: '80mm', what: 'marks' } as const
    await test.manager.client.printers.testPage(input)
    await until('confirmed')
    expect(papers()).toEqual([expect.stringContaining('test-page')])
    const text = readFileSync(path.join(folder, papers()[0] ?? ''), 'latin1')
    expect(text).toContain('1 0 0 1 4.2520 5.6693 cm')
    expect(existsSync(path.join(folder, papers()[0] ?? ''))).toBe(true)
  })
})
