import iconv from 'iconv-lite'
import type { Member } from './people.ts'
import { type DemoReceipt, storeCode } from './sales.ts'

const saleHeader = [
  '门店',
  '收银机号',
  '小票号',
  '行号',
  '销售日期',
  '时间',
  '销售类型',
  '货号',
  '条码',
  '品名',
  '规格',
  '单位',
  '数量',
  '单价',
  '应收金额',
  '优惠金额',
  '实收金额',
  '收款方式',
  '促销活动',
  '序列号',
  '楼层',
  '专柜',
  '供应商',
  '营业员',
  '收银员',
  '会员卡号',
  '原小票号',
]

const yuan = (amount: number): string => (amount / 100).toFixed(2)

/** Sales as the store's POS exports them: a title, the header, a row for each line, the totals. */
export function saleTable(title: string, receipts: readonly DemoReceipt[]): string[][] {
  const rows = receipts.flatMap(saleRows)
  const paid = receipts
    .flatMap((receipt) => receipt.lines)
    .reduce((sum, line) => sum + line.paidAmount, 0)
  const totals = saleHeader.map(() => '')
  totals[0] = '合计'
  totals[saleHeader.indexOf('实收金额')] = yuan(paid)
  return [[title], saleHeader, ...rows, totals]
}

function saleRows(receipt: DemoReceipt): string[][] {
  return receipt.lines.map((line, at) => [
    storeCode,
    receipt.till,
    receipt.receiptNo,
    String(at + 1),
    receipt.date,
    receipt.time,
    receipt.isReturn ? '退货' : '销售',
    line.sku,
    line.barcode,
    line.name,
    line.spec,
    line.unit,
    line.qtyMilli % 1000 === 0 ? String(line.qtyMilli / 1000) : (line.qtyMilli / 1000).toFixed(3),
    yuan(line.unitPrice),
    yuan(line.listAmount),
    yuan(line.listAmount - line.paidAmount),
    yuan(line.paidAmount),
    tenderCell(receipt),
    line.promo,
    line.serialNo,
    line.floor,
    line.counter,
    line.vendor,
    line.clerk,
    receipt.cashier,
    receipt.member?.memberNo ?? '',
    receipt.originalReceiptNo,
  ])
}

/** `微信`, or `优惠券 30.00 + 微信 569.00` where a slip was paid in two ways. */
function tenderCell(receipt: DemoReceipt): string {
  const [only, second] = receipt.tenders
  if (only && !second) return only.label
  return receipt.tenders.map((tender) => `${tender.label} ${yuan(tender.amount)}`).join(' + ')
}

/** The members as the store's club exports them. */
export function memberTable(members: readonly Member[]): string[][] {
  return [
    ['会员卡号', '姓名', '手机', '地址', '办卡日期', '积分', '会员等级'],
    ...members.map((one) => [
      one.memberNo,
      one.name,
      one.phone,
      one.address,
      one.joinedOn,
      String(one.points),
      one.tier,
    ]),
  ]
}

/** CSV in the encoding of Chinese tills. */
export function encodeCsv(table: readonly (readonly string[])[]): Buffer {
  const lines = table.map((row) => row.map(quote).join(','))
  return iconv.encode(`${lines.join('\r\n')}\r\n`, 'gb18030')
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
