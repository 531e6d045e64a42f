import { createHash } from 'node:crypto'
import type { ReadHandle, WriteHandle } from '../database/store.ts'

/** What happened, to whom it is told in evidence. `data` holds no secrets and no whole phone numbers. */
export interface AuditEntry {
  at: string
  actorId: number | null
  action: string
  subjectType: string
  subjectId: string | number
  data: Record<string, unknown>
}

const genesis = '0'.repeat(64)

/** Adds an entry to the chain: its hash covers its content and the hash before it. */
export async function appendAudit(w: WriteHandle, entry: AuditEntry): Promise<void> {
  const last = await w
    .selectFrom('audit_log')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at: entry.at,
    actor_id: entry.actorId,
    action: entry.action,
    subject_type: entry.subjectType,
    subject_id: String(entry.subjectId),
    data: JSON.stringify(entry.data),
    prev_hash: last?.hash ?? genesis,
  }
  await w
    .insertInto('audit_log')
    .values({ ...row, hash: hashOf(row) })
    .execute()
}

export interface ChainVerdict {
  entries: number
  /** Sequence number of the first entry whose place, link or content does not fit. */
  brokenAt: number | null
}

/** The entry that tells of the erasing of a person, and lists the entries their name was taken out of. */
const erasing = 'customers.erase'

export interface AuditRow {
  seq: number
  at: string
  actor: string | null
  action: string
  subject: string
  data: string
  hash: string
}

/** Rows of one subject that are read at once: more of one paper is no paper any more. */
const rowsOfSubject = 2_000

/** What was written about one of these, by any of its names, in the order of the chain. */
export async function listAuditOf(
  r: ReadHandle,
  subject: { type: string; ids: readonly string[] },
): Promise<AuditRow[]> {
  const rows = await r
    .selectFrom('audit_log')
    .leftJoin('operator', 'operator.id', 'audit_log.actor_id')
    .select(['seq', 'at', 'operator.name', 'action', 'subject_type', 'subject_id', 'data', 'hash'])
    .where('subject_type', '=', subject.type)
    .where('subject_id', 'in', subject.ids)
    .orderBy('seq')
    .limit(rowsOfSubject)
    .execute()
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at,
    actor: row.name,
    action: row.action,
    subject: `${row.subject_type} ${row.subject_id}`,
    data: row.data,
    hash: row.hash,
  }))
}

/** The hash of an entry of the chain; undefined for one that is not there. */
export async function findHash(r: ReadHandle, seq: number): Promise<string | undefined> {
  const row = await r
    .selectFrom('audit_log')
    .select('hash')
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row?.hash
}

/**
 * Recomputes the chain from its first entry, a page at a time. An entry whose words were changed breaks it, unless a
 * later entry of an erasing says that it was changed: its own hash and its links must still be the old ones
 * (docs/decisions/0015).
 */
export async function verifyChain(r: ReadHandle): Promise<ChainVerdict> {
  let entries = 0
  let prev = genesis
  const changed = new Set<number>()
  for (;;) {
    const page = await r
      .selectFrom('audit_log')
      .selectAll()
      .where('seq', '>', entries)
      .orderBy('seq')
      .limit(1_000)
      .execute()
    for (const row of page) {
      if (row.seq !== entries + 1 || row.prev_hash !== prev) return { entries, brokenAt: row.seq }
      if (row.hash !== hashOf(row)) changed.add(row.seq)
      else if (row.action === erasing) for (const seq of seqsOf(row.data)) changed.delete(seq)
      entries += 1
      prev = row.hash
    }
    if (page.length === 0) return { entries, brokenAt: [...changed][0] ?? null }
    // Lets the desk answer between pages of a long chain.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function seqsOf(data: string): number[] {
  const { auditSeqs } = JSON.parse(data) as { auditSeqs?: unknown }
  return Array.isArray(auditSeqs) ? auditSeqs.filter((seq) => Number.isInteger(seq)) : []
}

interface HashedRow {
  seq: number
  at: string
  actor_id: number | null
  action: string
  subject_type: string
  subject_id: string
  data: string
  prev_hash: string
}

function hashOf(row: HashedRow): string {
  const content = [
    row.seq,
    row.at,
    row.actor_id,
    row.action,
    row.subject_type,
    row.subject_id,
    row.data,
    row.prev_hash,
  ]
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}
