import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pageOfHistory } from '../../src-main/approvals/contract.ts'
import { signFor } from '../support/approve.ts'
import { managerSignature, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { addReceipt } from '../support/sold.ts'

let test: TestDesk

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

/** A refund within its term on each of the days below, above the clerk's limit. */
async function refundOfCoat() {
  const { id, lineIds } = await test.write((w) =>
    addReceipt(w, {
      receiptNo: 'R-coat',
      businessDate: '2026-11-20',
      lines: [{ name: '羽绒服', paid_amount: 60_000 }],
    }),
  )
  return {
    receiptId: id,
    reason: 'quality' as const,
    expectedAmount: 60_000,
    lines: [
      {
        saleLineId: lineIds[0] ?? 0,
        units: 1,
        condition: 'faulty' as const,
        packagingIntact: true,
      },
    ],
  }
}

const open = (approvalId: number) => test.clerk.client.approvals.open({ approvalId })

describe('a yes', () => {
  it('holds until the end of the next business date', async () => {
    const refund = await refundOfCoat()
    const approvalIds = await signFor(test.clerk.client, refund)
    const [id = 0] = approvalIds
    expect(await open(id)).toMatchObject({ validUntil: '2026-11-22', expired: false })
    // 03:59 of the 23rd, store time: the business day of the 22nd has a minute left.
    await test.setNow('2026-11-22T19:59:00.000Z')
    expect(await open(id)).toMatchObject({ expired: false })
    expect(await test.clerk.client.refunds.record({ ...refund, approvalIds })).toMatchObject({
      amount: 60_000,
    })
    expect(await open(id)).toMatchObject({ state: 'used', validUntil: null })
  })

  it('is refused after it, and asked for anew in one step', async () => {
    const refund = await refundOfCoat()
    const approvalIds = await signFor(test.clerk.client, refund)
    const [id = 0] = approvalIds
    await test.setNow('2026-11-22T20:00:00.000Z')
    const { approvals, refunds } = test.clerk.client
    const before = await open(id)
    expect(before).toMatchObject({ expired: true, may: { renew: true } })
    expect(await refusalOf(refunds.record({ ...refund, approvalIds }))).toMatchObject({
      reason: 'approvals.expired',
      params: { name: '李静', date: '2026-11-22' },
    })
    const mine = { approvalId: id, version: before.version }
    expect(await refusalOf(test.manager.client.approvals.renew(mine))).toMatchObject({
      reason: 'approvals.not_yours',
    })
    const again = await approvals.renew(mine)
    expect(again).toMatchObject({ state: 'requested', subject: before.subject, amount: 60_000 })
    expect((await open(id)).state).toBe('void')
    expect(
      await refusalOf(approvals.renew({ ...mine, version: before.version + 1 })),
    ).toMatchObject({ reason: 'approvals.no_such_step' })
    await approvals.sign({ approvalId: again.id, ...managerSignature })
    await refunds.record({ ...refund, approvalIds: [again.id] })
  })

  it('that expired is no answer to the same question asked again', async () => {
    const refund = await refundOfCoat()
    const [first] = await signFor(test.clerk.client, refund)
    await test.setNow('2026-11-23T06:00:00.000Z')
    const [second] = await signFor(test.clerk.client, refund)
    expect(second).not.toBe(first)
    expect((await open(first ?? 0)).events.at(-1)).toMatchObject({
      action: 'void',
      reason: 'expired',
    })
  })
})

describe('history', () => {
  it('goes back page by page to the very first', async () => {
    const { approvals } = test.clerk.client
    const count = pageOfHistory + 5
    for (let index = 0; index < count; index += 1) {
      await approvals.request({
        kinds: ['compensation'],
        amount: 100,
        currency: 'CNY',
        subject: { type: 'test', id: String(index), hash: '0'.repeat(64) },
        summary: `第 ${index} 件`,
      })
    }
    const first = await approvals.list({ view: 'history' })
    expect(first).toHaveLength(pageOfHistory)
    const rest = await approvals.list({ view: 'history', before: first.at(-1)?.id })
    const all = [...first, ...rest].map((each) => each.subject.id)
    expect(all).toEqual(Array.from({ length: count }, (_, index) => String(count - 1 - index)))
  }, 60_000)
})
