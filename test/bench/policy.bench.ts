import { openSqlite, type SqliteDatabase } from '../../src-main/database/sqlite.ts'
import { seededChance } from '../../src-main/demo/random.ts'
import { addDays } from '../../src-main/foundation/business-date.ts'
import { chinaCalendar } from '../../src-main/foundation/holidays.ts'
import { findCategory, tagsOf } from '../../src-main/policy/categories.ts'
import type { RightsFacts } from '../../src-main/policy/facts.ts'
import { goodsCategories, loadPolicyFiles } from '../../src-main/policy/files.ts'
import { compileRules } from '../../src-main/policy/layers.ts'
import { decideRights } from '../../src-main/policy/rules.ts'
import { conditionGrades, type ReasonClass } from '../../src-main/policy/rule.ts'
import { largeStore, largeStoreDay, millionLines } from '../support/large-store.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const lines = 10_000
const rounds = 9

/** Why customers come, as often as they do. */
const reasons: readonly ReasonClass[] = [
  'quality',
  'quality',
  'quality',
  'size',
  'preference',
  'preference',
  'price',
  'wrong_item',
]

/** One line with its sale and its goods: what the facts of a verdict are made of. */
const readLine = `SELECT sale_line.*, receipt.business_date, product.brand, product.category
  FROM sale_line JOIN receipt ON receipt.id = sale_line.receipt_id
  LEFT JOIN product ON product.id = sale_line.product_id WHERE sale_line.id = ?`

interface LineRow {
  sku: string
  name: string
  units: number
  paid_amount: number
  counter: string
  business_date: string
  brand: string | null
  category: string | null
}

/** A store in Zhejiang with the house rules of a well-known one: more rules speak on a line than anywhere else. */
function storeRules() {
  const rules = loadPolicyFiles().map((rule) =>
    rule.jurisdiction === 'CN-33' || rule.id.startsWith('sample.pdl.')
      ? { ...rule, enabled: true }
      : rule,
  )
  return compileRules(rules, { country: 'CN', region: 'CN-33', profiles: {} })
}

function readFacts(db: SqliteDatabase, ids: readonly number[]): RightsFacts[] {
  const statement = db.prepare(readLine)
  const chance = seededChance(17)
  return ids.flatMap((id) => {
    const row = statement.get(id) as LineRow | undefined
    if (!row || row.units < 1 || row.paid_amount < 0) return []
    return [factsOfLine(row, chance)]
  })
}

function factsOfLine(row: LineRow, chance: ReturnType<typeof seededChance>): RightsFacts {
  const goods = { category: row.category ?? '', name: row.name }
  const category = findCategory(goodsCategories, goods)?.code ?? null
  const repaired = chance.int(1, 10) === 1
  const claim = addDays(row.business_date, chance.int(0, 60))
  return {
    today: claim < largeStoreDay ? claim : largeStoreDay,
    claimedOn: null,
    calendar: chinaCalendar,
    currency: 'CNY',
    channel: 'counter',
    line: {
      currency: 'CNY',
      category,
      sku: row.sku,
      brand: row.brand ?? '',
      counter: row.counter,
      tags: category === null ? [] : tagsOf(goodsCategories, category),
      paid: row.paid_amount,
      units: row.units,
      unitsSold: row.units,
      unitsReturned: 0,
      currentPrice: row.paid_amount - chance.int(0, 100),
    },
    tier: null,
    dates: { sold: row.business_date, delivered: null, installed: null, exchanged: null },
    card: null,
    reason: chance.pick(reasons),
    condition: chance.pick(conditionGrades),
    complete: true,
    part: 'unit',
    proof: { receipt: true, memberCard: false, medical: false, repairRecords: true },
    findings: [],
    foundSubstandard: false,
    repairs: repaired
      ? [
          {
            part: null,
            handedIn: row.business_date,
            handedBack: row.business_date,
            waitedForParts: 0,
            delayedBy: null,
            failed: true,
            recorded: true,
          },
        ]
      : [],
    sameModelInStock: chance.int(0, 1) === 1,
    wish: null,
  }
}

const bench: Bench = {
  name: 'rights of a line',
  async run(): Promise<Figure[]> {
    const db = openSqlite(largeStore(millionLines), { readonly: true })
    const chance = seededChance(13)
    const ids = Array.from({ length: lines }, () => chance.int(1, 1_000_000))
    const facts = readFacts(db, ids)
    const unknown = facts.map((one) => ({
      ...one,
      reason: null,
      condition: null,
      complete: null,
      findings: null,
      part: null,
      sameModelInStock: null,
    }))
    const rules = storeRules()
    const statement = db.prepare(readLine)
    // By the core's own time, all threads of the process together: what else runs on the machine does not count.
    const perSecond = (work: () => number) => {
      const start = process.cpuUsage()
      const done = work()
      const { user, system } = process.cpuUsage(start)
      return (done / (user + system)) * 1_000_000
    }
    const decideAll = (list: readonly RightsFacts[]) => () => {
      let remedies = 0
      for (const one of list) remedies += decideRights(one, rules).remedies.length
      if (remedies !== list.length * 5) throw new Error('a verdict without its remedies')
      return list.length
    }
    const readAll = () => {
      for (const id of ids) statement.get(id)
      return ids.length
    }
    const [decided, asked, read]: [number[], number[], number[]] = [[], [], []]
    for (let round = 0; round < rounds; round += 1) {
      read.push(perSecond(readAll))
      decided.push(perSecond(decideAll(facts)))
      asked.push(perSecond(decideAll(unknown)))
    }
    db.close()
    // The first rounds warm up caches and compiler.
    const middle = (values: number[]) => quantile(values.slice(2), 0.5)
    const baseline = { name: 'the same lines read from SQLite', value: middle(read) }
    return [
      figure(
        'verdicts on one core, facts known',
        middle(decided),
        '/s',
        baseline,
        'at least 20,000 /s',
      ),
      figure(
        'verdicts on one core, nothing known',
        middle(asked),
        '/s',
        baseline,
        'at least 20,000 /s',
      ),
    ]
  },
}

export default bench
