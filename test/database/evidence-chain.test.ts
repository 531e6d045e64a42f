import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqlite, type SqliteDatabase } from '../../src-main/database/sqlite.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { recordExchange, sellFor, stock } from '../support/exchange-case.ts'
import { seen, stepUntil } from '../support/handover-case.ts'
import { keep } from '../support/keep-file.ts'
import { openHouse } from '../support/open-house.ts'
import { makePng, makeSignature, pngChunk } from '../support/pictures.ts'
import { openRepairDesk } from '../support/repair-desk.ts'
import { recordScratch } from '../support/scratch.ts'

/** Every room that keeps a photo, a signature or a serial number as proof: what it wrote stands in the chain. */

let test: TestDesk
let db: SqliteDatabase
let width = 100

beforeAll(async () => {
  test = await openTestDesk()
  await test.write((w) => openHouse(w, ['refund', 'exchange', 'repair']))
  db = openSqlite(path.join(test.dir, 'desk.sqlite'))
})
afterAll(async () => {
  db.close()
  await test.close()
})

const client = () => test.clerk.client
const place = (sha256: string) => path.join(test.dir, 'evidence', sha256.slice(0, 2), sha256)
const verify = () => test.manager.client.settings.verify()

async function keepPhoto(): Promise<string> {
  width += 1
  const { sha256 } = await keep(client(), { name: `${width}.png`, bytes: makePng({ width }) })
  return sha256
}

async function keepSignature(): Promise<string> {
  width += 1
  const start = makeSignature()
  // Another density makes another file of the same strokes.
  const other = pngChunk('pHYs', new Uint8Array([0, 0, 0, width, 0, 0, 0, width, 0]))
  const bytes = Buffer.concat([start.subarray(0, 33), other, start.subarray(33)])
  return (await keep(client(), { name: `${width}.png`, bytes })).sha256
}

/** Actions of the audit rows in whose data a text stands. */
function actionsWith(text: string): string[] {
  return db
    .prepare('SELECT action FROM audit_log WHERE instr(data, ?) > 0 ORDER BY seq')
    .pluck()
    .all(text) as string[]
}

const attachTo = async (
  type: 'complaint' | 'refund' | 'exchange' | 'handover' | 'repair' | 'voucher',
  id: number,
): Promise<string> => {
  const sha256 = await keepPhoto()
  await client().attachments.attach({ sha256, subject: { type, id }, role: 'photo' })
  return sha256
}

async function complaint(): Promise<string[]> {
  return [await attachTo('complaint', await recordScratch(client()))]
}

async function proof(): Promise<string[]> {
  const sha256 = await keepPhoto()
  await client().rights.recordProofs({
    proofs: [{ kind: 'original_box', what: '原包装盒', sha256 }],
    receiptId: null,
    goods: { name: '羊毛袜', paid: 3_000, soldOn: '2026-11-18' },
    contact: { name: '', phone: '' },
  })
  return [sha256]
}

const fridge = { sku: 'FRIDGE', name: '冰箱', brand: '清澜', model: 'BCD-510', serialTracked: true }

/** An exchange with both serial numbers and a photo, and its handover with a photo and both signatures drawn. */
async function exchange(): Promise<string[]> {
  const goods = await stock(test, { ...fridge, listPrice: 429_900 })
  const productId = goods['FRIDGE'] ?? null
  const line = { name: '冰箱', product_id: productId, serial_no: 'OLD-77', paid_amount: 399_900 }
  const sold = await sellFor(test, 'R-77', [line], [['cash', 399_900]])
  const { id } = await recordExchange(test, {
    receiptId: sold.receiptId,
    reason: 'quality',
    lines: [
      {
        saleLineId: sold.lineIds[0] ?? 0,
        units: 1,
        condition: 'faulty',
        packagingIntact: true,
        serialNos: ['OLD-77'],
      },
    ],
    given: [{ productId, serialNo: 'NEW-77' }],
  })
  const form = await stepUntil(client(), id, 'papers_given')
  const photos = [await attachTo('exchange', id), await attachTo('handover', form.id)]
  const [customer, store] = [await keepSignature(), await keepSignature()]
  await client().handovers.sign({
    ...seen(form),
    receiver: { who: 'self' },
    customer: { way: 'drawn', sha256: customer },
    store: { way: 'drawn', sha256: store },
  })
  return ['OLD-77', 'NEW-77', customer, store, ...photos]
}

