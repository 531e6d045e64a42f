import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { type ImportBench, jobFor, openImportBench } from '../support/import-file.ts'

let bench: ImportBench
beforeEach(() => {
  bench = openImportBench()
})
afterEach(() => bench.close())

const header = '小票号,销售日期,销售时间,货号,品名,数量,单价,实收金额,收款方式,会员卡号'
const sale = `${header}
0001,2025-07-04,10:15:00,000122521,电吹风,2,199.00,"398.00",微信支付,V01
0001,2025-07-04,10:15:00,000122522,购物袋,1,0.50,0.50,微信支付,V01
0002,2025/7/4,11:00:00,000122523,苹果,0.535,12.80,6.85,现金,
`

async function refusalOf(work: () => unknown): Promise<string> {
  try {
    await work()
  } catch (error) {
    if (isRefusal(error)) return error.reason
    throw error
  }
  return 'done'
}

describe('sales', () => {
  it('writes receipts, lines, tenders, goods and customers, codes with their leading zeros', async () => {
    const state = await bench.importText('sales.csv', sale)
    expect(state).toMatchObject({
      state: 'finished',
      counts: { rows: 3, accepted: 3, unchanged: 0, skipped: 0, rejected: 0 },
      totals: {
        receipts: 2,
        lines: 3,
        nonGoodsLines: 1,
        newProducts: 2,
        newCustomers: 1,
        file: '405.35',
      },
    })
    expect(
      bench.all(
        'SELECT receipt_no, business_date, sold_at, kind, total, line_count, currency FROM receipt ORDER BY id',
      ),
    ).toEqual([
      {
        receipt_no: '0001',
        business_date: '2025-07-04',
        sold_at: '2025-07-04T02:15:00.000Z',
        kind: 'sale',
        total: 39850,
        line_count: 2,
        currency: 'CNY',
      },
      {
        receipt_no: '0002',
        business_date: '2025-07-04',
        sold_at: '2025-07-04T03:00:00.000Z',
        kind: 'sale',
        total: 685,
        line_count: 1,
        currency: 'CNY',
      },
    ])
    expect(
      bench.all(
        'SELECT kind, sku, qty_milli, units, list_amount, paid_amount FROM sale_line ORDER BY id',
      ),
    ).toEqual([
      {
        kind: 'goods',
        sku: '000122521',
        qty_milli: 2000,
        units: 2,
        list_amount: 39800,
        paid_amount: 39800,
      },
      {
        kind: 'non_goods',
        sku: '000122522',
        qty_milli: 1000,
        units: 0,
        list_amount: 50,
        paid_amount: 50,
      },
      {
        kind: 'goods',
        sku: '000122523',
        qty_milli: 535,
        units: 1,
        list_amount: 685,
        paid_amount: 685,
      },
    ])
    expect(bench.all('SELECT kind, label, amount FROM tender ORDER BY id')).toEqual([
      { kind: 'wechat', label: '微信支付', amount: 39850 },
      { kind: 'cash', label: '现金', amount: 685 },
    ])
    expect(
      bench.all("SELECT name, name_initials, source FROM product WHERE sku = '000122521'"),
    ).toEqual([{ name: '电吹风', name_initials: 'dcf', source: 'sale' }])
    expect(bench.one("SELECT rowid FROM product_grams WHERE product_grams MATCH '吹风'")).toBe(
      bench.one("SELECT id FROM product WHERE sku = '000122521'"),
    )
  })

  it('changes nothing the second time, and refuses another sale under a known number', async () => {
    await bench.importText('sales.csv', sale)
    expect((await bench.importText('again.csv', sale)).counts).toMatchObject({
      unchanged: 3,
      accepted: 0,
    })
    const other = await bench.importText('other.csv', sale.replace('"398.00"', '380.00'))
    expect(other.counts).toMatchObject({ unchanged: 1, rejected: 2 })
    expect(other.rejectReasons).toMatchObject([{ reason: 'import.receipt_differs', count: 2 }])
    expect(bench.one('SELECT total FROM receipt WHERE receipt_no = ?', '0001')).toBe(39850)
  })

  it('knows a receipt by store, till, day and number', async () => {
    const text = `门店,收银机号,小票号,销售日期,货号,数量,实收金额
S1,1,7,2025-07-04,A,1,10
S1,2,7,2025-07-04,A,1,10
S1,1,7,2025-07-05,A,1,10
S2,1,7,2025-07-04,A,1,10
`
    expect((await bench.importText('s.csv', text)).totals.receipts).toBe(4)
    expect((await bench.importText('t.csv', text)).counts.unchanged).toBe(4)
  })

  it('gathers a receipt whose rows stand far apart', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => `R${index},2025-07-04,A${index},1,10.00`)
    const text = [
      '单号,日期,货号,数量,金额',
      ...rows,
      ...rows.map((row) => row.replace(',A', ',B')),
    ].join('\n')
    const state = await bench.importText('split.csv', text)
    expect(state.totals).toMatchObject({ receipts: 50, lines: 100 })
    expect(bench.one('SELECT count(*) FROM receipt WHERE total = 2000 AND line_count = 2')).toBe(50)
  })

  it('puts a night sale on the business day before when the day turns at four', async () => {
    const text =
      '单号,日期,货号,数量,金额\n1,2025-07-05 01:30:00,A,1,10\n2,2025-07-05 04:00:00,A,1,10\n'
    await bench.importText('night.csv', text, { store: { cutoffMinutes: 240 } })
    expect(bench.all('SELECT business_date AS d, sold_at AS t FROM receipt ORDER BY id')).toEqual([
      { d: '2025-07-04', t: '2025-07-04T17:30:00.000Z' },
      { d: '2025-07-05', t: '2025-07-04T20:00:00.000Z' },
    ])
  })

  it('gives rows without a receipt number one that stays the same', async () => {
    const text = `销售日期,扫码销售时间,单品编码,销量(千克),销售单价(元/千克),销售类型
2020-07-01,09:15:07.924,102900005117056,0.396,7.60,销售
2020-07-01,09:15:07.924,102900005117056,0.396,7.60,销售
2020-07-02,09:17:27.295,102900005117056,-0.396,7.60,退货
`
    const state = await bench.importText('cumcm.csv', text)
    expect(state.counts).toMatchObject({ rows: 3, accepted: 3 })
    expect(state.totals).toMatchObject({
      sales: '6.0192',
      returns: '-3.0096',
      receipts: 2,
      returnReceipts: 1,
    })
    expect((await bench.importText('again.csv', text)).counts).toMatchObject({ unchanged: 3 })
    expect(bench.one('SELECT unit FROM sale_line LIMIT 1')).toBe('千克')
  })

  it('takes ids with leading zeros and a negative quantity as a return, and 3 × 0.10 as 0.30', async () => {
    const text = `订单编号,商品编号,商品名称,数量,单价,日期
001,01,杯子,3,0.10,2026-09-01
002,02,杯子,1,0.20,2026-09-02
003,01,杯子,-1,0.10,2026-09-02
`
    await bench.importText('orders.csv', text)
    expect(bench.all('SELECT receipt_no AS no, kind, total FROM receipt ORDER BY id')).toEqual([
      { no: '001', kind: 'sale', total: 30 },
      { no: '002', kind: 'sale', total: 20 },
      { no: '003', kind: 'return', total: -10 },
    ])
  })

  it('reads a till upload with amounts alone: a negative one is a return of one', async () => {
    const text = `商铺编号,POS机编号,小票号,商品编码,商品名称,交易金额,交易日期
1344,1172,2202110002,110203,詹记,-0.10,2022-02-11 06:30:00
`
    await bench.importText('mall.csv', text)
    expect(
      bench.all(
        'SELECT r.kind, r.till, l.counter, l.qty_milli, l.paid_amount FROM receipt r JOIN sale_line l ON l.receipt_id = r.id',
      ),
    ).toEqual([
      { kind: 'return', till: '1172', counter: '1344', qty_milli: -1000, paid_amount: -10 },
    ])
  })

  it('shares a receipt’s own total over its lines by largest remainder', async () => {
    const text = `小票号,日期,货号,数量,单价,小票金额
1,2025-07-04,A,1,10.00,19.99
1,2025-07-04,B,1,10.00,19.99
1,2025-07-04,C,1,10.00,19.99
`
    await bench.importText('total.csv', text)
    expect(
      bench.all('SELECT list_amount AS list, paid_amount AS paid FROM sale_line ORDER BY id'),
    ).toEqual([
      { list: 1000, paid: 667 },
      { list: 1000, paid: 666 },
      { list: 1000, paid: 666 },
    ])
  })

  it('rounds three decimals so that the receipt’s total is right, and keeps the exact amount', async () => {
    const text =
      '订单号,日期,货号,数量,销售额\n1,2025-07-04,A,1,0.335\n1,2025-07-04,B,1,0.335\n1,2025-07-04,C,1,0.335\n'
    const state = await bench.importText('three.csv', text)
    expect(state.totals.sales).toBe('1.005')
    expect(bench.one('SELECT total FROM receipt')).toBe(101)
    expect(
      bench.all('SELECT paid_amount AS paid, file_amount AS exact FROM sale_line ORDER BY id'),
    ).toEqual([
      { paid: 34, exact: '0.335' },
      { paid: 34, exact: '0.335' },
      { paid: 33, exact: '0.335' },
    ])
  })

  it('skips rows of totals, remarks and blank lines', async () => {
    const text = `某某商场销售明细表,,,,
制表时间：2025-07-05,,,,

小票号,日期,货号,数量,金额
1,2025-07-04,A,1,10.00

合计,,,1,10.00
---- 以下无数据 ----
`
    const state = await bench.importText('report.csv', text)
    expect(state.counts).toEqual({ rows: 4, accepted: 1, unchanged: 0, skipped: 3, rejected: 0 })
    expect(state.skipReasons.map(({ reason }) => reason).sort()).toEqual([
      'import.blank_line',
      'import.remark_row',
      'import.totals_row',
    ])
    expect(state.totals.file).toBe('10.00')
  })

  it('reads GB18030, quoted cells over several lines and CRLF, and counts physical lines', async () => {
    const text =
      '小票号,日期,品名,数量,金额\r\n1,2025-07-04,"保温杯\r\n（红色）",1,"1,299.00"\r\n2,2025-02-29,茶杯,1,5\r\n'
    const state = await bench.importText('gbk.csv', iconv.encode(text, 'gb18030'))
    expect(bench.all('SELECT name, paid_amount FROM sale_line')).toEqual([
      { name: '保温杯 （红色）', paid_amount: 129900 },
    ])
    expect(state.rejects).toMatchObject([{ lineNo: 4, reason: 'import.impossible_date' }])
  })

  it.for([
    ['2025-07-04,A,1,6.9E+12', 'import.bad_amount'],
    ['2025-07-04,6.9E+12,1,10', 'import.code_damaged'],
    ['2025-07-04,A,x,10', 'import.bad_quantity'],
    ['2025-07-04,A,0.0001,10', 'import.quantity_too_fine'],
    ['2025-07-04,A,,10', 'import.missing_value'],
    ['2025-07-04,,1,10', 'import.missing_goods'],
    ['20250229,A,1,10', 'import.impossible_date'],
    ['4/7/2025,A,1,10', 'import.date_ambiguous'],
    ['45842,A,1,10', 'import.date_serial'],
    ['soon,A,1,10', 'import.bad_date'],
    ['2025-07-04,A,1,10,surplus', 'import.row_shifted'],
    ['2025-07-04,A,-1,10', 'import.signs_contradict'],
    ['2025-07-04,"A"B,1,10', 'import.broken_quote'],
  ] as const)('refuses %s with %s and takes the rest', async ([cells, reason]) => {
    const text = `小票号,日期,货号,数量,金额\n1,2025-07-04,A,1,10\n2,${cells}\n3,2025-07-04,A,1,10\n`
    const state = await bench.importText('bad.csv', text)
    expect(state.rejects.map((row) => [row.lineNo, row.reason])).toEqual([[3, reason]])
    expect(state.counts).toMatchObject({ rows: 3, accepted: 2, rejected: 1 })
  })

  it('reads day first when the whole column proves it', async () => {
    const text = '小票号;日期;货号;数量;金额\n1;13/02/2025;A;1;1.299,50\n2;03/02/2025;A;1;2,5\n'
    const state = await bench.importText('de.csv', text)
    expect(state.counts.accepted).toBe(2)
    expect(bench.all('SELECT business_date AS d, total FROM receipt ORDER BY id')).toEqual([
      { d: '2025-02-13', total: 129950 },
      { d: '2025-02-03', total: 250 },
    ])
  })

  it('writes refused rows to a file a spreadsheet opens safely', async () => {
    const text = '小票号,日期,货号,数量,金额\n=1+1,2025-02-29,A,1,10\n'
    const state = await bench.importText('evil.csv', text)
    const file = path.join(bench.folder.rejectDir, state.rejectFile ?? '')
    const written = readFileSync(file, 'utf8')
    expect(written.startsWith('\ufeff文件行号,原因,原始内容\r\n')).toBe(true)
    expect(written).toContain(`2,“日期”中的“2025-02-29”不存在这一天。,"'=1+1,2025-02-29,A,1,10"`)
    expect(bench.all('SELECT line_no, reason FROM import_reject')).toEqual([
      { line_no: 2, reason: 'import.impossible_date' },
    ])
  })

  it('completes a receipt whose refused row comes corrected', async () => {
    const broken = '小票号,日期,货号,数量,金额\n1,2025-07-04,A,1,10\n1,2025-07-04,B,x,20\n'
    expect((await bench.importText('a.csv', broken)).counts).toMatchObject({
      accepted: 1,
      rejected: 1,
    })
    expect((await bench.importText('a.csv', broken)).counts).toMatchObject({
      unchanged: 1,
      rejected: 1,
    })
    const mended = await bench.importText('b.csv', broken.replace('x', '2'))
    expect(mended.counts).toMatchObject({ accepted: 1, unchanged: 1, rejected: 0 })
    expect(bench.all('SELECT total, line_count FROM receipt')).toEqual([
      { total: 3000, line_count: 2 },
    ])
    expect((await bench.importText('b.csv', broken.replace('x', '2'))).counts.unchanged).toBe(2)
  })

  it('only counts in a dry run', async () => {
    const state = await bench.importText('sales.csv', sale, { dryRun: true })
    expect(state).toMatchObject({
      state: 'finished',
      counts: { accepted: 3 },
      totals: { newProducts: 2 },
    })
    expect(bench.one('SELECT count(*) FROM receipt')).toBe(0)
    expect(bench.one('SELECT count(*) FROM import_batch')).toBe(0)
  })
})

