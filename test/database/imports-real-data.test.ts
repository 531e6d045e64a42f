import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { type ImportBench, openImportBench, realFile } from '../support/import-file.ts'

/** The files a store could hand in, as they are, against the facts counted from them independently. */

function openFor(): { bench: () => ImportBench } {
  let bench: ImportBench | undefined
  beforeAll(() => {
    bench = openImportBench()
  })
  afterAll(async () => {
    // The import writes without checking references one by one; here all of them are checked at once.
    const dangling = bench?.one<number>('SELECT count(*) FROM pragma_foreign_key_check') ?? 0
    await bench?.close()
    expect(dangling).toBe(0)
  })
  return { bench: () => bench ?? openImportBench() }
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T
}

/** Yuan as the fact files print them. */
function yuan(minor: number): string {
  return (minor / 100).toFixed(2)
}

const sums = (bench: ImportBench, kind: string) =>
  bench.one<number>('SELECT coalesce(sum(total), 0) FROM receipt WHERE kind = ?', kind)

interface KeyRow {
  return_invoice: string
  stock_code: string
  return_qty: string
  return_unit_price: string
  link_kind: string
  matched_invoice: string
  matched_qty: string
  matched_unit_price: string
  matched_time: string
}

function readKey(file: string): KeyRow[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(
      names.map((name, index) => [name, cells[index] ?? '']),
    ) as unknown as KeyRow
  })
}

describe('UCI Online Retail', () => {
  const { bench } = openFor()
  const { file, missing } = realFile('uci-online-retail/sales_and_returns.csv')

  it('gives the lines, invoices, customers, codes and amounts counted from the file', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    const facts = readJson<Record<string, string | number>>(
      realFile('uci-online-retail/expected_facts.json').file,
    )
    const state = await bench().importFile(file)
    expect(state.counts).toEqual({
      rows: 8335,
      accepted: 8335,
      unchanged: 0,
      skipped: 0,
      rejected: 0,
    })
    const one = <T>(sql: string) => bench().one<T>(sql)
    expect({
      lines: one('SELECT count(*) FROM sale_line'),
      invoices: one('SELECT count(*) FROM receipt'),
      return_invoices: one("SELECT count(*) FROM receipt WHERE kind = 'return'"),
      return_lines: one(
        "SELECT count(*) FROM sale_line l JOIN receipt r ON r.id = l.receipt_id WHERE r.kind = 'return'",
      ),
      customers: one('SELECT count(*) FROM customer'),
      stock_codes: one('SELECT count(DISTINCT sku) FROM sale_line'),
      sales_amount: yuan(sums(bench(), 'sale')),
      return_amount: yuan(sums(bench(), 'return')),
    }).toEqual(Object.fromEntries(Object.entries(facts).filter(([name]) => name !== 'link_kinds')))
    expect(state.totals).toMatchObject({
      sales: '320795.93',
      returns: '-180920.74',
      file: '139875.19',
    })
  })

  it('links every return the key links, to the same invoice, quantity, price and time', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    const key = readKey(realFile('uci-online-retail/answer_key.csv').file)
    const links = readLinks(bench())
    expect(key).toHaveLength(links.length)
    const answers = key.map((row) => ({
      invoice: row.return_invoice,
      sku: row.stock_code,
      qty: Number(row.return_qty),
      matched: row.matched_invoice,
      matchedQty: row.matched_qty === '' ? null : Number(row.matched_qty),
      matchedPrice: row.matched_unit_price === '' ? null : Number(row.matched_unit_price),
      matchedTime: row.matched_time,
    }))
    expect(links).toEqual(answers.map((answer, index) => ({ ...answer, kind: links[index]?.kind })))
  })

  it('names the kind of every link as the key does, but where the cut-out lacks the purchase', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    const key = readKey(realFile('uci-online-retail/answer_key.csv').file)
    const links = readLinks(bench())
    const differing = key.filter((row, index) => links[index]?.kind !== row.link_kind)
    // The key was made from the whole data set; for these returns the cut-out holds no line of the same customer and
    // code at all, so what was bought later, or in smaller amounts, cannot be known from it. Nothing is linked either way.
    const bought = new Set(
      bench()
        .all<{ customer: number; sku: string }>(
          "SELECT DISTINCT r.customer_id AS customer, l.sku FROM sale_line l JOIN receipt r ON r.id = l.receipt_id WHERE l.kind = 'goods'",
        )
        .map(({ customer, sku }) => `${customer} ${sku}`),
    )
    const customerOf = (invoice: string) =>
      bench().one<number>('SELECT customer_id FROM receipt WHERE receipt_no = ?', invoice)
    for (const row of differing) {
      expect(bought.has(`${customerOf(row.return_invoice)} ${row.stock_code}`)).toBe(false)
      expect(row.matched_invoice).toBe('')
    }
    expect(differing).toHaveLength(37)
    const facts = readJson<{ link_kinds: Record<string, number> }>(
      realFile('uci-online-retail/expected_facts.json').file,
    )
    const counted = countBy(links.map((link) => link.kind))
    for (const kind of [
      'full_line',
      'partial_line',
      'full_line_other_price',
      'partial_line_other_price',
    ]) {
      expect(counted[kind]).toBe(facts.link_kinds[kind])
    }
  })

  it('changes nothing when the file comes again', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const before = fingerprint(bench())
    const state = await bench().importFile(file)
    expect(state.counts).toEqual({
      rows: 8335,
      accepted: 0,
      unchanged: 8335,
      skipped: 0,
      rejected: 0,
    })
    expect(fingerprint(bench())).toEqual(before)
  })
})

