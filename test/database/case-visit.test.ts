import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deskNow, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { openRepairDesk, type RepairDesk } from '../support/repair-desk.ts'

let test: TestDesk
let repairs: RepairDesk

beforeAll(async () => {
  test = await openTestDesk()
  repairs = await openRepairDesk(test)
})
afterAll(() => test.close())
beforeEach(() => test.setNow(deskNow))

const nowhere = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '3F',
  counter: '家电',
}

/** An open complaint with a promise of its own, in a case of its own or in one that is there. */
function complain(
  text: string,
  { caseId = null, promised }: { caseId?: number | null; promised: string },
) {
  return test.clerk.client.complaints.record({
    class: 'goods',
    text,
    caseId,
    context: nowhere,
    contact: { name: '', phone: '' },
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: promised, dueAt: '2026-11-22T09:00:00.000Z' },
    },
  })
}

const file = (caseId: number) => test.clerk.client.cases.file({ caseId })
const promisesOf = async (caseId: number) =>
  (await file(caseId)).promises.map(({ text, state }) => `${text}: ${state}`)

describe('two complaints of one case', () => {
  it('each keep their own promises: solving one settles nothing of the other', async () => {
    const { client } = test.clerk
    const first = await complain('音箱有杂音', { promised: '厂家检测后回电' })
    const { caseId } = first
    const second = await complain('柜员态度差', { caseId, promised: '经理道歉' })
    await client.complaints.promise({
      complaintId: second.id,
      ownerId: test.clerk.id,
      text: '送道歉信',
      dueAt: '2026-11-23T09:00:00.000Z',
      version: 1,
    })
    const own = async () =>
      (await client.complaints.list({ state: 'open' }))
        .filter((each) => each.caseId === caseId)
        .map(({ number, nextPromiseDueAt }) => [number, nextPromiseDueAt])
    await test.setNow('2026-11-22T10:00:00.000Z')
    await client.complaints.solve({
      complaintId: second.id,
      solution: '已当面道歉',
      satisfied: true,
      version: 2,
    })
    expect(await promisesOf(caseId)).toEqual([
      '厂家检测后回电: open',
      '经理道歉: broken',
      '送道歉信: kept',
    ])
    expect((await file(caseId)).state).toBe('open')
    expect(await own()).toEqual([[first.number, '2026-11-22T09:00:00.000Z']])
    const due = (await client.cases.duePromises()).filter((each) => each.caseId === caseId)
    expect(due).toMatchObject([{ complaintId: first.id, complaintNumber: first.number }])
    await client.complaints.solve({
      complaintId: first.id,
      solution: '换新',
      satisfied: true,
      version: 1,
    })
    expect((await file(caseId)).state).toBe('closed')
  })
})

describe('a complaint and a repair of one visit', () => {
  it('are one case; the repair that is ready keeps its own promise and not the complaint’s', async () => {
    const { client } = test.clerk
    const complaint = await complain('修了三次还坏', { promised: '经理回电' })
    const { caseId } = complaint
    const rightsId = await repairs.decide(1)
    const { id } = await repairs.takeIn([repairs.sold(1, { rightsId })], { caseId })
    const joined = await file(caseId)
    expect(joined.parts.map(({ type }) => type)).toEqual(['complaint', 'repair'])
    expect(joined.receipt).not.toBeNull()
    expect((await repairs.open(id)).promises).toHaveLength(1)
    const [row] = (await client.repairs.list({ state: 'open' })).filter((each) => each.id === id)
    expect(row).toBeDefined()
    await repairs.mend(id)
    const states = (await file(caseId)).promises.map(({ repairId, complaintId, state }) => ({
      repairId,
      complaintId,
      state,
    }))
    expect(states).toEqual([
      { repairId: null, complaintId: complaint.id, state: 'open' },
      { repairId: id, complaintId: null, state: 'kept' },
    ])
    await repairs.handBack(id)
    expect((await file(caseId)).state).toBe('open')
    await client.complaints.solve({
      complaintId: complaint.id,
      solution: '修好并致歉',
      satisfied: true,
      version: 1,
    })
    expect(await file(caseId)).toMatchObject({ state: 'closed' })
  })

  it('needs a case that exists; a closed one is opened again by it', async () => {
    expect(await refusalOf(repairs.takeIn([repairs.sold(2)], { caseId: 99_999 }))).toMatchObject({
      reason: 'cases.unknown_case',
    })
    const { id, caseId } = await complain('风扇响', { promised: '回电' })
    await test.clerk.client.complaints.solve({
      complaintId: id,
      solution: '已说明',
      satisfied: null,
      version: 1,
    })
    await repairs.takeIn([repairs.sold(2)], { caseId })
    expect(await file(caseId)).toMatchObject({ state: 'open' })
  })
})
