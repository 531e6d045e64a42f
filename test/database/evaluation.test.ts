import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPdf } from '../documents/support/read-pdf.ts'
import { complainedAt, type ComplaintEntry, recordComplaint } from '../support/complain.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'

let test: TestDesk

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

async function complain(floor: string, change: Partial<ComplaintEntry> = {}) {
  const { id } = await recordComplaint(test, { context: complainedAt(floor), ...change })
  const { caseId } = await test.clerk.client.complaints.open({ complaintId: id })
  return { id, caseId }
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

const november = { from: '2026-11-01', to: '2026-11-30' }

/** One solved at once, one answered and solved the same day, one solved a week later and opened again, one open. */
async function month() {
  await complain('1F', { outcome: { kind: 'solved', solution: '已道歉', satisfied: true } })
  const answered = await complain('2F')
  await test.clerk.client.clocks.answer({
    caseId: answered.caseId,
    kind: 'heard',
    channel: 'phone',
    text: '在处理',
  })
  await solve(answered.id, 5)
  const late = await complain('2F')
  const open = await complain('2F')
  await test.setNow('2026-11-28T06:00:00.000Z')
  await solve(late.id, 2)
  const { version } = await test.clerk.client.complaints.open({ complaintId: late.id })
  await test.clerk.client.complaints.reopen({ complaintId: late.id, reason: '又坏了', version })
  return { late, open }
}

describe('the evaluation of a period', () => {
  it('counts first contact, same day, satisfaction and promises by owner, floor and month, with what they are of', async () => {
    await month()
    const {
      all,
      owner,
      floor,
      month: months,
    } = await test.manager.client.reports.evaluation(november)
    expect(all).toMatchObject({
      received: 4,
      atOnce: { count: 1, of: 4 },
      sameDay: { count: 2, of: 4 },
      solved: 3,
      content: { count: 2, of: 3 },
      points: { sum: 7, of: 2 },
      days: { median: 0, ninetieth: 7 },
      inFifteenDays: { count: 3, of: 3 },
      reopened: { count: 1, of: 3 },
      kept: { count: 1, of: 3 },
    })
    expect(owner.map(({ name, received }) => [name, received])).toEqual([['赵敏', 4]])
    expect(floor.map(({ key, received, kept }) => [key, received, kept.of])).toEqual([
      ['1F', 1, 0],
      ['2F', 3, 3],
    ])
    expect(months.map(({ key }) => key)).toEqual(['2026-11'])
    const nobody = { ...november, ownerId: test.manager.id }
    expect((await test.manager.client.reports.evaluation(nobody)).all.received).toBe(0)
    const { reason } = await refusalOf(
      test.manager.client.reports.evaluation({ from: '2026-11-30', to: '2026-11-01' }),
    )
    expect(reason).toBe('promises.period_backwards')
  })

  it('goes out as a file with counts and what they are of, and as a scorecard beside the store', async () => {
    await month()
    const { content, fileName } = await test.manager.client.reports.exportEvaluation({
      ...november,
      by: 'floor',
    })
    expect(fileName).toBe('evaluation-floor-2026-11-01-2026-11-30.csv')
    const lines = (await content.text()).trim().split('\r\n')
    expect(lines[0]).toContain('首次接触即解决,其中（受理）')
    expect(lines.map((line) => line.split(',')[0])).toEqual(['楼层', '1F', '2F', '合计'])
    expect(lines.at(-1)?.split(',').slice(1, 5)).toEqual(['4', '3', '1', '4'])
    const { pdf } = await test.manager.client.papers.preview({
      document: 'scorecard',
      ownerId: test.clerk.id,
      ...november,
    })
    const { text } = await readPdf(new Uint8Array(await pdf.arrayBuffer()))
    expect(text).toContain('赵敏')
    expect(text).toContain('2/3')
    expect(text).not.toContain('67%')
  })
})

describe('what came of goodwill and rules', () => {
  it('puts the cost beside what its customers bought later, and says of whom nothing is known', async () => {
    const kept = await test.manager.client.reports.goodwillKept(november)
    expect(kept).toMatchObject({ entries: 0, cost: 0, customers: 0, cameBack: 0, days: 180 })
    expect(await test.manager.client.reports.returnReasons(november)).toEqual({
      total: 0,
      rows: [],
    })
    expect(await test.manager.client.reports.signedRules()).toEqual([])
    const { reason } = await refusalOf(
      test.manager.client.reports.ruleEffect({ ruleId: 'own.x', version: 1, days: 30 }),
    )
    expect(reason).toBe('reports.unknown_rule')
  })
})