describe('UCI, one day in three spellings', () => {
  const { bench } = openFor()
  const files = ['one_day_2011-10-06.csv', 'one_day_tab.txt', 'one_day_semicolon_decimal_comma.csv']

  it('reads commas, tabs and semicolons with decimal commas as the same day', async ({ skip }) => {
    const [first = '', ...others] = files
    const { file, missing } = realFile(`uci-online-retail/${first}`)
    skip(missing !== undefined, missing)
    const state = await bench().importFile(file)
    expect(state.counts).toMatchObject({ rows: 3189, accepted: 3189, rejected: 0 })
    expect(state.totals).toMatchObject({
      sales: '62891.19',
      returns: '-7584.91',
      returnReceipts: 64,
    })
    expect(bench().one('SELECT count(*) FROM receipt')).toBe(218)
    for (const other of others) {
      const again = await bench().importFile(realFile(`uci-online-retail/${other}`).file)
      expect(again.counts).toMatchObject({ rows: 3189, accepted: 0, unchanged: 3189, rejected: 0 })
      expect(again.totals.file).toBe('55306.28')
    }
  })

  it('keeps stock write-offs apart from returns', ({ skip }) => {
    skip(bench().one('SELECT count(*) FROM receipt') === 0, 'no UCI day beside the repository')
    expect(bench().one("SELECT count(*) FROM sale_line WHERE kind = 'adjustment'")).toBe(17)
    expect(
      bench().one("SELECT count(*) FROM sale_line WHERE kind = 'return' AND paid_amount = 0"),
    ).toBe(0)
  })
})

describe('UCI, odd lines', () => {
  const { bench } = openFor()
  const { file, missing } = realFile('uci-online-retail/odd_lines.csv')

  it('takes every line and knows postage, charges, vouchers and bad debt for what they are', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    const state = await bench().importFile(file)
    expect(state.counts).toMatchObject({ rows: 1819, accepted: 1819, rejected: 0 })
    const codes = bench().all<{ sku: string; kinds: string }>(
      "SELECT sku, group_concat(DISTINCT kind) AS kinds FROM sale_line WHERE sku IN ('POST','DOT','M','m','D','C2','S','BANK CHARGES','AMAZONFEE','CRUK','B','gift_0001_40') GROUP BY sku",
    )
    expect(codes).toHaveLength(10)
    expect(codes.every(({ kinds }) => kinds === 'non_goods')).toBe(true)
    expect(bench().one("SELECT name FROM sale_line WHERE sku = '22041' LIMIT 1")).toBe(
      'RECORD FRAME 7" SINGLE SIZE',
    )
  })
})

