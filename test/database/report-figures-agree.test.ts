import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src-main/database/store.ts'
import { addDays, daysBetween } from '../../src-main/foundation/business-date.ts'
import { reports } from '../../src-main/reports/figures/catalog.ts'
import type {
  Cell,
  Dimension,
  ReportColumn,
  ReportParams,
  ReportTable,
} from '../../src-main/reports/figures/contract.ts'
import { listFigure, makeTable } from '../../src-main/reports/figures/run.ts'
import { type DemoRun, demoDay, makeDemoStore } from '../support/demo-store.ts'

const setting = {
  day: { timeZone: 'Asia/Shanghai', cutoffMinutes: 240 },
  currency: 'CNY',
  today: demoDay,
  now: `${demoDay}T07:00:00.000Z`,
}
const whole = { from: addDays(demoDay, -400), to: demoDay }

let demo: DemoRun
let store: Store

beforeAll(async () => {
  demo = await makeDemoStore()
  store = openStore(path.join(demo.dir, 'desk.sqlite'))
}, 120_000)
afterAll(async () => {
  await store.close()
  demo.remove()
})

function paramsOf(by: Dimension | null, change: Partial<ReportParams> = {}): ReportParams {
  return { ...whole, by, filters: {}, compareWith: null, ...change }
}

function run(report: string, by: Dimension | null, change: Partial<ReportParams> = {}) {
  return store.read((r) => makeTable(r, setting, { report, params: paramsOf(by, change) }))
}

/** What a list must be as long as, and what it must add up to. */
function partsOf(cell: Cell, { kind }: ReportColumn): { part: 'count' | 'of'; total: number }[] {
  if (cell !== null && typeof cell === 'object') {
    return [
      { part: 'count', total: cell.count },
      { part: 'of', total: cell.of },
    ]
  }
  return kind === 'count' ? [{ part: 'count', total: Number(cell) }] : []
}

async function checkLists(table: ReportTable, row: string | null, cells: Record<string, Cell>) {
  for (const column of table.columns.filter(({ opens }) => opens)) {
    const cell = cells[column.key] ?? null
    const list = (part: 'count' | 'of') =>
      store.read((r) =>
        listFigure(r, setting, {
          report: table.id,
          params: paramsOf(table.by),
          row,
          column: column.key,
          part,
          compared: false,
          offset: 0,
          limit: 200,
        }),
      )
    const where = `${table.id} by ${table.by}, ${row}, ${column.key}`
    for (const { part, total } of partsOf(cell, column)) {
      const listed = await list(part)
      expect(listed.total, where).toBe(total)
      expect(listed.items.length, where).toBe(Math.min(200, total))
    }
    if (column.kind === 'money') expect((await list('count')).sum, where).toBe(cell)
  }
}

const views = reports.flatMap(({ id, by }) => by.map((each) => [id, each] as const))

describe('on the demo store', () => {
  it.each(views)(
    '%s by %s: rows add up, and lists are as long as their figures',
    async (id, by) => {
      const table = await run(id, by)
      for (const { key, kind, adds } of table.columns) {
        if (!adds) continue
        const sum = (read: (cell: Cell) => number) =>
          table.rows.reduce((total, { cells }) => total + read(cells[key] ?? null), 0)
        const total = table.totals.cells[key] ?? null
        if (kind === 'share' && total !== null && typeof total === 'object') {
          const part = (name: 'count' | 'of') =>
            sum((cell) => (cell !== null && typeof cell === 'object' ? cell[name] : 0))
          expect({ count: part('count'), of: part('of') }, key).toEqual(total)
        } else {
          expect(sum(Number), key).toBe(total)
        }
      }
      await checkLists(table, null, table.totals.cells)
      const [first] = table.rows
      if (first) await checkLists(table, first.key, first.cells)
      const last = table.rows.at(-1)
      if (last && last !== first) await checkLists(table, last.key, last.cells)
    },
  )

  it.each(reports.map(({ id }) => id))(
    '%s: two halves of a period come to the whole',
    async (id) => {
      const middle = addDays(whole.from, Math.floor(daysBetween(whole.from, whole.to) / 2))
      const all = await run(id, null)
      const early = await run(id, null, { to: middle })
      const late = await run(id, null, { from: addDays(middle, 1) })
      for (const { key, kind, adds } of all.columns) {
        // A customer of both halves is one customer of the whole.
        if (!adds || (id === 'goodwill' && kind !== 'text')) continue
        const of = ({ totals }: ReportTable) => totals.cells[key] ?? null
        if (typeof of(all) === 'number') {
          expect(Number(of(early)) + Number(of(late)), key).toBe(of(all))
        }
      }
    },
  )
})

describe('one figure', () => {
  const cell = async (report: string, key: string, by: Dimension | null = null) =>
    (await run(report, by)).totals.cells[key]

  it('is the same in every report it stands in', async () => {
    const seen = new Map<string, Cell>()
    for (const { id, by } of reports) {
      for (const each of by) {
        const { totals } = await run(id, each)
        for (const [key, value] of Object.entries(totals.cells)) {
          if (seen.has(key)) expect(value, `${key} in ${id} by ${each}`).toEqual(seen.get(key))
          else seen.set(key, value)
        }
      }
    }
    expect(seen.get('received')).not.toBe(0)
  })

  it('is the same however it is split: ways of payment come to what was paid back', async () => {
    expect(await cell('returns', 'paidThisWay', 'tender')).toBe(
      await cell('returns', 'paidBack', 'reason'),
    )
  })
})
