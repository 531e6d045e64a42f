import { Worker } from 'node:worker_threads'
import { workerUrl } from '../worker-url.ts'
import type { Snapshot } from './backup.ts'
import type { DataFolder } from './folder.ts'

/** What the maintenance worker can be asked. */
export type MaintenanceJob =
  | { kind: 'snapshot'; file: string; dir: string; label: string; at: string }
  | { kind: 'check'; file: string }

export interface DatabaseCheck {
  integrity: string
  foreignKeyViolations: number
}

/** Writes a verified copy of the store without holding up the desk. */
export function writeSnapshot(folder: DataFolder, label: string, at: Date): Promise<Snapshot> {
  return runJob<Snapshot>({
    kind: 'snapshot',
    file: folder.databaseFile,
    dir: folder.backupDir,
    label,
    at: at.toISOString(),
  })
}

/** Reads the whole database file and says whether it is sound. */
export function checkDatabase(file: string): Promise<DatabaseCheck> {
  return runJob<DatabaseCheck>({ kind: 'check', file })
}

function runJob<Result>(job: MaintenanceJob): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(
      workerUrl('maintenance-worker', new URL('./maintenance-worker.ts', import.meta.url)),
      { workerData: job },
    )
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error(`maintenance worker ended with ${code}`))
    })
  })
}
