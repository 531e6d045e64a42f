import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFrozen } from '../../src-main/rights/index.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { addReceipt } from '../support/sold.ts'

/** How long a decision of the rights screen can be used (docs/decisions/0012). */

let test: TestDesk
let receipts = 0

beforeAll(async () => {
  test = await openTestDesk()
})
afterAll(() => test.close())

const noon = (day: string) => test.setNow(`${day}T04:00:00.000Z`)

/** Two kettles sold on a day, and the decision of a claim made on another. */
async function decided(soldOn: string, claimedOn: string) {
  receipts += 1
  const sale = await test.write((w) =>
    addReceipt(w, {
      receiptNo: `DEC-${receipts}`,
      businessDate: soldOn,
      lines: [{ name: '电水壶', paid_amount: 20_000, units: 2, qty_milli: 2_000 }],
    }),
  )
  const saleLineId = sale.lineIds[0] ?? 0
  await noon(claimedOn)
  const { id } = await test.clerk.client.rights.freeze({
    receiptId: sale.id,
    lines: [{ saleLineId, units: 1 }],
    answers: { all: { reason: 'quality', condition: 'faulty', findings: [] }, lines: [] },
    proofSetId: null,
  })
  return { receiptId: sale.id, saleLineId, rightsId: id }
}

type Decided = Awaited<ReturnType<typeof decided>>

function askOf({ receiptId, saleLineId, rightsId }: Decided, condition: 'faulty' | 'damaged') {
  return {
    receiptId,
    rightsId,
    reason: 'quality' as const,
    expectedAmount: 10_000,
    lines: [{ saleLineId, units: 1, condition, packagingIntact: true }],
  }
}

const record = (one: Decided, condition: 'faulty' | 'damaged' = 'faulty') =>
  test.clerk.client.refunds.record(askOf(one, condition))
const kindsOf = async (one: Decided, condition: 'faulty' | 'damaged' = 'faulty') =>
  (await test.clerk.client.refunds.preview(askOf(one, condition))).approval.kinds

async function frozenOf(refundId: number) {
  const { rightsId } = await test.clerk.client.refunds.open({ refundId })
  const frozen = await test.desk.folder.store.read((r) => readFrozen(r, rightsId ?? 0))
  if (!frozen) throw new Error('the refund goes by no decision')
  return frozen
}

describe('a written decision', () => {
  it('is used on the day itself and on the seventh after it', async () => {
    const today = await decided('2026-11-18', '2026-11-21')
    const { id } = await record(today)
    expect((await frozenOf(id)).id).toBe(today.rightsId)
    const last = await decided('2026-11-18', '2026-11-21')
    await noon('2026-11-28')
    // Ten days after the sale a fault gives no refund any more; three days after it, when it was claimed, it did.
    expect(await kindsOf(last)).toEqual(['normal'])
    const used = await frozenOf((await record(last)).id)
    expect(used).toMatchObject({ id: last.rightsId, claimedOn: '2026-11-21' })
  })

  it('is refused one day later, with what to do, and nothing is written', async () => {
    const old = await decided('2026-12-01', '2026-12-02')
    await noon('2026-12-10')
    const refused = {
      reason: 'refunds.decision_old',
      params: { claimedOn: '2026-12-02', lastDay: '2026-12-09', days: 7 },
    }
    expect(await refusalOf(kindsOf(old))).toMatchObject(refused)
    expect(await refusalOf(record(old))).toMatchObject(refused)
    // Decided anew it counts by the day it is now: what the rules no longer give takes a manager.
    const again = await test.clerk.client.refunds.preview({
      ...askOf(old, 'faulty'),
      rightsId: null,
    })
    expect(again.approval.kinds).toContain('abnormal')
  })

  it('lasts over the turn of the year, to the minute the day of the store turns', async () => {
    const one = await decided('2026-12-26', '2026-12-28')
    await noon('2027-01-04')
    expect(await kindsOf(one)).toEqual(['normal'])
    // The store's day turns at 04:00 in Shanghai.
    await test.setNow('2027-01-04T19:59:00.000Z')
    expect(await kindsOf(one)).toEqual(['normal'])
    await test.setNow('2027-01-04T20:00:00.000Z')
    expect(await refusalOf(kindsOf(one))).toMatchObject({
      reason: 'refunds.decision_old',
      params: { claimedOn: '2026-12-28', lastDay: '2027-01-04' },
    })
  })

  it('keeps the day of the claim for what the desk decides anew beside it', async () => {
    const one = await decided('2027-01-06', '2027-01-08')
    await noon('2027-01-15')
    // The goods are in another condition than was said: decided anew, still by the day of the claim.
    expect(await kindsOf(one, 'damaged')).toEqual(['normal'])
    const frozen = await frozenOf((await record(one, 'damaged')).id)
    expect(frozen.id).not.toBe(one.rightsId)
    expect(frozen).toMatchObject({ claimedOn: '2027-01-08' })
    // So a chain of decisions never outlives the claim.
    await noon('2027-01-16')
    const chained = { ...one, rightsId: frozen.id }
    expect(await refusalOf(kindsOf(chained, 'damaged'))).toMatchObject({
      reason: 'refunds.decision_old',
      params: { claimedOn: '2027-01-08' },
    })
  })
})

describe('what changed since a decision', () => {
  it('is read again: units that went back meanwhile', async () => {
    const one = await decided('2027-02-01', '2027-02-02')
    await record(one)
    await record({ ...one })
    expect(await refusalOf(record(one))).toMatchObject({
      reason: expect.stringMatching(/^refunds\./) as string,
    })
  })

  it('is read again: a card declared void promises nothing any more', async () => {
    const bare = await decided('2027-02-01', '2027-02-02')
    const { id: cardId } = await test.clerk.client.cards.issue({
      receiptId: bare.receiptId,
      consumer: { name: '王小明', phone: '13812345521', address: '', postcode: '' },
      paperLanguage: 'zh',
      units: [cardUnit(bare.saleLineId)],
    })
    const { id: rightsId } = await test.clerk.client.rights.freeze({
      receiptId: bare.receiptId,
      lines: [{ saleLineId: bare.saleLineId, units: 1 }],
      answers: { all: { reason: 'quality', condition: 'faulty', findings: [] }, lines: [] },
      proofSetId: null,
    })
    await test.manager.client.cards.void({ cardId, reason: '写错型号', version: 1 })
    const used = await frozenOf((await record({ ...bare, rightsId })).id)
    expect(used.id).not.toBe(rightsId)
    expect(used.lines[0]?.facts.card).toBeNull()
  })
})

function cardUnit(saleLineId: number) {
  return {
    saleLineId,
    unitNo: 1,
    brand: '',
    model: 'KT-1',
    name: '电水壶',
    serialNo: `KT-${saleLineId}`,
    batchNo: '',
    origin: '',
    installedOn: null,
    unitMonths: 12,
    partMonths: null,
    mainParts: '',
    provider: 'store' as const,
    providerName: '',
    providerPhone: '',
    scope: '性能故障',
    costBearer: 'store' as const,
  }
}
