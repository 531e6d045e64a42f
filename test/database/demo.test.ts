import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqlite, type SqliteDatabase } from '../../src-main/database/sqlite.ts'
import {
  demoDay,
  type DemoRun,
  ensureDemo,
  makeDemoStore,
  type OpenDesk,
  openAsSystem,
} from '../support/demo-store.ts'

let demo: DemoRun
let open: OpenDesk
let db: SqliteDatabase

beforeAll(async () => {
  demo = await makeDemoStore()
  open = await openAsSystem(demo.dir)
  db = openSqlite(path.join(demo.dir, 'desk.sqlite'), { readonly: true })
}, 120_000)

afterAll(async () => {
  db.close()
  await open.desk.close()
  demo.remove()
})

const count = (sql: string): number =>
  db.prepare(`SELECT count(*) FROM ${sql}`).pluck().get() as number

describe('the demo store', () => {
  it('has ninety days of sales in every department', () => {
    expect(count('receipt')).toBeGreaterThan(500)
    expect(count('receipt')).toBeLessThan(1_000)
    const floors = db.prepare('SELECT DISTINCT floor FROM sale_line ORDER BY floor').pluck().all()
    expect(floors).toEqual(['1F', '2F', '3F', '4F', 'B1'])
    expect(db.prepare('SELECT min(business_date) FROM receipt').pluck().get()).toBe('2026-08-23')
    expect(db.prepare('SELECT max(business_date) FROM receipt').pluck().get()).toBe('2026-11-20')
  })

  it('has everything a slip can have', () => {
    expect(count("sale_line WHERE kind = 'non_goods'")).toBeGreaterThan(50)
    expect(
      count("sale_line WHERE qty_milli % 1000 <> 0 AND units = 1 AND unit = '千克'"),
    ).toBeGreaterThan(100)
    expect(
      count("sale_line WHERE promo = '赠品' AND paid_amount = 0 AND list_amount > 0"),
    ).toBeGreaterThan(5)
    expect(count("sale_line WHERE serial_no <> ''")).toBeGreaterThan(20)
    expect(count("sale_line WHERE kind = 'return' AND original_line_id IS NULL")).toBe(0)
    expect(count("sale_line WHERE kind = 'return'")).toBeGreaterThan(5)
    expect(count('tender GROUP BY receipt_id HAVING count(*) > 1')).toBeGreaterThan(0)
    expect(count("product WHERE sku LIKE '00%'")).toBeGreaterThan(10)
    expect(count('receipt WHERE customer_id IS NOT NULL')).toBeGreaterThan(100)
  })

  it('adds up: lines and tenders to the slip, 满减 to whole yuan', () => {
    const sums = `receipt WHERE total <> (SELECT sum(paid_amount) FROM sale_line WHERE receipt_id = receipt.id)
      OR total <> (SELECT sum(amount) FROM tender WHERE receipt_id = receipt.id)`
    expect(count(sums)).toBe(0)
    const shared = db
      .prepare(
        `SELECT sum(list_amount - paid_amount) FROM sale_line WHERE promo = '满300减40' AND kind = 'goods' GROUP BY receipt_id`,
      )
      .pluck()
      .all() as number[]
    expect(shared.length).toBeGreaterThan(10)
    expect(shared.filter((off) => off % 4_000 !== 0)).toEqual([])
  })

  it('has work of the last two weeks, some of it open and some late', async () => {
    const board = await open.client.reports.board()
    expect(board).toMatchObject({
      overduePromises: 2,
      today: { complaints: 3, solvedOnSpot: 2, refunds: 1, cards: 1 },
    })
    expect(board.openComplaints).toBeGreaterThan(3)
    expect(count("card WHERE state = 'void'")).toBe(1)
    expect(count('refund WHERE exchange_id IS NULL')).toBe(7)
    expect(count('complaint WHERE sale_line_id IS NOT NULL')).toBeGreaterThan(8)
  })

  it('has every remedy, finished and on its way', async () => {
    const { client } = open
    expect(db.prepare('SELECT state FROM exchange ORDER BY id').pluck().all()).toEqual([
      'handed_over',
      'awaiting_handover',
    ])
    expect(db.prepare('SELECT reception FROM repair_item ORDER BY id').pluck().all()).toEqual([
      'with_repairer',
      'ready',
    ])
    const { vouchers } = await client.vouchers.list({})
    expect(vouchers.map(({ balance }) => balance)).toEqual([2_000, 5_000])
    expect(count("refund WHERE number LIKE 'TJ-%'")).toBe(1)
    expect(await client.goods.counts()).toMatchObject({ inQuarantine: 1, forVendor: 1 })
    const { desk } = await client.posInstructions.reconcile({ from: '2026-11-06', to: demoDay })
    const waiting = desk.filter(({ state }) => state === 'pending')
    expect(waiting.map(({ businessDate }) => businessDate)).toContain('2026-11-18')
  })

  it('is whole: database, audit chain, and who may enter', async () => {
    expect(await open.client.settings.verify()).toMatchObject({ ok: true, foreignKeyViolations: 0 })
    const status = await open.client.settings.status()
    expect(status).toMatchObject({ isDemo: true, demoSignIn: { code: 'M01', pin: '2468' } })
    const { operator } = await open.client.staff.signIn({ code: 'C01', pin: '1357' })
    expect(operator).toMatchObject({ name: '李静', role: 'clerk' })
  })

  it('is found through the box', async () => {
    const { groups } = await open.client.sales.find({ text: '张伟' })
    expect(groups[0]).toMatchObject({
      kind: 'customer',
      hits: [{ label: '张伟', note: expect.stringContaining('138****5521') }],
    })
    const [number] = db
      .prepare("SELECT number FROM card WHERE state = 'active'")
      .pluck()
      .all() as string[]
    const { exact } = await open.client.sales.find({ text: (number ?? '').replaceAll('-', '') })
    expect(exact).toMatchObject({ kind: 'card', label: number })
  })
})