describe('returns', () => {
  it('links a return by the receipt it names and marks the unit', async () => {
    const text = `小票号,日期,货号,数量,金额,原小票号
1,2025-07-04,A,2,20.01,
1,2025-07-04,B,1,5.00,
2,2025-07-05,A,-1,-10.00,1
3,2025-07-05,A,-1,-10.00,99
`
    const state = await bench.importText('r.csv', text)
    expect(state.totals.links).toEqual([
      { kind: 'partial_line', count: 1 },
      { kind: 'original_not_found', count: 1 },
    ])
    expect(
      bench.all(
        'SELECT s.receipt_no AS no FROM receipt b JOIN receipt s ON s.id = b.original_receipt_id',
      ),
    ).toEqual([{ no: '1' }])
    expect(
      bench.all(
        'SELECT l.sku, u.unit_no, u.amount, u.live FROM returned_unit u JOIN sale_line l ON l.id = u.sale_line_id',
      ),
    ).toEqual([{ sku: 'A', unit_no: 1, amount: 1000, live: 1 }])
  })

  it('never marks a unit twice, however many returns point at it', async () => {
    const text = `小票号,日期,货号,数量,金额,会员卡号
1,2025-07-01,A,1,10,V1
2,2025-07-02,A,-1,-10,V1
3,2025-07-03,A,-1,-10,V1
`
    await bench.importText('twice.csv', text)
    expect(bench.one('SELECT count(*) FROM returned_unit')).toBe(1)
  })

  it('finds the sale of an earlier return when the sale comes in a later file', async () => {
    const columns = '小票号,日期,货号,数量,金额,会员卡号\n'
    await bench.importText('back.csv', `${columns}2,2025-07-02,A,-1,-10,V1\n`)
    expect(bench.one("SELECT link_kind FROM sale_line WHERE kind = 'return'")).toBe(
      'no_purchase_ever',
    )
    await bench.importText('sold.csv', `${columns}1,2025-07-01,A,1,10,V1\n`)
    expect(bench.one("SELECT link_kind FROM sale_line WHERE kind = 'return'")).toBe('full_line')
    expect(bench.one('SELECT count(*) FROM returned_unit')).toBe(1)
  })

  it('writes a wholesale return of thousands of units without leaving one out', async () => {
    const text =
      '小票号,日期,货号,数量,金额,会员卡号\n1,2025-07-01,A,5000,5000,V1\n2,2025-07-02,A,-4321,-4321,V1\n'
    await bench.importText('bulk.csv', text)
    expect(
      bench.all(
        'SELECT count(*) AS n, sum(amount) AS sum, max(unit_no) AS last FROM returned_unit',
      ),
    ).toEqual([{ n: 4321, sum: 432100, last: 4321 }])
  })

  it('imports a list of returned orders only for orders that are there', async () => {
    await bench.importText(
      'sold.csv',
      '订单 ID,订单日期,产品 ID,数量,销售额\nA-1,2025/7/1,P,1,9.994\nA-2,2025/7/1,P,1,5\n',
    )
    const list = '订单 ID,退回\nA-1,是\nA-2,否\nA-9,是\n'
    const state = await bench.importText('returned.csv', list)
    expect(state.counts).toMatchObject({ rows: 3, accepted: 1, skipped: 1, rejected: 1 })
    expect(state.rejects).toMatchObject([{ lineNo: 4, reason: 'import.original_not_found' }])
    expect(state.totals.returns).toBe('-9.994')
    expect((await bench.importText('returned.csv', list)).counts).toMatchObject({
      accepted: 0,
      unchanged: 1,
    })
  })

  it('records a refund that a later export of the same order tells of', async () => {
    const columns = '订单编号,总金额,买家实际支付金额,订单创建时间,订单付款时间,退款金额\n'
    await bench.importText(
      'first.csv',
      `${columns}1,100,100,2025-07-01 10:00:00,2025-07-01 10:01:00,0\n`,
    )
    const later = `${columns}1,100,0,2025-07-01 10:00:00,2025-07-01 10:01:00,100\n`
    const state = await bench.importText('later.csv', later)
    expect(state.counts).toMatchObject({ accepted: 1, rejected: 0 })
    expect(bench.all('SELECT kind, total FROM receipt ORDER BY id')).toEqual([
      { kind: 'sale', total: 10000 },
      { kind: 'return', total: -10000 },
    ])
    expect((await bench.importText('later.csv', later)).counts).toMatchObject({ unchanged: 1 })
  })
})

