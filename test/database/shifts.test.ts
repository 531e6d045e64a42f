import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'

let test: TestDesk

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

const reasonOf = async (asked: Promise<unknown>) => (await refusalOf(asked)).reason

function complain(dueAt: string) {
  return test.clerk.client.complaints.record({
    class: 'service',
    text: '等了很久没人理',
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '2F',
      counter: '',
    },
    contact: { name: '王小明', phone: '13812345521' },
    outcome: { kind: 'open', ownerId: test.clerk.id, promise: { text: '回电答复', dueAt } },
  })
}

const give = (note = '') => test.clerk.client.shifts.give({ note })
const listOf = (lists: { kind: string; count: number }[], kind: string) =>
  lists.find((each) => each.kind === kind)

describe('a shift that is handed over', () => {
  it('leaves its lists as they stood, accepted by somebody of the next one', async () => {
    const { number } = await complain('2026-11-22T06:00:00.000Z')
    await complain('2026-12-22T06:00:00.000Z')
    const shift = await give('王先生 19 点来取鞋')
    expect(shift.number).toMatch(/^JB-0312-261121-0001-.$/)
    await complain('2026-11-22T06:00:00.000Z')
    const { waiting, lists } = await test.manager.client.shifts.now()
    expect(listOf(lists, 'cases')?.count).toBe(3)
    expect(waiting).toMatchObject({ note: '王先生 19 点来取鞋', givenBy: '赵敏' })
    expect(waiting?.lists.map(({ kind, count }) => [kind, count])).toEqual([
      ['promises', 1],
      ['cases', 2],
      ['handovers', 0],
      ['repairs', 0],
      ['money', 0],
      ['goods', 0],
      ['approvals', 0],
    ])
    expect(waiting?.lists[0]?.rows).toEqual([
      {
        number,
        text: '回电答复',
        who: '赵敏',
        dueAt: '2026-11-22T06:00:00.000Z',
        amount: null,
      },
    ])
    const accept = { shiftId: shift.id, remark: '已看', version: waiting?.version ?? 0 }
    expect(await reasonOf(test.clerk.client.shifts.accept(accept))).toBe('shifts.own_shift')
    await test.manager.client.shifts.accept(accept)
    expect(await test.clerk.client.shifts.open({ shiftId: shift.id })).toMatchObject({
      state: 'accepted',
      settledBy: '李静',
      remark: '已看',
    })
    expect(await reasonOf(test.manager.client.shifts.accept(accept))).toBe('shifts.settled')
  })

  it('that nobody accepts is taken back with a reason before another is given', async () => {
    const first = await give()
    expect(await reasonOf(give())).toBe('shifts.one_waits')
    const reason = '顾客又来了两位'
    await test.clerk.client.shifts.withdraw({ shiftId: first.id, reason, version: 1 })
    const second = await give()
    const { rows } = await test.clerk.client.shifts.list({})
    expect(rows.map(({ id, state }) => [id, state])).toEqual([
      [second.id, 'given'],
      [first.id, 'withdrawn'],
    ])
  })

  it('cannot be changed in the database, only settled once', async () => {
    const { id } = await give()
    const change = (set: { note?: string; state?: 'given' }) =>
      test.write((w) => w.updateTable('shift_handover').set(set).where('id', '=', id).execute())
    await expect(change({ note: '改了' })).rejects.toThrow('accepted or withdrawn')
    await expect(test.write((w) => w.deleteFrom('shift_handover').execute())).rejects.toThrow(
      'never deleted',
    )
  })

  it('prints on A4 and A5 with its number and both names to sign', async () => {
    await complain('2026-11-22T06:00:00.000Z')
    const { id } = await give('注意隔离区')
    for (const format of ['A4', 'A5'] as const) {
      const file = await test.clerk.client.papers.print({
        document: 'shift_handover',
        shiftId: id,
        format,
      })
      expect(file.missingGlyphs).toEqual([])
    }
  })
})

describe('the shift diary', () => {
  const write = (text: string, client = test.clerk.client) => client.shifts.writeDiary({ text })
  const find = async (filter: Parameters<typeof test.clerk.client.shifts.diary>[0] = {}) =>
    (await test.clerk.client.shifts.diary(filter)).rows.map(({ text }) => text)

  it('is found by words of two letters, by day and by author, the newest first', async () => {
    await write('三楼扶梯停运半小时')
    await write('VIP 王女士来电致谢', test.manager.client)
    await test.setNow('2026-11-23T06:00:00.000Z')
    await write('扶梯已修好 100%_')
    expect(await find()).toEqual(['扶梯已修好 100%_', 'VIP 王女士来电致谢', '三楼扶梯停运半小时'])
    expect(await find({ words: '扶梯' })).toHaveLength(2)
    expect(await find({ words: '%_' })).toEqual(['扶梯已修好 100%_'])
    expect(await find({ on: '2026-11-21', authorId: test.manager.id })).toEqual([
      'VIP 王女士来电致谢',
    ])
  })

  it('only grows, page by page', async () => {
    for (let at = 1; at <= 32; at += 1) await write(`第 ${at} 条`)
    const first = await test.clerk.client.shifts.diary({})
    const second = await test.clerk.client.shifts.diary({ before: first.next ?? 0 })
    expect([first.rows.length, second.rows.length, second.next]).toEqual([30, 2, null])
    await expect(
      test.write((w) => w.updateTable('shift_diary').set({ text: '' }).execute()),
    ).rejects.toThrow('append-only')
  })
})

describe('the slip of a complaint', () => {
  it('is counted like every paper, and refused for what does not exist', async () => {
    const { id } = await complain('2026-11-22T06:00:00.000Z')
    const slip = { document: 'complaint_slip', complaintId: id } as const
    expect((await test.clerk.client.papers.print(slip)).copyNo).toBe(0)
    expect((await test.clerk.client.papers.print(slip)).copyNo).toBe(1)
    expect(await reasonOf(test.clerk.client.papers.print({ ...slip, complaintId: 999 }))).toBe(
      'complaints.unknown_complaint',
    )
  })
})
