import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countKept } from '../../src-main/promises/rules.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'

let test: TestDesk

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

/** A promise given on a Saturday afternoon; due at `dueAt`. */
async function promise(dueAt: string, { ownerId = test.clerk.id, floor = '2F' } = {}) {
  const { id, number } = await test.clerk.client.complaints.record({
    class: 'service',
    text: '等了很久',
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor,
      counter: '',
    },
    contact: { name: '', phone: '' },
    outcome: { kind: 'open', ownerId, promise: { text: `回电 ${dueAt}`, dueAt } },
  })
  return { id, number }
}

const list = (view: 'due' | 'overdue' | 'mine' | 'all') => test.clerk.client.promises.list({ view })
const textsOf = async (view: 'due' | 'overdue' | 'mine' | 'all') =>
  (await list(view)).rows.map(({ dueAt }) => dueAt.slice(5, 13))

async function settle(dueAt: string, kept: boolean) {
  const { rows } = await list('all')
  const row = rows.find((each) => each.dueAt === dueAt)
  if (!row) throw new Error(dueAt)
  await test.clerk.client.cases.settlePromise({ promiseId: row.id, kept, version: row.version })
}

const today = '2026-11-21T09:00:00.000Z'
const tonight = '2026-11-21T13:00:00.000Z'
const tomorrow = '2026-11-22T06:00:00.000Z'

describe('the book of promises', () => {
  it('shows what is due today, what is late, what is mine, and everything', async () => {
    await promise(today)
    await promise(tonight, { ownerId: test.manager.id })
    const { number } = await promise(tomorrow)
    await test.setNow('2026-11-21T10:00:00.000Z')
    expect(await textsOf('due')).toEqual(['11-21T09', '11-21T13'])
    expect(await textsOf('overdue')).toEqual(['11-21T09'])
    expect(await textsOf('mine')).toEqual(['11-21T09', '11-22T06'])
    expect(await textsOf('all')).toEqual(['11-22T06', '11-21T13', '11-21T09'])
    expect(await test.clerk.client.promises.counts()).toEqual({ due: 2, overdue: 1, mine: 2 })
    const [latest] = (await list('all')).rows
    expect(latest).toMatchObject({ ownerName: '赵敏', floor: '2F', complaint: { number } })
  })

  it('goes on page by page without losing or repeating one, many due at the same minute', async () => {
    const given = 53
    for (let at = 0; at < given; at += 1) await promise(at % 2 === 0 ? tonight : tomorrow)
    const seen: number[] = []
    let after: { dueAt: string; id: number } | undefined
    do {
      const page = await test.clerk.client.promises.list({ view: 'all', ...(after && { after }) })
      seen.push(...page.rows.map(({ id }) => id))
      after = page.next ?? undefined
    } while (after)
    expect(seen).toHaveLength(given)
    expect(new Set(seen).size).toBe(given)
  })
})

describe('the share of promises kept', () => {
  it('is of what fell due, by person and by floor, with the numbers behind it', async () => {
    await promise(today)
    await promise(tonight, { ownerId: test.manager.id, floor: '3F' })
    await promise(tomorrow)
    await settle(today, true)
    const between = (to: string) =>
      test.manager.client.promises.keptRate({ from: '2026-11-01', to })
    expect((await between('2026-11-30')).all).toEqual({ due: 1, kept: 1, broken: 0, overdue: 0 })
    await test.setNow('2026-11-22T07:00:00.000Z')
    await settle(tonight, false)
    const { all, people, floors } = await between('2026-11-30')
    expect(all).toEqual({ due: 3, kept: 1, broken: 1, overdue: 1 })
    expect(people.map(({ name, due, kept }) => [name, due, kept])).toEqual([
      ['赵敏', 2, 1],
      ['李静', 1, 0],
    ])
    expect(floors.map(({ floor, due, kept }) => [floor, due, kept])).toEqual([
      ['2F', 2, 1],
      ['3F', 1, 0],
    ])
    expect((await between('2026-11-21')).all.due).toBe(2)
    const backwards = test.manager.client.promises.keptRate({
      from: '2026-11-02',
      to: '2026-11-01',
    })
    expect((await refusalOf(backwards)).reason).toBe('promises.period_backwards')
  })

  it('counts what is overdue as not kept, and what is not due yet nowhere', () => {
    const rate = countKept(
      [
        { state: 'open', dueAt: '2' },
        { state: 'open', dueAt: '1' },
        { state: 'kept', dueAt: '9' },
        { state: 'broken', dueAt: '0' },
      ],
      '2',
    )
    expect(rate).toEqual({ due: 3, kept: 1, broken: 1, overdue: 1 })
    expect(rate.kept + rate.broken + rate.overdue).toBe(rate.due)
  })
})
