import { parentPort, workerData } from 'node:worker_threads'
import { quickCheck, snapshot } from './backup.ts'
import type { DatabaseCheck, MaintenanceJob } from './maintenance.ts'
import { openSqlite } from './sqlite.ts'

const job = workerData as MaintenanceJob
const db = openSqlite(job.file, { readonly: true })
try {
  parentPort?.postMessage(
    job.kind === 'snapshot' ? snapshot(db, job.dir, job.label, new Date(job.at)) : check(),
  )
} finally {
  db.close()
}

function check(): DatabaseCheck {
  return {
    integrity: quickCheck(db),
    foreignKeyViolations: (db.pragma('foreign_key_check') as unknown[]).length,
  }
}
