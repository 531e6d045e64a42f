import { openStore, type Store } from '../../src-main/database/store.ts'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { seededChance } from '../../src-main/demo/random.ts'
import { findEverything } from '../../src-main/sales/find.ts'
import { readQuestion } from '../../src-main/sales/rules.ts'
import { largeStore, largeStoreDay, millionLines } from '../support/large-store.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const rounds = 60

/** Texts as clerks type and scan them, by kind, made from what the store holds. */
function textsByKind(file: string): Record<string, string[]> {
  const db = openSqlite(file, { readonly: true })
  const chance = seededChance(11)
  const column = (sql: string): string[] => db.prepare(sql).pluck().all() as string[]
  const some = (values: string[]): string[] =>
    Array.from({ length: rounds }, () => chance.pick(values))
  const receipts = column('SELECT receipt_no FROM receipt WHERE id % 997 = 0')
  const sales = db.prepare('SELECT total, business_date FROM receipt WHERE id % 997 = 0').all() as {
    total: number
    business_date: string
  }[]
  const names = column('SELECT name FROM customer WHERE id % 499 = 0')
  const phones = column('SELECT phone FROM customer WHERE id % 499 = 0')
  const products = column('SELECT name FROM product WHERE id % 997 = 0')
  const texts = {
    'receipt whole': some(receipts),
    'receipt without till': some(receipts).map((no) => no.slice(3)),
    'receipt tail': some(receipts).map((no) => no.slice(-4)),
    'card number': some(column('SELECT number FROM card WHERE id % 97 = 0')),
    'card short': some(column('SELECT short_no FROM card WHERE id % 97 = 0')),
    barcode: some(column('SELECT barcode FROM product WHERE id % 997 = 0')),
    sku: some(column('SELECT sku FROM product WHERE id % 997 = 0')),
    serial: some(column("SELECT serial_no FROM sale_line WHERE id % 991 = 0 AND serial_no <> ''")),
    phone: some(phones),
    'phone tail': some(phones).map((phone) => phone.slice(-4)),
    name: some(names),
    'name part': some(names).map((name) => name.slice(-2)),
    'one hanzi': some(names).map((name) => name.slice(0, 1)),
    pinyin: some(column('SELECT name_pinyin FROM customer WHERE id % 499 = 0')),
    initials: some(column('SELECT name_initials FROM customer WHERE id % 499 = 0')),
    'product words': some(products).map((name) => name.split(' ')[1] ?? name),
    'product two hanzi': some(products).map((name) => (name.split(' ')[1] ?? name).slice(0, 2)),
    'amount with date': Array.from({ length: rounds }, () => chance.pick(sales)).map(
      (sale) => `${(sale.total / 100).toFixed(2)} ${sale.business_date}`,
    ),
    amount: Array.from({ length: rounds }, () => chance.pick(sales)).map((sale) =>
      String(Math.round(sale.total / 100)),
    ),
    nothing: some(receipts).map((no) => `Q${no}Z`),
  }
  db.close()
  return texts
}

async function timeFinds(store: Store, texts: readonly string[]): Promise<number[]> {
  const times: number[] = []
  const desk = { today: largeStoreDay, minorDigits: 2 }
  for (const text of texts) {
    const started = performance.now()
    await store.read((r) => findEverything(r, readQuestion(text, desk), 8))
    times.push(performance.now() - started)
  }
  return times
}

/** A receipt by its number with a prepared statement: the least any find can take. */
function timePointSelects(file: string, numbers: readonly string[]): number[] {
  const db = openSqlite(file, { readonly: true })
  const statement = db.prepare('SELECT * FROM receipt WHERE receipt_no = ? AND receipt_key = ?')
  const times = numbers.map((number) => {
    const key = number.replaceAll('-', '')
    const started = performance.now()
    statement.get(number, key)
    return performance.now() - started
  })
  db.close()
  return times
}

const bench: Bench = {
  name: 'find',
  async run(): Promise<Figure[]> {
    const file = largeStore(millionLines)
    const texts = textsByKind(file)
    const store = openStore(file)
    // The first of each kind prepares its statements; a desk does that once a day.
    for (const some of Object.values(texts)) await timeFinds(store, some.slice(0, 1))
    const points = timePointSelects(file, [
      ...(texts['receipt whole'] ?? []),
      ...(texts['receipt whole'] ?? []),
    ])
    const baseline = (share: number) => ({
      name: 'raw point SELECT',
      value: quantile(points.slice(points.length / 2), share),
    })
    const all: number[] = []
    const figures: Figure[] = []
    for (const [kind, some] of Object.entries(texts)) {
      const times = await timeFinds(store, some)
      all.push(...times)
      figures.push(figure(`find by ${kind}, p95`, quantile(times, 0.95), 'ms', baseline(0.95)))
    }
    await store.close()
    return [
      figure('find, mixed, p50, 1M lines', quantile(all, 0.5), 'ms', baseline(0.5)),
      figure('find, mixed, p95, 1M lines', quantile(all, 0.95), 'ms', baseline(0.95), '< 20 ms'),
      ...figures,
    ]
  },
}

export default bench