describe('catalogue and customers', () => {
  it('fills the catalogue row a sale made, and updates only what the file says', async () => {
    await bench.importText('sales.csv', sale)
    const goods =
      '货号,条码,品名,品牌,专柜,联营商,楼层,序列号管理,保修月数\n000122521,6901234567892,电吹风 HD15,松风,3号柜,恒达商贸,二楼,是,1年\n'
    const state = await bench.importText('goods.csv', goods)
    expect(state.counts).toMatchObject({ rows: 1, accepted: 1 })
    expect(state.totals.newProducts).toBe(0)
    expect(
      bench.all(
        "SELECT name, barcode, brand, counter, vendor, floor, serial_tracked AS serial, warranty_unit_months AS months, source, version FROM product WHERE sku = '000122521'",
      ),
    ).toEqual([
      {
        name: '电吹风 HD15',
        barcode: '6901234567892',
        brand: '松风',
        counter: '3号柜',
        vendor: '恒达商贸',
        floor: '二楼',
        serial: 1,
        months: 12,
        source: 'catalogue',
        version: 2,
      },
    ])
    expect((await bench.importText('goods.csv', goods)).counts).toMatchObject({
      unchanged: 1,
      accepted: 0,
    })
    await bench.importText('price.csv', '货号,品名,零售价\n000122521,电吹风 HD15,219\n')
    expect(bench.all("SELECT vendor, list_price FROM product WHERE sku = '000122521'")).toEqual([
      { vendor: '恒达商贸', list_price: 21900 },
    ])
  })

  it('refuses a code that stands twice with different content', async () => {
    const state = await bench.importText('goods.csv', '货号,品名\nA,杯子\nA,碗\nA,杯子\n')
    expect(state.rejects).toMatchObject([{ lineNo: 3, reason: 'import.code_twice' }])
    expect(state.counts).toMatchObject({ accepted: 1, unchanged: 1, rejected: 1 })
  })

  it('takes the tier of a customer, and keeps it where a later file says nothing', async () => {
    const tier = () => bench.all("SELECT tier FROM customer WHERE member_no = 'V01'")
    await bench.importText('people.csv', '会员卡号,姓名,会员等级\nV01,张伟,金卡\n')
    expect(tier()).toEqual([{ tier: '金卡' }])
    await bench.importText('more.csv', '会员卡号,姓名,积分\nV01,张伟,12\n')
    expect(tier()).toEqual([{ tier: '金卡' }])
    await bench.importText('english.csv', 'member no,customer name,tier\nV01,张伟, Gold \n')
    expect(tier()).toEqual([{ tier: 'Gold' }])
    const long = await bench.importText(
      'long.csv',
      `会员卡号,姓名,会员等级\nV01,张伟,${'金'.repeat(41)}\n`,
    )
    expect(long.rejects).toMatchObject([{ lineNo: 2, reason: 'import.tier_too_long' }])
  })

  it('knows a customer of a sale by the member number', async () => {
    await bench.importText('sales.csv', sale)
    await bench.importText('people.csv', '会员卡号,姓名,手机\nV01,张伟,138 0000 5521\n')
    expect(
      bench.all('SELECT member_no, name, name_initials, phone_digits, phone_tail FROM customer'),
    ).toEqual([
      {
        member_no: 'V01',
        name: '张伟',
        name_initials: 'zw',
        phone_digits: '13800005521',
        phone_tail: '5521',
      },
    ])
    expect(bench.one('SELECT count(*) FROM receipt WHERE customer_id = 1')).toBe(1)
  })
})

