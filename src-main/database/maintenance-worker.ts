import { parentPort, workerData } from 'node:worker_threads'
import { quickCheck, snapshot } from './backup.ts'
import { checkEvidence, copyEvidence } from './evidence.ts'
import type { DatabaseCheck, MaintenanceJob } from './maintenance.ts'
import { SaleLookups } from './sale-lookups.ts'
import { plainTransactions, SlicedWriter } from './sliced-writer.ts'
import { openSqlite, type SqliteDatabase } from './sqlite.ts'

const job = workerData as MaintenanceJob
const db = openSqlite(job.file, { readonly: job.kind !== 'look_up_sales' })
try {
  parentPort?.postMessage(run(db, job))
} finally {
  db.close()
}

function run(database: SqliteDatabase, asked: MaintenanceJob): unknown {
  switch (asked.kind) {
    case 'snapshot':
      copyEvidence(asked.evidenceDir, asked.dir)
      return snapshot(database, asked.dir, asked.label, new Date(asked.at))
    case 'check':
      return check(database, asked.evidenceDir)
    case 'look_up_sales':
      new SaleLookups(database, new SlicedWriter(plainTransactions(database))).catchUp()
      return true
  }
}

function check(database: SqliteDatabase, evidenceDir: string): DatabaseCheck {
  return {
    integrity: quickCheck(database),
    foreignKeyViolations: (database.pragma('foreign_key_check') as unknown[]).length,
    evidence: checkEvidence(database, evidenceDir),
  }
}
