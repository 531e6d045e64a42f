import type { VendorClaimEventTable, VendorClaimTable } from '../database/schema.ts'
import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { VendorKind } from './contract.ts'
import { openStates } from './rules.ts'

export interface ClaimUnit {
  saleLineId: number | null
  unitNo: number
}

export interface ClaimRecord {
  id: number
  number: string
  caseId: number
  vendor: { id: number; kind: VendorKind; name: string }
  carrierClaimId: number | null
  state: VendorClaimTable['state']
  goods: string
  fault: string
  asks: string
  currency: string
  asked: number
  termsVersion: number
  silence: VendorClaimTable['silence']
  openedOn: string
  openedAt: string
  openedBy: string
  sentAt: string | null
  sentOn: string | null
  replyBy: string | null
  firstReplyAt: string | null
  endedOn: string | null
  /** What the other side bears; null while that is open. */
  agreed: number | null
  version: number
}

function selectClaims(r: ReadHandle) {
  return r
    .selectFrom('vendor_claim')
    .innerJoin('vendor', 'vendor.id', 'vendor_claim.vendor_id')
    .innerJoin('operator', 'operator.id', 'vendor_claim.opened_by')
    .leftJoin('vendor_split', 'vendor_split.claim_id', 'vendor_claim.id')
    .selectAll('vendor_claim')
    .select(['vendor.name as vendor_name', 'operator.name as opener_name'])
    .select('vendor_split.vendor_amount')
}

type ClaimRow = Awaited<ReturnType<ReturnType<typeof selectClaims>['execute']>>[number]

function toClaim(row: ClaimRow): ClaimRecord {
  return {
    id: row.id,
    number: row.number,
    caseId: row.case_id,
    vendor: { id: row.vendor_id, kind: row.kind, name: row.vendor_name },
    carrierClaimId: row.carrier_claim_id,
    state: row.state,
    goods: row.goods,
    fault: row.fault,
    asks: row.asks,
    currency: row.currency,
    asked: row.asked_amount,
    termsVersion: row.terms_version,
    silence: row.silence,
    openedOn: row.business_date,
    openedAt: row.opened_at,
    openedBy: row.opener_name,
    sentAt: row.sent_at,
    sentOn: row.sent_on,
    replyBy: row.reply_by,
    firstReplyAt: row.first_reply_at,
    endedOn: row.ended_on,
    agreed: row.vendor_amount,
    version: row.version,
  }
}

export async function findClaim(r: ReadHandle, id: number): Promise<ClaimRecord | undefined> {
  const row = await selectClaims(r).where('vendor_claim.id', '=', id).executeTakeFirst()
  return row && toClaim(row)
}

export async function listClaimsOfCase(r: ReadHandle, caseId: number): Promise<ClaimRecord[]> {
  const rows = await selectClaims(r)
    .where('vendor_claim.case_id', '=', caseId)
    .orderBy('vendor_claim.id')
    .execute()
  return rows.map(toClaim)
}

/** Claims of a vendor: those that are open first by the day of their answer. */
export async function listOpenOfVendor(r: ReadHandle, vendorId: number): Promise<ClaimRecord[]> {
  const rows = await selectClaims(r)
    .where('vendor_claim.vendor_id', '=', vendorId)
    .where('vendor_claim.state', 'in', openStates)
    .orderBy('vendor_claim.id')
    .execute()
  return rows.map(toClaim)
}

export interface ClaimFilter {
  view: 'open' | 'overdue' | 'ended'
  words: string
  before: number | null
  today: string
}

/** So many claims, the newest first. */
export async function listClaims(
  r: ReadHandle,
  { view, words, before, today }: ClaimFilter,
  count: number,
): Promise<ClaimRecord[]> {
  const rows = await selectClaims(r)
    .$if(view === 'open', (all) => all.where('vendor_claim.state', 'in', openStates))
    .$if(view === 'overdue', (all) =>
      all
        .where('vendor_claim.state', 'in', ['sent', 'escalated'])
        .where('vendor_claim.reply_by', '<', today),
    )
    .$if(view === 'ended', (all) => all.where('vendor_claim.state', 'not in', openStates))
    .$if(words !== '', (all) =>
      all.where((row) =>
        row.or(
          (['vendor.name', 'vendor_claim.goods', 'vendor_claim.number'] as const).map((column) =>
            row(row.fn<number>('instr', [column, row.val(words)]), '>', 0),
          ),
        ),
      ),
    )
    .$if(before !== null, (all) => all.where('vendor_claim.id', '<', before ?? 0))
    .orderBy('vendor_claim.id', 'desc')
    .limit(count)
    .execute()
  return rows.map(toClaim)
}

