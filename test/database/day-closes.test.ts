import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ledgerLines, ledgerTables } from '../../src-main/database/closed-days.ts'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { readPdf } from '../documents/support/read-pdf.ts'
import {
  addFloorManager,
  clerkSignature,
  closeDay,
  closeInputOf,
  countAllGoods,
  floorSignature,
  signatures,
} from '../support/close-day.ts'
import { openTestDesk, managerSignature, refusalOf, type TestDesk } from '../support/desk.ts'
import { recordExchange, sellFor, stock } from '../support/exchange-case.ts'
import { keep } from '../support/keep-file.ts'
import { openHouse } from '../support/open-house.ts'
import { makePng, makeSignature } from '../support/pictures.ts'
import { promisePriceDrop } from '../support/price-rule.ts'
import { openRepairDesk } from '../support/repair-desk.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'
import { importText } from '../support/till-import.ts'

let test: TestDesk
let sale: { id: number; lineIds: number[] }

/** The 21st of November 2026, a Saturday; the business day turns at 04:00 in Shanghai. */
const day = '2026-11-21'
const noon = '2026-11-21T04:00:00.000Z'
const evening = '2026-11-21T14:30:00.000Z'
const nextNoon = '2026-11-22T04:00:00.000Z'

beforeEach(async () => {
  test = await openTestDesk()
  await test.write(openHouse)
  await test.setNow(noon)
  await addFloorManager(test)
  sale = await test.write(async (w) =>
    addReceipt(w, {
      receiptNo: 'POS-1',
      businessDate: '2026-11-20',
      customerId: await addCustomer(w, { name: '王小明', phone: '13812345521' }),
      lines: [{ name: '羊毛衫', units: 4, qty_milli: 4_000, paid_amount: 40_000 }],
    }),
  )
})
afterEach(() => test.close())

function complain() {
  return test.clerk.client.complaints.record({
    class: 'service',
    text: '没有人接待',
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '2F',
      counter: '',
    },
    contact: { name: '', phone: '' },
    outcome: { kind: 'solved', solution: '道歉', satisfied: true },
  })
}

function refund(amount = 10_000) {
  return test.manager.client.refunds.record({
    receiptId: sale.id,
    reason: 'quality',
    expectedAmount: amount,
    lines: [
      { saleLineId: sale.lineIds[0] ?? 0, units: 1, condition: 'faulty', packagingIntact: true },
    ],
  })
}

const openDay = (businessDate = day) => test.clerk.client.dayCloses.open({ businessDate })

const countAll = (businessDate = day) => countAllGoods(test, businessDate)
const closeInput = (businessDate = day) => closeInputOf(test, businessDate)
const close = (businessDate = day) => closeDay(test, businessDate)

