import { describe, expect, it } from 'vitest'
import { isOverdue, outcomeWhenSolved } from '../../src-main/cases/rules.ts'
import { complaintClasses } from '../../src-main/complaints/contract.ts'
import {
  comparePromises,
  countByClass,
  countByFloor,
  type DaySpan,
  type PromiseLife,
  totalComplaints,
  totalRefunds,
  wasOpen,
  wasOverdue,
} from '../../src-main/reports/rules.ts'

const day: DaySpan = {
  businessDate: '2026-11-21',
  from: '2026-11-20T20:00:00.000Z',
  until: '2026-11-21T20:00:00.000Z',
}

const complaint = (change: Record<string, unknown> = {}) => ({
  class: 'goods' as const,
  floor: '3F',
  open: false,
  solvedOnSpot: false,
  satisfied: null,
  ...change,
})

describe('the totals of a day', () => {
  it('add up', () => {
    const totals = totalComplaints([
      complaint({ solvedOnSpot: true, satisfied: true }),
      complaint({ satisfied: false }),
      complaint(),
      complaint({ open: true }),
    ])
    expect(totals).toEqual({
      received: 4,
      solvedOnSpot: 1,
      closedSameDay: 3,
      satisfied: 1,
      dissatisfied: 1,
      notAsked: 1,
    })
  })

  it('of an empty day are zeros, not gaps', () => {
    expect(totalComplaints([])).toEqual({
      received: 0,
      solvedOnSpot: 0,
      closedSameDay: 0,
      satisfied: 0,
      dissatisfied: 0,
      notAsked: 0,
    })
    expect(totalRefunds([])).toEqual({
      refunds: 0,
      refundAmount: 0,
      priceAdjustments: 0,
      priceAdjustmentAmount: 0,
    })
    expect(countByFloor([], complaintClasses)).toEqual([])
  })

  it('by class and floor come in a reader’s order, with what is not stated last', () => {
    const complaints = [
      complaint({ floor: '' }),
      complaint({ floor: '10F', class: 'price' }),
      complaint({ floor: '2F' }),
      complaint({ floor: '2F', class: 'service' }),
    ]
    expect(countByClass(complaints, complaintClasses)).toEqual([
      { class: 'goods', count: 2 },
      { class: 'service', count: 1 },
      { class: 'price', count: 1 },
    ])
    expect(countByFloor(complaints, complaintClasses).map((row) => [row.floor, row.total])).toEqual(
      [
        ['2F', 2],
        ['10F', 1],
        ['', 1],
      ],
    )
  })
})

function promise(change: Partial<PromiseLife> = {}): PromiseLife {
  return {
    dueAt: '2026-11-21T09:00:00.000Z',
    dueOn: '2026-11-21',
    createdAt: '2026-11-20T22:00:00.000Z',
    state: 'open',
    settledAt: null,
    ...change,
  }
}

describe('a promise at the end of a day', () => {
  const settled = (state: 'kept' | 'broken', settledAt: string) => promise({ state, settledAt })

  it.each([
    ['due and open', promise(), true, true],
    [
      'due tomorrow',
      promise({ dueAt: '2026-11-22T09:00:00.000Z', dueOn: '2026-11-22' }),
      true,
      false,
    ],
    ['kept in the day', settled('kept', '2026-11-21T08:00:00.000Z'), false, false],
    ['broken in the day', settled('broken', '2026-11-21T10:00:00.000Z'), false, true],
    ['kept a day late', settled('kept', '2026-11-22T08:00:00.000Z'), true, true],
    ['broken days before', settled('broken', '2026-11-19T08:00:00.000Z'), false, false],
    ['given the day after', promise({ createdAt: '2026-11-21T20:00:00.000Z' }), false, false],
  ])('%s', (_what, life, open, overdue) => {
    expect([wasOpen(life, day), wasOverdue(life, day)]).toEqual([open, overdue])
  })

  it('comes first when it is due the next day', () => {
    const rows = [
      { dueOn: '2026-11-20', dueAt: '2026-11-20T09:00:00.000Z' },
      { dueOn: '2026-11-22', dueAt: '2026-11-22T09:00:00.000Z' },
      { dueOn: '2026-11-22', dueAt: '2026-11-22T03:00:00.000Z' },
      { dueOn: '2026-11-25', dueAt: '2026-11-25T09:00:00.000Z' },
    ]
    const sorted = rows.sort((a, b) => comparePromises(a, b, day.businessDate))
    expect(sorted.map((row) => row.dueAt.slice(8, 13))).toEqual([
      '22T03',
      '22T09',
      '20T09',
      '25T09',
    ])
  })
})

describe('a promise now', () => {
  it('is overdue the moment after its time', () => {
    const dueAt = '2026-11-21T09:00:00.000Z'
    expect(isOverdue({ state: 'open', dueAt }, dueAt)).toBe(false)
    expect(isOverdue({ state: 'open', dueAt }, '2026-11-21T09:00:00.001Z')).toBe(true)
    expect(isOverdue({ state: 'kept', dueAt }, '2026-11-22T09:00:00.000Z')).toBe(false)
    expect(outcomeWhenSolved(dueAt, dueAt)).toBe('kept')
    expect(outcomeWhenSolved(dueAt, '2026-11-21T09:00:00.001Z')).toBe('broken')
  })
})
