import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deskNow, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { openHouse } from '../support/open-house.ts'
import { importText } from '../support/till-import.ts'

let test: TestDesk

beforeAll(async () => {
  test = await openTestDesk()
  await test.write(openHouse)
})
afterAll(() => test.close())
beforeEach(() => test.setNow(deskNow))

const header = '小票号,销售日期,销售时间,收银机号,货号,品名,数量,实收金额,收款方式,原小票号,备注'

interface TillRow {
  no: string
  at?: string
  till?: string
  sku?: string
  qty?: number
  paid: number
  tender?: string
  original?: string
  note?: string
}

/** What the till's file says, as the store's own import reads it. */
function imported(...rows: TillRow[]) {
  const lines = rows.map((row) =>
    [
      row.no,
      (row.at ?? '2026-11-21 14:30').slice(0, 10),
      (row.at ?? '2026-11-21 14:30').slice(11),
      row.till ?? '01',
      row.sku ?? 'J1',
      '羊毛衫',
      row.qty ?? 1,
      row.paid.toFixed(2),
      row.tender ?? '微信',
      row.original ?? '',
      row.note ?? '',
    ].join(','),
  )
  return importText(test.system, `${[header, ...lines].join('\n')}\n`)
}

let sales = 0

/** A sale of so many jumpers at 100.00, from the till's file. */
async function sell(units = 1, tender = '微信') {
  sales += 1
  const no = `S${String(sales).padStart(4, '0')}`
  await imported({ no, at: '2026-11-20 10:00', qty: units, paid: units * 100, tender })
  const { exact } = await test.clerk.client.sales.find({ text: no })
  const receiptId = exact?.id ?? 0
  const sale = await test.clerk.client.sales.open({ receiptId })
  return { no, receiptId, lineId: sale.lines[0]?.id ?? 0 }
}

type Sale = Awaited<ReturnType<typeof sell>>

async function refund(sale: Sale, units = 1) {
  const done = await test.clerk.client.refunds.record({
    receiptId: sale.receiptId,
    reason: 'size',
    expectedAmount: units * 10_000,
    lines: [{ saleLineId: sale.lineId, units, condition: 'sealed', packagingIntact: true }],
  })
  return test.clerk.client.refunds.open({ refundId: done.id })
}

const openRefund = (refundId: number) => test.clerk.client.refunds.open({ refundId })

async function unitsOf(sale: Sale) {
  const { lines } = await test.clerk.client.sales.open({ receiptId: sale.receiptId })
  return lines[0]?.returned.map(({ unitNo, by }) => [unitNo, by])
}

const days = { from: '2026-11-20', to: '2026-11-28' }
const list = () => test.clerk.client.posInstructions.reconcile(days)

async function receiptIdOf(no: string): Promise<number> {
  const row = await test.desk.folder.store.read((r) =>
    r.selectFrom('receipt').select('id').where('receipt_no', '=', no).executeTakeFirstOrThrow(),
  )
  return row.id
}

describe('recording a refund', () => {
  it('tells the POS what to pay, with a number of its own', async () => {
    const slip = await refund(await sell())
    expect(slip.instructions).toEqual([
      expect.objectContaining({
        number: expect.stringMatching(/^ZF-0312-261121-\d{4}-.$/) as string,
        direction: 'pay_out',
        amount: 10_000,
        state: 'pending',
        posNumber: null,
      }),
    ])
    const [told] = slip.instructions
    const opened = await test.clerk.client.posInstructions.open({ number: told?.number ?? '' })
    expect(opened.events.map(({ action, state }) => [action, state])).toEqual([
      ['raise', 'pending'],
    ])
    expect(opened.source).toEqual({ type: 'refund', id: slip.id, number: slip.number })
  })

  it('takes it back when the refund is void', async () => {
    const slip = await refund(await sell())
    await test.manager.client.refunds.void({
      refundId: slip.id,
      reason: '登记错了',
      version: slip.version,
    })
    expect((await openRefund(slip.id)).instructions).toEqual([
      expect.objectContaining({ state: 'cancelled', cancelReason: '登记错了' }),
    ])
  })
})

