import path from 'node:path'
import { sql } from 'kysely'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import type { WriteHandle } from '../../src-main/database/store.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { openRepairDesk } from '../support/repair-desk.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const repairs = 60_000
/** As many as a large store has in the house; the others are years of closed ones. */
const openOnes = 600
const rounds = 30

/** Copies of one ticket, its case, its item with its log and its promise; every hundredth is still open. */
async function multiply(w: WriteHandle, repairId: number): Promise<void> {
  const each = Math.floor(repairs / openOnes)
  const series = sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${sql.lit(repairs)})`
  const isOpen = sql`n.i % ${sql.lit(each)} = 0`
  const at = sql`'2026-11-20T06:00:00.000Z'`
  const base = 1_000_000
  const id = sql`${sql.lit(base)} + n.i`
  await sql`INSERT INTO case_file (id, state, business_date, opened_at, opened_by, owner_id, closed_at, closed_on)
    ${series} SELECT ${id}, iif(${isOpen}, 'open', 'closed'), '2026-11-01', ${at}, c.opened_by, c.owner_id,
      iif(${isOpen}, NULL, ${at}), iif(${isOpen}, NULL, '2026-11-20')
    FROM n, repair r JOIN case_file c ON c.id = r.case_id WHERE r.id = ${repairId}`.execute(w)
  await sql`INSERT INTO repair (id, number, case_id, state, contact_name, contact_phone, currency, pickup_code, storage_days,
      storage_fee, business_date, recorded_at, recorded_by, closed_at, closed_on)
    ${series} SELECT ${id}, printf('WX-0312-261101-%06d-A', n.i), ${id}, iif(${isOpen}, 'open', 'closed'), '周先生',
      '13812345521', currency, pickup_code, 30, 0, '2026-11-01', ${at}, recorded_by,
      iif(${isOpen}, NULL, ${at}), iif(${isOpen}, NULL, '2026-11-20')
    FROM n, repair WHERE repair.id = ${repairId}`.execute(w)
  await sql`INSERT INTO promise (case_id, owner_id, text, due_at, due_on, state, settled_at, settled_by, created_at,
      repair_id)
    ${series} SELECT ${id}, c.owner_id, '修好后电话通知', ${at}, '2026-11-20', iif(${isOpen}, 'open', 'kept'),
      iif(${isOpen}, NULL, ${at}), iif(${isOpen}, NULL, c.owner_id), ${at}, ${id}
    FROM n, repair r JOIN case_file c ON c.id = r.case_id WHERE r.id = ${repairId}`.execute(w)
  const reception = sql`iif(${isOpen}, iif(n.i % ${sql.lit(each * 2)} = 0, 'ready', 'with_repairer'), 'handed_back')`
  await sql`INSERT INTO repair_item (id, repair_id, position, kind, name, serial_no, fault, reception, acceptance, basis,
      received_on, ready_on, ended_on, outcome, category)
    ${series} SELECT ${id}, ${id}, 1, 'elsewhere', '电热水壶', 'SN-' || n.i, '不加热', ${reception}, 'free',
      'repair_warranty', '2026-11-01', '2026-11-10', iif(${isOpen}, NULL, '2026-11-20'), 'repaired', '小家电' FROM n`.execute(
    w,
  )
  await sql`INSERT INTO repair_movement (item_id, at, business_date, actor_id, action, reception, holder, holder_name)
    ${series} SELECT ${id}, ${at}, '2026-11-01', r.recorded_by, 'send', ${reception}, 'maker', '清澜电器售后'
    FROM n, repair r WHERE r.id = ${repairId}`.execute(w)
}

async function timed(work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return quantile(times, 0.5)
}

/** The same tickets with their items and last holder, read by one prepared statement. */
function rawList(test: TestDesk) {
  const db = openSqlite(path.join(test.dir, 'desk.sqlite'), { readonly: true })
  const statement = db.prepare(`SELECT repair.*, repair_item.*,
      (SELECT holder_name FROM repair_movement WHERE item_id = repair_item.id ORDER BY id DESC LIMIT 1),
      (SELECT due_at FROM promise WHERE repair_id = repair.id AND state = 'open' LIMIT 1)
    FROM repair JOIN repair_item ON repair_item.repair_id = repair.id
    WHERE repair.state = 'open' ORDER BY repair.id DESC LIMIT 500`)
  return { read: () => statement.all(), close: () => db.close() }
}

const bench: Bench = {
  name: 'repairs',
  async run(): Promise<Figure[]> {
    const test = await openTestDesk()
    try {
      const at = await openRepairDesk(test)
      const { id } = await at.takeIn([
        { subject: { kind: 'elsewhere' }, name: '电热水壶', fault: '不加热' },
      ])
      await test.write((w) => multiply(w, id))
      const raw = rawList(test)
      const plain = await timed(() => raw.read())
      raw.close()
      const client = test.clerk.client.repairs
      const all = `${repairs.toLocaleString('en')} repairs, ${openOnes} open`
      const beside = { name: 'one raw statement, 500 rows', value: plain }
      const open = await timed(() => client.list({ state: 'open' }))
      const ready = await timed(() => client.list({ state: 'ready' }))
      const late = await timed(() => client.overdue())
      const unclaimed = await timed(() => client.unclaimed())
      return [
        figure(`list of open repairs, ${all}, p50`, open, 'ms', beside),
        figure('list of those ready, p50', ready, 'ms', beside),
        figure('list of what is overdue, no rule speaking of the goods, p50', late, 'ms', beside),
        figure('goods nobody came for, p50', unclaimed, 'ms', beside),
      ]
    } finally {
      await test.close()
    }
  },
}

export default bench
