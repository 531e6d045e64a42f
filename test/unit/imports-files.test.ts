import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, it } from 'vitest'
import { detectEncoding, readText } from '../../src-main/imports/encoding.ts'
import { headerSignature, kindOf, mapColumns } from '../../src-main/imports/headers.ts'
import { findLayout, suggest } from '../../src-main/imports/layout.ts'
import { tokenize } from '../../src-main/imports/tokenizer.ts'
import { realFile } from '../support/import-file.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'goodwill-files-'))
afterAll(() => rmSync(dir, { recursive: true }))

function write(name: string, bytes: Buffer | string): string {
  const file = path.join(dir, name)
  writeFileSync(file, bytes)
  return file
}

function readWhole(file: string): { encoding: string; text: string } {
  const found = detectEncoding(file)
  let text = ''
  for (const chunk of readText(file, found)) text += chunk.text
  return { encoding: found.encoding, text }
}

describe('encodings', () => {
  const text = '小票号,品名\r\n1,龘靐𠮷€・\r\n'

  it.for([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()])],
    ['gb18030', iconv.encode(text, 'gb18030')],
  ] as const)('%s', ([encoding, bytes]) =>
    expect(readWhole(write('text.csv', bytes))).toEqual({ encoding, text }),
  )

  it('keeps characters that a chunk’s end cuts in two', () => {
    const long = `品名\n${'电吹风机'.repeat(100_000)}x`
    expect(readWhole(write('utf8.csv', `a${long}`))).toEqual({
      encoding: 'utf-8',
      text: `a${long}`,
    })
    const bytes = iconv.encode(`a${long}`, 'gb18030')
    expect(readWhole(write('gb.csv', bytes))).toEqual({ encoding: 'gb18030', text: `a${long}` })
  })

  it('finds a late byte that is no UTF-8', () => {
    const late = Buffer.concat([
      Buffer.from('a,b\n'.repeat(200_000)),
      Buffer.from([0xb5, 0xe7, 0x0a]),
    ])
    expect(readWhole(write('late.csv', late)).text.endsWith('电\n')).toBe(true)
  })

  it('decodes the parallel texts of the reference encoders', ({ skip }) => {
    const { file, missing } = realFile('gb18030-codec-vectors/SOURCE.md')
    skip(missing !== undefined, missing)
    for (const name of ['gb18030', 'gbk', 'gb2312']) {
      const folder = path.dirname(file)
      const expected = readFileSync(path.join(folder, `${name}-utf8.txt`), 'utf8')
      expect(readWhole(path.join(folder, `${name}.txt`))).toEqual({
        encoding: 'gb18030',
        text: expected,
      })
    }
  })

  it('agrees with the decode vectors, 0x80 aside, which Windows writes for €', ({ skip }) => {
    const { file, missing } = realFile('gb18030-codec-vectors/decode_vectors.json')
    skip(missing !== undefined, missing)
    const vectors = JSON.parse(readFileSync(file, 'utf8')) as {
      encoding: string
      hex: string
      text: string | null
      strict_error: boolean
    }[]
    for (const vector of vectors.filter(({ encoding }) => encoding === 'gb18030')) {
      const { text } = readWhole(write('vector.bin', Buffer.from(vector.hex, 'hex')))
      if (vector.text === null || vector.strict_error) expect(text).toContain('\ufffd')
      else expect(text.replaceAll('€', '\ufffd')).toBe(vector.text)
    }
  })
})

describe('rows', () => {
  const cells = (text: string, delimiter = ',') =>
    tokenize(text, { delimiter }).map((row) => row.cells)

  it('splits lines of any end and cells of any delimiter', () => {
    expect(cells('a,b\nc,d\r\ne,f\rg,')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', ''],
    ])
    expect(cells('a\tb;c', '\t')).toEqual([['a', 'b;c']])
  })

  it('reads quoted cells over several lines with their physical line numbers', () => {
    const rows = tokenize('1,"two\r\nlines",x\n2,"say ""hi""",y\n3,5" screen,z\n', {
      delimiter: ',',
    })
    expect(rows.map(({ cells: found, line }) => [line, ...found])).toEqual([
      [1, '1', 'two\r\nlines', 'x'],
      [3, '2', 'say "hi"', 'y'],
      [4, '3', '5" screen', 'z'],
    ])
  })

  it('blames a quote that does not close on its own line alone', () => {
    const rows = tokenize('a,"b\nc,d\n"e",f\n', { delimiter: ',' })
    expect(rows.map(({ line, broken, raw }) => [line, broken ?? '', raw])).toEqual([
      [1, 'quote', 'a,"b'],
      [2, '', 'c,d'],
      [3, '', '"e",f'],
    ])
  })
})