describe('Tmall order report', () => {
  const { bench } = openFor()
  const { file, missing } = realFile('tmall-order-report/tmall_orders.csv')

  it('gives the orders, refunds and sums counted from the file, day by day', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const facts = readJson<Record<string, unknown>>(
      realFile('tmall-order-report/expected_facts.json').file,
    )
    const state = await bench().importFile(file)
    const column = (field: string) => state.totals.columns.find((one) => one.field === field)?.sum
    const one = <T>(sql: string) => bench().one<T>(sql)
    expect({
      rows: state.counts.rows,
      paid_rows: one(
        "SELECT count(*) FROM receipt s LEFT JOIN receipt b ON b.original_receipt_id = s.id WHERE s.kind = 'sale' AND s.total + coalesce(b.total, 0) > 0",
      ),
      payment_time_blank: state.skipReasons.find(({ reason }) => reason === 'import.unpaid_order')
        ?.count,
      refund_rows: one("SELECT count(*) FROM receipt WHERE kind = 'return'"),
      full_refunds: one(
        "SELECT count(*) FROM sale_line WHERE kind = 'return' AND link_kind = 'full_line'",
      ),
      partial_refunds: one(
        "SELECT count(*) FROM sale_line WHERE kind = 'return' AND link_kind = 'partial_line'",
      ),
      sum_total: column('receiptTotal'),
      sum_paid: column('paidAmount'),
      sum_refund: column('refundAmount'),
      per_day_refund_count_and_sum: perDay(
        bench(),
        Object.keys(facts['per_day_refund_count_and_sum'] as object),
      ),
    }).toEqual(facts)
    expect(yuan(sums(bench(), 'sale') + sums(bench(), 'return'))).toBe(facts['sum_paid'])
    expect(yuan(-sums(bench(), 'return'))).toBe(facts['sum_refund'])
    expect(state.totals.file).toBe(facts['sum_paid'])
  })

  it('links each refund to its order', ({ skip }) => {
    skip(missing !== undefined, missing)
    expect(
      bench().one(
        "SELECT count(*) FROM receipt b JOIN receipt s ON s.id = b.original_receipt_id WHERE b.kind = 'return' AND s.receipt_no = b.receipt_no AND s.total >= -b.total",
      ),
    ).toBe(1494)
  })
})

