import { createHash } from 'node:crypto'

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Hash of a day's canonical lines, in their order. */
export function hashLedger(lines: readonly string[]): string {
  return sha256(lines.join('\n'))
}

/** What the hash of a close covers. */
export interface HashedClose {
  deskNo: string
  businessDate: string
  version: number
  ledgerHash: string
  facts: string
  auditSeq: number
  auditHash: string
  prevHash: string
  closedAt: string
  closedById: number
}

/**
 * SHA-256 of a close: the ledger of its day, what was signed, the audit chain up to it and the close before it, so
 * that none of them can change alone (docs/day-close.md).
 */
export function hashClose(close: HashedClose): string {
  return sha256(
    JSON.stringify([
      'goodwill-day-close',
      1,
      close.deskNo,
      close.businessDate,
      close.version,
      close.ledgerHash,
      sha256(close.facts),
      close.auditSeq,
      close.auditHash,
      close.prevHash,
      close.closedAt,
      close.closedById,
    ]),
  )
}
