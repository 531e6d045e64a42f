import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../documents/support/read-pdf.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { openHouse } from '../support/open-house.ts'
import { openRepairDesk, type RepairDesk } from '../support/repair-desk.ts'

let test: TestDesk
let repairs: RepairDesk

beforeAll(async () => {
  test = await openTestDesk()
  await test.write(openHouse)
  repairs = await openRepairDesk(test)
})
afterAll(() => test.close())

type Asked = Parameters<TestDesk['clerk']['client']['papers']['print']>[0]

async function printed(paper: Asked): Promise<string> {
  const { pdf } = await test.clerk.client.papers.print(paper)
  return (await readPdf(new Uint8Array(await pdf.arrayBuffer()))).text
}

const complain = (ownerId: number, text: string, dueAt: string) =>
  test.clerk.client.complaints.record({
    class: 'service',
    text,
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '2F',
      counter: '女装',
    },
    contact: { name: '欧阳静怡', phone: '13812345678' },
    details: { demand: 'apology', mode: 'phone', severity: 'serious', desired: '当面道歉' },
    outcome: { kind: 'open', ownerId, promise: { text: `回电：${text}`, dueAt } },
  })

describe('the complaint form', () => {
  it('says what is known, ticked and in words, and leaves the rest to a pen', async () => {
    const { id, number } = await complain(test.clerk.id, '排队四十分钟', '2026-11-21T09:00:00.000Z')
    const text = await printed({ document: 'complaint_form', complaintId: id })
    for (const words of [
      number,
      '欧阳静怡',
      '138****5678',
      '排队四十分钟',
      '✓ 道歉',
      '✓ 电话',
      '✓ 严重',
      '□ 属实',
      '□ 接受   □ 不接受',
      '当面道歉',
      '2F · 女装',
    ]) {
      expect(text.replaceAll(/\s+/g, ' ')).toContain(words.replaceAll(/\s+/g, ' '))
    }
    expect(text).not.toContain('13812345678')
    const complaint = await test.clerk.client.complaints.open({ complaintId: id })
    await test.clerk.client.complaints.solve({
      complaintId: id,
      solution: '店长当面道歉',
      satisfied: true,
      version: complaint.version,
    })
    const after = await printed({ document: 'complaint_form', complaintId: id })
    expect(after).toContain('店长当面道歉')
    expect(after).toContain('✓ 是')
    expect(after).toContain('副本 / COPY 1')
  })

  it('is printed for what there is only', async () => {
    const asked = test.clerk.client.papers.print({
      document: 'complaint_form',
      complaintId: 99_999,
    })
    expect(await refusalOf(asked)).toMatchObject({ reason: 'complaints.unknown_complaint' })
  })
})

describe('the lists', () => {
  it('of promises goes by who keeps them, the earliest first, what is late marked', async () => {
    await complain(test.manager.id, '空调漏水', '2026-11-22T09:00:00.000Z')
    await complain(test.clerk.id, '态度生硬', '2026-11-21T12:00:00.000Z')
    const text = await printed({ document: 'promise_list' })
    expect(text).toContain('未了结 2，逾期 0')
    expect(text).toContain('回电：空调漏水')
    expect(text).toContain('回电：态度生硬')
    await test.setNow('2026-11-21T12:30:00.000Z')
    expect(await printed({ document: 'promise_list' })).toContain('未了结 2，逾期 1')
    expect(await printed({ document: 'promise_list', floor: '9F' })).toContain('没有未了结的承诺')
  })

  it('of repairs shows what came in, waits and went out, on its day', async () => {
    const ticket = await repairs.takeIn([repairs.sold(0), repairs.sold(2)])
    const text = await printed({ document: 'repair_list' })
    expect(text).toContain('今日收下 (1)')
    expect(text).toContain(ticket.number)
    expect(text).toContain('清澜 对开门冰箱 510 升')
    expect(text).toContain('今日交还 (0)')
    const earlier = await printed({ document: 'repair_list', businessDate: '2026-11-01' })
    expect(earlier).toContain('今日收下 (0)')
  })
})
