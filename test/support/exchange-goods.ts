import type { WriteHandle } from '../../src-main/database/store.ts'
import type { DeskClient } from './desk.ts'
import { addProduct, addReceipt } from './sold.ts'

/** Sales and shelf of the exchange screens. */
export interface ExchangeGoods {
  /** A pair of boots in 37, alone on its slip. */
  boots: { receiptId: number; receiptNo: string; lineId: number; barcode: string }
  /** A fridge with a serial number. */
  fridge: { receiptId: number; receiptNo: string; lineId: number; serialNo: string }
  /** Barcodes on the shelf. */
  shelf: { boots38: string; coat: string; fridge: string; largeFridge: string }
}

let sold = 0

/** Boots and a fridge sold ten days ago, and what can go out for them. A new pair of slips with every call. */
export async function seedExchangeGoods(w: WriteHandle): Promise<ExchangeGoods> {
  sold += 1
  const shelf = {
    boots38: '6901234500387',
    coat: '6901234500523',
    fridge: '6901234500691',
    largeFridge: '6901234500707',
  }
  const boots37 = await product(w, {
    sku: 'BOOT-37',
    name: '步云里 短靴 37 黑',
    brand: '步云里',
    spec: '37',
    barcode: '6901234500370',
    listPrice: 69900,
  })
  await product(w, {
    sku: 'BOOT-38',
    name: '步云里 短靴 38 黑',
    brand: '步云里',
    spec: '38',
    barcode: shelf.boots38,
    listPrice: 69900,
  })
  await product(w, { sku: 'COAT', name: '羊毛大衣 L', barcode: shelf.coat, listPrice: 89_900 })
  const fridge = await product(w, {
    sku: 'FRIDGE',
    name: '清澜 510 升对开门冰箱',
    brand: '清澜',
    model: 'BCD-510',
    barcode: shelf.fridge,
    listPrice: 429900,
    serialTracked: true,
  })
  await product(w, {
    sku: 'FRIDGE-L',
    name: '清澜 610 升对开门冰箱',
    brand: '清澜',
    model: 'BCD-610',
    barcode: shelf.largeFridge,
    listPrice: 499_900,
    serialTracked: true,
  })
  const numbers = { boots: `03120000000${6100 + sold}`, fridge: `03120000000${7100 + sold}` }
  const bootSale = await sell(w, numbers.boots, {
    product_id: boots37,
    sku: 'BOOT-37',
    barcode: '6901234500370',
    unit: '双',
    name: '步云里 短靴 37 黑',
    list_amount: 69900,
    paid_amount: 59900,
  })
  const serialNo = `OLD${7100 + sold}`
  const fridgeSale = await sell(w, numbers.fridge, {
    product_id: fridge,
    sku: 'FRIDGE',
    barcode: shelf.fridge,
    unit: '台',
    name: '清澜 510 升对开门冰箱',
    list_amount: 429900,
    paid_amount: 399900,
    serial_no: serialNo,
  })
  return {
    boots: { ...bootSale, receiptNo: numbers.boots, barcode: '6901234500370' },
    fridge: { ...fridgeSale, receiptNo: numbers.fridge, serialNo },
    shelf,
  }
}

async function product(w: WriteHandle, asked: Parameters<typeof addProduct>[1]): Promise<number> {
  const known = await w
    .selectFrom('product')
    .select('id')
    .where('sku', '=', asked.sku)
    .executeTakeFirst()
  return known?.id ?? addProduct(w, asked)
}

async function sell(
  w: WriteHandle,
  receiptNo: string,
  line: Parameters<typeof addReceipt>[1]['lines'][number],
): Promise<{ receiptId: number; lineId: number }> {
  const { id, lineIds } = await addReceipt(w, { receiptNo, lines: [line] })
  await w
    .insertInto('tender')
    .values({ receipt_id: id, kind: 'wechat', label: '微信支付', amount: line.paid_amount })
    .execute()
  return { receiptId: id, lineId: lineIds[0] ?? 0 }
}

/** The card of the fridge that was sold. */
export function issueFridgeCard(client: DeskClient, { fridge }: ExchangeGoods) {
  return client.cards.issue({
    receiptId: fridge.receiptId,
    consumer: { name: '张伟', phone: '13812345521', address: '', postcode: '' },
    paperLanguage: 'zh',
    units: [
      {
        saleLineId: fridge.lineId,
        unitNo: 1,
        brand: '清澜',
        model: 'BCD-510',
        name: '清澜 510 升对开门冰箱',
        serialNo: fridge.serialNo,
        batchNo: '',
        origin: '',
        installedOn: null,
        unitMonths: 12,
        partMonths: 36,
        mainParts: '压缩机',
        provider: 'maker',
        providerName: '清澜',
        providerPhone: '',
        scope: '性能故障',
        costBearer: 'maker',
      },
    ],
  })
}
