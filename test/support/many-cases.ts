import { sql } from 'kysely'
import { bigramsOf } from '../../src-main/foundation/bigrams.ts'
import type { TestDesk } from './desk.ts'

/** Complaints of a big store on one day. */
const usualPerDay = 60
const owners = 40
const floors = 8

export interface ManyCases {
  cases: number
  open: number
  /** How many a day; those of a big store where it is left out. */
  perDay?: number
}

/**
 * Fills a desk with so many cases of the years before: each a complaint or something else that was said, with its
 * round, an event and, where it is open, a promise; every third open one was answered, every tenth rests. Floors and
 * owners take turns. The newest are the open ones.
 */
export async function addManyCases(
  test: TestDesk,
  { cases, open, perDay = usualPerDay }: ManyCases,
): Promise<void> {
  await test.write(async (w) => {
    const series = sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${sql.lit(cases)})`
    const isOpen = sql`n.i > ${sql.lit(cases - open)}`
    // Open ones came in over the last days, however many they are; the others a steady number a day.
    const day = sql`iif(${isOpen}, date('2026-11-21', -((n.i * 7) % 14) || ' days'),
      date('2026-11-07', -((${sql.lit(cases - open)} - n.i) / ${sql.lit(perDay)}) || ' days'))`
    const at = sql`${day} || 'T04:00:00.000Z'`
    const done = sql`${day} || 'T09:00:00.000Z'`
    const base = 1_000_000
    const id = sql`${sql.lit(base)} + n.i`
    const owner = sql`${sql.lit(base)} + n.i % ${sql.lit(owners)}`
    await sql`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${sql.lit(owners - 1)})
      INSERT INTO operator (id, code, name, role, pin_hash, phone, created_at)
      SELECT ${sql.lit(base)} + n.i, 'B' || n.i, '店员' || n.i, 'clerk', pin_hash, '', created_at FROM n, operator WHERE operator.id = ${sql.lit(test.clerk.id)}`.execute(
      w,
    )
    await sql`INSERT INTO case_file (id, state, business_date, opened_at, opened_by, owner_id, closed_at, closed_on)
      ${series} SELECT ${id}, iif(${isOpen}, 'open', 'closed'), ${day}, ${at}, ${owner}, ${owner},
        iif(${isOpen}, NULL, ${done}), iif(${isOpen}, NULL, ${day}) FROM n`.execute(w)
    await sql`INSERT INTO complaint (id, number, case_id, class, text, solved_on_spot, business_date, recorded_at,
        recorded_by, floor, counter, kind, state, severity, satisfied)
      ${series} SELECT ${id}, printf('TS-0312-%06d-%04d-A', n.i / 1000, n.i % 1000), ${id},
        CASE n.i % 5 WHEN 0 THEN 'service' WHEN 1 THEN 'safety' ELSE 'goods' END,
        '皮鞋穿了两周鞋底开胶，要求换新，店员说要等厂家回复，已经等了三天没有消息。第' || n.i || '件',
        0, ${day}, ${at}, ${owner}, (n.i % ${sql.lit(floors)} + 1) || 'F', '柜台' || n.i % 50,
        iif(n.i % 12 = 0, 'enquiry', 'complaint'), iif(${isOpen}, 'open', 'solved'),
        iif(n.i % 20 = 0, 'serious', 'ordinary'), iif(${isOpen}, NULL, n.i % 9 <> 0) FROM n`.execute(
      w,
    )
    await sql`INSERT INTO complaint_round (complaint_id, no, opened_at, opened_on, opened_by, solved_at, solved_on, satisfied)
      ${series} SELECT ${id}, 1, ${at}, ${day}, ${owner}, iif(${isOpen}, NULL, ${done}), iif(${isOpen}, NULL, ${day}),
        iif(${isOpen}, NULL, n.i % 9 <> 0) FROM n`.execute(w)
    await sql`INSERT INTO promise (case_id, complaint_id, owner_id, text, due_at, due_on, state, settled_at, settled_by, created_at)
      ${series} SELECT ${id}, ${id}, ${owner}, '厂家回复后电话通知', date(${day}, '+9 days') || 'T08:00:00.000Z',
        date(${day}, '+9 days'), iif(${isOpen}, 'open', 'kept'), iif(${isOpen}, NULL, ${done}),
        iif(${isOpen}, NULL, ${owner}), ${at} FROM n`.execute(w)
    await sql`INSERT INTO case_event (case_id, at, actor_id, kind, data)
      ${series} SELECT ${id}, ${at}, ${owner}, 'complaint_recorded', '{}' FROM n`.execute(w)
    await sql`INSERT INTO case_answer (case_id, kind, channel, text, answered_at, answered_by)
      ${series} SELECT ${id}, 'heard', 'phone', '已回电', ${done}, ${owner} FROM n WHERE n.i % 3 = 0`.execute(
      w,
    )
    await sql`INSERT INTO clock_pause (case_id, reason, note, paused_at, paused_by)
      ${series} SELECT ${id}, 'certificate', '', ${done}, ${owner} FROM n WHERE ${isOpen} AND n.i % 10 = 0`.execute(
      w,
    )
  })
}

/** So many entries of the shift diary, and their full text. */
export async function addManyDiaryEntries(test: TestDesk, count: number): Promise<void> {
  const things = ['扶梯停运', '收银机缺纸', '顾客致谢', '空调漏水', '退货排队', '广播找人']
  await test.write(async (w) => {
    for (let from = 0; from < count; from += 500) {
      const rows = Array.from({ length: Math.min(500, count - from) }, (_, at) => {
        const i = from + at
        // One in a thousand speaks of what is looked for.
        const text = `${things[i % things.length]}，第 ${i} 次${i % 1000 === 0 ? '，停电十分钟' : ''}`
        return { id: i + 1, text }
      })
      await w
        .insertInto('shift_diary')
        .values(
          rows.map(({ id, text }) => ({
            id,
            desk_no: '0312',
            business_date: '2026-11-01',
            text,
            written_at: '2026-11-01T04:00:00.000Z',
            written_by: test.clerk.id,
          })),
        )
        .execute()
      await w
        .insertInto('shift_diary_grams')
        .values(rows.map(({ id, text }) => ({ rowid: id, grams: bigramsOf(text) })))
        .execute()
    }
  })
}