describe('files that cannot be imported', () => {
  const file = (name: string, content: string | Buffer): string => {
    const at = path.join(bench.dir, name)
    writeFileSync(at, content)
    return at
  }

  it('gives each its own reason and leaves the data as it was', async () => {
    mkdirSync(path.join(bench.dir, 'folder.csv'))
    const cases: [string, string][] = [
      [path.join(bench.dir, 'folder.csv'), 'import.is_directory'],
      [path.join(bench.dir, 'gone.csv'), 'import.file_unreadable'],
      [file('empty.csv', ''), 'import.empty_file'],
      [file('blank.csv', '\ufeff \n \n'), 'import.empty_file'],
      [file('book.xlsx', Buffer.from('504b030414000600', 'hex')), 'import.wrong_file_type'],
      [file('old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')), 'import.wrong_file_type'],
      [file('paper.pdf', '%PDF-1.7\n'), 'import.wrong_file_type'],
      [file('photo.png', Buffer.from('89504e470d0a1a0a', 'hex')), 'import.wrong_file_type'],
      [file('binary.csv', Buffer.from([1, 2, 0, 3, 4, 0])), 'import.not_text'],
      [file('page.csv', '<html><table><tr><td>1</td></tr></table>'), 'import.wrong_file_type'],
      [file('prose.csv', 'Dear sir\nplease find enclosed\n'), 'import.no_header'],
      [file('staff.csv', '地区,地区经理\n东北,楚杰\n'), 'import.not_sales_file'],
      [file('nodate.csv', '小票号,货号,数量,单价\n1,A,1,2\n'), 'import.lacks_date'],
      [file('bad.json', '[{"小票号": "1"'), 'import.bad_json'],
    ]
    for (const [at, reason] of cases)
      expect([at, await refusalOf(() => bench.importFile(at))]).toEqual([at, reason])
    expect(
      await refusalOf(() =>
        bench.importFile(file('n.csv', '小票号,货号,数量,单价\n1,A,1,2\n'), { kind: 'sales' }),
      ),
    ).toBe('import.lacks_date')
    expect(bench.one('SELECT count(*) FROM import_batch')).toBe(0)
  })

  it('does not let a quote that is never closed swallow the file', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `${index},2025-07-04,A,1,10`)
    rows[10] = '10,2025-07-04,"A,1,10'
    const state = await bench.importText(
      'quote.csv',
      `小票号,日期,货号,数量,金额\n${rows.join('\n')}\n`,
    )
    expect(state.counts).toMatchObject({ rows: 300, accepted: 299, rejected: 1 })
    expect(state.rejects).toMatchObject([{ lineNo: 12, reason: 'import.broken_quote' }])
  })

  it('says so when the file is deleted while it is read', async () => {
    const at = file('going.csv', sale)
    const job = jobFor(bench.folder, at)
    rmSync(at)
    const { runImport } = await import('../../src-main/imports/run.ts')
    const state = await runImport(job, {
      now: () => new Date(0),
      isCancelled: () => false,
      onProgress: () => undefined,
    })
    expect(state).toMatchObject({ state: 'failed', failure: { reason: 'import.file_changed' } })
    expect(bench.one('SELECT count(*) FROM receipt')).toBe(0)
  })

  it('says so when the file shrinks while it is read, and keeps whole receipts only', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, index) => `${index >> 1},2025-07-04,A${index % 50},1,10`,
    )
    const at = file('shrinking.csv', `小票号,日期,货号,数量,金额\n${rows.join('\n')}\n`)
    let calls = 0
    const state = await bench.importFile(at, {
      hooks: {
        isCancelled: () => {
          calls += 1
          if (calls === 120) writeFileSync(at, '小票号\n')
          return false
        },
      },
    })
    expect(state).toMatchObject({ state: 'failed', failure: { reason: 'import.file_changed' } })
    expect(bench.one('SELECT count(*) FROM receipt WHERE line_count <> 2 OR total <> 2000')).toBe(0)
    expect(bench.one('SELECT state FROM import_batch')).toBe('failed')
  })
})

