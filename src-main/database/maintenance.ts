import { Worker } from 'node:worker_threads'
import { DeskRefusal } from '../foundation/errors.ts'
import { workerUrl } from '../worker-url.ts'
import type { Snapshot } from './backup.ts'
import type { EvidenceCheck } from './evidence.ts'
import type { DataFolder } from './folder.ts'
import { isDamage } from './sqlite.ts'
import type { ReadHandle } from './store.ts'

/** What the maintenance worker can be asked. */
export type MaintenanceJob =
  | {
      kind: 'snapshot'
      file: string
      evidenceDir: string
      dir: string
      label: string
      at: string
    }
  | { kind: 'check'; file: string; evidenceDir: string }
  | { kind: 'look_up_sales'; file: string }

export interface DatabaseCheck {
  integrity: string
  foreignKeyViolations: number
  evidence: EvidenceCheck
}

/** Writes a verified copy of the store, and of the evidence kept beside it, without holding up the desk. */
export function writeSnapshot(folder: DataFolder, label: string, at: Date): Promise<Snapshot> {
  return runJob<Snapshot>({
    kind: 'snapshot',
    file: folder.databaseFile,
    evidenceDir: folder.evidenceDir,
    dir: folder.backupDir,
    label,
    at: at.toISOString(),
  })
}

/** Reads the whole database file and every kept file, and says whether they are sound. */
export function checkDatabase({
  databaseFile: file,
  evidenceDir,
}: Pick<DataFolder, 'databaseFile' | 'evidenceDir'>): Promise<DatabaseCheck> {
  return runJob<DatabaseCheck>({ kind: 'check', file, evidenceDir })
}

/**
 * Completes the look-up tables of sales, in a worker, where the newest sale line is not in them yet: the import that
 * wrote it was killed before it ended, or found the disk full. Starts no worker where all of them are there.
 */
export async function catchUpSaleLookups(folder: DataFolder): Promise<void> {
  if (!(await folder.store.read(lookupsAreBehind))) return
  await runJob<unknown>({ kind: 'look_up_sales', file: folder.databaseFile })
}

async function lookupsAreBehind(r: ReadHandle): Promise<boolean> {
  const progress = await r
    .selectFrom('sale_lookup_progress')
    .select(['line_id', 'receipt_id'])
    .executeTakeFirstOrThrow()
  const line = await r.selectFrom('sale_line').select('id').orderBy('id', 'desc').executeTakeFirst()
  return line !== undefined && line.id > progress.line_id
}

/** Damage is told to people; whatever else ends the worker is a fault of the program. */
function asRefusal(error: unknown): unknown {
  return isDamage(error) ? new DeskRefusal('database.damage_found', {}, { cause: error }) : error
}

function runJob<Result>(job: MaintenanceJob): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(
      workerUrl('maintenance-worker', new URL('./maintenance-worker.ts', import.meta.url)),
      { workerData: job },
    )
    let result: Result
    worker.once('message', (answer: Result) => {
      result = answer
    })
    worker.once('error', (error) => reject(asRefusal(error)))
    // Only then its connection is closed: whoever goes on with the file would find it still in use.
    worker.once('exit', (code) => {
      if (code === 0) resolve(result)
      else reject(new Error(`maintenance worker ended with ${code}`))
    })
  })
}
