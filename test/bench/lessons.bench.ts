import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { seededChance } from '../../src-main/demo/random.ts'
import { findSimilar, searchCases } from '../../src-main/lessons/service.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { addManyComplaints } from '../support/many-complaints.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const complaints = 60_000
const rounds = 200

async function time(ask: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await ask()
  return performance.now() - started
}

async function timeAll(asks: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times: number[] = []
  for (const ask of asks) {
    times.push(await time(ask))
    // Calls of a desk come one by one, each in a turn of its own.
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
  return times
}

/** Every statement read from one end to the other for one word: what stands in for an index where there is none. */
function timeScans(test: TestDesk, words: readonly string[]): number[] {
  const db = openSqlite(test.desk.folder.databaseFile, { readonly: true })
  const statement = db.prepare(
    'SELECT id FROM complaint WHERE text LIKE ? ORDER BY id DESC LIMIT 20',
  )
  const times = words.map((word) => {
    const started = performance.now()
    statement.all(`%${word}%`)
    return performance.now() - started
  })
  db.close()
  return times
}

const bench: Bench = {
  name: 'lessons',
  async run(): Promise<Figure[]> {
    const test = await openTestDesk()
    try {
      const texts = await addManyComplaints(test, complaints)
      const { store } = test.desk.folder
      const chance = seededChance(9)
      const statements = Array.from({ length: rounds }, () => chance.pick(texts))
      const words = statements.map((text) => {
        const hanzi = text.match(/\p{Script=Han}{2,}/gu) ?? ['退货']
        return chance.pick(hanzi).slice(0, 2)
      })
      const similar = statements.map(
        (text) => () =>
          store.read((r) =>
            findSimilar(r, {
              text,
              class: null,
              saleLineId: null,
              cardId: null,
              counter: '',
              except: null,
            }),
          ),
      )
      const search = words.map(
        (text) => () => store.read((r) => searchCases(r, { text, before: null, limit: 20 })),
      )
      await timeAll([...similar.slice(0, 5), ...search.slice(0, 5)])
      const scan = timeScans(test, words)
      const baseline = (share: number) => ({
        name: 'LIKE over all statements',
        value: quantile(scan, share),
      })
      const stalls = monitorEventLoopDelay({ resolution: 1 })
      stalls.enable()
      const similarTimes = await timeAll(similar)
      stalls.disable()
      const searchTimes = await timeAll(search)
      const stall = stalls.max / 1e6
      return [
        figure('similar cases, p50, 60k', quantile(similarTimes, 0.5), 'ms', baseline(0.5)),
        figure(
          'similar cases, p95, 60k',
          quantile(similarTimes, 0.95),
          'ms',
          baseline(0.95),
          '< 50 ms',
        ),
        figure('similar cases, longest stall', stall, 'ms', baseline(0.95), '< 25 ms'),
        figure('two Hanzi in full text, p50', quantile(searchTimes, 0.5), 'ms', baseline(0.5)),
        figure(
          'two Hanzi in full text, p95',
          quantile(searchTimes, 0.95),
          'ms',
          baseline(0.95),
          '< 30 ms',
        ),
      ]
    } finally {
      await test.close()
    }
  },
}

export default bench
