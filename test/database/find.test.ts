import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHandle, openSqlite, StatementCache } from '../../src-main/database/sqlite.ts'
import type { WriteHandle } from '../../src-main/database/store.ts'
import { formatDocumentNumber } from '../../src-main/foundation/document-number.ts'
import { findEverything } from '../../src-main/sales/find.ts'
import { readQuestion } from '../../src-main/sales/rules.ts'
import { largeStore } from '../support/large-store.ts'
import {
  addCustomer,
  addProduct,
  addReceipt,
  freshFolder,
  soldAt,
  writeFrame,
} from '../support/sold.ts'

const { folder, remove } = freshFolder()
const ids: Record<string, number> = {}

const card = formatDocumentNumber({
  type: 'XY',
  desk: '0312',
  businessDate: '2026-11-12',
  serial: 57,
})

beforeAll(() =>
  folder.store.write(async (w) => {
    await writeFrame(w)
    ids['zhangwei'] = await addCustomer(w, {
      name: '张伟',
      phone: '138 0000 5521',
      memberNo: '88001',
    })
    ids['zhangweimin'] = await addCustomer(w, { name: '张伟民', phone: '+86 139 0000 5521' })
    ids['shan'] = await addCustomer(w, { name: '单小敏' })
    ids['smith'] = await addCustomer(w, { name: 'Anna Smith' })
    ids['boots'] = await addProduct(w, {
      sku: '0101',
      name: '尖头短靴',
      barcode: '6901234567892',
      brand: '步云里',
    })
    ids['care'] = await addProduct(w, { sku: '0101-2', name: '短靴护理套装' })
    ids['heart'] = await addProduct(w, {
      sku: '85123A',
      name: 'WHITE HANGING HEART T-LIGHT HOLDER',
    })
    ids['coat'] = await addProduct(w, { sku: '0207', name: '羊毛大衣' })
    await addSales(w)
    await addCard(w)
  }),
)

async function addSales(w: WriteHandle): Promise<void> {
  const boots = await addReceipt(w, {
    receiptNo: 'POS-0312-004821',
    customerId: ids['zhangwei'] ?? 0,
    lines: [
      {
        name: '尖头短靴',
        paid_amount: 59900,
        product_id: ids['boots'] ?? 0,
        floor: '2F',
        counter: '步云里女鞋',
      },
      { name: '短靴护理套装', paid_amount: 0 },
    ],
  })
  ids['sale'] = boots.id
  ids['older'] = (
    await addReceipt(w, {
      receiptNo: '0001',
      businessDate: '2026-11-01',
      lines: [{ name: '羊毛袜', paid_amount: 3000 }],
    })
  ).id
  ids['newer'] = (
    await addReceipt(w, {
      receiptNo: '0001',
      businessDate: '2026-11-11',
      lines: [{ name: '羊毛袜', paid_amount: 59900 }],
    })
  ).id
  const phone = await addReceipt(w, {
    receiptNo: 'A-77',
    lines: [{ name: '手机', paid_amount: 329900, serial_no: 'IMEI8600012' }],
  })
  ids['phone'] = phone.id
  ids['phoneLine'] = phone.lineIds[0] ?? 0
  await addReceipt(w, {
    receiptNo: 'A-99',
    kind: 'return',
    originalReceiptId: phone.id,
    lines: [
      {
        name: '手机',
        paid_amount: -329900,
        qty_milli: -1000,
        kind: 'return',
        serial_no: 'IMEI8600012',
      },
    ],
  })
}