export async function countClaims(r: ReadHandle, today: string) {
  const { open, overdue } = await r
    .selectFrom('vendor_claim')
    .where('state', 'in', openStates)
    .select((row) => [
      row.fn.countAll<number>().as('open'),
      row.fn
        .countAll<number>()
        .filterWhere((each) =>
          each.and([each('state', 'in', ['sent', 'escalated']), each('reply_by', '<', today)]),
        )
        .as('overdue'),
    ])
    .executeTakeFirstOrThrow()
  return { open, overdue }
}

/** How long notices of a vendor sent since a day waited for their first answer. */
export async function listReplies(r: ReadHandle, vendorId: number, since: string) {
  return r
    .selectFrom('vendor_claim')
    .select(['sent_at as sentAt', 'reply_by as replyBy', 'first_reply_at as firstReplyAt'])
    .where('vendor_id', '=', vendorId)
    .where('sent_on', '>=', since)
    .execute()
}

export interface NewClaim {
  number: string
  caseId: number
  vendorId: number
  kind: VendorKind
  carrierClaimId: number | null
  goods: string
  fault: string
  asks: string
  currency: string
  asked: number
  termsVersion: number
  silence: VendorClaimTable['silence']
  businessDate: string
  at: string
  by: number
  units: readonly ClaimUnit[]
}

/** @returns undefined where one of the units is in another claim of the case already. */
export async function insertClaim(w: WriteHandle, fresh: NewClaim): Promise<number | undefined> {
  const { id } = await w
    .insertInto('vendor_claim')
    .values({
      number: fresh.number,
      case_id: fresh.caseId,
      vendor_id: fresh.vendorId,
      kind: fresh.kind,
      carrier_claim_id: fresh.carrierClaimId,
      state: 'drafted',
      goods: fresh.goods,
      fault: fresh.fault,
      asks: fresh.asks,
      currency: fresh.currency,
      asked_amount: fresh.asked,
      terms_version: fresh.termsVersion,
      silence: fresh.silence,
      business_date: fresh.businessDate,
      opened_at: fresh.at,
      opened_by: fresh.by,
      sent_at: null,
      sent_on: null,
      reply_by: null,
      first_reply_at: null,
      ended_at: null,
      ended_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  try {
    for (const unit of fresh.units) {
      await w
        .insertInto('vendor_claim_unit')
        .values({
          claim_id: id,
          case_id: fresh.caseId,
          kind: fresh.kind,
          sale_line_id: unit.saleLineId,
          unit_no: unit.unitNo,
        })
        .execute()
    }
  } catch (error) {
    if (isUniqueViolation(error)) return undefined
    throw error
  }
  return id
}

/** Units of a case that are being claimed, or are charged for, from a kind of party. */
export async function listLiveUnits(
  r: ReadHandle,
  caseId: number,
): Promise<(ClaimUnit & { claimId: number; kind: VendorKind })[]> {
  const rows = await r
    .selectFrom('vendor_claim_unit')
    .select(['claim_id', 'kind', 'sale_line_id', 'unit_no'])
    .where('case_id', '=', caseId)
    .where('live', '=', 1)
    .execute()
  return rows.map((row) => ({
    claimId: row.claim_id,
    kind: row.kind,
    saleLineId: row.sale_line_id,
    unitNo: row.unit_no,
  }))
}

export async function listUnits(r: ReadHandle, claimId: number): Promise<ClaimUnit[]> {
  const rows = await r
    .selectFrom('vendor_claim_unit')
    .select(['sale_line_id', 'unit_no'])
    .where('claim_id', '=', claimId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ saleLineId: row.sale_line_id, unitNo: row.unit_no }))
}

/** The units of a claim that ends without a charge, or whose charge was taken back, are free again. */
export async function releaseUnits(w: WriteHandle, claimId: number): Promise<void> {
  await w
    .updateTable('vendor_claim_unit')
    .set({ live: 0 })
    .where('claim_id', '=', claimId)
    .where('live', '=', 1)
    .execute()
}

/** What a step changes beside the state. */
export interface StepFacts {
  sent?: { at: string; on: string; replyBy: string }
  firstReplyAt?: string
  ended?: { at: string; on: string }
}