describe('its files', () => {
  const importFile = async (name: string) => {
    const { imports } = open.client
    const chunk = new Blob([readFileSync(path.join(demo.dir, 'demo', name))])
    const { fileId } = await imports.upload({ fileId: null, fileName: name, offset: 0, chunk })
    const { mapping, encoding } = await imports.inspect({ fileId, kind: null })
    const { jobId } = await imports.start({ fileId, mapping })
    for (;;) {
      const job = await imports.job({ jobId })
      if (job.state !== 'running') return { ...job, encoding, kind: mapping.kind }
      await sleep(20)
    }
  }

  it('are in the encoding of tills', () => {
    const text = iconv.decode(readFileSync(path.join(demo.dir, 'demo', 'sales.csv')), 'gb18030')
    expect(text.split('\r\n')[1]).toMatch(/^门店,收银机号,小票号/)
    expect(text).not.toContain('\ufffd')
  })

  it('change nothing when they come again', async () => {
    // What the desk gave out in an exchange is a sale of its own, which no till exports.
    const ofTills =
      "sale_line WHERE receipt_id IN (SELECT id FROM receipt WHERE receipt_no NOT LIKE 'HH-%')"
    const before = count(ofTills)
    expect(await importFile('sales.csv')).toMatchObject({
      state: 'finished',
      encoding: 'gb18030',
      kind: 'sales',
      counts: { accepted: 0, unchanged: before, rejected: 0 },
    })
    expect(count(ofTills)).toBe(before)
  })

  it('hold a small export to try, with rows no desk should guess at', async () => {
    const { counts, rejectReasons } = await importFile('try-import.csv')
    expect(counts.rejected).toBe(5)
    expect(counts.accepted).toBeGreaterThan(8)
    expect(rejectReasons.map((each) => each.reason)).toContain('import.code_damaged')
  })
})

describe('making it', () => {
  it('is refused where a real store is, and leaves a demo store as it is', async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'goodwill-real-'))
    const { desk, client } = await openAsSystem(dir)
    await client.settings.setUp({
      name: '真店',
      storeCode: '',
      deskNo: '0001',
      province: '',
      city: '',
      address: '',
      postcode: '',
      phone: '',
      currency: 'CNY',
      timeZone: 'Asia/Shanghai',
      cutoffMinutes: 240,
      language: 'zh-CN',
      manager: { code: 'M09', name: '店长', pin: '7391' },
    })
    await desk.close()
    await expect(ensureDemo(dir)).rejects.toMatchObject({ reason: 'demo.folder_has_store' })
    rmSync(dir, { recursive: true })
  })

  it('starts anew where it was interrupted, and makes the same store from the same seed and day', async () => {
    const half = await openAsSystem(mkdtempSync(path.join(os.tmpdir(), 'goodwill-half-')))
    const { dir } = half.desk.folder
    await half.desk.close()
    writeFileSync(path.join(dir, 'demo.unfinished'), '')
    expect(await ensureDemo(dir)).toBe(true)
    expect(await ensureDemo(dir)).toBe(false)
    expect(printOf(dir)).toEqual(printOf(demo.dir))
    rmSync(dir, { recursive: true })
  }, 120_000)
})

/** Everything that must not differ between two makings; import times and PIN hashes do. */
function printOf(dir: string): unknown {
  const print = openSqlite(path.join(dir, 'desk.sqlite'), { readonly: true })
  const rows = (sql: string) => print.prepare(sql).all()
  const content = [
    rows(
      `SELECT receipt_no, sold_at, total, kind, customer_id FROM receipt WHERE till <> '501' ORDER BY id`,
    ),
    rows(`SELECT l.sku, l.serial_no, l.qty_milli, l.paid_amount, l.promo, l.clerk FROM sale_line l
      JOIN receipt r ON r.id = l.receipt_id WHERE r.till <> '501' ORDER BY l.id`),
    rows('SELECT name, phone, address, joined_on, points, tier FROM customer ORDER BY id'),
    rows('SELECT number, issued_at, consumer_name, consumer_phone FROM card ORDER BY id'),
    rows('SELECT number, recorded_at, reason, amount FROM refund ORDER BY id'),
    rows('SELECT number, recorded_at, difference FROM exchange ORDER BY id'),
    rows('SELECT number, recorded_at FROM repair ORDER BY id'),
    rows('SELECT number, amount, issued_at FROM voucher ORDER BY id'),
    rows(
      'SELECT number, recorded_at, class, text, solution, receipt_id FROM complaint ORDER BY id',
    ),
  ]
  print.close()
  return content
}
