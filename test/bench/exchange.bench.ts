import path from 'node:path'
import { sql } from 'kysely'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { seededChance } from '../../src-main/demo/random.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { sellFor } from '../support/exchange-case.ts'
import { deeds } from '../support/ledger/deeds.ts'
import { laws } from '../support/ledger/laws.ts'
import { openWorldStore, World } from '../support/ledger/world.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const rounds = 500
const cases = 10_000
/** A history is short, as those of a customer are: the store grows, the history does not. */
const casesPerHistory = 10

/** About what a row of the desk takes. */
const row = 'x'.repeat(120)

/** A file of its own beside the desk's, as durable as it. */
function openBare(dir: string, name: string) {
  const db = openSqlite(path.join(dir, `${name}.sqlite`))
  db.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT')
  const insert = db.prepare('INSERT INTO bare (data) VALUES (?)')
  const write = db.transaction((rows: number) => {
    for (let at = 0; at < rows; at += 1) insert.run(row)
  })
  return { write: (rows: number) => write.immediate(rows), close: () => db.close() }
}

async function countWritten(test: TestDesk): Promise<number> {
  return test.write(async (w) => {
    const { rows } = await sql<{ n: number }>`SELECT total_changes() AS n`.execute(w)
    return rows[0]?.n ?? 0
  })
}

async function measureCommits(test: TestDesk, goods: Record<string, number>): Promise<Figure[]> {
  const bare = openBare(test.dir, 'commit')
  const { exchanges } = test.manager.client
  const own: number[] = []
  const plain: number[] = []
  let rows = 0
  for (let round = 0; round < rounds; round += 1) {
    const line = {
      name: '羊毛大衣 M',
      product_id: goods['L-COAT-M'] ?? null,
      list_amount: 89_900,
      paid_amount: 71_920,
    }
    const sale = await sellFor(
      test,
      `B-${round}`,
      [line],
      [
        ['cash', 40_000],
        ['wechat', 31_920],
      ],
    )
    const draft = {
      receiptId: sale.receiptId,
      reason: 'size' as const,
      expectedDifference: 0,
      lines: [
        {
          saleLineId: sale.lineIds[0] ?? 0,
          units: 1,
          condition: 'opened' as const,
          packagingIntact: true,
        },
      ],
      given: [{ productId: goods['L-COAT-L'] ?? null }],
    }
    const before = await countWritten(test)
    const started = performance.now()
    await exchanges.record(draft)
    own.push(performance.now() - started)
    rows = (await countWritten(test)) - before
    const again = performance.now()
    bare.write(rows)
    plain.push(performance.now() - again)
  }
  bare.close()
  const warm = (times: number[], share: number) => quantile(times.slice(rounds / 10), share)
  const against = (share: number) => ({
    name: `bare durable transaction of ${rows} rows`,
    value: warm(plain, share),
  })
  return [
    figure('commit of an exchange, p50', warm(own, 0.5), 'ms', against(0.5)),
    figure('commit of an exchange, p99', warm(own, 0.99), 'ms', against(0.99), 'p99 below 15 ms'),
  ]
}

/** Refunds, exchanges, orders, hand-overs and voids in any order; every law of the ledger holds after each history. */
async function replay(test: TestDesk, goods: Record<string, number>): Promise<Figure> {
  const chance = seededChance(17)
  const die = () => chance.int(0, 1_000_000)
  const [sell, ...others] = deeds
  const bare = openBare(test.dir, 'replay')
  let spent = 0
  let plain = 0
  for (let done = 0; done < cases; done += casesPerHistory) {
    const world = new World(test, goods, `R${done}`)
    const deal = async () => sell?.run(world, { a: die(), b: die(), c: die() })
    await deal()
    await deal()
    const started = performance.now()
    for (let each = 0; each < casesPerHistory; each += 1) {
      await others[die() % others.length]?.run(world, { a: die(), b: die(), c: die() })
    }
    spent += performance.now() - started
    const again = performance.now()
    for (let each = 0; each < casesPerHistory; each += 1) bare.write(30)
    plain += performance.now() - again
    for (const law of laws) {
      const broken = await test.write((w) => law.broken(w, world))
      if (broken.length > 0) throw new Error(`${law.name}: ${broken.join('; ')}`)
    }
  }
  bare.close()
  const perSecond = (ms: number) => (cases * 1_000) / ms
  return figure(
    `${cases.toLocaleString('en')} mixed cases, every law of the ledger holding`,
    perSecond(spent),
    'cases/s',
    { name: 'bare durable transactions of 30 rows', value: perSecond(plain) },
  )
}

const bench: Bench = {
  name: 'exchange',
  async run(): Promise<Figure[]> {
    const test = await openTestDesk()
    try {
      const goods = await openWorldStore(test)
      return [...(await measureCommits(test, goods)), await replay(test, goods)]
    } finally {
      await test.close()
    }
  },
}

export default bench
