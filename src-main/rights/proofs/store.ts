import type { ProofSetTable, ProofTable } from '../../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../../database/store.ts'
import { readCardCode } from '../../foundation/card-code.ts'
import { addDays } from '../../foundation/business-date.ts'
import { maskName, maskPhone, phoneDigits } from '../../foundation/phone.ts'
import { searchKey } from '../../foundation/text.ts'
import {
  customersByMemberNo,
  customersByPhone,
  linesBySerial,
  productsByBarcode,
  receiptsByAmount,
  receiptsByNumber,
  receiptsByTail,
} from '../../sales/find-store.ts'
import type { Proof } from '../contract.ts'
import type { ProvableSale } from './rules.ts'

/** Sales that one proof can point to; more are no help at a counter. */
const perProof = 30

/** Receipts the proofs point to, through the same indexes as the find box. */
export async function findSalesByProofs(
  r: ReadHandle,
  proofs: readonly Proof[],
): Promise<number[]> {
  const ids = new Set<number>()
  for (const proof of proofs) {
    for (const id of await pointedTo(r, proof)) ids.add(id)
  }
  return [...ids]
}

async function pointedTo(r: ReadHandle, proof: Proof): Promise<number[]> {
  switch (proof.kind) {
    case 'member_record':
      return receiptsOfMember(r, proof)
    case 'payment_bill': {
      const days = [proof.paidOn, addDays(proof.paidOn, -1), addDays(proof.paidOn, 1)]
      const hits = []
      for (const day of days) hits.push(...(await receiptsByAmount(r, proof.amount, day, perProof)))
      return hits.map((each) => each.id)
    }
    case 'serial_no': {
      const lines = await linesBySerial(r, [proof.serialNo], perProof)
      return receiptsOfLines(
        r,
        lines.map((each) => each.id),
      )
    }
    case 'signed_card': {
      const reading = readCardCode(proof.code)
      if (reading.kind !== 'code') return []
      const found = await receiptsByNumber(r, searchKey(reading.facts.receiptNo), perProof)
      return found.map((each) => each.id)
    }
    case 'barcode':
      return receiptsOfBarcode(r, proof.barcode)
    case 'slip_photo': {
      const key = searchKey(proof.receiptNo)
      if (key.length < 4) return []
      const whole = await receiptsByNumber(r, key, perProof)
      const tail = whole.length > 0 ? whole : await receiptsByTail(r, key, perProof)
      return tail.map((each) => each.id)
    }
    // Memory and boxes point to no sale.
    case 'staff_memory':
    case 'original_box':
      return []
  }
}

/** Whether this desk declared a card void. */
export async function isCardVoid(r: ReadHandle, number: string): Promise<boolean> {
  const row = await r
    .selectFrom('card')
    .select('state')
    .where('number', '=', number)
    .executeTakeFirst()
  return row?.state === 'void'
}

async function receiptsOfMember(
  r: ReadHandle,
  proof: { memberNo: string; phone: string },
): Promise<number[]> {
  const digits = phoneDigits(proof.phone)
  const customers = [
    ...(proof.memberNo === '' ? [] : await customersByMemberNo(r, [proof.memberNo])),
    ...(digits.length < 4 ? [] : await customersByPhone(r, digits, 8)),
  ].map((each) => each.id)
  if (customers.length === 0) return []
  const rows = await r
    .selectFrom('receipt')
    .select('id')
    .where('customer_id', 'in', [...new Set(customers)])
    .where('customer_id', 'is not', null)
    .where('kind', '=', 'sale')
    .orderBy('sold_at', 'desc')
    .limit(perProof)
    .execute()
  return rows.map((row) => row.id)
}

async function receiptsOfLines(r: ReadHandle, lineIds: readonly number[]): Promise<number[]> {
  if (lineIds.length === 0) return []
  const rows = await r
    .selectFrom('sale_line')
    .select('receipt_id')
    .where('id', 'in', [...lineIds])
    .execute()
  return rows.map((row) => row.receipt_id)
}

async function receiptsOfBarcode(r: ReadHandle, barcode: string): Promise<number[]> {
  const products = await productsByBarcode(r, [barcode], 4)
  if (products.length === 0) return []
  const rows = await r
    .selectFrom('receipt_of_product')
    .select('receipt_id')
    .where(
      'product_id',
      'in',
      products.map((each) => each.id),
    )
    .orderBy('receipt_id', 'desc')
    .limit(perProof)
    .execute()
  return rows.map((row) => row.receipt_id)
}

/** A sale the proofs may be about, with what they are compared with. */
export interface Candidate extends ProvableSale {
  receiptId: number
  currency: string
  goods: string
  /** Enough to ask "are you …?" by. */
  customer: string
}

