import type { WriteHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { appendAudit } from './store.ts'

export {
  type AuditEntry,
  type AuditRow,
  appendAudit,
  type ChainVerdict,
  findHash,
  listAuditOf,
  verifyChain,
} from './store.ts'

/** Writes down what the calling operator did now. */
export function record(
  w: WriteHandle,
  call: Call,
  action: string,
  subject: { type: string; id: string | number },
  data: Record<string, unknown> = {},
): Promise<void> {
  return appendAudit(w, {
    at: call.now().toISOString(),
    actorId: call.actor.id,
    action,
    subjectType: subject.type,
    subjectId: subject.id,
    data,
  })
}
