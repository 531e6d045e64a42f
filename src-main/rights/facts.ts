import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import { approversOf } from '../approvals/index.ts'
import type { RefusalFacts } from './document.ts'
import { findProofSet } from './proofs/store.ts'
import { contentOf, requireRefusal } from './refusals.ts'

/** Everything a refusal slip prints, as an original: whoever prints it knows which copy it is. */
export async function refusalSlipFacts(
  r: ReadHandle,
  call: Call,
  refusalId: number,
  paper: RefusalFacts['paper'],
): Promise<RefusalFacts> {
  const refusal = await requireRefusal(r, refusalId)
  const { ground, grounds, rules, wayOns } = contentOf(refusal)
  const proofs =
    refusal.receiptId === null && refusal.proofSetId !== null
      ? await findProofSet(r, refusal.proofSetId)
      : undefined
  const approvers = await approversOf(r, { type: 'refusal', id: refusal.number })
  const phone = known(refusal.contactPhone) ?? refusal.customerPhone
  return {
    frame: frameOf(call),
    paper,
    number: refusal.number,
    issuedAt: refusal.recordedAt,
    copy: 0,
    sale:
      refusal.receiptNo === null
        ? null
        : { receiptNo: refusal.receiptNo, soldOn: refusal.soldOn ?? '' },
    proofs: proofs
      ? {
          soldOn: proofs.soldOn,
          kinds: proofs.proofs.map((each) => each.kind),
          score: proofs.score,
        }
      : null,
    notProven: ground === 'not_proven',
    customer: { name: known(refusal.contactName) ?? refusal.customerName, phone },
    goods: refusal.goods,
    units: refusal.units,
    claim: refusal.claim,
    reason: refusal.reason,
    statement: known(refusal.statement),
    note: known(refusal.note),
    grounds,
    rules,
    wayOns,
    owner: refusal.owner,
    ownerPhone: known(refusal.ownerPhone),
    handledBy: refusal.recordedBy,
    decidedBy:
      approvers.map((each) => `${each.approverName} ${each.approverCode}`).join('、') || null,
  }
}

/** Null where nobody knows. */
function known(text: string): string | null {
  return text === '' ? null : text
}
