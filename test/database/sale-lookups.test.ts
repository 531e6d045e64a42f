import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { catchUpSaleLookups } from '../../src-main/database/maintenance.ts'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { type ImportBench, openImportBench } from '../support/import-file.ts'

let bench: ImportBench

beforeEach(() => {
  bench = openImportBench()
})

afterEach(() => bench.close())

const text = [
  '小票号,销售日期,货号,品名,数量,实收金额',
  ...Array.from({ length: 6_000 }, (_, row) => {
    const receipt = Math.floor(row / 3)
    return `A${String(receipt).padStart(6, '0')},2025-07-0${1 + (receipt % 9)},${row % 777},货${row % 777},1,${(row % 97) + 1}.50`
  }),
].join('\n')

/** What the look-up tables lack of the sales, and what they hold beyond them. */
function differences(): Record<string, number> {
  const count = (sql: string) => bench.one<number>(`SELECT count(*) FROM (${sql})`)
  const goods = 'SELECT product_id, receipt_id FROM sale_line WHERE product_id IS NOT NULL'
  const amounts = 'SELECT total, business_date, id FROM receipt'
  return {
    goodsMissing: count(`${goods} EXCEPT SELECT * FROM receipt_of_product`),
    goodsTooMany: count(`SELECT * FROM receipt_of_product EXCEPT ${goods}`),
    amountsMissing: count(`${amounts} EXCEPT SELECT * FROM receipt_by_amount`),
    amountsTooMany: count(`SELECT * FROM receipt_by_amount EXCEPT ${amounts}`),
    tails: bench.one<number>(
      'SELECT (SELECT count(*) FROM receipt) - (SELECT count(*) FROM receipt_by_tail)',
    ),
  }
}

const none = { goodsMissing: 0, goodsTooMany: 0, amountsMissing: 0, amountsTooMany: 0, tails: 0 }

describe('the look-up tables of sales', () => {
  it('hold every sale when an import is over', async () => {
    expect((await bench.importText('sales.csv', text)).state).toBe('finished')
    expect(bench.one('SELECT count(*) FROM receipt')).toBe(2_000)
    expect(differences()).toEqual(none)
    expect(
      bench.one("SELECT count(*) FROM receipt_by_tail WHERE receipt_key_reversed = '999100A'"),
    ).toBe(1)
    await catchUpSaleLookups(bench.folder)
    expect(differences()).toEqual(none)
  })

  it('hold what a cancelled import has written', async () => {
    let calls = 0
    const state = await bench.importText('sales.csv', text, {
      hooks: { isCancelled: () => (calls += 1) > 40 },
    })
    expect(state.state).toBe('cancelled')
    expect(bench.one('SELECT count(*) FROM receipt')).toBeGreaterThan(0)
    expect(differences()).toEqual(none)
  })

  it('are completed by the next who opens the store when an import died', async () => {
    await bench.importText('sales.csv', text)
    const db = openSqlite(bench.folder.databaseFile)
    db.exec('DELETE FROM receipt_of_product WHERE receipt_id > 700')
    db.exec('DELETE FROM receipt_by_tail WHERE receipt_id > 700')
    db.exec('DELETE FROM receipt_by_amount WHERE receipt_id > 650')
    db.exec('UPDATE sale_lookup_progress SET receipt_id = 650, line_id = 1950')
    db.close()
    expect(differences()).not.toEqual(none)
    await catchUpSaleLookups(bench.folder)
    expect(differences()).toEqual(none)
  })
})