describe('an import', () => {
  it('matches by the sale, the amount and the tender, and takes no second unit', async () => {
    const sale = await sell(2)
    const slip = await refund(sale)
    await imported({ no: 'R0001', qty: -1, paid: -100, original: sale.no })
    const after = await openRefund(slip.id)
    expect(after.instructions).toEqual([
      expect.objectContaining({ state: 'settled', posNumber: 'R0001', settledOn: '2026-11-21' }),
    ])
    expect(await unitsOf(sale)).toEqual([[1, 'desk']])
    const quote = await test.clerk.client.refunds.preview({
      receiptId: sale.receiptId,
      lines: [{ saleLineId: sale.lineId, units: 1 }],
    })
    expect(quote).toMatchObject({ amount: 10_000, tenders: [{ kind: 'wechat', amount: 10_000 }] })
    const opened = await test.clerk.client.posInstructions.open({
      number: after.instructions[0]?.number ?? '',
    })
    expect(opened.settlement?.why).toEqual(['original', 'amount', 'tender', 'goods', 'date'])
  })

  it('matches by the number the cashier scanned, whichever sale the till wrote', async () => {
    const sale = await sell()
    const slip = await refund(sale)
    const number = slip.instructions[0]?.number ?? ''
    await imported({ no: 'R0002', qty: -1, paid: -100, note: `退款 ${number.replaceAll('-', '')}` })
    expect((await openRefund(slip.id)).instructions[0]).toMatchObject({
      state: 'settled',
      posNumber: 'R0002',
    })
  })

  it('matches by the slip scanned for the old number', async () => {
    const sale = await sell()
    const slip = await refund(sale)
    await imported({ no: 'R0003', qty: -1, paid: -100, original: slip.number })
    expect((await openRefund(slip.id)).instructions[0]).toMatchObject({
      state: 'settled',
      posNumber: 'R0003',
    })
    expect(await unitsOf(sale)).toEqual([[1, 'desk']])
  })

  it('leaves what names a refund but is another amount to a person', async () => {
    const slip = await refund(await sell())
    await imported({ no: 'R0004', qty: -1, paid: -90, note: slip.number })
    expect((await openRefund(slip.id)).instructions[0]).toMatchObject({ state: 'ambiguous' })
    const { desk, candidates } = await list()
    const told = desk.find((each) => each.source.id === slip.id)
    expect(told?.doubt).toBe('amount_differs')
    expect(candidates.filter((each) => each.instructionId === told?.id)).toEqual([
      expect.objectContaining({ grounds: expect.arrayContaining(['amount_differs']) as string[] }),
    ])
  })

  it('never chooses between neighbours of the same amount, and shows both', async () => {
    const sale = await sell(3)
    const first = await refund(sale)
    const second = await refund(sale)
    await imported(
      { no: 'R0005', at: '2026-11-21 15:00', qty: -1, paid: -100, original: sale.no },
      { no: 'R0006', at: '2026-11-21 15:10', qty: -1, paid: -100, original: sale.no },
    )
    const [a] = (await openRefund(first.id)).instructions
    const [b] = (await openRefund(second.id)).instructions
    expect([a?.state, b?.state]).toEqual(['ambiguous', 'ambiguous'])
    const { candidates } = await list()
    expect(candidates.filter((each) => each.instructionId === a?.id)).toHaveLength(2)

    // A person says which; the other can then be only one.
    await test.clerk.client.posInstructions.matchByHand({
      instructions: [{ id: a?.id ?? 0, version: a?.version ?? 0 }],
      receiptId: await receiptIdOf('R0006'),
      reason: '收银员确认',
    })
    expect((await openRefund(first.id)).instructions[0]).toMatchObject({ posNumber: 'R0006' })
    expect((await openRefund(second.id)).instructions[0]).toMatchObject({ posNumber: 'R0005' })
    expect(await unitsOf(sale)).toEqual([
      [1, 'desk'],
      [2, 'desk'],
    ])
  })

  it('takes what the till gave back before the desk knew for no answer', async () => {
    const sale = await sell(2)
    await imported({ no: 'R0007', at: '2026-11-21 09:00', qty: -1, paid: -100, original: sale.no })
    await test.setNow('2026-11-21T07:00:00.000Z')
    const slip = await test.clerk.client.refunds.record({
      receiptId: sale.receiptId,
      reason: 'size',
      expectedAmount: 10_000,
      tillReturnsSeen: [await receiptIdOf('R0007')],
      lines: [{ saleLineId: sale.lineId, units: 1, condition: 'sealed', packagingIntact: true }],
    })
    await imported({ no: 'X0007', qty: 1, paid: 5 })
    expect((await openRefund(slip.id)).instructions[0]).toMatchObject({ state: 'pending' })
    expect(await unitsOf(sale)).toEqual([
      [1, 'pos'],
      [2, 'desk'],
    ])
  })

  it('matches each tender with the slip that paid it', async () => {
    const sale = await sell(1, '现金 40.00 + 支付宝 60.00')
    const slip = await refund(sale)
    expect(slip.instructions.map(({ tender, amount }) => [tender.kind, amount])).toEqual([
      ['cash', 4_000],
      ['alipay', 6_000],
    ])
    await imported({ no: 'R0008', qty: -1, paid: -40, tender: '现金', original: sale.no })
    expect((await openRefund(slip.id)).instructions.map(({ state }) => state)).toEqual([
      'settled',
      'pending',
    ])
    await imported({ no: 'R0009', qty: -1, paid: -60, tender: '支付宝', original: sale.no })
    expect((await openRefund(slip.id)).instructions.map(({ posNumber }) => posNumber)).toEqual([
      'R0008',
      'R0009',
    ])
  })
})

