import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { ownRule } from '../support/house-rules.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

const today = '2026-11-21'
let desk: TestDesk
const sales: Record<string, { id: number; lineIds: number[] }> = {}

beforeAll(async () => {
  desk = await openTestDesk()
  await desk.write(async (w) => {
    for (const [name, tier] of [
      ['金卡', '金卡'],
      ['银卡', '银卡'],
      ['无等级', ''],
    ] as const) {
      const customerId = await addCustomer(w, { name, ...(tier && { tier }) })
      sales[name] = await addReceipt(w, {
        receiptNo: `T-${name}`,
        businessDate: today,
        customerId,
        lines: [{ name: '羊毛衫', paid_amount: 39_900 }],
      })
    }
    sales['散客'] = await addReceipt(w, {
      receiptNo: 'T-0',
      businessDate: today,
      lines: [{ name: '羊毛衫', paid_amount: 39_900 }],
    })
  })
  const { id: _id, version: _version, ...rule } = ownRule()
  const { policy } = desk.manager.client
  const { id, version } = await policy.save({
    ruleId: null,
    version: null,
    rule: { ...rule, layer: 'tier', validFrom: today, scope: { tiers: ['金卡'] } },
  })
  await policy.sign({ ruleId: id, version, pin: '2580' })
})

afterAll(() => desk.close())

async function refundOf(sale: { id: number } | undefined) {
  const { lines } = await desk.clerk.client.rights.ofReceipt({
    receiptId: sale?.id ?? 0,
    answers: { all: { reason: 'preference', condition: 'sealed' }, lines: [] },
  })
  return lines[0]?.verdict?.remedies.find(({ remedy }) => remedy === 'refund')
}

describe('a rule for a customer tier', () => {
  it('gives a gold customer what it promises', async () => {
    expect(await refundOf(sales['金卡'])).toMatchObject({ allowed: true, until: '2026-12-06' })
  })

  it.each(['银卡', '无等级', '散客'])('gives %s nothing', async (name) => {
    expect(await refundOf(sales[name])).toMatchObject({ allowed: false })
  })

  it('can name the tiers the store knows, each once', async () => {
    expect(await desk.manager.client.customers.tiers()).toEqual(['金卡', '银卡'])
  })

  it('has its tier shown with the sale', async () => {
    const { customer } = await desk.clerk.client.sales.open({ receiptId: sales['金卡']?.id ?? 0 })
    expect(customer?.tier).toBe('金卡')
  })
})
