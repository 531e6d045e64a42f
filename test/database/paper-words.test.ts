import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../documents/support/read-pdf.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { openHouse } from '../support/open-house.ts'
import { addReceipt } from '../support/sold.ts'

let test: TestDesk

beforeAll(async () => {
  test = await openTestDesk()
  await test.write(openHouse)
})
afterAll(() => test.close())

const thanks = { zh: '营业时间 10:00–22:00\n谢谢光临', en: 'Open 10 to 10' }

function change(words: { zh: string; en: string; version?: number }) {
  return test.manager.client.papers.changeWords({ place: 'refund_slip', version: 0, ...words })
}

let slips = 0

async function printedSlip(): Promise<string> {
  const { id, lineIds } = await test.write((w) =>
    addReceipt(w, {
      receiptNo: `W-${(slips += 1)}`,
      lines: [{ name: '电水壶', paid_amount: 9_900 }],
    }),
  )
  const { client } = test.clerk
  const refund = await client.refunds.record({
    receiptId: id,
    reason: 'quality',
    expectedAmount: 9_900,
    lines: [{ saleLineId: lineIds[0] ?? 0, units: 1, condition: 'faulty', packagingIntact: true }],
  })
  const { pdf } = await client.papers.print({
    document: 'refund_slip',
    refundId: refund.id,
    format: '80mm',
  })
  const { text } = await readPdf(new Uint8Array(await pdf.arrayBuffer()))
  return text
}

describe("the store's own words", () => {
  it('are printed from the next paper on, in the language of the paper', async () => {
    expect(await printedSlip()).not.toContain('谢谢光临')
    expect(await change(thanks)).toEqual({ version: 1 })
    const text = await printedSlip()
    expect(text).toContain('谢谢光临')
    expect(text).not.toContain('Open 10 to 10')
    const words = await test.clerk.client.papers.words()
    expect(words.map((each) => [each.place, each.version])).toEqual([
      ['card', 0],
      ['refund_slip', 1],
      ['exchange_slip', 0],
      ['handover_form', 0],
      ['repair_sheet', 0],
      ['repair_stub', 0],
      ['repair_record', 0],
      ['voucher', 0],
      ['refusal_slip', 0],
    ])
  })

  it('are refused where law forbids them, in either language, and nothing changes', async () => {
    for (const [words, reason] of [
      [{ zh: '特价商品概不退换', en: '' }, 'papers.unfair_rights'],
      [{ zh: '', en: 'No refunds.' }, 'papers.unfair_rights'],
      [{ zh: '最终解释权归本店', en: '' }, 'papers.unfair_interpretation'],
    ] as const) {
      expect(await refusalOf(change({ ...words, version: 1 }))).toMatchObject({ reason })
    }
    expect((await test.clerk.client.papers.words())[1]).toMatchObject(thanks)
  })

  it('are changed by a store manager only, and by one at a time', async () => {
    const asClerk = test.clerk.client.papers.changeWords({
      place: 'card',
      zh: '你好',
      en: '',
      version: 0,
    })
    expect(await refusalOf(asClerk)).toMatchObject({ reason: 'staff.not_allowed' })
    expect(await refusalOf(change({ ...thanks, version: 0 }))).toMatchObject({
      reason: 'desk.changed_meanwhile',
    })
  })
})