describe('the number of the POS', () => {
  const settle = (slip: Awaited<ReturnType<typeof refund>>, posNumber: string, more = {}) =>
    test.clerk.client.posInstructions.settleByNumber({
      instructions: slip.instructions.map(({ id, version }) => ({ id, version })),
      posNumber,
      date: '2026-11-21',
      ...more,
    })

  it('settles at once and is tied to its receipt when an import brings it', async () => {
    const sale = await sell(2)
    const slip = await refund(sale)
    await settle(slip, 'ＰＯＳ-9001')
    expect((await openRefund(slip.id)).instructions[0]).toMatchObject({
      state: 'settled',
      posNumber: 'POS-9001',
    })
    await imported({ no: 'POS9001', qty: -1, paid: -100, original: sale.no })
    const opened = await test.clerk.client.posInstructions.open({
      number: slip.instructions[0]?.number ?? '',
    })
    expect(opened.settlement).toMatchObject({ how: 'typed', posAmount: 10_000 })
    expect(opened.events.map(({ action }) => action)).toEqual(['raise', 'settle', 'confirm'])
    expect(await unitsOf(sale)).toEqual([[1, 'desk']])
  })

  it('cannot stand for two refunds, and says which has it', async () => {
    const first = await refund(await sell())
    const second = await refund(await sell())
    await settle(first, '9002')
    expect(await refusalOf(settle(second, '9002'))).toMatchObject({
      reason: 'instructions.number_used',
      params: { posNumber: '9002', number: first.instructions[0]?.number },
    })
    expect(await refusalOf(settle(second, second.number))).toMatchObject({
      reason: 'instructions.own_number',
    })
    expect(await refusalOf(settle(second, '-'))).toMatchObject({
      reason: 'instructions.bad_number',
    })
  })

  it('pays two refunds on one receipt by hand: a share each, undone together', async () => {
    const [one, two] = [await sell(), await sell(2)]
    const first = await refund(one)
    const second = await refund(two, 2)
    await imported({ no: '9010', qty: -3, paid: -300 })
    const receiptId = await receiptIdOf('9010')
    const seen = [...first.instructions, ...second.instructions].map(({ id, version }) => ({
      id,
      version,
    }))
    const { posInstructions } = test.manager.client
    const asked = { instructions: seen, receiptId, reason: '收银员合并退款' }
    expect(await refusalOf(test.clerk.client.posInstructions.shareByHand(asked))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    expect(await refusalOf(posInstructions.matchByHand(asked))).toMatchObject({
      reason: 'instructions.several_papers',
    })
    const third = await refund(await sell())
    const [extra] = third.instructions
    const more = [...seen, { id: extra?.id ?? 0, version: extra?.version ?? 0 }]
    expect(
      await refusalOf(posInstructions.shareByHand({ ...asked, instructions: more })),
    ).toMatchObject({ reason: 'instructions.shares_differ' })
    await posInstructions.shareByHand(asked)
    for (const slip of [first, second]) {
      const { instructions } = await openRefund(slip.id)
      expect(instructions).toMatchObject([{ state: 'settled', posNumber: '9010' }])
    }
    const { settled, differing, till } = await list()
    const shares = settled.filter(({ posNumber }) => posNumber === '9010')
    expect(new Set(shares.map(({ posAmount }) => posAmount))).toEqual(new Set([10_000, 20_000]))
    expect(differing.filter(({ posNumber }) => posNumber === '9010')).toEqual([])
    expect(till.filter(({ receiptNo }) => receiptNo === '9010')).toEqual([])
    expect(await unitsOf(two)).toEqual([
      [1, 'desk'],
      [2, 'desk'],
    ])
    // The matching leaves it as it is, whatever else comes in.
    await posInstructions.match()
    await posInstructions.undo({ settlementId: shares[1]?.id ?? 0, reason: '分错了' })
    for (const slip of [first, second]) {
      const { instructions } = await openRefund(slip.id)
      expect(instructions.map(({ state }) => state)).not.toContain('settled')
    }
    expect((await list()).till.map(({ receiptNo }) => receiptNo)).toContain('9010')
  })

  it('of another amount needs a manager and a reason', async () => {
    const sale = await sell()
    const slip = await refund(sale)
    await imported({ no: '9003', qty: -1, paid: -80 })
    expect(await refusalOf(settle(slip, '9003'))).toMatchObject({
      reason: 'instructions.amount_differs',
    })
    const asked = {
      instructions: slip.instructions.map(({ id, version }) => ({ id, version })),
      posNumber: '9003',
      date: '2026-11-21',
    }
    expect(
      await refusalOf(test.manager.client.posInstructions.settleByNumber(asked)),
    ).toMatchObject({ reason: 'instructions.amount_differs' })
    await test.manager.client.posInstructions.settleByNumber({ ...asked, reason: '少付 20 元另补' })
    const { differing } = await list()
    expect(differing).toEqual([expect.objectContaining({ posNumber: '9003', posAmount: 8_000 })])
  })

  it('keeps a paid refund from being void until the match is undone', async () => {
    const sale = await sell(2)
    const slip = await refund(sale)
    await imported({ no: 'R0010', qty: -1, paid: -100, original: sale.no })
    const undoing = { refundId: slip.id, reason: '登记错了', version: slip.version }
    expect(await refusalOf(test.manager.client.refunds.void(undoing))).toMatchObject({
      reason: 'instructions.already_settled',
    })
    const { settled } = await list()
    const made = settled.find(({ posNumber }) => posNumber === 'R0010')
    const undo = { settlementId: made?.id ?? 0, reason: '不是这一笔' }
    expect(await refusalOf(test.clerk.client.posInstructions.undo(undo))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    await test.manager.client.posInstructions.undo(undo)
    // The till's return stands for itself again, and the two are not put together by themselves.
    expect(await unitsOf(sale)).toEqual([
      [1, 'desk'],
      [2, 'pos'],
    ])
    await test.clerk.client.posInstructions.match()
    expect((await openRefund(slip.id)).instructions[0]).toMatchObject({ state: 'pending' })
    await test.manager.client.refunds.void(undoing)
    expect(await unitsOf(sale)).toEqual([[2, 'pos']])
  })
})

describe('the list', () => {
  it('shows both sides by day and tender, with sums that come out', async () => {
    const { desk, till, totals } = await list()
    for (const side of ['desk', 'till'] as const) {
      const sum = totals
        .filter((each) => each.side === side)
        .reduce((all, each) => all + each.amount, 0)
      const rows: { amount: number }[] = side === 'desk' ? desk : till
      expect(sum).toBe(rows.reduce((all, each) => all + each.amount, 0))
    }
    const waiting = await test.clerk.client.posInstructions.pending()
    expect(waiting.count).toBe(desk.length)
    expect(waiting.payOut).toBe(desk.reduce((sum, each) => sum + each.amount, 0))
  })

  it('cancels what the POS will not pay, with a reason', async () => {
    const slip = await refund(await sell())
    const [told] = slip.instructions
    const asked = {
      instruction: { id: told?.id ?? 0, version: told?.version ?? 0 },
      reason: '顾客不要了',
    }
    expect(await refusalOf(test.clerk.client.posInstructions.cancel(asked))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    await test.manager.client.posInstructions.cancel(asked)
    expect((await openRefund(slip.id)).instructions[0]).toMatchObject({ state: 'cancelled' })
  })
})

describe('the files', () => {
  const order = { businessDate: '2026-11-21', format: 'csv' as const }

  it('can be saved anywhere, whole each time', async () => {
    const { fileName, rows, content } = await test.clerk.client.posInstructions.file(order)
    expect(fileName).toBe('pos-instructions-0312-20261121.csv')
    const text = Buffer.from(await content.arrayBuffer()).toString()
    expect(text.startsWith('\ufeffformat,number,barcode,')).toBe(true)
    expect(text.trim().split('\r\n')).toHaveLength(rows + 1)
    const json = await test.clerk.client.posInstructions.file({ ...order, format: 'json' })
    const parsed = JSON.parse(await json.content.text()) as Record<string, unknown>
    expect(parsed).toMatchObject({
      format: 'goodwill-desk.pos-instructions',
      version: 1,
      businessDate: '2026-11-21',
      store: { desk: '0312' },
    })
    const unmatched = await test.clerk.client.posInstructions.file({ ...order, what: 'unmatched' })
    expect(unmatched.fileName).toBe('pos-unmatched-0312-20261121.csv')
  })

  it('go into the folder of the POS one after another, whole or not at all', async () => {
    const { client } = test.manager
    expect(await refusalOf(client.posInstructions.exportToFolder(order))).toMatchObject({
      reason: 'instructions.no_folder',
    })
    const folder = path.join(test.dir, 'to-the-pos')
    const settings = { exportFolder: folder, windowDays: 7, version: 0 }
    expect(await refusalOf(client.posInstructions.changeSettings(settings))).toMatchObject({
      reason: 'instructions.folder_missing',
    })
    mkdirSync(folder)
    await client.posInstructions.changeSettings(settings)
    const first = await client.posInstructions.exportToFolder(order)
    const second = await client.posInstructions.exportToFolder(order)
    expect([first.sequence, second.sequence]).toEqual([1, 2])
    expect(readdirSync(folder)).toEqual([
      'pos-instructions-0312-20261121-001.csv',
      'pos-instructions-0312-20261121-002.csv',
    ])
    const bytes = readFileSync(path.join(folder, second.fileName), 'utf8')
    expect(bytes).toContain('ZF-0312-261121-0001')
    rmSync(folder, { recursive: true })
    expect(await refusalOf(client.posInstructions.exportToFolder(order))).toMatchObject({
      reason: 'instructions.folder_missing',
    })
    mkdirSync(folder)
    expect((await client.posInstructions.exportToFolder(order)).sequence).toBe(3)
    expect((await client.posInstructions.exports()).map(({ sequence }) => sequence)).toEqual([
      3, 2, 1,
    ])
  })
})
