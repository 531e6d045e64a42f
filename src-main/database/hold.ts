import { dropGuards, type Guard, putGuards, readNames } from './guards.ts'
import type { SqliteDatabase } from './sqlite.ts'

/**
 * A case under legal hold is frozen by the database itself, in two ways that together leave no door: every command of
 * a case writes its history, and no line but an addition is taken; and no row of any table that names the case is
 * changed or deleted. The guards are written from the tables as they are, so that a new table is guarded as it comes.
 */

/** What may be added to a frozen case: what was said and seen, who looks after it, and facts of the till. */
export const additionsUnderHold = [
  'note_added',
  'attachment_added',
  'customer_answered',
  'offer_recorded',
  'risks_changed',
  'alert_raised',
  'alert_seen',
  'alert_answered',
  'case_escalated',
  'manager_called',
  'manager_arrived',
  'manager_called_off',
  'hand_over_offered',
  'hand_over_accepted',
  'hand_over_declined',
  'hand_over_taken_back',
  'case_reassigned',
  'owner_changed',
  'second_joined',
  'second_left',
  'instruction_settled',
  'voucher_redeemed',
  'hold_placed',
  'hold_released',
  'evidence_packed',
] as const

/**
 * Tables whose rows may change under hold: who looks after the case, what the till did, the hold itself. Each keeps
 * its own history, and what of them would be a change of the case is refused by the line it writes.
 */
const unguarded: readonly string[] = [
  'alert',
  'case_hand_over',
  'case_second',
  'duty_call',
  'legal_hold',
  'pos_instruction',
  'voucher',
]

/** Of these only the columns that say something of the case are frozen. */
const frozenColumns: Readonly<Record<string, string>> = {
  promise: 'state, text, due_at, due_on',
}

const underHold = 'this case is under legal hold'

const isHeld = (caseId: string) =>
  `EXISTS (SELECT 1 FROM legal_hold WHERE legal_hold.case_id = ${caseId} AND legal_hold.released_at IS NULL)`

const refusal = `BEGIN SELECT RAISE(ABORT, '${underHold}'); END`

function guardsOf(table: string): Guard[] {
  const columns = frozenColumns[table]
  return [
    {
      name: `held_${table}_update`,
      sql: `BEFORE UPDATE ${columns ? `OF ${columns} ` : ''}ON ${table} WHEN ${isHeld('OLD.case_id')} ${refusal}`,
    },
    {
      name: `held_${table}_delete`,
      sql: `BEFORE DELETE ON ${table} WHEN ${isHeld('OLD.case_id')} ${refusal}`,
    },
  ]
}

/** Of the case itself, of its history, and of the person it is about. */
function fixedGuards(customerColumns: readonly string[]): Guard[] {
  const list = additionsUnderHold.map((kind) => `'${kind}'`).join(', ')
  const guards = [
    {
      name: 'held_case_file_update',
      sql: `BEFORE UPDATE OF state, receipt_id, customer_id ON case_file WHEN ${isHeld('OLD.id')} ${refusal}`,
    },
    {
      name: 'held_case_event_insert',
      sql: `BEFORE INSERT ON case_event WHEN NEW.kind NOT IN (${list}) AND ${isHeld('NEW.case_id')} ${refusal}`,
    },
  ]
  const erased = customerColumns.filter((column) => column.startsWith('erased'))
  if (erased.length > 0) {
    guards.push({
      name: 'held_customer_erase',
      sql: `BEFORE UPDATE OF ${erased.join(', ')} ON customer WHEN EXISTS (
        SELECT 1 FROM case_file WHERE customer_id = OLD.id AND ${isHeld('case_file.id')}) ${refusal}`,
    })
  }
  return guards
}

const isSetUp = (db: SqliteDatabase) =>
  readNames(db, "SELECT name FROM sqlite_schema WHERE name = 'legal_hold'").length > 0

/** Takes the guards off: a step of the schema may have to rewrite rows of a frozen case. */
export function unguardHeldCases(db: SqliteDatabase): void {
  dropGuards(db, 'held')
}

/** Puts a guard on every table that names a case; does nothing where all of them stand. */
export function guardHeldCases(db: SqliteDatabase): void {
  if (!isSetUp(db)) return
  const tables = readNames(
    db,
    `SELECT DISTINCT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
     WHERE m.type = 'table' AND c.name = 'case_id' ORDER BY m.name`,
  )
  const guarded = tables.filter((table) => !unguarded.includes(table))
  const customer = readNames(db, "SELECT name FROM pragma_table_info('customer')")
  putGuards(db, 'held', [...fixedGuards(customer), ...guarded.flatMap(guardsOf)])
}

/** True where a guard of a frozen case refused. */
export function isUnderHold(error: unknown): boolean {
  return error instanceof Error && error.message === underHold
}