async function refund(): Promise<string[]> {
  const line = { name: '电水壶', paid_amount: 9_900, serial_no: 'KET-5' }
  const sold = await sellFor(test, 'R-78', [line], [['cash', 9_900]])
  const { id } = await client().refunds.record({
    receiptId: sold.receiptId,
    reason: 'quality',
    expectedAmount: 9_900,
    lines: [
      { saleLineId: sold.lineIds[0] ?? 0, units: 1, condition: 'faulty', packagingIntact: true },
    ],
  })
  return ['KET-5', await attachTo('refund', id)]
}

async function repair(): Promise<string[]> {
  const repairs = await openRepairDesk(test)
  const [photo, signature] = [await keepPhoto(), await keepSignature()]
  const { id } = await repairs.takeIn([repairs.sold(0, { photos: [photo] })], { signature })
  return ['QL510A0093321', photo, signature, await attachTo('repair', id)]
}

async function voucher(): Promise<string[]> {
  const gift = { amount: 2_000, what: '排队太久', holder: null, toWhom: '一位顾客' }
  const { id } = await client().vouchers.issueGoodwill(gift)
  return [await attachTo('voucher', id)]
}

describe('photos, signatures and serial numbers', () => {
  it.each([
    ['a complaint', complaint],
    ['a proof', proof],
    ['an exchange and its handover', exchange],
    ['a refund', refund],
    ['a repair', repair],
    ['a voucher', voucher],
  ])('of %s stand in the audit chain', async (_what, write) => {
    for (const said of await write()) {
      const actions = actionsWith(said).filter((action) => action !== 'attachments.keep')
      expect(actions, said).not.toEqual([])
      if (/^[0-9a-f]{64}$/.test(said)) expect(actions).toContain('attachments.attach')
    }
    expect(await verify()).toMatchObject({ ok: true, auditBrokenAt: null })
  })

  it('cannot be exchanged unseen: neither a file, nor what names it, nor what the chain says', async () => {
    const photo = await keepPhoto()
    const bytes = readFileSync(place(photo))
    writeFileSync(place(photo), makePng({ width: 5 }))
    expect(await verify()).toMatchObject({ ok: false, evidence: { changed: [{ sha256: photo }] } })
    writeFileSync(place(photo), bytes)
    expect((await verify()).ok).toBe(true)

    const attached = db.prepare('SELECT id, sha256 FROM attachment ORDER BY id LIMIT 1').get() as {
      id: number
      sha256: string
    }
    // Somebody with the database open in another program.
    const put = (sha256: string) =>
      withoutTriggers('attachment', () =>
        db.prepare('UPDATE attachment SET sha256 = ? WHERE id = ?').run(sha256, attached.id),
      )
    put(photo)
    expect(await verify()).toMatchObject({ ok: false, evidence: { changed: [{ sha256: photo }] } })
    put(attached.sha256)
    expect((await verify()).ok).toBe(true)

    const row = db
      .prepare("SELECT seq, data FROM audit_log WHERE instr(data, 'NEW-77') > 0 LIMIT 1")
      .get() as { seq: number; data: string }
    withoutTriggers('audit_log', () =>
      db
        .prepare('UPDATE audit_log SET data = ? WHERE seq = ?')
        .run(row.data.replace('NEW-77', 'NEW-78'), row.seq),
    )
    expect(await verify()).toMatchObject({ ok: false, auditBrokenAt: row.seq })
  })
})

/** Takes the guards of a table off for a moment, as only somebody outside the desk could. */
function withoutTriggers(table: string, change: () => unknown): void {
  const triggers = db
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
    .all(table) as { name: string; sql: string }[]
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  change()
  for (const { sql } of triggers) db.exec(sql)
}