describe('closing a day', () => {
  it('freezes slips, money, counts, checks and signatures, and reads back what was signed', async () => {
    await complain()
    const { number } = await refund()
    const before = await openDay()
    expect(before.state).toBe('open')
    expect(before.slips.find(({ kind }) => kind === 'refund')).toMatchObject({
      count: 1,
      voided: 0,
      amount: 10_000,
    })
    expect(before.money).toEqual([
      {
        direction: 'pay_out',
        tender: expect.any(String) as string,
        done: { count: 0, amount: 0 },
        pending: { count: 1, amount: 10_000 },
      },
    ])
    expect(before.checks.find(({ kind }) => kind === 'goods_counted')?.state).toBe('blocks')
    expect(before.checks.find(({ kind }) => kind === 'unmatched')?.state).toBe('note')
    await test.setNow(evening)
    const { hash } = await close()
    const closed = await openDay()
    expect(closed).toMatchObject({
      state: 'closed',
      slips: before.slips,
      close: { version: 1, hash, closedBy: '赵敏' },
    })
    expect(closed.signatures.map(({ name }) => name)).toEqual(['赵敏', '周涛', '李静'])
    expect(closed.checks.every(({ state }) => state === 'done')).toBe(true)
    const report = await test.clerk.client.reports.day({ businessDate: day })
    expect(report.closed).toMatchObject({ version: 1, hash })
    expect(report.totals).toMatchObject({ refunds: 1, refundAmount: 10_000, received: 1 })
    expect(report.complaints[0]?.text).toBe('没有人接待')
    expect(report.refunds.map((each) => each.number)).toEqual([number])
    expect(await test.clerk.client.dayCloses.verify()).toEqual({
      ok: true,
      closes: 1,
      faults: [],
    })
  })

  it('keeps no word of a customer: what somebody said stays where it can be erased', async () => {
    await complain()
    await close()
    const [facts] = await test.desk.folder.store.read((r) =>
      r.selectFrom('day_close').select('facts').execute(),
    )
    expect(facts?.facts).not.toContain('没有人接待')
  })

  it('asks for counts, notes and signatures before it', async () => {
    await refund()
    const input = await closeInput()
    const { dayCloses } = test.clerk.client
    expect(await refusalOf(dayCloses.close(input))).toMatchObject({
      reason: 'day_closes.uncounted',
    })
    const destination = (await openDay()).goods.find(({ recorded }) => recorded > 0)?.destination
    const count = { businessDate: day, destination: destination ?? ('floor' as const), counted: 0 }
    expect(await refusalOf(dayCloses.count(count))).toMatchObject({
      reason: 'day_closes.difference_note',
    })
    await dayCloses.count({ ...count, note: '柜组先取走了' })
    await refund()
    expect(await refusalOf(dayCloses.close(input))).toMatchObject({
      reason: 'day_closes.ledger_changed',
    })
    const now = await closeInput()
    expect(await refusalOf(dayCloses.close(now))).toMatchObject({
      reason: 'day_closes.uncounted',
    })
    await countAll()
    expect(await refusalOf(dayCloses.close({ ...now, notes: [] }))).toMatchObject({
      reason: 'day_closes.note_missing',
    })
    const [lead, floor, duty] = signatures
    if (!lead || !floor || !duty) throw new Error('three people sign')
    const wrong: [typeof signatures, string][] = [
      [[lead, floor], 'signature_missing'],
      [[lead, { ...floor, ...managerSignature }, duty], 'same_signer'],
      [
        [{ ...lead, ...floorSignature }, { ...floor, ...clerkSignature }, duty],
        'signer_no_manager',
      ],
    ]
    for (const [signed, reason] of wrong) {
      expect(await refusalOf(dayCloses.close({ ...now, signatures: signed }))).toMatchObject({
        reason: `day_closes.${reason}`,
      })
    }
    const onPaper = [lead, ...[floor, duty].map((each) => ({ ...each, how: 'paper' as const }))]
    const paper = onPaper as unknown as typeof signatures
    expect(await refusalOf(dayCloses.close({ ...now, signatures: paper }))).toMatchObject({
      reason: 'day_closes.no_pin',
    })
    await dayCloses.close(now)
  })

  it('happens once: a second Enter gets the same close, a second person is told who and when', async () => {
    await complain()
    const input = await closeInput()
    const { dayCloses } = test.withRequestId('close-21')
    const [first, second] = await Promise.all([dayCloses.close(input), dayCloses.close(input)])
    expect(second).toEqual(first)
    expect(await refusalOf(test.manager.client.dayCloses.close(input))).toMatchObject({
      reason: 'day_closes.already_closed',
      params: { name: '赵敏', at: '2026-11-21 12:00' },
    })
  })

  it('refuses a day to come, takes a day with nothing on it, and earlier days go first', async () => {
    const { dayCloses } = test.clerk.client
    expect(await refusalOf(dayCloses.open({ businessDate: '2026-11-22' }))).toMatchObject({
      reason: 'day_closes.future_day',
    })
    expect((await openDay()).state).toBe('empty')
    await close()
    await test.setNow(nextNoon)
    await complain()
    await test.setNow('2026-11-23T04:00:00.000Z')
    await complain()
    const input = await closeInput('2026-11-23')
    expect(await refusalOf(test.clerk.client.dayCloses.close(input))).toMatchObject({
      reason: 'day_closes.earlier_open',
      params: { date: '2026-11-22' },
    })
    expect((await test.clerk.client.dayCloses.booking()).unclosed).toEqual(['2026-11-22'])
    await close('2026-11-22')
    await close('2026-11-23')
    expect(await test.clerk.client.dayCloses.verify()).toMatchObject({ ok: true, closes: 3 })
  })

  it('lets two people sign where the store says so', async () => {
    await test.manager.client.dayCloses.changeSettings({
      signers: 2,
      remindMinutes: 30,
      papers: [],
      version: 0,
    })
    await complain()
    const input = await closeInput()
    const two = [signatures[0], signatures[2]] as typeof signatures
    await test.clerk.client.dayCloses.close({ ...input, signatures: two })
    expect((await openDay()).signers).toBe(2)
  })
})

