import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type DataFolder, openDataFolder } from '../../src-main/database/folder.ts'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import type { ImportKind } from '../../src-main/imports/headers.ts'
import { formFor, inspectFile, requireMapping } from '../../src-main/imports/inspect-file.ts'
import type { ImportJob, JobHooks, JobState, Mapping } from '../../src-main/imports/job.ts'
import { runImport } from '../../src-main/imports/run.ts'

export const importedAt = new Date('2026-11-21T06:00:00.000Z')

/** Where the real files of the project's tests are, beside the repository; not part of it. */
const sharedData = path.resolve(import.meta.dirname, '../../../shared/data')

/** A real file, or the reason to skip what needs it. */
export function realFile(name: string): { file: string; missing: string | undefined } {
  const file = path.join(sharedData, name)
  return { file, missing: existsSync(file) ? undefined : `no ${name} beside the repository` }
}

export interface ImportOptions {
  kind?: ImportKind | null
  mapping?: Partial<Mapping>
  dryRun?: boolean
  hooks?: Partial<JobHooks>
  store?: Partial<ImportJob['store']>
  maxPages?: number
}

/** A store to import into, with what tests ask of it. */
export interface ImportBench {
  folder: DataFolder
  /** A folder for files of the test. */
  dir: string
  importFile(file: string, options?: ImportOptions): Promise<JobState>
  /** Writes `text` to a file of this name and imports it. */
  importText(name: string, text: string | Buffer, options?: ImportOptions): Promise<JobState>
  /** Rows of a query. */
  all<T>(sql: string, ...values: unknown[]): T[]
  /** The first column of the first row. */
  one<T>(sql: string, ...values: unknown[]): T
  close(): Promise<void>
}

export function openImportBench(parent = tmpdir()): ImportBench {
  const dir = mkdtempSync(path.join(parent, 'goodwill-import-'))
  const folder = openDataFolder(path.join(dir, 'data'), 'cli', importedAt)
  const db = openSqlite(folder.databaseFile, { readonly: true })
  const importFile = (file: string, options: ImportOptions = {}) =>
    runImport(jobFor(folder, file, options), hooksOf(options))
  return {
    folder,
    dir,
    importFile,
    importText: (name, text, options) => {
      const file = path.join(dir, name)
      writeFileSync(file, text)
      return importFile(file, options)
    },
    all: <T>(sql: string, ...values: unknown[]) => db.prepare(sql).all(values) as T[],
    one: <T>(sql: string, ...values: unknown[]) => db.prepare(sql).pluck().get(values) as T,
    close: async () => {
      db.close()
      await folder.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The job the import screen would start without touching the suggested mapping. */
export function jobFor(folder: DataFolder, file: string, options: ImportOptions = {}): ImportJob {
  const inspection = inspectFile(file, path.basename(file), options.kind ?? null)
  const mapping = { ...inspection.mapping, ...options.mapping }
  requireMapping(inspection, mapping)
  return {
    databaseFile: folder.databaseFile,
    rejectDir: folder.rejectDir,
    form: formFor(inspection, mapping),
    mapping,
    store: {
      storeCode: '',
      currency: 'CNY',
      microPerMinor: 10_000,
      timeZone: 'Asia/Shanghai',
      cutoffMinutes: 0,
      language: 'zh-CN',
      ...options.store,
    },
    operatorId: null,
    dryRun: options.dryRun ?? false,
    ...(options.maxPages === undefined ? {} : { maxPages: options.maxPages }),
  }
}

function hooksOf({ hooks }: ImportOptions): JobHooks {
  return { now: () => importedAt, isCancelled: () => false, onProgress: () => undefined, ...hooks }
}