/** Facts of these sales; returns are no sales. */
export async function readCandidates(
  r: ReadHandle,
  receiptIds: readonly number[],
): Promise<Candidate[]> {
  if (receiptIds.length === 0) return []
  const heads = await r
    .selectFrom('receipt')
    .leftJoin('customer', 'customer.id', 'receipt.customer_id')
    .where('receipt.id', 'in', [...receiptIds])
    .where('kind', '=', 'sale')
    .select(['receipt.id', 'receipt_no', 'business_date', 'total', 'currency', 'cashier'])
    .select(['receipt.member_no as receipt_member', 'customer.member_no', 'name', 'phone'])
    .execute()
  const lines = await r
    .selectFrom('sale_line')
    .where('receipt_id', 'in', [...receiptIds])
    .where('kind', '=', 'goods')
    .orderBy('line_no')
    .select(['receipt_id', 'name', 'serial_no', 'barcode', 'sku', 'clerk'])
    .execute()
  const tenders = await r
    .selectFrom('tender')
    .where('receipt_id', 'in', [...receiptIds])
    .select(['receipt_id', 'amount', 'reference'])
    .execute()
  return heads.map((head) => {
    const own = lines.filter((line) => line.receipt_id === head.id)
    return {
      receiptId: head.id,
      receiptNo: head.receipt_no,
      businessDate: head.business_date,
      total: head.total,
      currency: head.currency,
      goods: own
        .slice(0, 3)
        .map((line) => line.name)
        .join(' · '),
      customer: [maskName(head.name ?? ''), head.phone ? maskPhone(head.phone) : '']
        .filter(Boolean)
        .join(' '),
      memberNo: head.member_no ?? head.receipt_member,
      phoneDigits: phoneDigits(head.phone ?? ''),
      tenders: tenders.filter((tender) => tender.receipt_id === head.id),
      staff: [head.cashier, ...own.map((line) => line.clerk)].filter(Boolean),
      serials: own.map((line) => line.serial_no).filter(Boolean),
      barcodes: own.flatMap((line) => [line.barcode, line.sku]).filter(Boolean),
    }
  })
}

export interface NewProofSet {
  caseId: number
  receiptId: number | null
  goods: string
  category: string
  units: number
  paidAmount: number
  currency: string
  soldOn: string
  score: number
  strength: ProofSetTable['strength']
  approver: ProofSetTable['approver']
  note: string
  customerId: number | null
  contactName: string
  contactPhone: string
  businessDate: string
  recordedAt: string
  recordedBy: number
}

export interface NewProof {
  kind: ProofTable['kind']
  detail: string
  sha256: string | null
  standing: ProofTable['standing']
  weight: number
}

export async function insertProofSet(
  w: WriteHandle,
  set: NewProofSet,
  proofs: readonly NewProof[],
): Promise<number> {
  const { id } = await w
    .insertInto('proof_set')
    .values({
      case_id: set.caseId,
      receipt_id: set.receiptId,
      goods: set.goods,
      category: set.category,
      units: set.units,
      paid_amount: set.paidAmount,
      currency: set.currency,
      sold_on: set.soldOn,
      score: set.score,
      strength: set.strength,
      approver: set.approver,
      note: set.note,
      customer_id: set.customerId,
      contact_name: set.contactName,
      contact_phone: set.contactPhone,
      business_date: set.businessDate,
      recorded_at: set.recordedAt,
      recorded_by: set.recordedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const proof of proofs) {
    await w
      .insertInto('proof')
      .values({
        proof_set_id: id,
        kind: proof.kind,
        detail: proof.detail,
        file_sha256: proof.sha256,
        standing: proof.standing,
        weight: proof.weight,
      })
      .execute()
  }
  return id
}

export interface ProofSetRecord extends Omit<NewProofSet, 'recordedBy'> {
  id: number
  receiptNo: string | null
  recordedBy: string
  rightsId: number | null
  proofs: {
    kind: ProofTable['kind']
    detail: string
    sha256: string | null
    standing: ProofTable['standing']
    weight: number
  }[]
}

export async function findProofSet(r: ReadHandle, id: number): Promise<ProofSetRecord | undefined> {
  const row = await r
    .selectFrom('proof_set')
    .innerJoin('operator', 'operator.id', 'proof_set.recorded_by')
    .leftJoin('receipt', 'receipt.id', 'proof_set.receipt_id')
    .selectAll('proof_set')
    .select(['operator.name as clerk', 'receipt.receipt_no'])
    .where('proof_set.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const proofs = await r
    .selectFrom('proof')
    .select(['kind', 'detail', 'file_sha256 as sha256', 'standing', 'weight'])
    .where('proof_set_id', '=', id)
    .orderBy('id')
    .execute()
  const frozen = await r
    .selectFrom('rights_verdict')
    .select('id')
    .where('proof_set_id', '=', id)
    .where('receipt_id', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
  return {
    id: row.id,
    caseId: row.case_id,
    receiptId: row.receipt_id,
    receiptNo: row.receipt_no,
    goods: row.goods,
    category: row.category,
    units: row.units,
    paidAmount: row.paid_amount,
    currency: row.currency,
    soldOn: row.sold_on,
    score: row.score,
    strength: row.strength,
    approver: row.approver,
    note: row.note,
    customerId: row.customer_id,
    contactName: row.contact_name,
    contactPhone: row.contact_phone,
    businessDate: row.business_date,
    recordedAt: row.recorded_at,
    recordedBy: row.clerk,
    rightsId: frozen?.id ?? null,
    proofs,
  }
}
