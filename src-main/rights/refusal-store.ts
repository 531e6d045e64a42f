import type { ReadHandle, WriteHandle } from '../database/store.ts'

export type RefusedClaim = 'refund' | 'exchange' | 'repair' | 'price_difference'

export interface NewRefusal {
  number: string
  caseId: number
  rightsId: number
  receiptId: number | null
  saleLineId: number | null
  goods: string
  units: number
  claim: RefusedClaim
  reason: string
  statement: string
  note: string
  content: string
  customerId: number | null
  contactName: string
  contactPhone: string
  ownerId: number
  businessDate: string
  recordedAt: string
  recordedBy: number
}

export async function insertRefusal(w: WriteHandle, refusal: NewRefusal): Promise<number> {
  const { id } = await w
    .insertInto('claim_refusal')
    .values({
      number: refusal.number,
      case_id: refusal.caseId,
      rights_id: refusal.rightsId,
      receipt_id: refusal.receiptId,
      sale_line_id: refusal.saleLineId,
      goods: refusal.goods,
      units: refusal.units,
      claim: refusal.claim,
      reason: refusal.reason,
      statement: refusal.statement,
      note: refusal.note,
      content: refusal.content,
      customer_id: refusal.customerId,
      contact_name: refusal.contactName,
      contact_phone: refusal.contactPhone,
      owner_id: refusal.ownerId,
      business_date: refusal.businessDate,
      recorded_at: refusal.recordedAt,
      recorded_by: refusal.recordedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface RefusalRecord extends Omit<NewRefusal, 'ownerId' | 'recordedBy'> {
  id: number
  receiptNo: string | null
  soldOn: string | null
  /** The proofs the claim was made with, where no sale was found. */
  proofSetId: number | null
  owner: string
  ownerPhone: string
  recordedBy: string
  customerName: string | null
  customerPhone: string | null
}

export async function findRefusal(r: ReadHandle, id: number): Promise<RefusalRecord | undefined> {
  const row = await r
    .selectFrom('claim_refusal')
    .innerJoin('operator as owner', 'owner.id', 'claim_refusal.owner_id')
    .innerJoin('operator as clerk', 'clerk.id', 'claim_refusal.recorded_by')
    .innerJoin('rights_verdict', 'rights_verdict.id', 'claim_refusal.rights_id')
    .leftJoin('receipt', 'receipt.id', 'claim_refusal.receipt_id')
    .leftJoin('customer', 'customer.id', 'claim_refusal.customer_id')
    .selectAll('claim_refusal')
    .select(['owner.name as owner_name', 'owner.phone as owner_phone', 'clerk.name as clerk_name'])
    .select('rights_verdict.proof_set_id')
    .select(['receipt.receipt_no', 'receipt.business_date as sold_on'])
    .select(['customer.name as customer_name', 'customer.phone as customer_phone'])
    .where('claim_refusal.id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      number: row.number,
      caseId: row.case_id,
      rightsId: row.rights_id,
      receiptId: row.receipt_id,
      receiptNo: row.receipt_no,
      soldOn: row.sold_on,
      proofSetId: row.proof_set_id,
      saleLineId: row.sale_line_id,
      goods: row.goods,
      units: row.units,
      claim: row.claim,
      reason: row.reason,
      statement: row.statement,
      note: row.note,
      content: row.content,
      customerId: row.customer_id,
      customerName: row.customer_name,
      customerPhone: row.customer_phone,
      contactName: row.contact_name,
      contactPhone: row.contact_phone,
      owner: row.owner_name,
      ownerPhone: row.owner_phone,
      businessDate: row.business_date,
      recordedAt: row.recorded_at,
      recordedBy: row.clerk_name,
    }
  )
}

/** Denied claims about a sale, newest first. */
export async function listRefusalsOf(r: ReadHandle, receiptId: number) {
  const rows = await r
    .selectFrom('claim_refusal')
    .select(['id', 'number', 'business_date', 'goods', 'claim'])
    .where('receipt_id', '=', receiptId)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ business_date, ...row }) => ({ ...row, businessDate: business_date }))
}

/** The refusal a case ended with. */
export async function findRefusalOfCase(
  r: ReadHandle,
  caseId: number,
): Promise<{ id: number; number: string } | undefined> {
  return r
    .selectFrom('claim_refusal')
    .select(['id', 'number'])
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
    .executeTakeFirst()
}
