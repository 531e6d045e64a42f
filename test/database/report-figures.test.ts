import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { complainedAt, type ComplaintEntry, recordComplaint } from '../support/complain.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'

let test: TestDesk

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

async function complain(floor: string, change: Partial<ComplaintEntry> = {}) {
  const { id } = await recordComplaint(test, { context: complainedAt(floor), ...change })
  return id
}

async function solve(complaintId: number, points: number | null) {
  const { version } = await test.clerk.client.complaints.open({ complaintId })
  await test.clerk.client.complaints.solve({
    complaintId,
    solution: '换新',
    version,
    ...(points !== null && {
      satisfaction: { answer: 'given' as const, points, reason: null, note: '' },
    }),
  })
}

const november = { from: '2026-11-01', to: '2026-11-21' }

/** One solved at once on 1F; on 2F one solved the same day and one still open. */
async function someComplaints() {
  await complain('1F', { outcome: { kind: 'solved', solution: '已道歉', satisfied: true } })
  await solve(await complain('2F'), 5)
  await complain('2F', { class: 'service' })
}

describe('reports', () => {
  it('count complaints by floor, with the shares and what they are of', async () => {
    await someComplaints()
    const table = await test.manager.client.reports.run({
      report: 'complaints',
      params: { ...november, by: 'floor' },
    })
    expect(table.rows.map(({ key, cells }) => [key, cells])).toEqual([
      [
        '1F',
        {
          received: 1,
          stillOpen: 0,
          atOnce: { count: 1, of: 1 },
          repeats: { count: 0, of: 1 },
          solved: 1,
          content: { count: 1, of: 1 },
        },
      ],
      [
        '2F',
        {
          received: 2,
          stillOpen: 1,
          atOnce: { count: 0, of: 2 },
          repeats: { count: 0, of: 2 },
          solved: 1,
          content: { count: 1, of: 1 },
        },
      ],
    ])
    expect(table.totals.cells).toMatchObject({ received: 3, solved: 2, stillOpen: 1 })
    expect(table.title).toEqual({ zh: '投诉分析', en: 'Complaints' })
  })

  it('open the cases behind a figure', async () => {
    await someComplaints()
    const asked = { report: 'complaints', params: { ...november, by: 'floor' as const } }
    const { total, items } = await test.manager.client.reports.cases({
      ...asked,
      row: '2F',
      column: 'received',
    })
    expect(total).toBe(2)
    expect(items.map(({ kind, date, owner, text }) => [kind, date, owner, text])).toEqual([
      ['complaint', '2026-11-21', '赵敏', '鞋底开胶'],
      ['complaint', '2026-11-21', '赵敏', '鞋底开胶'],
    ])
  })

  it('refuse what no report can be made of, in words', async () => {
    const run = (params: object, report = 'complaints') =>
      refusalOf(
        test.manager.client.reports.run({ report, params: { ...november, ...params } }),
      ).then(({ reason }) => reason)
    expect(await run({ from: '2026-11-22', to: '2026-11-30' })).toBe('reports.in_future')
    expect(await run({ from: '2026-11-20', to: '2026-11-01' })).toBe('reports.backwards')
    expect(await run({ from: '1996-11-21' })).toBe('reports.too_long')
    expect(await run({ filters: { vendor: '没有这家' } })).toBe('reports.unknown_vendor')
    expect(await run({ filters: { category: '没有这类' } })).toBe('reports.unknown_category')
    expect(await run({ filters: { person: 999 } })).toBe('reports.unknown_person')
    expect(await run({ by: 'tender' })).toBe('reports.unknown_view')
    expect(await run({}, 'nothing')).toBe('reports.unknown_report')
  })
})
