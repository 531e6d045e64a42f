import { sql } from 'kysely'
import type {
  CustomerEffortTable,
  CustomerOutlayTable,
  InvestigationTable,
  LiabilityShareTable,
  TestCertificateTable,
} from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'

/** Who wrote something down, and when. */
interface Step {
  at: string
  by: number
}

export interface InvestigationRecord {
  id: number
  complaintId: number
  caseId: number
  state: InvestigationTable['state']
  cause: string
  analysis: string
  fault: InvestigationTable['fault']
  finding: InvestigationTable['finding']
  opinion: string
  decidedAt: string | null
  decidedBy: string | null
  version: number
}

export function findInvestigation(
  r: ReadHandle,
  complaintId: number,
): Promise<InvestigationRecord | undefined> {
  return r
    .selectFrom('investigation')
    .leftJoin('operator', 'operator.id', 'investigation.decided_by')
    .select([
      'investigation.id',
      'investigation.complaint_id as complaintId',
      'investigation.case_id as caseId',
      'investigation.state',
      'investigation.cause',
      'investigation.analysis',
      'investigation.fault',
      'investigation.finding',
      'investigation.opinion',
      'investigation.decided_at as decidedAt',
      'operator.name as decidedBy',
      'investigation.version',
    ])
    .where('investigation.complaint_id', '=', complaintId)
    .executeTakeFirst()
}

export async function insertInvestigation(
  w: WriteHandle,
  fresh: { complaintId: number; caseId: number } & Step,
): Promise<void> {
  await w
    .insertInto('investigation')
    .values({
      complaint_id: fresh.complaintId,
      case_id: fresh.caseId,
      state: 'open',
      fault: null,
      finding: null,
      opened_at: fresh.at,
      opened_by: fresh.by,
      decided_at: null,
      decided_by: null,
    })
    .execute()
}

type InvestigationColumns = Partial<
  Pick<InvestigationTable, 'state' | 'fault' | 'finding' | 'decided_at' | 'decided_by'> & {
    cause: string
    analysis: string
    opinion: string
  }
>

