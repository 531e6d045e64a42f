import { openSqlite } from '../../src-main/database/sqlite.ts'
import { openStore } from '../../src-main/database/store.ts'
import { seededChance } from '../../src-main/demo/random.ts'
import { loadPolicyFiles } from '../../src-main/policy/files.ts'
import { compileRules } from '../../src-main/policy/layers.ts'
import { contextOf } from '../../src-main/rights/context.ts'
import type { Answers } from '../../src-main/rights/contract.ts'
import { rightsOfSale } from '../../src-main/rights/service.ts'
import { readRightsSale } from '../../src-main/rights/store.ts'
import { largeStore, largeStoreDay, tenMillionLines } from '../support/large-store.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const rounds = 2_000

/** The same rows as one hand-written query for each part, prepared once, as SQLite gives them. */
const rawParts = [
  'SELECT * FROM receipt WHERE id = ?',
  "SELECT id FROM tender WHERE receipt_id = ? AND kind = 'voucher' LIMIT 1",
  `SELECT sale_line.*, brand, category, list_price FROM sale_line
   LEFT JOIN product ON product.id = sale_line.product_id WHERE receipt_id = ? ORDER BY line_no`,
  `SELECT returned_unit.* FROM sale_line JOIN returned_unit ON returned_unit.sale_line_id = sale_line.id
   AND returned_unit.live = 1 WHERE sale_line.receipt_id = ?`,
  'SELECT card_line.* FROM card JOIN card_line ON card_line.card_id = card.id WHERE card.receipt_id = ?',
]

/** What a clerk has said when the screen asks: nothing, then why, then what the inspection found. */
const stages: readonly Answers[] = [
  { all: {}, lines: [] },
  { all: { reason: 'quality' }, lines: [] },
  { all: { reason: 'preference', condition: 'opened', complete: true }, lines: [] },
]

const bench: Bench = {
  name: 'rights screen',
  async run(): Promise<Figure[]> {
    const file = largeStore(tenMillionLines)
    const db = openSqlite(file, { readonly: true })
    const { longest } = db
      .prepare('SELECT max(id) AS longest FROM receipt WHERE line_count = 20')
      .get() as { longest: number }
    const every = tenMillionLines.longSlipEvery ?? 1
    const chance = seededChance(29)
    const ids = Array.from({ length: rounds }, () => chance.int(1, longest / every) * every)
    const statements = rawParts.map((sql) => db.prepare(sql))
    const rules = compileRules(loadPolicyFiles(), { country: 'CN', region: 'CN-42', profiles: {} })
    const opened = { rules, context: contextOf({ currency: 'CNY' }, largeStoreDay) }
    const store = openStore(file)
    const readRaw = (id: number) => {
      for (const statement of statements) statement.all(id)
    }
    const answer = (id: number, answers: Answers) =>
      store.read(async (r) => {
        const sale = await readRightsSale(r, id)
        if (!sale || sale.lines.length !== 20) throw new Error(`no long slip ${id}`)
        return rightsOfSale({ ...sale, mirrorOf: null }, answers, opened)
      })
    const raw: number[] = []
    const decided: number[] = []
    // Each receipt is touched by both before either is timed: compared is the work, not who reads the disk first.
    for (const [index, id] of ids.entries()) {
      const answers = stages[index % stages.length] ?? { all: {}, lines: [] }
      readRaw(id)
      await answer(id, answers)
      const before = performance.now()
      readRaw(id)
      const between = performance.now()
      await answer(id, answers)
      raw.push(between - before)
      decided.push(performance.now() - between)
    }
    await store.close()
    db.close()
    const warm = (times: number[], share: number) => quantile(times.slice(rounds / 10), share)
    const against = (share: number) => ({ name: 'reading the same rows', value: warm(raw, share) })
    return [
      figure('rights of a 20-line slip, p50, 10M lines', warm(decided, 0.5), 'ms', against(0.5)),
      figure(
        'rights of a 20-line slip, p95, 10M lines',
        warm(decided, 0.95),
        'ms',
        against(0.95),
        'p95 below 15 ms',
      ),
    ]
  },
}

export default bench
