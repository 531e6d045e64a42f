import { bag, type Counter, counters, delivery, type Warranty } from './goods.ts'

/** One sellable code of the demo store. */
export interface DemoProduct {
  sku: string
  barcode: string
  name: string
  spec: string
  model: string
  price: number
  unit: string
  weighed: boolean
  gift: boolean
  weight: number
  warranty: Warranty | null
  counter: Counter
}

/**
 * Every article in every size and colour with a code of its own. SKUs begin with the number of the counter, so fresh
 * goods have the leading zeros that spreadsheets lose.
 */
export function demoProducts(): DemoProduct[] {
  let serial = 0
  return counters.flatMap((counter, at) => {
    let article = 0
    const prefix = counter.supermarket ? `00${30 + at}` : String(1010 + at * 10)
    return counter.articles.flatMap((one) =>
      (one.variants ?? ['']).map((variant) => {
        article += 1
        serial += 1
        const weighed = one.unit === '千克'
        return {
          sku: `${prefix}${String(article).padStart(3, '0')}`,
          barcode: weighed ? '' : tradeBarcode(serial),
          name: variant === '' ? one.name : `${one.name} ${variant}`,
          spec: one.spec ?? variant,
          model: one.model ?? '',
          price: one.price,
          unit: one.unit ?? '件',
          weighed,
          gift: one.gift ?? false,
          weight: (one.weight ?? 1) / (one.variants?.length ?? 1),
          warranty: one.warranty ?? null,
          counter,
        }
      }),
    )
  })
}

/** An EAN-13 of the block 690 0000, with its check digit. */
function tradeBarcode(serial: number): string {
  const digits = `6900000${String(10_000 + serial * 37).padStart(5, '0')}`
  const sum = [...digits].reduce(
    (left, digit, at) => left + Number(digit) * (at % 2 === 0 ? 1 : 3),
    0,
  )
  return digits + String((10 - (sum % 10)) % 10)
}

const productHeader = [
  '货号',
  '条码',
  '品名',
  '品牌',
  '规格',
  '型号',
  '类别',
  '单位',
  '零售价',
  '楼层',
  '专柜',
  '供应商',
  '产地',
  '序列号管理',
  '整机保修期',
  '主要部件保修期',
  '主要部件',
  '保修方',
  '保修单位',
  '保修电话',
]

/** The catalogue as the store's goods system exports it. */
export function productTable(products: readonly DemoProduct[]): string[][] {
  const rows = products.map(({ counter, warranty, ...product }) => [
    product.sku,
    product.barcode,
    product.name,
    counter.brand,
    product.spec,
    product.model,
    counter.category,
    product.unit,
    (product.price / 100).toFixed(2),
    counter.floor,
    counter.name,
    counter.vendor,
    '中国',
    warranty?.serial ? '是' : '否',
    warranty ? String(warranty.unitMonths) : '',
    warranty?.partMonths ? String(warranty.partMonths) : '',
    warranty?.mainParts ?? '',
    warranty ? '厂家' : '',
    warranty ? `${counter.brand}售后服务中心` : '',
    warranty ? (counter.servicePhone ?? '') : '',
  ])
  const extras = [bag, delivery].map((one) => [
    one.sku,
    '',
    one.name,
    '',
    '',
    '',
    '服务',
    one.unit,
    (one.price / 100).toFixed(2),
    'B1',
    '总收银',
    '',
    '',
    '否',
    '',
    '',
    '',
    '',
    '',
    '',
  ])
  return [productHeader, ...rows, ...extras]
}