/** Milliseconds for several closes with their signatures, or a slip of every kind, on a busy machine. */
const DAYS_WORK = 60_000

describe('signing on the screen', () => {
  /** The floor manager and whoever else draws, as the pad makes it. */
  async function drawn(...drawings: (Uint8Array | null)[]) {
    const [, floor, duty] = signatures
    const input = await closeInput()
    const ways = await Promise.all(
      drawings.map(async (bytes) => {
        const file = bytes && (await keep(test.clerk.client, { name: '签字.png', bytes }))
        return { how: 'drawn' as const, pin: '', sha256: file?.sha256 ?? null }
      }),
    )
    const both = [floor, duty].map((each, at) => ({ ...each, ...ways[at] }))
    return { ...input, signatures: [signatures[0], ...both] as typeof input.signatures }
  }

  it('keeps the drawing by its hash in the book and prints it on the sheet', async () => {
    await complain()
    const input = await drawn(makeSignature())
    await test.clerk.client.dayCloses.close(input)
    const { signatures: signed, close: closed } = await openDay()
    const [, floor] = signed
    expect(floor).toMatchObject({ role: 'floor_manager', how: 'drawn', name: '周涛' })
    const hash = floor?.sha256 ?? ''
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(signed.filter(({ sha256 }) => sha256 === null)).toHaveLength(2)
    const audit = await test.desk.folder.store.read((r) =>
      r
        .selectFrom('audit_log')
        .select('data')
        .where('action', '=', 'day_closes.close')
        .executeTakeFirstOrThrow(),
    )
    expect(audit.data).toContain(hash)
    expect(closed?.version).toBe(1)
    const document = { document: 'day_close', businessDate: day } as const
    for (const format of ['A4', '80mm'] as const) {
      const sheet = await test.clerk.client.papers.preview({ ...document, format })
      const read = await readPdf(new Uint8Array(await sheet.pdf.arrayBuffer()))
      expect(read.text).toContain('屏幕签字')
    }
    expect(await test.clerk.client.dayCloses.verify()).toMatchObject({ ok: true })
  })

  it(
    'takes no empty pad, no drawing of two people and no close without a PIN',
    async () => {
      await complain()
      const { dayCloses } = test.clerk.client
      const one = makeSignature()
      const cases = [
        [await drawn(null), 'day_closes.signature_missing'],
        [
          await drawn(makePng({ width: 120, height: 40, isInk: () => false })),
          'attachments.signature_empty',
        ],
        [await drawn(one, one), 'day_closes.same_drawing'],
        [
          await drawn(one, makePng({ width: 90, height: 40, isInk: (x, y) => y === x % 30 })),
          'day_closes.no_pin',
        ],
      ] as const
      for (const [input, reason] of cases) {
        expect(await refusalOf(dayCloses.close(input))).toMatchObject({ reason })
      }
    },
    DAYS_WORK,
  )
})

describe('what is behind a count', () => {
  it('is the slips of the ledger, void and late ones marked, also once the day is closed', async () => {
    const { number, id } = await refund()
    await complain()
    const of = () => test.clerk.client.dayCloses.slips({ businessDate: day, kind: 'refund' })
    expect(await of()).toMatchObject([{ number, amount: 10_000, isVoid: false, isLate: false }])
    const { refunds } = test.manager.client
    const { version } = await refunds.open({ refundId: id })
    await refunds.void({ refundId: id, reason: '录错了', version })
    expect((await of()).map(({ isVoid }) => isVoid)).toEqual([false, true])
    await close()
    expect((await of()).map((each) => each.number)).toEqual([number, number])
    const { slips } = await openDay()
    expect(slips.find(({ kind }) => kind === 'refund')).toMatchObject({ count: 1, voided: 1 })
  })
})