describe('Tableau superstore', () => {
  const { bench } = openFor()
  const { file, missing } = realFile('tableau-cn-superstore/订单_gb18030.csv')

  it('gives the facts of the orders and of the list of returned orders', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const facts = readJson<Record<string, unknown>>(
      realFile('tableau-cn-superstore/expected_facts.json').file,
    )
    const orders = await bench().importFile(file)
    expect(orders.counts).toMatchObject({ rows: 10_000, accepted: 10_000 })
    const returns = await bench().importFile(
      realFile('tableau-cn-superstore/退货_utf8bom.csv').file,
    )
    // The exact sum ends in half a 分; the fact file, summed in floating point, has it just below and rounds down.
    expect(returns.totals.returns).toBe('-1961954.995')
    const one = <T>(sql: string) => bench().one<T>(sql)
    const names = bench().all<{ name: string; ids: string }>(
      'SELECT name, json_group_array(member_no) AS ids FROM customer GROUP BY name HAVING count(*) > 1',
    )
    const examples = facts['customers_name_example_with_two_ids'] as Record<string, string[]>
    expect({
      order_lines: one(
        "SELECT count(*) FROM sale_line l JOIN receipt r ON r.id = l.receipt_id WHERE r.kind = 'sale'",
      ),
      orders: one("SELECT count(DISTINCT receipt_no) FROM receipt WHERE kind = 'sale'"),
      customers: one('SELECT count(*) FROM customer'),
      product_ids: one('SELECT count(*) FROM product'),
      returned_orders_listed: returns.counts.rows,
      returned_orders_distinct: one(
        "SELECT count(DISTINCT receipt_no) FROM receipt WHERE kind = 'return'",
      ),
      returned_orders_found_in_orders: returns.counts.accepted,
      lines_of_returned_orders: one(
        "SELECT count(*) FROM sale_line l JOIN receipt r ON r.id = l.receipt_id WHERE r.kind = 'return' AND l.original_line_id IS NOT NULL",
      ),
      sum_sales: Number(orders.totals.sales).toFixed(2),
      sum_sales_returned_orders: returns.totals.returns.slice(1, -1),
      same_name_different_customer_id: names.length,
      customers_name_example_with_two_ids: Object.fromEntries(
        Object.entries(examples).map(([name, ids]) => {
          const found = JSON.parse(names.find((row) => row.name === name)?.ids ?? '[]') as string[]
          return [name, ids.filter((id) => found.includes(id))]
        }),
      ),
      order_product_repeated: one(
        "SELECT count(*) FROM (SELECT 1 FROM sale_line l JOIN receipt r ON r.id = l.receipt_id WHERE r.kind = 'sale' GROUP BY r.receipt_no, l.sku HAVING count(*) > 1)",
      ),
      product_ids_with_two_names: one(
        'SELECT count(*) FROM (SELECT 1 FROM sale_line GROUP BY sku HAVING count(DISTINCT name) > 1)',
      ),
    }).toEqual(facts)
  })

  it('rounds each receipt once: lines sum to the total, the total is the exact sum to the nearest 分', ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    const receipts = bench().all<{ total: number; paid: number; exact: number }>(
      "SELECT r.total, sum(l.paid_amount) AS paid, sum(coalesce(CAST(round(l.file_amount * 1000) AS INTEGER), l.paid_amount * 10)) AS exact FROM receipt r JOIN sale_line l ON l.receipt_id = r.id WHERE r.kind = 'sale' GROUP BY r.id",
    )
    expect(receipts.every(({ total, paid }) => total === paid)).toBe(true)
    expect(receipts.every(({ total, exact }) => total === Math.floor((exact + 5) / 10))).toBe(true)
    expect(receipts.reduce((sum, { exact }) => sum + exact, 0)).toBe(16_117_548_237)
  })

  it('says clearly that the list of salespeople is no sales file', ({ skip }) => {
    skip(missing !== undefined, missing)
    expect(reasonOf('tableau-cn-superstore/销售人员_utf8.csv')).toBe('import.not_sales_file')
  })
})

describe('orders of an online shop in GBK', () => {
  const { bench } = openFor()
  const { file, missing } = realFile('gbk-orders-synthetic/order_1_gbk.csv')

  it('takes what was sold and skips what was cancelled or is pending', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const state = await bench().importFile(file)
    expect(state.counts).toEqual({
      rows: 1693,
      accepted: 1521,
      unchanged: 0,
      skipped: 172,
      rejected: 0,
    })
    expect(state.totals).toMatchObject({
      file: '2838383.66',
      sales: '2576292.84',
      skipped: '262090.82',
    })
    expect(
      bench().all('SELECT kind, count(*) AS n FROM tender GROUP BY kind ORDER BY kind'),
    ).toEqual([
      { kind: 'alipay', n: 601 },
      { kind: 'bank_card', n: 292 },
      { kind: 'cash', n: 80 },
      { kind: 'wechat', n: 548 },
    ])
  })

  it('refuses the two bad rows of the supermarket sample by their lines and keeps the rest', async ({
    skip,
  }) => {
    const sample = realFile('gbk-orders-synthetic/retail_sales_raw_7rows.csv')
    skip(sample.missing !== undefined, sample.missing)
    const state = await bench().importFile(sample.file)
    expect(state.counts).toMatchObject({ rows: 6, accepted: 4, rejected: 2 })
    expect(state.rejects.map(({ lineNo, reason }) => [lineNo, reason])).toEqual([
      [5, 'import.impossible_date'],
      [7, 'import.missing_value'],
    ])
    expect(state.totals).toMatchObject({
      sales: '64.00',
      returns: '-10.00',
      rejected: '45.90',
      file: '99.90',
    })
  })
})

