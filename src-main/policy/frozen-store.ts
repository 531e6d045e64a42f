import type { ProofSetTable } from '../database/schema.ts'
import type { ReadHandle } from '../database/store.ts'

/** A decision as the book has it. */
export interface FrozenRow {
  id: number
  receiptId: number | null
  proofSetId: number | null
  businessDate: string
  decidedAt: string
  decidedBy: number
  content: string
  hash: string
}

export async function findFrozen(
  r: ReadHandle,
  id: number,
): Promise<(FrozenRow & { approver: ProofSetTable['approver'] | null }) | undefined> {
  const row = await r
    .selectFrom('rights_verdict')
    .leftJoin('proof_set', 'proof_set.id', 'rights_verdict.proof_set_id')
    .selectAll('rights_verdict')
    .select('proof_set.approver')
    .where('rights_verdict.id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      receiptId: row.receipt_id,
      proofSetId: row.proof_set_id,
      businessDate: row.business_date,
      decidedAt: row.decided_at,
      decidedBy: row.decided_by,
      content: row.content,
      hash: row.hash,
      approver: row.approver,
    }
  )
}
