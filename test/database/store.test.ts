import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../../src-main/database/store.ts'
import { addCustomer, freshFolder, writeFrame } from '../support/sold.ts'

const { folder, remove } = freshFolder()
const { store } = folder

beforeAll(() => store.write(writeFrame))
afterAll(remove)

const names = (r: ReadHandle) =>
  r
    .selectFrom('customer')
    .select('name')
    .orderBy('id')
    .execute()
    .then((rows) => rows.map((row) => row.name))

const readNames = () => store.read(names)

let known: number

beforeEach(async () => {
  known = (await readNames()).length
})

describe('writing', () => {
  it('is all or nothing', async () => {
    const attempt = store.write(async (w) => {
      await addCustomer(w, { name: '半途' })
      throw new Error('changed my mind')
    })
    await expect(attempt).rejects.toThrow('changed my mind')
    expect(await readNames()).toHaveLength(known)
  })

  it('is undone by what the database refuses', async () => {
    const attempt = store.write(async (w) => {
      await addCustomer(w, { name: '甲', memberNo: 'M-1' })
      await addCustomer(w, { name: '乙', memberNo: 'M-1' })
    })
    await expect(attempt).rejects.toThrow('UNIQUE')
    expect(await readNames()).toHaveLength(known)
  })

  it('goes one after another, in the order asked, whatever fails between', async () => {
    const order: string[] = []
    const step = (name: string, fails = false) =>
      store.write(async (w) => {
        order.push(`${name} in`)
        await names(w)
        order.push(`${name} out`)
        if (fails) throw new Error(name)
      })
    const results = await Promise.allSettled([step('a'), step('b', true), step('c')])
    expect(results.map((each) => each.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out'])
  })

  it('sees what it wrote before others do', async () => {
    await store.write(async (w) => {
      await addCustomer(w, { name: '先看' })
      expect(await names(w)).toContain('先看')
      expect(await readNames()).not.toContain('先看')
    })
    expect(await readNames()).toContain('先看')
  })

  it('waits for another connection that holds the lock, without holding up the reader', async () => {
    const other = openSqlite(folder.databaseFile)
    other.exec('BEGIN IMMEDIATE')
    const writing = store.write((w) => addCustomer(w, { name: '等待' }))
    expect(await readNames()).not.toContain('等待')
    await sleep(20)
    other.exec('COMMIT')
    other.close()
    await writing
    expect(await readNames()).toContain('等待')
  })

  it('says so when the disk is full, and keeps what there was', async () => {
    const pages = await store.write(async (w) => {
      const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(w)
      return rows[0]?.page_count ?? 0
    })
    const attempt = store.write(async (w) => {
      await sql`PRAGMA max_page_count = ${sql.lit(pages + 2)}`.execute(w)
      for (let index = 0; index < 200; index += 1) {
        await addCustomer(w, { name: `顾客${index}`.repeat(60) })
      }
    })
    await expect(attempt).rejects.toMatchObject({ reason: 'database.disk_full' })
    await store.write((w) => sql`PRAGMA max_page_count = 1000000`.execute(w))
    expect(await readNames()).toHaveLength(known)
    await store.write((w) => addCustomer(w, { name: '又有地方了' }))
    expect(await readNames()).toHaveLength(known + 1)
  })
})

describe('reading', () => {
  it('sees one state of the store from beginning to end', async () => {
    await store.read(async (r) => {
      const before = await names(r)
      await store.write((w) => addCustomer(w, { name: '中途' }))
      expect(await names(r)).toEqual(before)
    })
    expect(await readNames()).toContain('中途')
  })

  it('cannot write, whatever it tries', async () => {
    const attempt = store.read((r) => addCustomer(r as WriteHandle, { name: '偷写' }))
    await expect(attempt).rejects.toThrow('readonly')
    expect(await readNames()).toHaveLength(known)
  })

  it('goes on while others read and write', async () => {
    const jobs = Array.from({ length: 60 }, (_, index) =>
      index % 3 === 0
        ? store.write((w) => addCustomer(w, { name: `同时${index}` }))
        : store.read(async (r) => {
            const first = await names(r)
            await sleep(1)
            expect(await names(r)).toEqual(first)
          }),
    )
    await Promise.all(jobs)
    expect(await readNames()).toHaveLength(known + 20)
  })
})

describe('a handle', () => {
  it('is dead after its unit of work, whether that ended well or not', async () => {
    const kept: { reader?: ReadHandle; writer?: WriteHandle; failed?: WriteHandle } = {}
    await store.read(async (r) => Promise.resolve(void (kept.reader = r)))
    await store.write(async (w) => Promise.resolve(void (kept.writer = w)))
    await store
      .write(async (w) => {
        kept.failed = w
        await Promise.reject(new Error('no'))
      })
      .catch(() => undefined)
    for (const handle of [kept.reader, kept.writer, kept.failed]) {
      await expect(names(handle as ReadHandle)).rejects.toThrow('this unit of work is over')
    }
  })

  it('opens no transaction of its own', async () => {
    const attempt = store.write((w) => w.transaction().execute((inner) => names(inner)))
    await expect(attempt).rejects.toThrow('a transaction already')
  })
})

describe('history', () => {
  it.each([
    'audit_log',
    'command_log',
    'case_event',
    'refund_line',
    'refund_tender',
    'print_record',
  ])('%s only grows', async (table) => {
    const triggers = await store.read((r) =>
      sql<{
        name: string
      }>`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ${table}`.execute(
        r as WriteHandle,
      ),
    )
    // Other rooms watch these tables too: what is held, whose vendor a line is.
    expect(triggers.rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining([`${table}_no_delete`, `${table}_no_update`]),
    )
  })

  it('is not deleted', async () => {
    await expect(
      store.write((w) => w.deleteFrom('operator').where('id', '=', 1).execute()),
    ).rejects.toThrow('never deleted')
  })
})
