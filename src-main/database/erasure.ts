import { sql, type RawBuilder } from 'kysely'
import type { ReadHandle, WriteHandle } from './store.ts'

/**
 * Takes a person out of the store: follows the foreign keys down from the person's rows, and puts a mark where their
 * name, numbers and address stand in any text there. Whatever room adds a table that hangs on a customer or a case is
 * reached without being named here (docs/decisions/0015).
 */

/** What stands where something personal stood. */
export const erasedMark = '〔已删除〕'

/** Rows of a table that hang on the person: by rowid, or by a condition where a table has none. */
interface LinkedTable {
  ids: Set<number>
  /** Columns that point at linked rows, for tables without rowid. */
  by: { column: string; ids: number[] }[]
}

export type LinkedRows = ReadonlyMap<string, LinkedTable>

interface TableShape {
  name: string
  hasRowid: boolean
  /** Text that is neither key nor reference nor unique: what may say something of a person. */
  texts: string[]
  references: { column: string; table: string }[]
  /** Columns that name a kept file by its hash. */
  files: string[]
}

/** Sales are no place for personal data below the receipt; following them would read every line ever sold. */
const endpoints = new Set(['receipt', 'sale_line', 'tender', 'card_line', 'operator', 'product'])

async function readShapes(r: ReadHandle): Promise<Map<string, TableShape>> {
  const { rows: tables } = await sql<{ name: string; wr: number }>`
    SELECT name, wr FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`.execute(r)
  const shapes = new Map<string, TableShape>()
  for (const { name, wr } of tables) shapes.set(name, await readShape(r, name, wr === 0))
  return shapes
}

async function readShape(r: ReadHandle, name: string, hasRowid: boolean): Promise<TableShape> {
  const { rows: columns } = await sql<{ name: string; type: string; pk: number }>`
    SELECT name, type, pk FROM pragma_table_xinfo(${name}) WHERE hidden = 0`.execute(r)
  const { rows: references } = await sql<{ column: string; table: string; target: string | null }>`
    SELECT "from" AS "column", "table", "to" AS target FROM pragma_foreign_key_list(${name})`.execute(
    r,
  )
  const { rows: unique } = await sql<{ name: string }>`
    SELECT max(info.name) AS name FROM pragma_index_list(${name}) AS list, pragma_index_info(list.name) AS info
    WHERE list."unique" = 1 GROUP BY list.name HAVING count(*) = 1`.execute(r)
  const fixed = new Set([
    ...references.map(({ column }) => column),
    ...unique.map((column) => column.name),
  ])
  return {
    name,
    hasRowid,
    texts: columns
      .filter(({ name: column, type, pk }) => type === 'TEXT' && pk === 0 && !fixed.has(column))
      .map((column) => column.name),
    references: references
      .filter(({ target }) => target === null || target === 'id')
      .map(({ column, table }) => ({ column, table })),
    files: columns
      .filter((column) => column.pk === 0 && column.name.endsWith('sha256'))
      .map((column) => column.name),
  }
}

function inList(column: string, ids: Iterable<number>): RawBuilder<unknown> {
  return sql`${sql.ref(column)} IN (SELECT value FROM json_each(${JSON.stringify([...ids])}))`
}

/** Every row that hangs on these, over however many foreign keys. */
export async function followLinks(
  r: ReadHandle,
  start: ReadonlyMap<string, readonly number[]>,
): Promise<LinkedRows> {
  const shapes = [...(await readShapes(r)).values()]
  const linked = new Map<string, LinkedTable>()
  const tableOf = (name: string) => {
    const known = linked.get(name) ?? { ids: new Set<number>(), by: [] }
    linked.set(name, known)
    return known
  }
  const queue: { table: string; ids: number[] }[] = []
  const add = (table: string, ids: readonly number[]) => {
    const known = tableOf(table)
    const fresh = ids.filter((id) => !known.ids.has(id))
    for (const id of fresh) known.ids.add(id)
    if (fresh.length > 0 && !endpoints.has(table)) queue.push({ table, ids: fresh })
  }
  for (const [table, ids] of start) add(table, ids)
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const shape of shapes) {
      for (const { column, table } of shape.references) {
        if (table !== next.table) continue
        if (!shape.hasRowid) {
          tableOf(shape.name).by.push({ column, ids: next.ids })
          continue
        }
        const { rows } = await sql<{ id: number }>`
          SELECT rowid AS id FROM ${sql.table(shape.name)} WHERE ${inList(column, next.ids)}`.execute(
          r,
        )
        // A customer is reached from the start alone: others who were recommended stay themselves.
        if (shape.name !== 'customer') {
          add(
            shape.name,
            rows.map(({ id }) => id),
          )
        }
      }
    }
  }
  return linked
}

function whereLinked({ ids, by }: LinkedTable): RawBuilder<unknown> {
  const conditions = by.map((each) => inList(each.column, each.ids))
  if (ids.size > 0) conditions.push(inList('rowid', ids))
  return conditions.length === 0 ? sql`FALSE` : sql`(${sql.join(conditions, sql` OR `)})`
}

function contains(column: string, terms: readonly string[]): RawBuilder<unknown> {
  const each = terms.map((term) => sql`instr(${sql.ref(column)}, ${term}) > 0`)
  return sql`(${sql.join(each, sql` OR `)})`
}

function replaced(column: string, terms: readonly string[]): RawBuilder<unknown> {
  return terms.reduce<RawBuilder<unknown>>(
    (text, term) => sql`replace(${text}, ${term}, ${erasedMark})`,
    sql`${sql.ref(column)}`,
  )
}

async function change(w: WriteHandle, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await statement.execute(w)
  return Number(numAffectedRows ?? 0n)
}

