import { sql } from 'kysely'
import type { RadarAlertTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Cell, Level } from './rules.ts'

/** Changes with everything a scan looks at: sales, cases and what was said about them, cards, products. */
export async function readMark(r: ReadHandle): Promise<string> {
  const { rows } = await sql<{ mark: string }>`SELECT
    (SELECT coalesce(max(id), 0) FROM sale_line) || '.' ||
    (SELECT coalesce(max(id), 0) FROM case_event) || '.' ||
    (SELECT coalesce(max(id), 0) FROM case_fault) || '.' ||
    (SELECT coalesce(max(id), 0) FROM card_line) || '.' ||
    (SELECT coalesce(max(id), 0) FROM product) AS mark`.execute(r)
  return rows[0]?.mark ?? ''
}

/** The last alert of each cell, however it was decided. */
export async function findLastAlerts(
  r: ReadHandle,
  cells: readonly string[],
): Promise<Map<string, { level: Level; lastOn: string }>> {
  if (cells.length === 0) return new Map()
  const rows = await r
    .selectFrom('radar_alert')
    .select(['cell', 'level', 'last_on'])
    .where('cell', 'in', cells)
    .orderBy('id')
    .execute()
  return new Map(rows.map((row) => [row.cell, { level: row.level, lastOn: row.last_on }]))
}

export async function insertAlert(
  w: WriteHandle,
  alert: {
    cell: Cell & { level: Level }
    productId: number | null
    label: string
    suggestion: RadarAlertTable['suggestion']
    ruleVersion: string
    businessDate: string
    raisedAt: string
  },
): Promise<void> {
  const { cell } = alert
  await w
    .insertInto('radar_alert')
    .values({
      cell: cell.key,
      dimension: cell.dimension,
      product_id: alert.productId,
      label: alert.label,
      fault: cell.fault,
      level: cell.level,
      failures: cell.failures,
      sold: cell.sold,
      expected_milli: Math.round(cell.expected * 1_000),
      p_ppb: Math.round(cell.p * 1e9),
      rule_version: alert.ruleVersion,
      suggestion: alert.suggestion,
      case_ids: JSON.stringify(cell.caseIds),
      first_on: cell.firstOn,
      last_on: cell.lastOn,
      business_date: alert.businessDate,
      raised_at: alert.raisedAt,
      decision: null,
      decided_at: null,
      decided_by: null,
    })
    .onConflict((conflict) => conflict.columns(['cell', 'level', 'first_on']).doNothing())
    .execute()
}

export interface AlertRecord {
  id: number
  cell: string
  label: string
  level: Level
  raisedAt: string
  suggestion: RadarAlertTable['suggestion']
  decision: RadarAlertTable['decision']
  decisionNote: string
  decidedAt: string | null
  decidedBy: string | null
  version: number
}

function selectAlerts(r: ReadHandle) {
  return r
    .selectFrom('radar_alert')
    .leftJoin('operator', 'operator.id', 'radar_alert.decided_by')
    .select([
      'radar_alert.id',
      'cell',
      'label',
      'level',
      'raised_at as raisedAt',
      'suggestion',
      'decision',
      'decision_note as decisionNote',
      'decided_at as decidedAt',
      'operator.name as decidedBy',
      'radar_alert.version',
    ])
}

/** Alerts of these cells, the newest first. */
export async function listAlerts(r: ReadHandle, cells: readonly string[]): Promise<AlertRecord[]> {
  if (cells.length === 0) return []
  return selectAlerts(r).where('cell', 'in', cells).orderBy('radar_alert.id', 'desc').execute()
}

export function findAlert(r: ReadHandle, alertId: number): Promise<AlertRecord | undefined> {
  return selectAlerts(r).where('radar_alert.id', '=', alertId).executeTakeFirst()
}

export async function countOpenAlerts(r: ReadHandle): Promise<number> {
  const row = await r
    .selectFrom('radar_alert')
    .select((all) => all.fn.countAll<number>().as('open'))
    .where('decision', 'is', null)
    .executeTakeFirstOrThrow()
  return row.open
}

/** @returns false when somebody else decided it first. */
export async function writeDecision(
  w: WriteHandle,
  alert: { alertId: number; version: number },
  decided: {
    decision: NonNullable<RadarAlertTable['decision']>
    note: string
    at: string
    by: number
  },
): Promise<boolean> {
  const result = await w
    .updateTable('radar_alert')
    .set({
      decision: decided.decision,
      decision_note: decided.note,
      decided_at: decided.at,
      decided_by: decided.by,
      version: alert.version + 1,
    })
    .where('id', '=', alert.alertId)
    .where('version', '=', alert.version)
    .where('decision', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
