import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { migrate } from '../../src-main/database/migrate.ts'
import { openSqlite } from '../../src-main/database/sqlite.ts'

const db = openSqlite(':memory:', { rollbackJournal: true })
migrate(db, '/nonexistent', new Date(0))
afterAll(() => db.close())

interface Column {
  name: string
  type: 'INTEGER' | 'TEXT'
  nullable: boolean
  /** The database fills it in when an insert leaves it out. */
  generated: boolean
  /** Values the column is limited to, sorted; empty where any will do. */
  values: string[]
}

const source = readFileSync(
  new URL('../../src-main/database/schema.ts', import.meta.url),
  'utf8',
).replaceAll(/\/\*\*[\s\S]*?\*\//g, '')

/** Columns of each table as `schema.ts` declares them. */
function declaredTables(): Map<string, Column[]> {
  const bodies = new Map<string, Map<string, string>>()
  for (const [, name = '', body = ''] of source.matchAll(/export interface (\w+) \{([^}]*)\}/g)) {
    const fields = [...body.matchAll(/^ {2}(\w+):((?: .+)?(?:\n {4}.+)*)$/gm)]
    bodies.set(name, new Map(fields.map(([, field = '', type = '']) => [field, type.trim()])))
  }
  const tables = bodies.get('Schema') ?? new Map<string, string>()
  return new Map(
    [...tables]
      .filter(([table]) => !table.endsWith('_grams'))
      .map(([table, type]) => [
        table,
        [...(bodies.get(type) ?? [])].map(([name, text]) => columnOf(name, resolve(text, bodies))),
      ]),
  )
}

/** Follows `OtherTable['column']`. */
function resolve(type: string, bodies: Map<string, Map<string, string>>): string {
  return type.replace(/(\w+)\['(\w+)'\]/, (_, table: string, column: string) => {
    return bodies.get(table)?.get(column) ?? ''
  })
}

function columnOf(name: string, type: string): Column {
  const literals = [...type.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '')
  const flags = type.includes('0 | 1') ? ['0', '1'] : []
  const isText = literals.length > 0 || type.includes('string')
  return {
    name,
    type: isText ? 'TEXT' : 'INTEGER',
    nullable: type.includes('null'),
    generated: type.startsWith('Generated'),
    values: [...literals, ...flags].sort(),
  }
}

/** Columns of a table as the migrations made it. */
function migratedColumns(table: string): Column[] {
  const sql = db
    .prepare('SELECT sql FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(table) as string
  const rows = db.pragma(`table_xinfo(${table})`) as {
    name: string
    type: 'INTEGER' | 'TEXT'
    notnull: 0 | 1
    dflt_value: string | null
    pk: number
    /** 2 for a virtual generated column. */
    hidden: number
  }[]
  const keys = rows.filter((row) => row.pk > 0)
  return rows.map((row) => {
    const isRowId = keys.length === 1 && row.pk === 1 && row.type === 'INTEGER'
    return {
      name: row.name,
      type: row.type,
      nullable: row.notnull === 0 && row.pk === 0 && row.hidden === 0,
      generated:
        row.hidden !== 0 || row.dflt_value !== null || (isRowId && !/CHECK \(id = 1\)/.test(sql)),
      values: checkedValues(sql, row.name),
    }
  })
}

function checkedValues(sql: string, column: string): string[] {
  const check = new RegExp(`CHECK \\(${column} IN \\(([^)]*)\\)\\)`).exec(sql)
  return (check?.[1] ?? '')
    .split(',')
    .map((value) => value.trim().replaceAll("'", ''))
    .filter((value) => value !== '')
    .sort()
}

const declared = declaredTables()

describe('schema.ts', () => {
  it('knows every table the migrations make', () => {
    const tables = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'`)
      .pluck()
      .all()
    expect(new Set(declared.keys())).toEqual(new Set(tables))
  })

  it.each([...declared.keys()])('describes %s as it is', (table) => {
    expect(declared.get(table)).toEqual(migratedColumns(table))
  })
})

describe('the tables', () => {
  it('are strict: a code that looks like a number stays a text', () => {
    const loose = db
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%STRICT%'
         AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_grams%'`,
      )
      .pluck()
      .all()
    expect(loose).toEqual([])
  })
})
