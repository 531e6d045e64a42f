import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openSqlite, type SqliteDatabase } from '../../src-main/database/sqlite.ts'
import { seededChance } from '../../src-main/demo/random.ts'
import { addDays } from '../../src-main/foundation/business-date.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const lines = 1_000_000
const perReceipt = 4
const cases = 60_000
const products = 20_000
const counters = 400
const today = '2026-11-21'
const days = 365
/** Complaints of so many days: a big store has sixty a day. */
const caseDays = 1_000
const rounds = 5

const faults = ['开胶', '噪音大', '掉色', '不启动', '漏水', '拉链坏', '质量差', '态度不好']

function fill(db: SqliteDatabase): void {
  const chance = seededChance(11)
  const product = db.prepare(
    `INSERT INTO product (id, sku, sku_key, name, brand, category, source, created_at)
     VALUES (?, ?, ?, ?, ?, ?, 'sale', '2026-01-01T00:00:00Z')`,
  )
  const receipt = db.prepare(
    `INSERT INTO receipt (id, store_code, till, business_date, receipt_no, receipt_key, kind, sold_at, currency, total,
       line_count, content_hash, import_id) VALUES (?, '', '01', ?, ?, ?, 'sale', ?, 'CNY', 100, 4, '', 1)`,
  )
  const line = db.prepare(
    `INSERT INTO sale_line (receipt_id, line_no, kind, product_id, name, qty_milli, units, list_amount, paid_amount,
       counter, vendor) VALUES (?, ?, 'goods', ?, '商品', 1000, 1, 100, 100, ?, ?)`,
  )
  const file = db.prepare(
    `INSERT INTO case_file (id, state, business_date, opened_at, opened_by, owner_id, closed_at, closed_on)
     VALUES (?, 'closed', ?, ?, 1, 1, ?, ?)`,
  )
  const complaint = db.prepare(
    `INSERT INTO complaint (number, case_id, class, text, solved_on_spot, business_date, recorded_at, recorded_by,
       sale_line_id, receipt_id, product_id, state) VALUES (?, ?, ?, ?, 1, ?, ?, 1, ?, ?, ?, 'solved')`,
  )
  const productOf = () => 1 + Math.floor(products * (chance.int(0, 1_000_000) / 1_000_000) ** 2)
  const sold: number[] = []
  db.transaction(() => {
    for (let id = 1; id <= products; id += 1) {
      product.run(id, `S${id}`, `S${id}`, `商品 ${id}`, `品牌 ${id % 900}`, `类 ${id % 200}`)
    }
    for (let id = 1; id <= lines / perReceipt; id += 1) {
      const date = addDays(today, -days + Math.floor((id * perReceipt * days) / lines))
      receipt.run(id, date, `R${id}`, `R${id}`, `${date}T04:00:00Z`)
      for (let no = 1; no <= perReceipt; no += 1) {
        const productId = Math.min(products, productOf())
        line.run(id, no, productId, `柜台 ${productId % counters}`, `联营商 ${productId % 150}`)
        sold.push(productId)
      }
    }
    for (let id = 1; id <= cases; id += 1) {
      const date = addDays(today, -caseDays + Math.floor((id * caseDays) / cases))
      const lineId = lines - chance.int(0, lines / 4)
      const at = `${date}T04:00:00Z`
      const text = `${chance.pick(faults)}，顾客要求处理。${'讲了很久。'.repeat(chance.int(2, 40))}`
      file.run(id, date, at, at, date)
      const kind = chance.int(0, 2) === 0 ? 'service' : 'goods'
      const receiptId = Math.ceil(lineId / perReceipt)
      complaint.run(`T${id}`, id, kind, text, date, at, lineId, receiptId, sold[lineId - 1])
    }
  })()
}

async function timeScan(test: TestDesk): Promise<number> {
  const started = performance.now()
  await test.manager.client.radar.scan({ dimension: null })
  return performance.now() - started
}

const bench: Bench = {
  name: 'radar',
  async run(): Promise<Figure[]> {
    const test = await openTestDesk()
    try {
      const db = openSqlite(test.desk.folder.databaseFile, { readonly: false })
      fill(db)
      const first = await timeScan(test)
      const whole = performance.now()
      db.prepare(
        'SELECT product_id, counter, vendor, sum(units) FROM sale_line GROUP BY 1, 2, 3',
      ).all()
      const baseline = { name: 'every sale line summed', value: performance.now() - whole }
      const delay = monitorEventLoopDelay({ resolution: 1 })
      const times: number[] = []
      delay.enable()
      for (let at = 0; at < rounds; at += 1) {
        // Something was said about a case: the scan has to be made anew.
        db.prepare(
          `INSERT INTO case_fault (case_id, fault, at, by) VALUES (?, 'sole_off', '2026-11-21T05:00:00Z', 1)`,
        ).run(cases - at)
        times.push(await timeScan(test))
      }
      delay.disable()
      const kept = await timeScan(test)
      db.close()
      return [
        figure('first scan, a million sale lines counted', first, 'ms', baseline),
        figure('scan after a change, p50', quantile(times, 0.5), 'ms', baseline, '< 1,000 ms'),
        figure('scan, nothing changed', kept, 'ms', baseline),
        figure('scan, longest stall', delay.max / 1e6, 'ms', baseline, '< 25 ms'),
      ]
    } finally {
      await test.close()
    }
  },
}

export default bench
