import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { type Deed, deeds } from '../support/ledger/deeds.ts'
import { laws } from '../support/ledger/laws.ts'
import { repairDeeds } from '../support/ledger/repair-deeds.ts'
import { type Dice, openWorldStore, World } from '../support/ledger/world.ts'

let test: TestDesk
let goods: Record<string, number>

beforeAll(async () => {
  test = await openTestDesk()
  goods = await openWorldStore(test)
})
afterAll(() => test.close())

/** A history is some fifty calls of a whole desk: other tests of this kind have no database behind them. */
const patience = 240_000

const die = fc.nat(1_000_000)
const historyOf = (all: readonly Deed[]) =>
  fc.array(
    fc
      .record({ deed: fc.nat(all.length - 1), a: die, b: die, c: die })
      .map(({ deed, ...dice }) => ({ deed: all[deed], dice })),
    { minLength: 4, maxLength: 18, size: 'max' },
  )
const history = historyOf(deeds)

let histories = 0

/** Lives a history in a store of its own sales, and says which law does not hold at its end. */
async function live(steps: readonly { deed: Deed | undefined; dice: Dice }[]) {
  histories += 1
  const world = new World(test, goods, `L${histories}`)
  const [sell] = deeds
  await sell?.run(world, { a: histories, b: 7_000 * histories, c: histories })
  for (const { deed, dice } of steps) await deed?.run(world, dice)
  const broken: string[] = []
  for (const law of laws) {
    const found = await test.write((w) => law.broken(w, world))
    broken.push(...found.map((each) => `${law.name}: ${each}`))
  }
  return broken
}

describe('over any history of sales, refunds, exchanges, repairs, vouchers and prices', () => {
  it(
    'the ledger balances per sale, tender, exchange and store, and no unit is in two places',
    async () => {
      await fc.assert(
        fc.asyncProperty(history, async (steps) => {
          expect(await live(steps)).toEqual([])
        }),
        { numRuns: 60 },
      )
    },
    patience,
  )

  it(
    'also where the till rounds cash',
    async () => {
      const { refunds } = test.manager.client
      const { version, ...usual } = await refunds.settings()
      await refunds.changeSettings({
        ...usual,
        version,
        roundingStep: 'jiao',
        roundingMode: 'half_up',
      })
      await fc.assert(
        fc.asyncProperty(history, async (steps) => {
          expect(await live(steps)).toEqual([])
        }),
        { numRuns: 30 },
      )
    },
    patience,
  )

  it(
    'also where nearly everything breaks, is repaired, and half of that ends in something else',
    async () => {
      await fc.assert(
        fc.asyncProperty(historyOf(repairDeeds), async (steps) => {
          expect(await live(steps)).toEqual([])
        }),
        { numRuns: 60 },
      )
    },
    patience,
  )

  it('and the histories were no idle ones', async () => {
    const states = await test.write((w) =>
      w
        .selectFrom('exchange')
        .select((row) => ['state', row.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute(),
    )
    const counts = new Map(states.map((row) => [row.state, row.count]))
    for (const state of ['ordered', 'awaiting_handover', 'handed_over', 'void'] as const) {
      expect(counts.get(state) ?? 0).toBeGreaterThan(3)
    }
    const again = await test.write((w) =>
      w
        .selectFrom('exchange')
        .innerJoin('exchange as before', 'before.new_receipt_id', 'exchange.receipt_id')
        .select((row) => row.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow(),
    )
    expect(again.count).toBeGreaterThan(3)
    const moved = await test.write((w) =>
      w
        .selectFrom('voucher_movement')
        .select((row) => ['kind', row.fn.countAll<number>().as('count')])
        .groupBy('kind')
        .execute(),
    )
    const kinds = new Map(moved.map((row) => [row.kind, row.count]))
    for (const kind of ['issue', 'redeem', 'credit', 'loss'] as const) {
      expect(kinds.get(kind) ?? 0).toBeGreaterThan(1)
    }
    const adjusted = await test.write((w) =>
      w
        .selectFrom('refund')
        .select((row) => row.fn.countAll<number>().as('count'))
        .where('slip_kind', '=', 'price_adjustment')
        .executeTakeFirstOrThrow(),
    )
    expect(adjusted.count).toBeGreaterThan(3)
    const repaired = await test.write((w) =>
      w
        .selectFrom('repair_movement')
        .select((row) => ['action', row.fn.countAll<number>().as('count')])
        .groupBy('action')
        .execute(),
    )
    const steps = new Map(repaired.map((row) => [row.action, row.count]))
    for (const step of ['receive', 'send', 'bring_back', 'hand_back', 'keep'] as const) {
      expect(steps.get(step) ?? 0, step).toBeGreaterThan(1)
    }
    const restored = (steps.get('restore') ?? 0) + (steps.get('restore_away') ?? 0)
    expect(restored).toBeGreaterThan(1)
  })
})
