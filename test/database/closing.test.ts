import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'

let test: TestDesk

type Entry = Parameters<TestDesk['clerk']['client']['complaints']['record']>[0]
type Solve = Parameters<TestDesk['clerk']['client']['complaints']['solve']>[0]

const nowhere = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '2F',
  counter: '女鞋',
}

async function complain(text: string, change: Partial<Entry> = {}) {
  const { id } = await test.clerk.client.complaints.record({
    class: 'service',
    text,
    context: nowhere,
    contact: { name: '', phone: '' },
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: '明天回电', dueAt: '2026-11-22T06:00:00.000Z' },
    },
    ...change,
  })
  return id
}

function solve(complaintId: number, change: Partial<Solve> = {}) {
  return test.clerk.client.complaints.solve({
    complaintId,
    solution: '换新',
    version: 1,
    ...change,
  })
}

const open = (complaintId: number) => test.clerk.client.complaints.open({ complaintId })

const given = (points: number, reason: string | null = null) => ({
  answer: 'given' as const,
  points,
  reason,
  note: '',
})

beforeAll(async () => {
  test = await openTestDesk()
})
afterAll(() => test.close())

describe('a complaint that is closed', () => {
  it('keeps five points with their reason, and whether the customer stays and why', async () => {
    const id = await complain('鞋底开胶')
    await solve(id, {
      satisfaction: { ...given(2, 'slow'), note: '等了三天' },
      retention: { outcome: 'lost', reason: 'rival', note: '' },
    })
    const { rounds, satisfied, events } = await open(id)
    expect(satisfied).toBe(false)
    expect(rounds.at(-1)).toMatchObject({
      satisfied: false,
      satisfaction: { answer: 'given', points: 2, reason: 'slow', note: '等了三天' },
      retention: { outcome: 'lost', reason: 'rival' },
    })
    expect(events.find(({ kind }) => kind === 'complaint_solved')?.data).toMatchObject({
      points: 2,
      retention: 'lost',
    })
  })

  it('counts who was not asked, who would not say and three points apart from content', async () => {
    const asked = { answer: 'not_asked' as const, points: null, reason: null, note: '' }
    const ends = [
      { satisfaction: asked },
      { satisfaction: { ...asked, answer: 'would_not_say' as const }, satisfied: true },
      { satisfaction: given(3) },
      { satisfaction: given(4) },
      { satisfied: true },
    ]
    const found = []
    for (const end of ends) {
      const id = await complain('排队太久')
      await solve(id, end)
      const { rounds } = await open(id)
      const { satisfied, satisfaction } = rounds[0] ?? {}
      found.push([satisfied, satisfaction?.answer, satisfaction?.points])
    }
    expect(found).toEqual([
      [null, 'not_asked', null],
      [null, 'would_not_say', null],
      [false, 'given', 3],
      [true, 'given', 4],
      [true, 'given', null],
    ])
  })

  it('takes no reason that does not explain the points, and no loss without one', async () => {
    const id = await complain('态度差')
    const refusals = [
      { satisfaction: given(5, 'slow') },
      { satisfaction: given(5, 'no_such') },
      { satisfaction: { ...given(5), points: null } },
      { satisfaction: { ...given(5), answer: 'not_asked' as const } },
      { retention: { outcome: 'lost' as const, reason: null, note: '' } },
      { retention: { outcome: 'stays' as const, reason: 'rival', note: '' } },
    ]
    const reasons = []
    for (const end of refusals) reasons.push((await refusalOf(solve(id, end))).reason)
    expect(reasons).toEqual([
      'cases.unknown_reason',
      'cases.unknown_reason',
      'cases.points_missing',
      'cases.points_without_answer',
      'cases.lost_without_reason',
      'cases.unknown_reason',
    ])
    expect((await open(id)).open).toBe(true)
  })
})

describe('a customer who may be lost', () => {
  it('is marked as soon as they say so, or when two signs come together, until it is solved', async () => {
    const says = await complain('气死了，以后我再也不来你们这里买东西')
    expect((await open(says)).losing).toEqual(['says_so'])
    const calm = await complain('吊牌价和收银价不一样')
    expect((await open(calm)).losing).toEqual([])
    const serious = await complain('奶粉过期', { details: { severity: 'serious' } })
    expect((await open(serious)).losing).toEqual([])
    const both = await complain('奶粉又过期', {
      details: { severity: 'serious' },
      risks: ['media'],
    })
    expect((await open(both)).losing).toEqual(['serious', 'risk'])
    const listed = await test.clerk.client.complaints.list({ state: 'open' })
    expect(listed.filter(({ losing }) => losing.length > 0).map(({ id }) => id)).toEqual(
      expect.arrayContaining([says, both]),
    )
    await solve(says, { satisfaction: given(5, 'friendly') })
    expect((await open(says)).losing).toEqual([])
  })
})

describe('reasons', () => {
  it('have words in both languages', async () => {
    const { satisfaction, retention } = await test.clerk.client.cases.closingReasons()
    for (const { words } of [...satisfaction, ...retention]) {
      expect(words.zh).toMatch(/\p{Script=Han}/u)
      expect(words.en).not.toMatch(/\p{Script=Han}/u)
    }
  })
})
