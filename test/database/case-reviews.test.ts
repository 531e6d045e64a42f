import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'

let test: TestDesk
let supervisor: TestDesk['clerk']['client']

type Answer = 'yes' | 'no' | 'none'

async function closeOne(change: { severity?: 'serious'; floor?: string; by?: 'manager' } = {}) {
  const { client, id: ownerId } = change.by === 'manager' ? test.manager : test.clerk
  const { id } = await client.complaints.record({
    class: 'goods',
    text: '鞋底开胶',
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: change.floor ?? '2F',
      counter: '女鞋',
    },
    contact: { name: '', phone: '' },
    details: { severity: change.severity ?? 'ordinary', desired: '换新', demand: 'exchange' },
    outcome: {
      kind: 'open',
      ownerId,
      promise: { text: '回电', dueAt: '2027-11-22T06:00:00.000Z' },
    },
  })
  await client.complaints.solve({ complaintId: id, solution: '换新', version: 1 })
  return id
}

async function waiting() {
  const { rows } = await test.manager.client.caseReviews.list({ view: 'waiting' })
  return rows
}

async function answersOf(reviewId: number, answer: Answer): Promise<Record<string, Answer>> {
  const { questions } = await supervisor.caseReviews.open({ reviewId })
  return Object.fromEntries(questions.map(({ id }) => [id, answer]))
}

beforeAll(async () => {
  test = await openTestDesk()
  await test.manager.client.staff.add({
    code: '003',
    name: '何主管',
    role: 'floor_manager',
    pin: '1470',
  })
  for (let at = 0; at < 15; at += 1) await closeOne({ floor: at < 12 ? '2F' : '3F' })
  await closeOne({ severity: 'serious' })
  await closeOne({ by: 'manager', floor: '5F' })
  await test.setNow('2026-11-23T03:00:00.000Z')
  supervisor = await test.signIn('003', '1470')
})
afterAll(() => test.close())

describe('a sample of closed cases', () => {
  it('is drawn once for days that are over: every serious one and a share of each floor and class', async () => {
    const { next } = await test.manager.client.caseReviews.draws()
    expect(next).toEqual({ from: '2026-11-21', until: '2026-11-22', closed: 17 })
    const today = { from: '2026-11-21', until: '2026-11-23' }
    expect((await refusalOf(test.manager.client.caseReviews.draw(today))).reason).toBe(
      'reviews.day_not_over',
    )
    const period = { from: '2026-11-21', until: '2026-11-22' }
    expect((await refusalOf(test.clerk.client.caseReviews.draw(period))).reason).toBe(
      'staff.not_allowed',
    )
    const drawn = await test.manager.client.caseReviews.draw(period)
    // Two of twelve on the second floor, one each of three and of one, and the serious one.
    expect(drawn).toMatchObject({ closed: 17, sampled: 5 })
    expect((await refusalOf(test.manager.client.caseReviews.draw(period))).reason).toBe(
      'reviews.drawn_already',
    )
    expect(await supervisor.caseReviews.check({ drawId: drawn.drawId })).toEqual({
      same: true,
      drawn: 5,
      again: 5,
    })
    const { draws } = await test.manager.client.caseReviews.draws()
    expect(draws).toMatchObject([{ closed: 17, sampled: 5, serious: 1, reviewed: 0, share: 10 }])
  })

  it('is reviewed by nobody who worked on the case', async () => {
    const own = (await waiting()).find(({ isOwn }) => isOwn)
    if (!own) throw new Error('the manager’s own case is not in the sample')
    const input = {
      reviewId: own.id,
      answers: await answersOf(own.id, 'yes'),
      verdict: 'in_order' as const,
      version: own.version,
    }
    expect((await refusalOf(test.manager.client.caseReviews.review(input))).reason).toBe(
      'reviews.own_case',
    )
    await supervisor.caseReviews.review(input)
    expect((await refusalOf(supervisor.caseReviews.review(input))).reason).toBe('reviews.decided')
  })

  it('is judged by the whole checklist, and what was found goes back to its owner, who answers', async () => {
    const [row] = await waiting()
    if (!row) throw new Error('nothing waits')
    const { id: reviewId, version } = row
    const review = (change: object) =>
      supervisor.caseReviews.review({
        reviewId,
        answers: {},
        verdict: 'in_order' as const,
        version,
        ...change,
      })
    expect((await refusalOf(review({}))).reason).toBe('reviews.unanswered')
    const answers = { ...(await answersOf(reviewId, 'yes')), promises: 'no' as const }
    expect((await refusalOf(review({ answers }))).reason).toBe('reviews.not_in_order')
    const returned = { answers, verdict: 'returned' }
    expect((await refusalOf(review(returned))).reason).toBe('reviews.needs_notes')
    await review({ ...returned, notes: '回电晚了一天' })
    expect(await test.clerk.client.caseReviews.counts()).toMatchObject({ mine: 1 })
    const { rows } = await test.clerk.client.caseReviews.list({ view: 'mine' })
    expect(rows.map(({ id }) => id)).toEqual([reviewId])
    const open = await test.clerk.client.caseReviews.open({ reviewId })
    expect(open).toMatchObject({ notes: '回电晚了一天', mayAnswer: true, answers })
    const say = { reviewId, answer: '已改为当天回电', version: open.version }
    await test.clerk.client.caseReviews.answer(say)
    expect(await test.clerk.client.caseReviews.open({ reviewId })).toMatchObject({
      state: 'answered',
      answer: '已改为当天回电',
    })
    const { events } = await test.clerk.client.complaints.open({ complaintId: row.complaintId })
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['case_reviewed', 'review_answered']),
    )
    const { draws } = await test.manager.client.caseReviews.draws()
    expect(draws).toMatchObject([{ reviewed: 2, withFindings: 1 }])
  })
})
