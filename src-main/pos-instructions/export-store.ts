import type { ReadHandle, WriteHandle } from '../database/store.ts'

export interface InstructionSettings {
  /** Where the POS fetches its files; empty where they are made on demand only. */
  exportFolder: string
  /** Days after the desk's day within which the POS's payment is looked for. */
  windowDays: number
  version: number
}

export async function findSettings(r: ReadHandle): Promise<InstructionSettings | undefined> {
  const row = await r.selectFrom('pos_instruction_settings').selectAll().executeTakeFirst()
  return (
    row && { exportFolder: row.export_folder, windowDays: row.window_days, version: row.version }
  )
}

/** @returns false when somebody else changed the settings since the version before. */
export async function writeSettings(
  w: WriteHandle,
  { exportFolder, windowDays, version }: InstructionSettings,
): Promise<boolean> {
  const columns = { export_folder: exportFolder, window_days: windowDays, version }
  if (version === 1) {
    const result = await w
      .insertInto('pos_instruction_settings')
      .values({ id: 1, ...columns })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return result.numInsertedOrUpdatedRows === 1n
  }
  const result = await w
    .updateTable('pos_instruction_settings')
    .set(columns)
    .where('version', '=', version - 1)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export type ExportFormat = 'csv' | 'json'

/** A file that went into the folder. */
export interface ExportRecord {
  businessDate: string
  sequence: number
  format: ExportFormat
  fileName: string
  folder: string
  rows: number
  sha256: string
  exportedAt: string
  exportedBy: string
}

/** The number of the next file of a day, from 1. */
export async function nextSequence(
  r: ReadHandle,
  businessDate: string,
  format: ExportFormat,
): Promise<number> {
  const row = await r
    .selectFrom('pos_export')
    .select((file) => file.fn.max<number | null>('sequence').as('last'))
    .where('business_date', '=', businessDate)
    .where('format', '=', format)
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}

export async function insertExport(
  w: WriteHandle,
  file: Omit<ExportRecord, 'exportedBy'> & { exportedBy: number },
): Promise<void> {
  await w
    .insertInto('pos_export')
    .values({
      business_date: file.businessDate,
      sequence: file.sequence,
      format: file.format,
      file_name: file.fileName,
      folder: file.folder,
      rows: file.rows,
      sha256: file.sha256,
      exported_at: file.exportedAt,
      exported_by: file.exportedBy,
    })
    .execute()
}

/** Files that went into the folder, newest first. */
export async function listExports(r: ReadHandle, limit: number): Promise<ExportRecord[]> {
  const rows = await r
    .selectFrom('pos_export')
    .innerJoin('operator', 'operator.id', 'pos_export.exported_by')
    .selectAll('pos_export')
    .select('operator.name')
    .orderBy('pos_export.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    businessDate: row.business_date,
    sequence: row.sequence,
    format: row.format,
    fileName: row.file_name,
    folder: row.folder,
    rows: row.rows,
    sha256: row.sha256,
    exportedAt: row.exported_at,
    exportedBy: row.name,
  }))
}