async function addCard(w: WriteHandle): Promise<void> {
  ids['card'] = (
    await w
      .insertInto('card')
      .values({
        number: card,
        receipt_id: ids['sale'] ?? 0,
        customer_id: null,
        state: 'active',
        business_date: '2026-11-12',
        issued_at: soldAt,
        issued_by: 1,
        consumer_name: '欧阳敏',
        consumer_phone: '13600004477',
        paper_language: 'zh',
        voided_at: null,
        voided_by: null,
        void_reason: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id
}

afterAll(remove)

const find = (text: string, limit = 8) =>
  folder.store.read((r) =>
    findEverything(r, readQuestion(text, { today: '2026-11-21', minorDigits: 2 }), limit),
  )

/** `kind:id` of every hit, group by group. */
async function found(text: string): Promise<string[]> {
  const { groups } = await find(text)
  return groups.flatMap((group) => group.hits.map((hit) => `${hit.kind}:${hit.id}`))
}

async function opened(text: string): Promise<string | null> {
  const { exact } = await find(text)
  return exact && `${exact.kind}:${exact.id}`
}

describe('opens at once what the text names', () => {
  it.each([
    ['POS-0312-004821', 'receipt:sale'],
    ['pos0312004821', 'receipt:sale'],
    ['0312 004821', 'receipt:sale'],
    [card, 'card:card'],
    [card.replaceAll('-', '').toLowerCase(), 'card:card'],
    ['IMEI8600012', 'serial:phoneLine'],
    ['imei8600012', 'serial:phoneLine'],
    ['6901234567892', 'product:boots'],
    ['06901234567892', 'product:boots'],
    ['85123a', 'product:heart'],
    ['88001', 'customer:zhangwei'],
    ['13800005521', 'customer:zhangwei'],
    ['+86 138-0000-5521', 'customer:zhangwei'],
  ])('%s', async (text, expected) => {
    const [kind, name] = expected.split(':')
    expect(await opened(text)).toBe(`${kind}:${ids[name ?? '']}`)
  })

  it('a card by its spoken end', async () => {
    const short = card.slice(-6)
    expect(await found(short)).toEqual([`card:${ids['card']}`])
  })

  it.each(['0001', '4821', '599', '张伟', 'zw', '5521', '599 11-12'])(
    'but not %s',
    async (text) => {
      expect(await opened(text)).toBeNull()
    },
  )
})

describe('finds', () => {
  it('every receipt of a repeated number, newest first', async () => {
    expect(await found('0001')).toEqual([`receipt:${ids['newer']}`, `receipt:${ids['older']}`])
  })

  it('a receipt by its tail', async () => {
    expect(await found('004821')).toEqual([`receipt:${ids['sale']}`])
    expect(await found('4821')).toEqual([`receipt:${ids['sale']}`])
  })

  it('a receipt by what stands behind its letters', async () => {
    expect(await found('77')).toEqual([`receipt:${ids['phone']}`])
  })

  it('customers by the end of their phone and by the card they left it on', async () => {
    expect(await found('5521')).toEqual([
      `customer:${ids['zhangweimin']}`,
      `customer:${ids['zhangwei']}`,
    ])
    expect(await found('00005521')).toHaveLength(2)
    expect(await found('13600004477')).toEqual([`card:${ids['card']}`])
  })

  it('names: whole before longer ones', async () => {
    expect(await found('张伟')).toEqual([
      `customer:${ids['zhangwei']}`,
      `customer:${ids['zhangweimin']}`,
    ])
    expect(await found('伟民')).toEqual([`customer:${ids['zhangweimin']}`])
    expect(await found('张')).toHaveLength(2)
    expect(await found('smi')).toEqual([`customer:${ids['smith']}`])
    expect(await found('anna smith')).toEqual([`customer:${ids['smith']}`])
    expect(await found('欧阳')).toEqual([`card:${ids['card']}`])
  })

  it('names by sound', async () => {
    expect(await found('zhangwei')).toEqual([
      `customer:${ids['zhangwei']}`,
      `customer:${ids['zhangweimin']}`,
    ])
    expect(await found('Zhang Wei Min')).toEqual([`customer:${ids['zhangweimin']}`])
    expect(await found('zw')).toEqual([
      `customer:${ids['zhangwei']}`,
      `customer:${ids['zhangweimin']}`,
    ])
    expect(await found('shanxm')).toEqual([])
    expect(await found('sxm')).toEqual([`customer:${ids['shan']}`])
    expect(await found('ymdy')).toEqual([`product:${ids['coat']}`])
  })

  it('goods: those that begin so before those that have it inside', async () => {
    expect(await found('短靴')).toEqual([`product:${ids['care']}`, `product:${ids['boots']}`])
    expect(await found('步云里 短靴')).toEqual([`product:${ids['boots']}`])
    expect(await found('light holder')).toEqual([`product:${ids['heart']}`])
    expect(await found('0101')).toEqual([`product:${ids['boots']}`, `product:${ids['care']}`])
  })

  it('amounts on a day, and alone newest first; returns too', async () => {
    expect(await found('599 11-12')).toEqual([`receipt:${ids['sale']}`])
    expect(await found('11月11日 599元')).toEqual([`receipt:${ids['newer']}`])
    expect(await found('¥599')).toEqual([`receipt:${ids['sale']}`, `receipt:${ids['newer']}`])
    expect(await found('3299')).toHaveLength(2)
  })

  it('nothing for a date alone, for blanks and for what is not there', async () => {
    expect(await found('11-12')).toEqual([])
    expect(await found('昨天')).toEqual([])
    expect(await found('不存在的名字')).toEqual([])
    expect(await found('%_%')).toEqual([])
    expect(await found('"; DROP TABLE receipt')).toEqual([])
  })
})

it('says that a paper was misread', async () => {
  const wrong = card.slice(0, -1) + (card.endsWith('7') ? '8' : '7')
  await expect(find(wrong)).rejects.toMatchObject({ reason: 'sales.wrong_check_character' })
})

it('says what tells a hit from its neighbours, and that there is more', async () => {
  const { exact } = await find('POS-0312-004821')
  expect(exact).toEqual({
    kind: 'receipt',
    id: ids['sale'],
    receiptId: ids['sale'],
    label: 'POS-0312-004821',
    note: '尖头短靴 +1 · 2F 步云里女鞋 · 张* 138****5521',
    businessDate: '2026-11-12',
    amount: 59900,
  })
  const { groups } = await find('张', 1)
  expect(groups).toMatchObject([
    { kind: 'customer', more: true, hits: [{ note: expect.any(String) }] },
  ])
})

describe('every look uses an index', () => {
  const texts = [
    '01-20261120-0031',
    '0031',
    '20261120',
    '77',
    card,
    '0057-K',
    '6900000000017',
    '1000010',
    'SN123450',
    '13800005521',
    '5521',
    '张伟',
    '张',
    'zhangwei',
    'zw',
    'white hanging',
    '短靴',
    '599 11-12',
    '599',
    '88001',
  ]

  it('without statistics, as on the first day', async () => {
    const file = largeStore({ lines: 4_000, products: 600, customers: 500 })
    const db = openSqlite(file, { readonly: true })
    const asked = new Set<string>()
    class Listening extends StatementCache {
      override get(sql: string) {
        asked.add(sql)
        return super.get(sql)
      }
    }
    const { kysely } = openHandle(new Listening(db))
    for (const text of texts) {
      await findEverything(kysely, readQuestion(text, { today: '2026-11-21', minorDigits: 2 }), 8)
    }
    const scans = [...asked].flatMap((sql) =>
      (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parametersOf(sql)) as { detail: string }[])
        .filter(({ detail }) => /^SCAN (?!\w+_grams VIRTUAL)/.test(detail))
        .map(({ detail }) => `${detail}: ${sql}`),
    )
    db.close()
    expect(asked.size).toBeGreaterThan(30)
    expect(scans).toEqual([])
  })

  function parametersOf(sql: string): string[] {
    return Array.from({ length: sql.split('?').length - 1 }, () => '1')
  }
})
