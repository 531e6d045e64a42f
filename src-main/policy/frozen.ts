import { createHash } from 'node:crypto'
import type { ReadHandle } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import { claimDay } from './clocks.ts'
import type { RightsFacts, RuleRef, Verdict } from './facts.ts'
import { findFrozen, type FrozenRow } from './frozen-store.ts'
import type { ApproverRole } from './rule.ts'

/** What was decided for some units of one line. `saleLineId` is null where no sale was found. */
export interface FrozenLine {
  saleLineId: number | null
  units: number
  facts: Omit<RightsFacts, 'calendar'>
  verdict: Omit<Verdict, 'trace'>
  rules: readonly RuleRef[]
}

/** A decision as it was written down. */
export interface FrozenRights {
  id: number
  receiptId: number | null
  proofSetId: number | null
  decidedAt: string
  /** The day the customer asked for it: the day the law counts, however late the decision is used. */
  claimedOn: BusinessDate
  lines: readonly FrozenLine[]
  /** Who has to stand in for a lost slip, by the strength of the proofs; null with a slip. */
  approver: ApproverRole | null
  hash: string
  /** The row still hashes to what was written: nobody changed it behind the desk's back. */
  proven: boolean
}

type Head = Pick<FrozenRow, 'receiptId' | 'proofSetId' | 'businessDate' | 'decidedAt' | 'decidedBy'>

/** SHA-256 over the head and the content of a decision, so that neither can be exchanged for another. */
export function hashFrozen(head: Head, content: string): string {
  const parts = [head.receiptId, head.proofSetId, head.businessDate, head.decidedAt, head.decidedBy]
  return createHash('sha256')
    .update(JSON.stringify([...parts, content]))
    .digest('hex')
}

export function writeContent(lines: readonly FrozenLine[]): string {
  return JSON.stringify({ lines })
}

export function readFrozenRow(row: FrozenRow & { approver: ApproverRole | null }): FrozenRights {
  const { lines } = JSON.parse(row.content) as { lines: FrozenLine[] }
  return {
    id: row.id,
    receiptId: row.receiptId,
    proofSetId: row.proofSetId,
    decidedAt: row.decidedAt,
    claimedOn: lines.map(({ facts }) => claimDay(facts)).toSorted()[0] ?? row.businessDate,
    lines,
    approver: row.approver,
    hash: row.hash,
    proven: hashFrozen(row, row.content) === row.hash,
  }
}

/** A decision as it was written down; undefined where there is none of that id. */
export async function readFrozen(r: ReadHandle, id: number): Promise<FrozenRights | undefined> {
  const row = await findFrozen(r, id)
  return row && readFrozenRow(row)
}
