import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quickCheck } from '../../src-main/database/backup.ts'
import {
  migrate,
  type Migration,
  migrations,
  schemaVersion,
} from '../../src-main/database/migrate.ts'
import { openSqlite, type SqliteDatabase } from '../../src-main/database/sqlite.ts'

const now = new Date('2026-11-21T06:00:00.123Z')

let dir: string
let backups: string
let db: SqliteDatabase

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'goodwill-migrate-'))
  backups = path.join(dir, 'backups')
  db = openSqlite(path.join(dir, 'desk.sqlite'))
})

afterEach(() => {
  db.close()
  rmSync(dir, { recursive: true })
})

const shelf: Migration = {
  version: 1,
  name: 'shelf',
  sql: `CREATE TABLE shelf (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE box (id INTEGER PRIMARY KEY, shelf_id INTEGER NOT NULL REFERENCES shelf (id)) STRICT;`,
}
const label: Migration = {
  version: 2,
  name: 'label',
  sql: `ALTER TABLE shelf ADD COLUMN label TEXT NOT NULL DEFAULT '';`,
}

const columns = () => db.prepare(`SELECT name FROM pragma_table_info('shelf')`).pluck().all()

describe('migrating', () => {
  it('brings an empty file to the newest schema without a snapshot of nothing', () => {
    expect(migrate(db, backups, now)).toEqual([])
    expect(schemaVersion(db)).toBe(migrations.at(-1)?.version)
    expect(existsSync(backups)).toBe(false)
  })

  it('changes nothing the second time', () => {
    migrate(db, backups, now)
    expect(migrate(db, backups, now)).toEqual([])
  })

  it('writes a verified snapshot before it touches existing data', () => {
    migrate(db, backups, now, [shelf])
    db.exec(`INSERT INTO shelf VALUES (7, '信誉卡')`)
    const [file = ''] = migrate(db, backups, now, [shelf, label])
    expect(columns()).toContain('label')
    const copy = openSqlite(file, { readonly: true })
    expect(quickCheck(copy)).toBe('ok')
    expect(schemaVersion(copy)).toBe(1)
    expect(copy.prepare('SELECT name FROM shelf').pluck().all()).toEqual(['信誉卡'])
    copy.close()
  })

  it('leaves the database as it was when a step fails half-way', () => {
    migrate(db, backups, now, [shelf])
    db.exec(`INSERT INTO shelf VALUES (7, '信誉卡')`)
    const broken = {
      ...label,
      sql: `${label.sql} CREATE TABLE half (id INTEGER); SELECT nonsense;`,
    }
    expect(() => migrate(db, backups, now, [shelf, broken])).toThrow('nonsense')
    expect(schemaVersion(db)).toBe(1)
    expect(columns()).not.toContain('label')
    expect(db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`).pluck().get()).toBe(
      0,
    )
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(readdirSync(backups).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('keeps the steps that succeeded before the one that failed', () => {
    const broken = { version: 3, name: 'broken', sql: 'SELECT nonsense;' }
    expect(() => migrate(db, backups, now, [shelf, label, broken])).toThrow('nonsense')
    expect(schemaVersion(db)).toBe(2)
  })

  it('does not commit a step that leaves a reference in the air', () => {
    migrate(db, backups, now, [shelf])
    const orphan = { ...label, sql: 'INSERT INTO box VALUES (1, 99);' }
    expect(() => migrate(db, backups, now, [shelf, orphan])).toThrow('breaks foreign keys')
    expect(db.prepare('SELECT count(*) FROM box').pluck().get()).toBe(0)
  })

  it('refuses a schema it does not know, untouched', () => {
    migrate(db, backups, now, [shelf, label])
    expect(() => migrate(db, backups, now, [shelf])).toThrow(
      expect.objectContaining({
        reason: 'database.newer_schema',
        params: { found: 2, known: 1 },
      }),
    )
    expect(columns()).toContain('label')
  })
})
