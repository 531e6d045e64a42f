import { parentPort, workerData } from 'node:worker_threads'
import { openSqlite, type SqliteDatabase } from '../database/sqlite.ts'
import { countCell, countSold, readRadarInput } from './count-store.ts'
import { radarRule } from './rule.ts'
import { type Failure, scanFailures } from './rules.ts'
import type { FailureTable, RadarJob, ScanReply } from './scan.ts'

/** Of cells without a finding only the most suspicious are looked at by anybody. */
const keptBeside = 200

/** Counts what was sold since the last time, then failures, then both against each other. */
const job = workerData as RadarJob
const db = openSqlite(job.file, { readonly: false })
try {
  countSold(db)
  parentPort?.postMessage(
    job.kind === 'scan'
      ? scan(db, job.today)
      : job.periods.map((period) => countCell(db, job.cell, period)),
  )
} finally {
  db.close()
}

function scan(database: SqliteDatabase, today: string): ScanReply {
  const input = readRadarInput(database, today, radarRule)
  const result = scanFailures(input, radarRule)
  const cells = result.cells.filter(({ level }, at) => level !== null || at < keptBeside)
  return { ...result, cells, table: tableOf(input.failures) }
}

function tableOf(failures: readonly Failure[]): FailureTable {
  const numbering = () => {
    const numbers = new Map<string, number>()
    const numberOf = (text: string) => {
      const known = numbers.get(text) ?? numbers.size
      numbers.set(text, known)
      return known
    }
    return { numbers, numberOf }
  }
  const faults = numbering()
  const parties = numbering()
  return {
    caseIds: Int32Array.from(failures, ({ caseId }) => caseId),
    productIds: Int32Array.from(failures, ({ productId }) => productId),
    faultNos: Int32Array.from(failures, ({ fault }) => faults.numberOf(fault)),
    parties: Int32Array.from(failures, ({ party }) => parties.numberOf(party)),
    faults: [...faults.numbers.keys()],
  }
}
