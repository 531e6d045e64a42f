import type { SqliteDatabase } from './sqlite.ts'

/** A trigger that refuses: its name, which begins with what it is for, and everything after `CREATE TRIGGER name`. */
export interface Guard {
  name: string
  sql: string
}

/** The first column of what a statement finds. */
export function readNames(db: SqliteDatabase, sql: string): string[] {
  return db.prepare(sql).pluck().all() as string[]
}

function standing(db: SqliteDatabase, prefix: string): string[] {
  return readNames(
    db,
    `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '${prefix}\\_%' ESCAPE '\\'`,
  )
}

/** Takes the guards of one purpose off: a step of the schema may have to rewrite what they keep. */
export function dropGuards(db: SqliteDatabase, prefix: string): void {
  for (const name of standing(db, prefix)) db.exec(`DROP TRIGGER ${name}`)
}

/** Puts those of `wanted` that do not stand; does nothing where all of them do. */
export function putGuards(db: SqliteDatabase, prefix: string, wanted: readonly Guard[]): void {
  const there = new Set(standing(db, prefix))
  const missing = wanted.filter(({ name }) => !there.has(name))
  if (missing.length === 0) return
  db.transaction(() => {
    for (const { name, sql } of missing) db.exec(`CREATE TRIGGER ${name} ${sql}`)
  }).immediate()
}
