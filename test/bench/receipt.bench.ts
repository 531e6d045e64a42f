import { openStore } from '../../src-main/database/store.ts'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { seededChance } from '../../src-main/demo/random.ts'
import { readReceipt } from '../../src-main/sales/store.ts'
import { largeStore, millionLines } from '../support/large-store.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const rounds = 2_000

/** The same facts as one hand-written query for each part, prepared once, rows as SQLite gives them. */
const rawParts = [
  `SELECT receipt.*, customer.name, customer.member_no, customer.phone, original.receipt_no AS original_no
   FROM receipt LEFT JOIN customer ON customer.id = receipt.customer_id
   LEFT JOIN receipt AS original ON original.id = receipt.original_receipt_id WHERE receipt.id = ?`,
  `SELECT sale_line.*, brand, category FROM sale_line LEFT JOIN product ON product.id = sale_line.product_id
   WHERE receipt_id = ? ORDER BY line_no`,
  `SELECT returned_unit.*, refund.number FROM sale_line
   JOIN returned_unit ON returned_unit.sale_line_id = sale_line.id AND returned_unit.live = 1
   LEFT JOIN refund ON refund.id = returned_unit.refund_id WHERE sale_line.receipt_id = ?`,
  'SELECT card_line.* FROM card JOIN card_line ON card_line.card_id = card.id WHERE card.receipt_id = ?',
  'SELECT * FROM tender WHERE receipt_id = ?',
  'SELECT * FROM receipt WHERE original_receipt_id = ? AND original_receipt_id IS NOT NULL',
  'SELECT * FROM refund WHERE receipt_id = ?',
  'SELECT * FROM complaint WHERE receipt_id = ? AND receipt_id IS NOT NULL',
  'SELECT * FROM card WHERE receipt_id = ?',
]

const bench: Bench = {
  name: 'open a receipt',
  async run(): Promise<Figure[]> {
    const file = largeStore(millionLines)
    const chance = seededChance(13)
    const ids = Array.from({ length: rounds }, () => chance.int(1, 380_000))
    const db = openSqlite(file, { readonly: true })
    const statements = rawParts.map((sql) => db.prepare(sql))
    const raw: number[] = []
    const opened: number[] = []
    const store = openStore(file)
    const openRaw = (id: number) => {
      for (const statement of statements) statement.all(id)
    }
    const open = (id: number) => store.read((r) => readReceipt(r, id))
    // Each receipt is touched by both before either is timed: compared is the work, not who reads the disk first.
    for (const id of ids) {
      openRaw(id)
      await open(id)
      const before = performance.now()
      openRaw(id)
      const between = performance.now()
      await open(id)
      raw.push(between - before)
      opened.push(performance.now() - between)
    }
    await store.close()
    db.close()
    const warm = (times: number[], share: number) => quantile(times.slice(rounds / 10), share)
    const against = (share: number) => ({
      name: 'raw prepared statements',
      value: warm(raw, share),
    })
    return [
      figure('open a receipt, p50, 1M lines', warm(opened, 0.5), 'ms', against(0.5)),
      figure('open a receipt, p95, 1M lines', warm(opened, 0.95), 'ms', against(0.95)),
    ]
  },
}

export default bench