/** @returns false when somebody else changed it since `version`. */
export async function writeInvestigation(
  w: WriteHandle,
  of: { id: number; version: number },
  columns: InvestigationColumns,
): Promise<boolean> {
  const result = await w
    .updateTable('investigation')
    .set({ ...columns, version: sql<number>`version + 1` })
    .where('id', '=', of.id)
    .where('version', '=', of.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface FactRecord {
  fact: string
  state: 'settled' | 'skipped'
  text: string
  at: string
  by: string
}

/** Every fact as it was said last. */
export async function listFacts(r: ReadHandle, investigationId: number): Promise<FactRecord[]> {
  const rows = await r
    .selectFrom('investigation_fact as f')
    .innerJoin('operator', 'operator.id', 'f.by')
    .select(['f.fact', 'f.state', 'f.text', 'f.at', 'operator.name as by'])
    .where('f.investigation_id', '=', investigationId)
    .orderBy('f.id')
    .execute()
  return [...new Map(rows.map((row) => [row.fact, row])).values()]
}

export async function insertFact(
  w: WriteHandle,
  fact: { investigationId: number; fact: string; state: FactRecord['state']; text: string } & Step,
): Promise<void> {
  const { investigationId, ...row } = fact
  await w
    .insertInto('investigation_fact')
    .values({ investigation_id: investigationId, ...row })
    .execute()
}

/** Something that can be taken back with a reason. */
interface Voidable {
  voided: { at: string; by: string; reason: string } | null
}

export interface CertificateRecord extends Voidable {
  id: number
  investigationId: number
  laboratory: string
  number: string
  testedOn: string
  result: TestCertificateTable['result']
  summary: string
  fee: number
  currency: string
  paidBy: TestCertificateTable['paid_by']
  bearer: TestCertificateTable['bearer']
  bearerReason: string
  sha256: string | null
  at: string
  by: string
}

function selectCertificates(r: ReadHandle) {
  return r
    .selectFrom('test_certificate as c')
    .innerJoin('operator', 'operator.id', 'c.by')
    .leftJoin('operator as voider', 'voider.id', 'c.voided_by')
    .select([
      'c.id',
      'c.investigation_id as investigationId',
      'c.laboratory',
      'c.number',
      'c.tested_on as testedOn',
      'c.result',
      'c.summary',
      'c.fee',
      'c.currency',
      'c.paid_by as paidBy',
      'c.bearer',
      'c.bearer_reason as bearerReason',
      'c.sha256',
      'c.at',
      'operator.name as by',
      'c.voided_at as voidedAt',
      'voider.name as voidedBy',
      'c.void_reason as voidReason',
    ])
}

function withVoid<
  Row extends { voidedAt: string | null; voidedBy: string | null; voidReason: string | null },
>({ voidedAt, voidedBy, voidReason, ...row }: Row) {
  return {
    ...row,
    voided:
      voidedAt === null ? null : { at: voidedAt, by: voidedBy ?? '', reason: voidReason ?? '' },
  }
}

export async function listCertificates(
  r: ReadHandle,
  investigationId: number,
): Promise<CertificateRecord[]> {
  const rows = await selectCertificates(r)
    .where('c.investigation_id', '=', investigationId)
    .orderBy('c.id')
    .execute()
  return rows.map(withVoid)
}

export async function findCertificate(
  r: ReadHandle,
  id: number,
): Promise<(CertificateRecord & { complaintId: number }) | undefined> {
  const row = await selectCertificates(r)
    .innerJoin('investigation', 'investigation.id', 'c.investigation_id')
    .select('investigation.complaint_id as complaintId')
    .where('c.id', '=', id)
    .executeTakeFirst()
  return row && withVoid(row)
}

export async function hasCertificate(
  r: ReadHandle,
  of: { investigationId: number; laboratory: string; number: string },
): Promise<boolean> {
  const row = await r
    .selectFrom('test_certificate')
    .select('id')
    .where('investigation_id', '=', of.investigationId)
    .where('laboratory', '=', of.laboratory)
    .where('number', '=', of.number)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertCertificate(
  w: WriteHandle,
  fresh: Omit<CertificateRecord, 'id' | 'by' | 'at' | 'voided'> & { caseId: number } & Step,
): Promise<number> {
  const { id } = await w
    .insertInto('test_certificate')
    .values({
      investigation_id: fresh.investigationId,
      case_id: fresh.caseId,
      laboratory: fresh.laboratory,
      number: fresh.number,
      tested_on: fresh.testedOn,
      result: fresh.result,
      summary: fresh.summary,
      fee: fresh.fee,
      currency: fresh.currency,
      paid_by: fresh.paidBy,
      bearer: fresh.bearer,
      bearer_reason: fresh.bearerReason,
      sha256: fresh.sha256,
      at: fresh.at,
      by: fresh.by,
      voided_at: null,
      voided_by: null,
      void_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns false when it was taken back before. */
export async function writeVoided(
  w: WriteHandle,
  table: 'test_certificate' | 'customer_outlay',
  id: number,
  voided: Step & { reason: string },
): Promise<boolean> {
  const result = await w
    .updateTable(table)
    .set({ voided_at: voided.at, voided_by: voided.by, void_reason: voided.reason })
    .where('id', '=', id)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface OutlayRecord extends Voidable {
  id: number
  investigationId: number
  kind: CustomerOutlayTable['kind']
  what: string
  amount: number
  currency: string
  paidOn: string
  certificateId: number | null
  sha256: string | null
  /** The compensation that paid it back. */
  paidBack: string | null
  at: string
  by: string
}

function selectOutlays(r: ReadHandle) {
  return r
    .selectFrom('customer_outlay as o')
    .innerJoin('operator', 'operator.id', 'o.by')
    .leftJoin('operator as voider', 'voider.id', 'o.voided_by')
    .leftJoin('compensation as paid', (join) =>
      join.onRef('paid.outlay_id', '=', 'o.id').on('paid.voided_at', 'is', null),
    )
    .select([
      'o.id',
      'o.investigation_id as investigationId',
      'o.kind',
      'o.what',
      'o.amount',
      'o.currency',
      'o.paid_on as paidOn',
      'o.certificate_id as certificateId',
      'o.sha256',
      'paid.number as paidBack',
      'o.at',
      'operator.name as by',
      'o.voided_at as voidedAt',
      'voider.name as voidedBy',
      'o.void_reason as voidReason',
    ])
}

export async function listOutlays(r: ReadHandle, investigationId: number): Promise<OutlayRecord[]> {
  const rows = await selectOutlays(r)
    .where('o.investigation_id', '=', investigationId)
    .orderBy('o.id')
    .execute()
  return rows.map(withVoid)
}

export async function findOutlay(
  r: ReadHandle,
  id: number,
): Promise<(OutlayRecord & { complaintId: number }) | undefined> {
  const row = await selectOutlays(r)
    .innerJoin('investigation', 'investigation.id', 'o.investigation_id')
    .select('investigation.complaint_id as complaintId')
    .where('o.id', '=', id)
    .executeTakeFirst()
  return row && withVoid(row)
}

/** What pays an outlay back is written elsewhere: true while a live payment or an offer names it. */
export async function isOutlayUsed(r: ReadHandle, outlayId: number): Promise<boolean> {
  const row = await r
    .selectFrom('settlement_item')
    .innerJoin('settlement', 'settlement.id', 'settlement_item.settlement_id')
    .select('settlement_item.id')
    .where('settlement_item.outlay_id', '=', outlayId)
    .where('settlement.state', 'in', ['offered', 'declined', 'escalated', 'agreed', 'executed'])
    .executeTakeFirst()
  return row !== undefined
}

export async function insertOutlay(
  w: WriteHandle,
  fresh: Omit<OutlayRecord, 'id' | 'by' | 'at' | 'voided' | 'paidBack'> & { caseId: number } & Step,
): Promise<number> {
  const { id } = await w
    .insertInto('customer_outlay')
    .values({
      investigation_id: fresh.investigationId,
      case_id: fresh.caseId,
      kind: fresh.kind,
      what: fresh.what,
      amount: fresh.amount,
      currency: fresh.currency,
      paid_on: fresh.paidOn,
      certificate_id: fresh.certificateId,
      sha256: fresh.sha256,
      at: fresh.at,
      by: fresh.by,
      voided_at: null,
      voided_by: null,
      void_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface EffortRecord {
  id: number
  kind: CustomerEffortTable['kind']
  minutes: number
  note: string
  businessDate: string
  by: string
}

export function listEffort(r: ReadHandle, investigationId: number): Promise<EffortRecord[]> {
  return r
    .selectFrom('customer_effort as e')
    .innerJoin('operator', 'operator.id', 'e.by')
    .select(['e.id', 'e.kind', 'e.minutes', 'e.note', 'e.business_date as businessDate'])
    .select('operator.name as by')
    .where('e.investigation_id', '=', investigationId)
    .orderBy('e.id')
    .execute()
}

/** Signatures on papers of the case that stand. */
export async function countSignatures(r: ReadHandle, caseId: number): Promise<number> {
  const { count } = await r
    .selectFrom('attachment')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('case_id', '=', caseId)
    .where('role', '=', 'signature')
    .where('voided_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function insertEffort(
  w: WriteHandle,
  fresh: {
    investigationId: number
    caseId: number
    kind: CustomerEffortTable['kind']
    minutes: number
    note: string
    businessDate: string
  } & Step,
): Promise<number> {
  const { id } = await w
    .insertInto('customer_effort')
    .values({
      investigation_id: fresh.investigationId,
      case_id: fresh.caseId,
      kind: fresh.kind,
      minutes: fresh.minutes,
      note: fresh.note,
      business_date: fresh.businessDate,
      at: fresh.at,
      by: fresh.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface ShareRecord {
  party: LiabilityShareTable['party']
  name: string
  weight: number
  amount: number
}

export interface SplitRecord {
  id: number
  total: number
  currency: string
  note: string
  at: string
  by: string
  shares: ShareRecord[]
}

/** The split that holds, of a complaint. */
export async function findSplit(
  r: ReadHandle,
  investigationId: number,
): Promise<SplitRecord | undefined> {
  const split = await r
    .selectFrom('liability_split as s')
    .innerJoin('operator', 'operator.id', 's.by')
    .select(['s.id', 's.total', 's.currency', 's.note', 's.at', 'operator.name as by'])
    .where('s.investigation_id', '=', investigationId)
    .where('s.live', '=', 1)
    .executeTakeFirst()
  if (!split) return undefined
  const shares = await r
    .selectFrom('liability_share')
    .select(['party', 'party_name as name', 'weight', 'amount'])
    .where('split_id', '=', split.id)
    .orderBy('id')
    .execute()
  return { ...split, shares }
}

/** Replaces the split that holds: the old one stays, no longer live. */
export async function insertSplit(
  w: WriteHandle,
  fresh: {
    investigationId: number
    caseId: number
    total: number
    currency: string
    note: string
    shares: readonly ShareRecord[]
  } & Step,
): Promise<void> {
  await w
    .updateTable('liability_split')
    .set({ live: 0 })
    .where('investigation_id', '=', fresh.investigationId)
    .where('live', '=', 1)
    .execute()
  const { id } = await w
    .insertInto('liability_split')
    .values({
      investigation_id: fresh.investigationId,
      case_id: fresh.caseId,
      total: fresh.total,
      currency: fresh.currency,
      note: fresh.note,
      at: fresh.at,
      by: fresh.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await w
    .insertInto('liability_share')
    .values(
      fresh.shares.map(({ party, name, weight, amount }) => ({
        split_id: id,
        case_id: fresh.caseId,
        party,
        party_name: name,
        weight,
        amount,
      })),
    )
    .execute()
  await w.updateTable('liability_split').set({ sealed: 1 }).where('id', '=', id).execute()
}

/** A settlement of the complaint that is not over: what was found stands meanwhile. */
export async function hasLiveSettlement(r: ReadHandle, complaintId: number): Promise<boolean> {
  const row = await r
    .selectFrom('settlement')
    .select('id')
    .where('complaint_id', '=', complaintId)
    .where('state', 'in', ['offered', 'declined', 'escalated', 'agreed'])
    .executeTakeFirst()
  return row !== undefined
}