describe('layouts', () => {
  it('finds the header behind a preamble, under any delimiter', () => {
    const text =
      '商场销售日报\n打印时间：2025-07-05 10:00,操作员：王芳\n\n小票号;销售日期;货号;数量;实收金额\n1;2025-07-04;A;1;2,50\n'
    const layout = findLayout(text)
    expect(layout).toMatchObject({ delimiter: ';', headerLine: 4, width: 5 })
    expect(layout && suggest(layout)).toMatchObject({
      kind: 'sales',
      decimalMark: ',',
      dateOrder: 'ymd',
    })
  })

  it('does not mind padding, tabs behind ids and trailing commas in a header', () => {
    const layout = findLayout(
      '订单编号 ,总金额,买家实际支付金额,收货地址 ,订单创建时间,\n1\t,2.0,2.0,上海,2020-02-20 23:59:54,\n',
    )
    expect(layout?.header).toEqual([
      '订单编号',
      '总金额',
      '买家实际支付金额',
      '收货地址',
      '订单创建时间',
    ])
    expect(layout && suggest(layout).columns).toMatchObject({
      receiptNo: 0,
      receiptTotal: 1,
      paidAmount: 2,
      date: 4,
    })
  })
})

describe('headers', () => {
  const expected: Record<string, { kind: string | null; columns: Record<string, string> }> = {
    'taobao ExportOrderList': {
      kind: 'sales',
      columns: {
        receiptNo: '订单编号',
        paidAmount: '买家实际支付金额',
        receiptTotal: '总金额',
        date: '订单创建时间',
        paidAt: '订单付款时间',
        customerPhone: '联系手机',
        status: '订单状态',
        name: '宝贝标题',
      },
    },
    'tmall sub-order sheet (partial list)': {
      kind: 'sales',
      columns: {
        receiptNo: '主订单编号',
        lineNo: '子订单编号',
        sku: '商家编码',
        name: '商品标题',
        qty: '购买数量',
        paidAmount: '买家实付金额',
        refundAmount: '退款金额',
        unitPrice: '商品价格',
      },
    },
    'mall till upload': {
      kind: 'sales',
      columns: {
        till: 'POS机编号',
        receiptNo: '小票号',
        sku: '商品编码',
        paidAmount: '交易金额',
        date: '交易日期',
        counter: '商铺编号',
      },
    },
    'commerce test orders': {
      kind: 'sales',
      columns: {
        receiptNo: '订单编号',
        sku: '商品编号',
        name: '商品名称',
        qty: '数量',
        unitPrice: '单价',
        date: '日期',
      },
    },
    'supermarket sales (contest)': {
      kind: 'sales',
      columns: {
        memberNo: '顾客编号',
        date: '销售日期',
        sku: '商品编码',
        unit: '单位',
        qty: '销售数量',
        paidAmount: '销售金额',
        unitPrice: '商品单价',
        spec: '规格型号',
        category: '大类名称',
        promo: '是否促销',
      },
    },
    'CUMCM 2023 C 附件2': {
      kind: 'sales',
      columns: {
        date: '销售日期',
        time: '扫码销售时间',
        sku: '单品编码',
        qty: '销量(千克)',
        unitPrice: '销售单价(元/千克)',
        saleType: '销售类型',
      },
    },
    'UCI Online Retail': {
      kind: 'sales',
      columns: {
        receiptNo: 'InvoiceNo',
        sku: 'StockCode',
        name: 'Description',
        qty: 'Quantity',
        date: 'InvoiceDate',
        unitPrice: 'UnitPrice',
        memberNo: 'CustomerID',
      },
    },
    'Tableau 示例-超市': {
      kind: 'sales',
      columns: {
        lineNo: '行 ID',
        receiptNo: '订单 ID',
        date: '订单日期',
        memberNo: '客户 ID',
        customerName: '客户名称',
        sku: '产品 ID',
        category: '类别',
        name: '产品名称',
        paidAmount: '销售额',
        qty: '数量',
        discountRate: '折扣',
      },
    },
  }

  it('maps every collected header sensibly', ({ skip }) => {
    const { file, missing } = realFile('cn-order-export-headers/headers.json')
    skip(missing !== undefined, missing)
    const sets = JSON.parse(readFileSync(file, 'utf8')) as { name: string; columns: string[] }[]
    for (const { name, columns } of sets) {
      const layout = findLayout(`${columns.join(',')}\n`)
      if (name === 'JD bill') {
        expect(layout && suggest(layout).kind).toBe('payment_bill')
        continue
      }
      const found = mapColumns(columns)
      const want = expected[name]
      expect(want, name).toBeDefined()
      expect([name, kindOf(found)]).toEqual([name, want?.kind])
      const labels = Object.fromEntries(
        Object.keys(want?.columns ?? {}).map((field) => [
          field,
          columns[found[field as keyof typeof found] ?? -1],
        ]),
      )
      expect([name, labels]).toEqual([name, want?.columns])
    }
  })

  it('tells a column of times from a column of dates', () => {
    expect(mapColumns(['小票号', '销售日期', '销售时间', '金额'])).toMatchObject({
      date: 1,
      time: 2,
    })
    expect(mapColumns(['小票号', '销售时间', '金额'])).toMatchObject({ date: 1 })
  })

  it('signs a header by its labels', () => {
    expect(headerSignature(['小票号 ', '金额（元）', ''])).toBe(headerSignature(['小票号', '金额']))
  })
})
