import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestDesk, type TestDesk } from '../support/desk.ts'

let test: TestDesk

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

type Entry = Parameters<TestDesk['clerk']['client']['complaints']['record']>[0]

const at = (floor: string) => ({
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor,
  counter: '女鞋',
})

async function complain(floor: string, change: Partial<Entry> = {}) {
  const { id } = await test.clerk.client.complaints.record({
    class: 'goods',
    text: '鞋底开胶',
    context: at(floor),
    contact: { name: '', phone: '' },
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: '回电', dueAt: '2026-11-21T10:00:00.000Z' },
    },
    ...change,
  })
  const { caseId, version } = await test.clerk.client.complaints.open({ complaintId: id })
  return { id, caseId, version }
}

const whole = (who: 'clerk' | 'manager' = 'manager') =>
  test[who].client.boards.now({ floor: null, mine: false })

describe('the board', () => {
  it('counts what is open, due and late by floor, and follows what happens', async () => {
    const first = await complain('2F')
    await complain('2F', { kind: 'enquiry', class: null })
    await complain('10F')
    await complain('')
    expect((await whole()).floors).toEqual([
      { floor: '2F', open: 2, overdue: 0, soon: 0 },
      { floor: '10F', open: 1, overdue: 0, soon: 0 },
      { floor: '', open: 1, overdue: 0, soon: 0 },
    ])
    await test.setNow('2026-11-21T13:00:00.000Z')
    const evening = await whole()
    expect(evening.cases).toEqual({ open: 4, overdue: 0, soon: 3 })
    expect(evening.promises).toEqual({ due: 4, overdue: 4 })
    await test.setNow('2026-11-21T15:00:00.000Z')
    expect((await whole()).cases).toEqual({ open: 4, overdue: 3, soon: 0 })
    await test.clerk.client.clocks.answer({
      caseId: first.caseId,
      kind: 'heard',
      channel: 'phone',
      text: '在处理',
    })
    expect((await whole()).cases).toEqual({ open: 4, overdue: 2, soon: 0 })
    await test.clerk.client.complaints.solve({
      complaintId: first.id,
      solution: '换新',
      satisfied: true,
      version: first.version,
    })
    const after = await whole()
    expect(after.cases).toEqual({ open: 3, overdue: 2, soon: 0 })
    expect(after.promises.due).toBe(3)
    expect(after.urgent.map(({ floor }) => floor)).toEqual(['10F', ''])
  })

  it('is of one floor where one is chosen, and remembers it for each operator', async () => {
    await complain('2F')
    await complain('3F')
    await test.manager.client.boards.choose({ floor: '3F' })
    const board = await test.manager.client.boards.now({})
    expect([board.floor, board.cases.open, board.promises.due]).toEqual(['3F', 1, 1])
    expect(board.urgent.map(({ floor }) => floor)).toEqual(['3F'])
    expect((await test.clerk.client.boards.now({})).floor).toBeNull()
    await test.manager.client.boards.choose({ floor: null })
    expect((await test.manager.client.boards.now({})).floor).toBeNull()
  })

  it('shows clerks their own unless they ask for all', async () => {
    await complain('2F')
    await complain('2F', {
      outcome: {
        kind: 'open',
        ownerId: test.manager.id,
        promise: { text: '回电', dueAt: '2026-11-21T10:00:00.000Z' },
      },
    })
    const mine = await test.clerk.client.boards.now({})
    expect([mine.mine, mine.cases.open, mine.promises.due]).toEqual([true, 1, 1])
    expect((await whole('clerk')).cases.open).toBe(2)
    expect((await test.manager.client.boards.now({})).mine).toBe(false)
  })

  it('names every case that waits for whoever looks: offered, called for, second', async () => {
    const { caseId } = await complain('2F')
    const { client } = test.clerk
    const toId = test.manager.id
    await client.cases.offer({ caseId, toId, reason: '我明天休息' })
    await client.cases.callManager({ caseId, managerId: toId, reason: '顾客要见经理' })
    await client.cases.setSecond({ caseId, operatorId: toId, reason: '难办' })
    const rows = await test.manager.client.boards.waiting()
    expect(rows.map(({ why, who }) => [why, who])).toEqual([
      ['call', '李静'],
      ['offer', '赵敏'],
      ['second', '赵敏'],
    ])
    expect((await whole()).waiting.cases).toBe(3)
    expect((await client.boards.waiting()).map(({ why }) => why)).toEqual(['call', 'unanswered'])
  })

  it('goes on being told to a locked screen, without words or names', async () => {
    await complain('2F')
    await test.manager.client.staff.lock()
    const board = await test.manager.client.boards.now({ floor: null })
    expect([board.cases.open, board.urgent]).toEqual([1, []])
  })
})

describe('lists of open cases', () => {
  it('are read a page at a time, in the same order as in one go', async () => {
    for (const floor of ['1F', '2F', '1F', '3F', '1F']) await complain(floor)
    const { client } = test.clerk
    const all = (await client.clocks.running({ view: 'all', limit: 100 })).rows
    const paged = []
    let after: NonNullable<Awaited<ReturnType<typeof client.clocks.running>>['next']> | undefined
    for (;;) {
      const page = await client.clocks.running({ view: 'all', limit: 2, ...(after && { after }) })
      paged.push(...page.rows)
      if (!page.next) break
      after = page.next
    }
    expect(paged).toEqual(all)
    const first = await client.clocks.running({ view: 'all', floor: '1F', limit: 2 })
    expect([first.rows.length, first.counts.all]).toEqual([2, 3])
  })

  it('of complaints follow what was promised next, page by page, narrowed and counted', async () => {
    const promise = (dueAt: string) => ({
      outcome: { kind: 'open' as const, ownerId: test.clerk.id, promise: { text: '回电', dueAt } },
    })
    const late = await complain('1F', promise('2026-11-25T06:00:00.000Z'))
    const soon = await complain('2F', promise('2026-11-22T06:00:00.000Z'))
    const none = await complain('1F', promise('2026-11-23T06:00:00.000Z'))
    const { client } = test.clerk
    const [promised] = await client.cases
      .duePromises()
      .then((all) => all.filter(({ caseId }) => caseId === none.caseId))
    if (!promised) throw new Error('no promise')
    await client.cases.settlePromise({ promiseId: promised.id, kept: true, version: 1 })
    const ids: number[] = []
    let after: { id: number; nextPromiseDueAt: string | null } | undefined
    for (let page = 0; page < 4; page += 1) {
      const [row] = await client.complaints.list({
        state: 'open',
        limit: 1,
        ...(after && { after }),
      })
      if (!row) break
      ids.push(row.id)
      after = row
    }
    expect(ids).toEqual([soon.id, late.id, none.id])
    expect(await client.complaints.count({ state: 'open', floor: '1F' })).toEqual({ count: 2 })
    expect(await client.complaints.count({ state: 'all', ownerId: test.manager.id })).toEqual({
      count: 0,
    })
    expect(await client.complaints.count({ state: 'open', minDays: 1 })).toEqual({ count: 0 })
    expect((await client.complaints.list({ state: 'all', limit: 2 })).map(({ id }) => id)).toEqual([
      none.id,
      soon.id,
    ])
  })
})