describe('what is written after the close', () => {
  it('is booked on the next day, said on the day, and the right goes by the true date', async () => {
    await refund()
    await test.setNow(evening)
    await close()
    expect(await test.clerk.client.dayCloses.booking()).toMatchObject({
      today: day,
      bookedOn: '2026-11-22',
    })
    const late = {
      complaint: await complain(),
      refund: await refund(),
      card: await test.clerk.client.cards.issue({
        receiptId: sale.id,
        paperLanguage: 'zh',
        consumer: { name: '王小明', phone: '13812345521', address: '', postcode: '' },
        units: [
          {
            saleLineId: sale.lineIds[0] ?? 0,
            unitNo: 3,
            brand: '',
            model: '',
            name: '羊毛衫',
            serialNo: '',
            batchNo: '',
            origin: '',
            installedOn: null,
            unitMonths: 12,
            partMonths: null,
            mainParts: '',
            provider: 'store',
            providerName: '',
            providerPhone: '',
            scope: '',
            costBearer: 'store',
          },
        ],
      }),
    }
    const numbers = Object.values(late).map(({ number }) => number)
    expect(numbers.every((number) => number.includes('-261122-'))).toBe(true)
    const next = await test.desk.folder.store.read((r) =>
      r.selectFrom('rights_verdict').select('business_date').execute(),
    )
    expect(new Set(next.map((row) => row.business_date))).toEqual(new Set([day]))
    const slip = await test.manager.client.papers.preview({
      document: 'refund_slip',
      refundId: late.refund.id,
      format: '80mm',
    })
    const { text } = await readPdf(new Uint8Array(await slip.pdf.arrayBuffer()))
    expect(text.replaceAll(/\s/g, '')).toContain('补记：2026-11-21已日结，本单记入2026-11-22')
    await test.setNow(nextNoon)
    const shown = await openDay('2026-11-22')
    expect(shown.late.map((each) => each.number).toSorted()).toEqual(numbers.toSorted())
    expect(shown.late.every(({ on }) => on === day)).toBe(true)
    expect(await test.clerk.client.dayCloses.verify()).toMatchObject({ ok: true })
    await close('2026-11-22')
    const days = await test.clerk.client.dayCloses.days()
    expect(
      days.map(({ businessDate, state, late: count }) => [businessDate, state, count]),
    ).toEqual([
      ['2026-11-22', 'closed', 3],
      [day, 'closed', 0],
    ])
  })
})

describe('every other kind of entry after the close', () => {
  it(
    'is booked on the next day under its number, and the closed day stays as it was signed',
    async () => {
      const coats = await stock(
        test,
        { sku: 'COAT-M', name: '羊毛大衣 M', listPrice: 25_000 },
        { sku: 'COAT-L', name: '羊毛大衣 L', listPrice: 25_000 },
      )
      const coat = { name: '羊毛大衣 M', product_id: coats['COAT-M'] ?? null, sku: 'COAT-M' }
      const sell = (receiptNo: string) =>
        sellFor(
          test,
          receiptNo,
          [{ ...coat, list_amount: 30_000, paid_amount: 30_000 }],
          [['cash', 30_000]],
        )
      const swapped = await sell('LATE-1')
      const cheaper = await sell('LATE-2')
      await test.write((w) => promisePriceDrop(w, test.manager.id))
      const repairs = await openRepairDesk(test)
      await complain()
      await test.setNow(evening)
      await close()
      const before = await openDay()

      const exchange = await recordExchange(test, {
        receiptId: swapped.receiptId,
        reason: 'size',
        lines: [
          {
            saleLineId: swapped.lineIds[0] ?? 0,
            units: 1,
            condition: 'opened',
            packagingIntact: true,
          },
        ],
        given: [{ productId: coats['COAT-L'] ?? 0 }],
      })
      const repair = await repairs.takeIn([repairs.sold(1)])
      const voucher = await test.manager.client.vouchers.issueGoodwill({
        amount: 5_000,
        what: '久等致歉',
        holder: null,
        toWhom: '穿红衣的顾客',
      })
      const ask = {
        receiptId: cheaper.receiptId,
        reason: 'price' as const,
        allowances: [{ saleLineId: cheaper.lineIds[0] ?? 0, units: 1, amount: 5_000 }],
      }
      const adjusted = await test.manager.client.refunds.record({ ...ask, expectedAmount: 5_000 })
      const numbers = [exchange, repair, voucher, adjusted].map(({ number }) => number)
      for (const number of numbers) expect(number).toContain('-261122-')

      // What a till sold is the till's: it lands on its own day, and is no entry of the desk's.
      const till = `小票号,销售日期,商品编码,商品名称,数量,单价,实收金额,支付方式\nLATE-TILL,2026-11-21 21:50:00,690001,羊毛袜,1,30.00,30.00,微信\n`
      expect(await importText(test.manager.client, till)).toMatchObject({ state: 'finished' })
      const found = await test.clerk.client.sales.find({ text: 'LATE-TILL' })
      expect(found.exact).toMatchObject({ label: 'LATE-TILL' })

      const after = await openDay()
      expect([after.lines, after.ledgerHash, after.slips]).toEqual([
        before.lines,
        before.ledgerHash,
        before.slips,
      ])
      await test.setNow(nextNoon)
      const { late } = await openDay('2026-11-22')
      expect(late.map(({ number }) => number)).toEqual(expect.arrayContaining(numbers))
      expect(late.every(({ on }) => on === day)).toBe(true)
      expect(await test.clerk.client.dayCloses.verify()).toMatchObject({ ok: true })
    },
    DAYS_WORK,
  )
})