describe('stopping', () => {
  const rows = Array.from(
    { length: 30_000 },
    (_, index) => `${Math.floor(index / 3)},2025-07-04,A${index % 50},1,10`,
  )
  const text = `小票号,日期,货号,数量,金额\n${rows.join('\n')}\n`

  it('leaves whole receipts when cancelled, and the next import does the rest', async () => {
    let calls = 0
    const state = await bench.importText('long.csv', text, {
      hooks: { isCancelled: () => (calls += 1) > 200 },
    })
    expect(state.state).toBe('cancelled')
    const written = bench.one<number>('SELECT count(*) FROM receipt')
    expect(written).toBeGreaterThan(0)
    expect(written).toBeLessThan(10_000)
    expect(
      bench.one(
        'SELECT count(*) FROM receipt r WHERE (SELECT count(*) FROM sale_line l WHERE l.receipt_id = r.id) <> 3',
      ),
    ).toBe(0)
    const again = await bench.importText('long.csv', text)
    expect(again.counts).toMatchObject({ unchanged: written * 3, accepted: 30_000 - written * 3 })
  })

  it('ends with whole receipts and a clear reason when the disk is full', async () => {
    const pages = bench.one<number>('SELECT page_count FROM pragma_page_count')
    const state = await bench.importText('long.csv', text, { maxPages: pages + 150 })
    expect(state).toMatchObject({ state: 'failed', failure: { reason: 'import.disk_full' } })
    expect(
      bench.one(
        'SELECT count(*) FROM receipt r WHERE (SELECT count(*) FROM sale_line l WHERE l.receipt_id = r.id) <> 3',
      ),
    ).toBe(0)
    expect(bench.one('PRAGMA integrity_check')).toBe('ok')
    expect((await bench.importText('long.csv', text)).state).toBe('finished')
    expect(bench.one('SELECT count(*) FROM receipt')).toBe(10_000)
  })
})
