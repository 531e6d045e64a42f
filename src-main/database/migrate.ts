import { refuse } from '../foundation/errors.ts'
import { snapshot } from './backup.ts'
import { guardClosedDays, unguardClosedDays } from './closed-days.ts'
import { guardHeldCases, unguardHeldCases } from './hold.ts'
import { firstStore } from './migrations/0001-first-store.ts'
import { policy } from './migrations/0002-policy.ts'
import { refundMoney } from './migrations/0003-refund-money.ts'
import { approvalsRoom } from './migrations/0004-approvals.ts'
import { rights } from './migrations/0005-rights.ts'
import { saleLookups } from './migrations/0006-sale-lookups.ts'
import { paperWords } from './migrations/0007-paper-words.ts'
import { customerTierAndRisk } from './migrations/0008-customer-tier-and-risk.ts'
import { papersOfRemedies } from './migrations/0009-papers-of-remedies.ts'
import { exchanges } from './migrations/0010-exchanges.ts'
import { handover } from './migrations/0011-handover.ts'
import { repairs } from './migrations/0012-repairs.ts'
import { vouchersRoom } from './migrations/0013-vouchers.ts'
import { posInstructions } from './migrations/0014-pos-instructions.ts'
import { attachmentsAndGoods } from './migrations/0015-attachments-and-goods.ts'
import { compensation } from './migrations/0016-compensation.ts'
import { wordsOfRemedies } from './migrations/0017-words-of-remedies.ts'
import { caseFiles } from './migrations/0018-case-files.ts'
import { clocksAndShifts } from './migrations/0019-clocks-and-shifts.ts'
import { lessons } from './migrations/0020-lessons.ts'
import { voucherRests } from './migrations/0026-voucher-rests.ts'
import { onePlace } from './migrations/0030-one-place.ts'
import { exchangeParts } from './migrations/0031-exchange-parts.ts'
import { investigationsRoom } from './migrations/0032-investigations.ts'
import { settlementsRoom } from './migrations/0033-settlements.ts'
import { closing } from './migrations/0034-closing.ts'
import { followUpsAndReviews } from './migrations/0035-follow-ups.ts'
import { customerCards } from './migrations/0036-customer-cards.ts'
import { erasingAPerson } from './migrations/0037-erasing-a-person.ts'
import { alerts } from './migrations/0038-alerts.ts'
import { evidence } from './migrations/0039-evidence.ts'
import { vendors } from './migrations/0040-vendors.ts'
import { filesOfClaims } from './migrations/0041-files-of-claims.ts'
import { qualityRadar } from './migrations/0042-quality-radar.ts'
import { correctiveActions } from './migrations/0043-corrective-actions.ts'
import { boards } from './migrations/0044-boards.ts'
import { promisesOf } from './migrations/0045-promises-of.ts'
import { sharedPayments } from './migrations/0046-shared-payments.ts'
import { paperDesigns } from './migrations/0047-paper-designs.ts'
import { cardBatches } from './migrations/0049-card-batches.ts'
import { seals } from './migrations/0050-seals.ts'
import { headOffice } from './migrations/0051-head-office.ts'
import { printJobs } from './migrations/0052-print-jobs.ts'
import { dayCloses } from './migrations/0054-day-closes.ts'
import { closingPapers } from './migrations/0055-closing-papers.ts'
import { dayNotes } from './migrations/0056-day-notes.ts'
import { caseOwners } from './migrations/0057-case-owners.ts'
import { outgoingFolders } from './migrations/0061-outgoing-folders.ts'
import { promisesDue } from './migrations/0063-promises-due.ts'
import type { SqliteDatabase } from './sqlite.ts'

/** One step of the schema: forward only, never changed once released. */
export interface Migration {
  version: number
  name: string
  sql: string
}

/** Every migration there is, in order. */
export const migrations: readonly Migration[] = [
  firstStore,
  policy,
  refundMoney,
  approvalsRoom,
  rights,
  saleLookups,
  paperWords,
  customerTierAndRisk,
  papersOfRemedies,
  exchanges,
  handover,
  repairs,
  vouchersRoom,
  posInstructions,
  attachmentsAndGoods,
  compensation,
  wordsOfRemedies,
  caseFiles,
  clocksAndShifts,
  lessons,
  voucherRests,
  onePlace,
  exchangeParts,
  investigationsRoom,
  settlementsRoom,
  closing,
  followUpsAndReviews,
  customerCards,
  erasingAPerson,
  alerts,
  evidence,
  vendors,
  filesOfClaims,
  qualityRadar,
  correctiveActions,
  boards,
  promisesOf,
  sharedPayments,
  paperDesigns,
  cardBatches,
  seals,
  headOffice,
  printJobs,
  dayCloses,
  closingPapers,
  dayNotes,
  caseOwners,
  outgoingFolders,
  promisesDue,
]

/**
 * Brings a database to the newest schema. Each step is one immediate transaction that also sets `user_version`, so a
 * failing step leaves the database as it was; before each step on existing data a verified snapshot is written to
 * `backupDir`. A schema newer than this program is refused untouched.
 *
 * @returns the snapshots written, oldest first.
 */
export function migrate(
  db: SqliteDatabase,
  backupDir: string,
  now: Date,
  steps: readonly Migration[] = migrations,
): string[] {
  const newest = steps.at(-1)?.version ?? 0
  const found = schemaVersion(db)
  if (found > newest) refuse('database.newer_schema', { found, known: newest })
  const snapshots: string[] = []
  const pending = steps.filter(({ version }) => version > found)
  if (pending.length > 0) {
    unguardHeldCases(db)
    unguardClosedDays(db)
  }
  for (const step of pending) {
    // A file that was empty has nothing to lose.
    if (found > 0) {
      snapshots.push(snapshot(db, backupDir, `before-${step.version}-${step.name}`, now).file)
    }
    apply(db, step)
  }
  guardHeldCases(db)
  guardClosedDays(db)
  return snapshots
}

export function schemaVersion(db: SqliteDatabase): number {
  return db.pragma('user_version', { simple: true }) as number
}

function apply(db: SqliteDatabase, step: Migration): void {
  // Foreign keys cannot be switched inside a transaction; rebuilt tables need them off, and the check replaces them.
  db.pragma('foreign_keys = OFF')
  try {
    db.transaction(() => {
      db.exec(step.sql)
      const violations = db.pragma('foreign_key_check') as unknown[]
      if (violations.length > 0) throw new Error(`migration ${step.name} breaks foreign keys`)
      db.pragma(`user_version = ${step.version}`)
    }).immediate()
  } finally {
    db.pragma('foreign_keys = ON')
  }
}