describe('reopening', () => {
  it('is the store manager’s, keeps the old close, and the next one is its second version', async () => {
    await complain()
    const { hash } = await close()
    const ask = { businessDate: day, version: 1, reason: '点数写错了' }
    expect(await refusalOf(test.clerk.client.dayCloses.reopen(ask))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    await test.manager.client.dayCloses.reopen(ask)
    expect(await openDay()).toMatchObject({ state: 'reopened', close: null })
    expect((await test.clerk.client.dayCloses.booking()).bookedOn).toBe(day)
    await complain()
    await close()
    const { versions } = await openDay()
    expect(versions.map((each) => [each.version, each.reopened?.reason ?? null])).toEqual([
      [2, null],
      [1, '点数写错了'],
    ])
    expect(versions[1]?.hash).toBe(hash)
    expect(await test.clerk.client.dayCloses.verify()).toEqual({
      ok: true,
      closes: 2,
      faults: [],
    })
    expect(await refusalOf(test.manager.client.dayCloses.reopen(ask))).toMatchObject({
      reason: 'desk.changed_meanwhile',
    })
  })
})

describe('what the desk does by itself', () => {
  const alertsOfDay = async () =>
    (await test.manager.client.alerts.list({ state: 'open' })).rows
      .filter(({ subject }) => subject.type === 'day')
      .map(({ kind, params }) => [kind, params['businessDate']])

  const settle = (papers: ('day_report' | 'day_close')[] = []) =>
    test.manager.client.dayCloses.changeSettings({
      signers: 3,
      remindMinutes: 30,
      papers,
      version: 0,
    })

  it('reminds shortly before closing time and the next morning, once, until the day is closed', async () => {
    await complain()
    // Ten minutes before 22:00; nobody is asked where nobody closes days.
    await test.setNow('2026-11-21T13:50:00.000Z')
    await test.desk.tick()
    expect(await alertsOfDay()).toEqual([])
    await settle()
    await test.setNow('2026-11-21T13:20:00.000Z')
    await test.desk.tick()
    expect(await alertsOfDay()).toEqual([])
    await test.setNow('2026-11-21T13:50:00.000Z')
    await test.desk.tick()
    await test.desk.tick()
    expect(await alertsOfDay()).toEqual([
      ['day_not_closed', day],
      ['day_not_closed', day],
    ])
    expect((await test.clerk.client.dayCloses.booking()).due).toBe(true)
    await close()
    expect(await alertsOfDay()).toEqual([])
    await test.setNow(nextNoon)
    await complain()
    // At midnight nobody is told anything.
    await test.setNow('2026-11-22T20:30:00.000Z')
    await test.desk.tick()
    expect(await alertsOfDay()).toEqual([])
    await test.setNow('2026-11-23T02:30:00.000Z')
    await test.desk.tick()
    expect((await alertsOfDay()).map(([kind]) => kind)).toEqual([
      'yesterday_not_closed',
      'yesterday_not_closed',
    ])
  })

  it('makes the papers of closing time once, and asks where it was off', async () => {
    await settle(['day_report', 'day_close'])
    await complain()
    const folder = path.join(test.dir, 'closing-papers')
    await test.setNow('2026-11-21T13:59:00.000Z')
    await test.desk.tick()
    expect(existsSync(folder)).toBe(false)
    await test.setNow('2026-11-21T14:01:00.000Z')
    await test.desk.tick()
    expect(readdirSync(folder).toSorted()).toEqual([
      'day-close-2026-11-21-A4.pdf',
      'day-report-2026-11-21-A4.pdf',
    ])
    await test.desk.tick()
    const made = await test.desk.folder.store.read((r) =>
      r.selectFrom('print_record').select('copy_no').execute(),
    )
    expect(made).toHaveLength(2)
    await test.setNow(nextNoon)
    await complain()
    await test.setNow('2026-11-23T04:00:00.000Z')
    await test.desk.tick()
    expect(await alertsOfDay()).toContainEqual(['closing_papers_missed', '2026-11-22'])
    expect(readdirSync(folder)).toHaveLength(2)
  })
})

describe('the database', () => {
  it('guards every table that has a business date, or says why it need not', async () => {
    const db = openSqlite(test.desk.folder.store.file, { readonly: true, busyTimeoutMs: 0 })
    const dated = db
      .prepare(
        `SELECT DISTINCT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
         WHERE m.type = 'table' AND c.name = 'business_date' ORDER BY m.name`,
      )
      .pluck()
      .all() as string[]
    const guards = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'closed_*'")
      .pluck()
      .all() as string[]
    db.close()
    expect(dated.filter((table) => !(table in ledgerTables)).toSorted()).toEqual(notOfTheLedger)
    for (const table of [...Object.keys(ledgerTables), ...Object.keys(ledgerLines)]) {
      for (const step of ['insert', 'update', 'delete']) {
        expect(guards).toContain(`closed_${table}_${step}`)
      }
    }
  })

  it('refuses rows that are dated into a closed day, moved, changed or taken out of it', async () => {
    const { id } = await refund()
    await complain()
    await close()
    const refused = { reason: 'day_closes.day_is_closed' }
    const doors = [
      test.write((w) => w.updateTable('refund').set({ amount: 1 }).where('id', '=', id).execute()),
      test.write((w) =>
        w.updateTable('refund').set({ business_date: '2026-11-22' }).where('id', '=', id).execute(),
      ),
      test.write((w) =>
        w.updateTable('refund_line').set({ units: 9 }).where('refund_id', '=', id).execute(),
      ),
      test.write((w) => w.deleteFrom('refund_tender').where('refund_id', '=', id).execute()),
      test.write((w) => w.updateTable('refund').set({ voided_on: day }).execute()),
      test.write((w) =>
        w
          .insertInto('goodwill_entry')
          .values({
            at: noon,
            business_date: day,
            operator_id: test.clerk.id,
            amount: 100,
            currency: 'CNY',
            what: '购物袋',
            case_id: null,
            approval_id: null,
          })
          .execute(),
      ),
      test.write((w) =>
        w
          .insertInto('day_count')
          .values({
            desk_no: '0312',
            business_date: day,
            destination: 'floor',
            recorded: 1,
            counted: 1,
            counted_at: noon,
            counted_by: test.clerk.id,
          })
          .execute(),
      ),
    ]
    for (const door of doors) await expect(door).rejects.toMatchObject(refused)
  })

  it('has a row that was altered behind its back found, with its number', async () => {
    const { number, id } = await refund()
    await close()
    const { file } = test.desk.folder.store
    const alter = (sql: string) => {
      const db = openSqlite(file, { readonly: false, busyTimeoutMs: 1_000 })
      db.exec(sql)
      db.close()
    }
    alter(
      `DROP TRIGGER closed_refund_tender_update; DROP TRIGGER refund_tender_no_update;
       UPDATE refund_tender SET amount = amount - 100 WHERE refund_id = ${id}`,
    )
    expect(await test.clerk.client.dayCloses.verify()).toEqual({
      ok: false,
      closes: 1,
      faults: [{ businessDate: day, version: 1, fault: 'ledger', numbers: [number] }],
    })
  })
})

/** Dated, but no entry of a desk's day: what a till sold, plans, decisions by their own day, notes and exports. */
const notOfTheLedger: string[] = [
  'apology_letter',
  'attachment',
  'case_file',
  'closing_print',
  'corrective_action',
  'customer_effort',
  'customer_erasure',
  'customer_note',
  'day_close',
  'day_count',
  // The report of a closed day keeps it.
  'day_note',
  'document_counter',
  'duty_roster',
  'evidence_pack',
  'followup_try',
  'handover_waiver',
  'incident',
  'lesson',
  'pos_export',
  'proof_set',
  'radar_alert',
  'receipt',
  'receipt_by_amount',
  'receipt_by_tail',
  'repair_reminder',
  'rights_verdict',
  'sale_stop',
  'settlement',
  'shift_diary',
  'shift_handover',
  'top_decision',
  'vendor_claim_event',
]
