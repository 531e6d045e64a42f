import { listCaseNames } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'

export interface HoldRecord {
  id: number
  caseId: number
  reason: string
  reference: string
  placedAt: string
  placedBy: string
  releasedAt: string | null
  releasedBy: string | null
  releaseReason: string
}

function selectHolds(r: ReadHandle) {
  return r
    .selectFrom('legal_hold')
    .innerJoin('operator as placer', 'placer.id', 'legal_hold.placed_by')
    .leftJoin('operator as releaser', 'releaser.id', 'legal_hold.released_by')
    .select([
      'legal_hold.id',
      'legal_hold.case_id as caseId',
      'reason',
      'reference',
      'placed_at as placedAt',
      'placer.name as placedBy',
      'released_at as releasedAt',
      'releaser.name as releasedBy',
      'release_reason as releaseReason',
    ])
}

/** Holds of a case, the newest first. */
export async function listHolds(r: ReadHandle, caseId: number): Promise<HoldRecord[]> {
  return selectHolds(r)
    .where('legal_hold.case_id', '=', caseId)
    .orderBy('legal_hold.id', 'desc')
    .execute()
}

/** Every hold that stands, the newest first. */
export async function listStanding(r: ReadHandle): Promise<HoldRecord[]> {
  return selectHolds(r).where('released_at', 'is', null).orderBy('legal_hold.id', 'desc').execute()
}

/** @returns the new row's id; undefined where a hold stands already. */
export async function insertHold(
  w: WriteHandle,
  hold: { caseId: number; reason: string; reference: string; at: string; by: number },
): Promise<number | undefined> {
  const row = await w
    .insertInto('legal_hold')
    .values({
      case_id: hold.caseId,
      reason: hold.reason,
      reference: hold.reference,
      placed_at: hold.at,
      placed_by: hold.by,
      released_at: null,
      released_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** @returns the released hold's id; undefined where none stood. */
export async function writeReleased(
  w: WriteHandle,
  released: { caseId: number; at: string; by: number; reason: string },
): Promise<number | undefined> {
  const row = await w
    .updateTable('legal_hold')
    .set({
      released_at: released.at,
      released_by: released.by,
      release_reason: released.reason,
    })
    .where('case_id', '=', released.caseId)
    .where('released_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** One part of a pack, by what it shows or by its file. */
export interface PackPart {
  title: string
  sha256: string
  /** A kept file: the hash is of its bytes. */
  file: boolean
}

export interface PackRecord {
  id: number
  number: string
  caseId: number
  caseNumber: string
  reason: string
  masked: boolean
  parts: PackPart[]
  partsHash: string
  pdfHash: string
  pages: number
  auditEntries: number
  auditHead: string
  madeAt: string
  madeBy: string
}

export async function insertPack(
  w: WriteHandle,
  pack: {
    number: string
    caseId: number
    reason: string
    masked: boolean
    parts: readonly PackPart[]
    partsHash: string
    pdfHash: string
    pages: number
    audit: { entries: number; head: string }
    moment: { at: string; businessDate: string; actorId: number }
  },
): Promise<void> {
  const { audit, moment } = pack
  await w
    .insertInto('evidence_pack')
    .values({
      number: pack.number,
      case_id: pack.caseId,
      reason: pack.reason,
      masked: pack.masked ? 1 : 0,
      parts: JSON.stringify(pack.parts),
      parts_hash: pack.partsHash,
      pdf_hash: pack.pdfHash,
      pages: pack.pages,
      audit_entries: audit.entries,
      audit_head: audit.head,
      business_date: moment.businessDate,
      made_at: moment.at,
      made_by: moment.actorId,
    })
    .execute()
}

function selectPacks(r: ReadHandle) {
  return r
    .selectFrom('evidence_pack')
    .innerJoin('operator', 'operator.id', 'evidence_pack.made_by')
    .selectAll('evidence_pack')
    .select('operator.name')
}

type PackRow = Awaited<ReturnType<ReturnType<typeof selectPacks>['execute']>>[number]

function toPack(row: PackRow, caseNumber: string): PackRecord {
  return {
    id: row.id,
    number: row.number,
    caseId: row.case_id,
    caseNumber,
    reason: row.reason,
    masked: row.masked === 1,
    parts: JSON.parse(row.parts) as PackPart[],
    partsHash: row.parts_hash,
    pdfHash: row.pdf_hash,
    pages: row.pages,
    auditEntries: row.audit_entries,
    auditHead: row.audit_head,
    madeAt: row.made_at,
    madeBy: row.name,
  }
}

/** The pack whose document has this hash. */
export async function findPack(r: ReadHandle, pdfHash: string): Promise<PackRecord | undefined> {
  const row = await selectPacks(r).where('pdf_hash', '=', pdfHash).executeTakeFirst()
  if (!row) return undefined
  const names = await listCaseNames(r, [row.case_id])
  return toPack(row, names.get(row.case_id)?.number ?? `#${row.case_id}`)
}

/** Packs of a case, the newest first. */
export async function listPacks(r: ReadHandle, caseId: number): Promise<PackRecord[]> {
  const rows = await selectPacks(r)
    .where('case_id', '=', caseId)
    .orderBy('evidence_pack.id', 'desc')
    .execute()
  return rows.map((row) => toPack(row, ''))
}