describe('customers and goods', () => {
  const { bench } = openFor()
  const shapes = [
    'customers_2000_gbk_crlf.csv',
    'customers_2000_utf8.csv',
    'customers_2000_utf8bom_tab.txt',
    'customers_200_utf8_semicolon.csv',
    'customers_200.json',
  ]

  it('reads five shapes of a customer list as the same people', async ({ skip }) => {
    const [first = '', ...others] = shapes
    const { file, missing } = realFile(`cn-customers-synthetic/${first}`)
    skip(missing !== undefined, missing)
    expect((await bench().importFile(file)).counts).toMatchObject({ accepted: 2000, rejected: 0 })
    for (const shape of others) {
      const state = await bench().importFile(realFile(`cn-customers-synthetic/${shape}`).file)
      expect(state.counts).toMatchObject({ accepted: 0, unchanged: state.counts.rows, rejected: 0 })
      expect(state.counts.rows).toBe(shape.includes('2000') ? 2000 : 200)
    }
    expect(bench().one('SELECT count(*) FROM customer')).toBe(2000)
    expect(
      bench().one(
        'SELECT count(*) FROM (SELECT 1 FROM customer GROUP BY name HAVING count(*) > 1)',
      ),
    ).toBe(52)
    expect(
      bench().one(
        'SELECT count(*) FROM (SELECT 1 FROM customer GROUP BY phone_digits HAVING count(*) > 1)',
      ),
    ).toBe(5)
    expect(
      bench().all(
        "SELECT name, name_initials, phone, joined_on, points FROM customer WHERE member_no = 'V000001'",
      ),
    ).toEqual([
      {
        name: '莫敬阳',
        name_initials: 'mjy',
        phone: '15000000310',
        joined_on: '2023-11-26',
        points: 23798,
      },
    ])
  })

  it('takes the catalogue of a supermarket and of a fresh-food shop', async ({ skip }) => {
    const { file, missing } = realFile('cn-supermarket-skus/skus_gb18030_crlf.csv')
    skip(missing !== undefined, missing)
    expect((await bench().importFile(file)).counts).toMatchObject({ accepted: 6138, rejected: 0 })
    expect((await bench().importFile(file)).counts).toMatchObject({ unchanged: 6138, accepted: 0 })
    expect(
      bench().all("SELECT name, category, unit, spec FROM product WHERE sku = 'DW-1001010165'"),
    ).toEqual([
      { name: '鲜猪肉 4千克', category: '肉禽 / 猪肉 / 鲜猪肉', unit: '盒', spec: '4千克' },
    ])
    const fresh = realFile('cumcm2023c-supermarket/catalogue.csv')
    skip(fresh.missing !== undefined, fresh.missing)
    expect((await bench().importFile(fresh.file)).counts).toMatchObject({
      accepted: 251,
      rejected: 0,
    })
    expect(bench().one("SELECT count(*) FROM product WHERE sku = '102900005115168'")).toBe(1)
  })

  it.for([
    ['cn-supermarket-skus/单位映射表.csv', 'import.units_table'],
    ['cn-supermarket-skus/数据质量报告_of_the_original.csv', 'import.not_sales_file'],
    ['cn-payment-bill-exports/alipay_gb18030.csv', 'import.payment_bill'],
    ['cn-payment-bill-exports/jd_utf8bom.csv', 'import.payment_bill'],
    ['uci-online-retail/answer_key.csv', 'import.not_sales_file'],
  ] as const)('says what %s is', ([name, reason], { skip }) => {
    const { missing } = realFile(name)
    skip(missing !== undefined, missing)
    expect(reasonOf(name)).toBe(reason)
  })
})

