import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import routingData from '../../resources/goods/routing.json' with { type: 'json' }
import { destinations, unitConditions } from '../../src-main/goods/contract.ts'
import {
  forbiddenFor,
  isHeld,
  proposeDestination,
  type Routing,
  type UnitFacts,
} from '../../src-main/goods/rules.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { openHouse } from '../support/open-house.ts'
import { addReceipt } from '../support/sold.ts'

const routing = routingData as Routing

const facts: fc.Arbitrary<UnitFacts> = fc.record({
  condition: fc.constantFrom(...unitConditions),
  reason: fc.constantFrom('', 'quality', 'size', 'damaged', 'other'),
  packagingIntact: fc.boolean(),
  category: fc.constantFrom(
    null,
    'food.fresh.dairy',
    'medicine',
    'clothing.underwear',
    'cosmetics',
  ),
  tags: fc.constantFrom<string[]>([], ['hygiene'], ['perishable']),
  hasVendor: fc.boolean(),
  safety: fc.boolean(),
  serialSeen: fc.boolean(),
})

describe('the rules for goods that came back', () => {
  it('propose one of the five places, and never one they forbid', () => {
    fc.assert(
      fc.property(facts, (unit) => {
        const { to } = proposeDestination(unit, routing)
        expect(destinations).toContain(to)
        const never = forbiddenFor(unit, routing).map(({ destination }) => destination)
        expect(never).not.toContain(to)
      }),
    )
  })
})

let desk: TestDesk
let receipts = 0

beforeAll(async () => {
  desk = await openTestDesk()
  await desk.write(openHouse)
})
afterAll(() => desk.close())

const act = fc.oneof(
  fc.record({
    do: fc.constant('return' as const),
    line: fc.nat(1),
    units: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ do: fc.constant('void' as const), at: fc.nat(5) }),
  fc.record({
    do: fc.constant('move' as const),
    at: fc.nat(5),
    to: fc.constantFrom(...destinations),
  }),
  fc.record({ do: fc.constant('vendor' as const), at: fc.nat(5), took: fc.boolean() }),
)

/** Does what is asked; a refusal leaves everything as it was. */
async function attempt(work: () => Promise<unknown>): Promise<void> {
  await work().catch(async (error: unknown) => {
    await refusalOf(Promise.reject(error))
  })
}

describe('over any history', () => {
  it('a unit is in one place, and its log tells how it came there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
        receipts += 1
        const sale = await desk.write((w) =>
          addReceipt(w, {
            receiptNo: `P-${receipts}`,
            lines: [
              { name: '羊毛衫', units: 3, qty_milli: 3_000, paid_amount: 900 },
              { name: '电热水壶', vendor: '沸时', paid_amount: 700 },
            ],
          }),
        )
        const refunds: number[] = []
        const { client } = desk.manager
        const units = () =>
          desk.desk.folder.store.read((r) =>
            r
              .selectFrom('goods_unit')
              .selectAll()
              .where('sale_line_id', 'in', sale.lineIds)
              .orderBy('id')
              .execute(),
          )
        for (const each of acts) {
          const known = await units()
          await attempt(async () => {
            if (each.do === 'return') {
              const saleLineId = sale.lineIds[each.line] ?? 0
              const asked = {
                receiptId: sale.id,
                reason: 'size' as const,
                lines: [
                  {
                    saleLineId,
                    units: each.units,
                    condition: 'opened' as const,
                    packagingIntact: true,
                  },
                ],
              }
              const { amount } = await client.refunds.preview(asked)
              const { id } = await client.refunds.record({ ...asked, expectedAmount: amount })
              refunds.push(id)
              return
            }
            if (each.do === 'void') {
              const refundId = refunds[each.at % Math.max(refunds.length, 1)]
              if (refundId === undefined) return
              await client.refunds.void({ refundId, reason: '写错了', version: 1 })
              return
            }
            const unit = known[each.at % Math.max(known.length, 1)]
            if (!unit) return
            const seen = { unitId: unit.id, version: unit.version, reason: '换个地方' }
            if (each.do === 'move') await client.goods.move({ ...seen, to: each.to })
            else await client.goods.vendor({ ...seen, took: each.took, place: '王师傅' })
          })
        }
        await expectOnePlaceEach(sale.lineIds, await units())
      }),
      { numRuns: 25 },
    )
  })
})

async function expectOnePlaceEach(
  lineIds: readonly number[],
  units: readonly {
    id: number
    sale_line_id: number
    unit_no: number
    state: string
    live: number
  }[],
): Promise<void> {
  const back = await desk.desk.folder.store.read((r) =>
    r
      .selectFrom('returned_unit')
      .select(['sale_line_id', 'unit_no'])
      .where('sale_line_id', 'in', lineIds)
      .where('live', '=', 1)
      .execute(),
  )
  const key = (unit: { sale_line_id: number; unit_no: number }) =>
    `${unit.sale_line_id} ${unit.unit_no}`
  const withStore = units.filter(({ state }) => state !== 'with_customer').map(key)
  // What was paid back is with the store, once; everything else is with the customer.
  expect(withStore.toSorted()).toEqual(back.map(key).toSorted())
  for (const unit of units) {
    expect(unit.live === 1).toBe(isHeld(unit.state as Parameters<typeof isHeld>[0]))
    const { log } = await desk.clerk.client.goods.open({ unitId: unit.id })
    expect(log.map(({ from }) => from)).toEqual([null, ...log.slice(0, -1).map(({ to }) => to)])
    expect(log.at(-1)?.to).toBe(unit.state)
  }
}
