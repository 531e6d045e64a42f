import { findHash } from '../audit/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { hashClose, hashLedger } from './hash.ts'
import { readLedger } from './ledger-store.ts'
import { canonicalLines, differingNumbers } from './rules.ts'
import { type CloseRecord, pageOfCloses } from './store.ts'

/** What is wrong with a close; `numbers` are the documents that differ from what was signed. */
export interface CloseFault {
  businessDate: string
  version: number
  fault: 'content' | 'chain' | 'audit' | 'ledger'
  numbers: string[]
}

const atOnce = 100

/**
 * Recomputes every close, oldest first: its own hash, its place behind the one before it, the audit entry it names,
 * and for a day that is closed the ledger as it stands in the tables today.
 */
export async function verifyCloses(
  r: ReadHandle,
): Promise<{ ok: boolean; closes: number; faults: CloseFault[] }> {
  const faults: CloseFault[] = []
  let closes = 0
  let prevHash = '0'.repeat(64)
  for (let after = 0; ;) {
    const page = await pageOfCloses(r, after, atOnce)
    for (const close of page) {
      faults.push(...(await faultsOf(r, close, prevHash)))
      prevHash = close.hash
      after = close.id
      closes += 1
    }
    if (page.length < atOnce) return { ok: faults.length === 0, closes, faults }
    // Lets the desk answer between pages of a long book.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function faultsOf(r: ReadHandle, close: CloseRecord, prevHash: string) {
  const { businessDate, version, ledger } = close
  const of = (fault: CloseFault['fault'], numbers: string[] = []): CloseFault => ({
    businessDate,
    version,
    fault,
    numbers,
  })
  const faults: CloseFault[] = []
  if (close.hash !== hashClose(close) || close.ledgerHash !== hashLedger(ledger)) {
    faults.push(of('content'))
  }
  if (close.prevHash !== prevHash) faults.push(of('chain'))
  if (close.auditSeq > 0 && (await findHash(r, close.auditSeq)) !== close.auditHash) {
    faults.push(of('audit'))
  }
  // A day that was reopened may have got more since; its next close is compared.
  if (close.reopened !== null) return faults
  const found = canonicalLines(await readLedger(r, businessDate))
  if (hashLedger(found) !== hashLedger(ledger)) {
    faults.push(of('ledger', differingNumbers(ledger, found)))
  }
  return faults
}