/** @returns false when somebody else changed it since `version`. */
export async function writeStep(
  w: WriteHandle,
  claim: { id: number; version: number },
  state: ClaimRecord['state'],
  { sent, firstReplyAt, ended }: StepFacts,
): Promise<boolean> {
  const result = await w
    .updateTable('vendor_claim')
    .set({
      state,
      version: claim.version + 1,
      ...(sent ? { sent_at: sent.at, sent_on: sent.on, reply_by: sent.replyBy } : {}),
      ...(firstReplyAt === undefined ? {} : { first_reply_at: firstReplyAt }),
      ...(ended ? { ended_at: ended.at, ended_on: ended.on } : {}),
    })
    .where('id', '=', claim.id)
    .where('version', '=', claim.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface NewEvent {
  claimId: number
  at: string
  businessDate: string
  actorId: number
  action: VendorClaimEventTable['action']
  saidBy: VendorClaimEventTable['said_by']
  person: string
  channel: VendorClaimEventTable['channel']
  amount: number | null
  text: string
}

export async function insertEvent(w: WriteHandle, event: NewEvent): Promise<void> {
  await w
    .insertInto('vendor_claim_event')
    .values({
      claim_id: event.claimId,
      at: event.at,
      business_date: event.businessDate,
      actor_id: event.actorId,
      action: event.action,
      said_by: event.saidBy,
      person: event.person,
      channel: event.channel,
      amount: event.amount,
      text: event.text,
    })
    .execute()
}

/** Everything said and done in a claim, oldest first. */
export async function listEvents(r: ReadHandle, claimId: number) {
  const rows = await r
    .selectFrom('vendor_claim_event')
    .innerJoin('operator', 'operator.id', 'vendor_claim_event.actor_id')
    .selectAll('vendor_claim_event')
    .select('operator.name')
    .where('claim_id', '=', claimId)
    .orderBy('vendor_claim_event.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: row.name,
    action: row.action,
    saidBy: row.said_by,
    person: row.person,
    channel: row.channel,
    amount: row.amount,
    text: row.text,
  }))
}

export interface NewSplit {
  claimId: number
  basis: 'agreed' | 'deemed' | 'ruled'
  total: number
  vendorAmount: number
  storeAmount: number
  signer: string
  signature: string | null
  onPaper: boolean
  grounds: string
  approvalId: number | null
  at: string
  by: number
}

export async function insertSplit(w: WriteHandle, split: NewSplit): Promise<void> {
  await w
    .insertInto('vendor_split')
    .values({
      claim_id: split.claimId,
      basis: split.basis,
      total: split.total,
      vendor_amount: split.vendorAmount,
      store_amount: split.storeAmount,
      signer: split.signer,
      signature_sha256: split.signature,
      on_paper: split.onPaper ? 1 : 0,
      grounds: split.grounds,
      approval_id: split.approvalId,
      at: split.at,
      by: split.by,
    })
    .execute()
}

export async function findSplit(r: ReadHandle, claimId: number) {
  const row = await r
    .selectFrom('vendor_split')
    .innerJoin('operator as writer', 'writer.id', 'vendor_split.by')
    .leftJoin('approval', 'approval.id', 'vendor_split.approval_id')
    .leftJoin('operator as approver', 'approver.id', 'approval.decided_by')
    .selectAll('vendor_split')
    .select(['writer.name as writer_name', 'approver.name as approver_name'])
    .where('claim_id', '=', claimId)
    .executeTakeFirst()
  return (
    row && {
      basis: row.basis,
      total: row.total,
      vendorAmount: row.vendor_amount,
      storeAmount: row.store_amount,
      signer: row.signer,
      onPaper: row.on_paper === 1,
      signature: row.signature_sha256,
      grounds: row.grounds,
      at: row.at,
      by: row.writer_name,
      approvedBy: row.approver_name,
    }
  )
}

/** Photos and papers of a case, as evidence of a notice: what it is, when it came, and its hash. */
export async function listEvidence(r: ReadHandle, caseId: number) {
  return r
    .selectFrom('attachment')
    .innerJoin('evidence_file as file', 'file.sha256', 'attachment.sha256')
    .select(['attachment.label', 'attachment.attached_at as at', 'file.name', 'file.sha256'])
    .where('attachment.case_id', '=', caseId)
    .where('attachment.role', '<>', 'signature')
    .where('attachment.subject_type', '<>', 'vendor_claim')
    .where('attachment.voided_at', 'is', null)
    .orderBy('attachment.id')
    .limit(60)
    .execute()
}