/** Why a file is refused when somebody imports it as it is suggested. */
function reasonOf(name: string): string {
  const bench = openImportBench()
  try {
    void bench.importFile(realFile(name).file)
    return 'imported'
  } catch (error) {
    return isRefusal(error) ? error.reason : String(error)
  } finally {
    void bench.close()
  }
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

function perDay(bench: ImportBench, days: string[]): Record<string, [number, string]> {
  const rows = bench.all<{ day: string; count: number; sum: number }>(
    "SELECT business_date AS day, count(*) AS count, -sum(total) AS sum FROM receipt WHERE kind = 'return' GROUP BY 1",
  )
  const found = new Map(
    rows.map(({ day, count, sum }) => [day, [count, pythonDecimal(sum)] as [number, string]]),
  )
  expect([...found.keys()].every((day) => days.includes(day))).toBe(true)
  return Object.fromEntries(days.map((day) => [day, found.get(day) ?? [0, '0.0']]))
}

/** As the fact file prints sums: no needless zeros, one decimal at least. */
function pythonDecimal(minor: number): string {
  return (minor / 100).toFixed(2).replace(/0$/, '')
}

/** The linked sale of each return line, in the order of the file. */
function readLinks(bench: ImportBench) {
  const rows = bench.all<{
    invoice: string
    sku: string
    qty: number
    kind: string
    original: number | null
  }>(
    "SELECT r.receipt_no AS invoice, l.sku, l.qty_milli / 1000 AS qty, l.link_kind AS kind, l.original_line_id AS original FROM sale_line l JOIN receipt r ON r.id = l.receipt_id WHERE l.kind = 'return' ORDER BY l.id",
  )
  return rows.map((row) => ({
    invoice: row.invoice,
    sku: row.sku,
    qty: row.qty,
    kind: row.kind,
    ...matchOf(bench, row.original),
  }))
}

/** The purchase a line belongs to: the lines of its receipt with the same code at the same unit price. */
function matchOf(bench: ImportBench, lineId: number | null) {
  if (lineId === null) return { matched: '', matchedQty: null, matchedPrice: null, matchedTime: '' }
  const [line] = bench.all<{
    receipt: number
    no: string
    sku: string
    price: number
    soldAt: string
  }>(
    'SELECT r.id AS receipt, r.receipt_no AS no, l.sku, l.paid_amount * 1000.0 / l.qty_milli AS price, r.sold_at AS soldAt FROM sale_line l JOIN receipt r ON r.id = l.receipt_id WHERE l.id = ?',
    lineId,
  )
  if (!line) throw new Error(`no line ${lineId}`)
  const qty = bench.one<number>(
    'SELECT sum(qty_milli) / 1000 FROM sale_line WHERE receipt_id = ? AND sku = ? AND abs(paid_amount * 1000.0 / qty_milli - ?) < 0.0001',
    line.receipt,
    line.sku,
    line.price,
  )
  const local = new Date(Date.parse(line.soldAt) + 8 * 3_600_000)
  return {
    matched: line.no,
    matchedQty: qty,
    matchedPrice: Math.round(line.price) / 100,
    matchedTime: local.toISOString().slice(0, 19).replace('T', ' '),
  }
}

/** What the store holds, to see that nothing changed. */
function fingerprint(bench: ImportBench) {
  return [
    'SELECT count(*), sum(total) FROM receipt',
    'SELECT count(*), sum(paid_amount), sum(qty_milli) FROM sale_line',
    'SELECT count(*), sum(original_line_id) FROM sale_line WHERE original_line_id IS NOT NULL',
    'SELECT count(*), sum(amount) FROM returned_unit',
    'SELECT count(*), sum(version) FROM product',
    'SELECT count(*), sum(version) FROM customer',
  ].map((sql) => bench.all(sql))
}