/** Puts the mark in place of these words in every text of the linked rows. @returns changed rows by table. */
export async function markWords(
  w: WriteHandle,
  linked: LinkedRows,
  terms: readonly string[],
): Promise<Map<string, number>> {
  const changed = new Map<string, number>()
  if (terms.length === 0) return changed
  const shapes = await readShapes(w)
  for (const [table, rows] of linked) {
    const texts = shapes.get(table)?.texts ?? []
    for (const column of texts) {
      const count = await change(
        w,
        sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${replaced(column, terms)}
          WHERE ${whereLinked(rows)} AND ${contains(column, terms)}`,
      )
      if (count > 0) changed.set(table, (changed.get(table) ?? 0) + count)
    }
  }
  return changed
}

/** Words still found in the texts of linked rows, as `table.column`: none once a person is erased. */
export async function findWords(
  r: ReadHandle,
  linked: LinkedRows,
  terms: readonly string[],
): Promise<string[]> {
  if (terms.length === 0) return []
  const shapes = await readShapes(r)
  const places: string[] = []
  for (const [table, rows] of linked) {
    for (const column of shapes.get(table)?.texts ?? []) {
      const { rows: found } = await sql<{ one: number }>`
        SELECT 1 AS one FROM ${sql.table(table)}
        WHERE ${whereLinked(rows)} AND ${contains(column, terms)} LIMIT 1`.execute(r)
      if (found.length > 0) places.push(`${table}.${column}`)
    }
  }
  return places
}

/** Sets columns of the rows with these ids to fixed values; tables that are not there or have no such row are passed by. */
export async function setColumns(
  w: WriteHandle,
  table: string,
  ids: Iterable<number>,
  values: Readonly<Record<string, string | number | null>>,
  only: RawBuilder<unknown> = sql`TRUE`,
): Promise<number> {
  const set = sql.join(
    Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
  )
  return change(
    w,
    sql`UPDATE ${sql.table(table)} SET ${set} WHERE ${inList('rowid', ids)} AND ${only}`,
  )
}

/** Files that linked rows name by their hash and no other row does. */
export async function listFilesOf(r: ReadHandle, linked: LinkedRows): Promise<string[]> {
  const shapes = await readShapes(r)
  const named = new Set<string>()
  const others = new Set<string>()
  for (const { name, files, hasRowid } of shapes.values()) {
    const known = linked.get(name)
    for (const column of files) {
      if (!hasRowid || name.startsWith('import_') || name === 'pos_export') continue
      const isLinked = known ? whereLinked(known) : sql`FALSE`
      const { rows } = await sql<{ sha256: string; linked: number }>`
        SELECT DISTINCT ${sql.ref(column)} AS sha256, ${isLinked} AS linked
        FROM ${sql.table(name)} WHERE ${sql.ref(column)} IS NOT NULL`.execute(r)
      for (const row of rows) (row.linked === 1 ? named : others).add(row.sha256)
    }
  }
  return [...named].filter((sha256) => !others.has(sha256))
}

/**
 * Lets `work` change rows that history keeps: the triggers of all tables are taken down and put up again word for word,
 * in the same transaction, so nobody else ever sees the store without them.
 */
export async function withoutTriggers<T>(w: WriteHandle, work: () => Promise<T>): Promise<T> {
  const triggers = async () =>
    (
      await sql<{ name: string; sql: string }>`
        SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name`.execute(w)
    ).rows
  const before = await triggers()
  for (const { name } of before) await sql`DROP TRIGGER ${sql.ref(name)}`.execute(w)
  const result = await work()
  for (const each of before) await sql.raw(each.sql).execute(w)
  const after = await triggers()
  if (JSON.stringify(after) !== JSON.stringify(before)) throw new Error('a trigger was lost')
  return result
}

/** Texts of tables that hang on nobody, where a person may be named all the same. */
const looseTexts = [
  ['command_log', 'result'],
  ['import_reject', 'raw'],
  ['import_reject', 'detail'],
  ['shift_handover', 'lists'],
  ['shift_handover', 'note'],
  ['shift_diary', 'text'],
] as const

/**
 * Puts the mark in place of these words where a loose text names one of `signs`, which only this person has. A name
 * alone is not enough there: it may be somebody else's.
 */
export async function markLooseTexts(
  w: WriteHandle,
  signs: readonly string[],
  terms: readonly string[],
): Promise<Map<string, number>> {
  const changed = new Map<string, number>()
  if (signs.length === 0) return changed
  for (const [table, column] of looseTexts) {
    const count = await change(
      w,
      sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${replaced(column, terms)}
        WHERE ${contains(column, signs)} AND ${contains(column, terms)}`,
    )
    if (count > 0) changed.set(table, (changed.get(table) ?? 0) + count)
  }
  return changed
}

/**
 * Puts the mark into audit entries that name the person. Their hashes stay, so the chain still links; the entry that
 * tells of the erasing names them (audit/store.ts). @returns their sequence numbers.
 */
export async function markAudit(
  w: WriteHandle,
  signs: readonly string[],
  /** Subjects as `type:id`, or a paper's number alone. */
  about: readonly string[],
  terms: readonly string[],
): Promise<number[]> {
  if (terms.length === 0) return []
  const subjects = sql`(SELECT value FROM json_each(${JSON.stringify(about)}))`
  const isAbout = sql`(subject_id IN ${subjects} OR subject_type || ':' || subject_id IN ${subjects})`
  const isSigned = signs.length === 0 ? sql`FALSE` : contains('data', signs)
  const { rows } = await sql<{ seq: number }>`
    UPDATE audit_log SET data = ${replaced('data', terms)}
    WHERE (${isAbout} OR ${isSigned}) AND ${contains('data', terms)} RETURNING seq`.execute(w)
  return rows.map(({ seq }) => seq).sort((a, b) => a - b)
}
