import type { ReadHandle } from '../database/store.ts'
import type { CaseEventRecord, EventData } from './store.ts'

export interface CaseFileRecord {
  id: number
  state: 'open' | 'closed'
  ownerId: number
  openedAt: string
  openedBy: string
  businessDate: string
  closedAt: string | null
  receipt: { id: number; receiptNo: string; businessDate: string } | null
  customer: { id: number; name: string; phone: string } | null
}

export async function findCaseFile(
  r: ReadHandle,
  caseId: number,
): Promise<CaseFileRecord | undefined> {
  const row = await r
    .selectFrom('case_file')
    .innerJoin('operator as opener', 'opener.id', 'case_file.opened_by')
    .leftJoin('receipt', 'receipt.id', 'case_file.receipt_id')
    .leftJoin('customer', 'customer.id', 'case_file.customer_id')
    .selectAll('case_file')
    .select([
      'opener.name as opener_name',
      'receipt.receipt_no',
      'receipt.business_date as sale_date',
      'customer.name as customer_name',
      'customer.phone as customer_phone',
    ])
    .where('case_file.id', '=', caseId)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    id: row.id,
    state: row.state,
    ownerId: row.owner_id,
    openedAt: row.opened_at,
    openedBy: row.opener_name,
    businessDate: row.business_date,
    closedAt: row.closed_at,
    receipt:
      row.receipt_id === null
        ? null
        : {
            id: row.receipt_id,
            receiptNo: row.receipt_no ?? '',
            businessDate: row.sale_date ?? '',
          },
    customer:
      row.customer_id === null
        ? null
        : { id: row.customer_id, name: row.customer_name ?? '', phone: row.customer_phone ?? '' },
  }
}

export type PartType = 'complaint' | 'refund' | 'exchange' | 'repair' | 'voucher' | 'refusal'

/** One thing that hangs on a case. */
export interface CasePart {
  type: PartType
  id: number
  number: string
  at: string
  /** Still under way. */
  open: boolean
  /** Declared void. */
  isVoid: boolean
  note: string
}

/** Letters of a complaint that stand beside its number. */
const noteLetters = 120

/** Everything that hangs on a case, in the order it came. */
export async function listParts(r: ReadHandle, caseId: number): Promise<CasePart[]> {
  const complaints = await r
    .selectFrom('complaint')
    .select((row) => [
      'id',
      'number',
      'recorded_at as at',
      'state',
      row.fn<string>('substr', ['text', row.val(1), row.val(noteLetters)]).as('note'),
    ])
    .where('case_id', '=', caseId)
    .execute()
  const refunds = await r
    .selectFrom('refund')
    .select(['id', 'number', 'recorded_at as at', 'state', 'note'])
    .where('case_id', '=', caseId)
    .where('exchange_id', 'is', null)
    .execute()
  const exchanges = await r
    .selectFrom('exchange')
    .select(['id', 'number', 'recorded_at as at', 'state', 'note'])
    .where('case_id', '=', caseId)
    .execute()
  const repairs = await r
    .selectFrom('repair')
    .select(['id', 'number', 'recorded_at as at', 'state'])
    .where('case_id', '=', caseId)
    .execute()
  const vouchers = await r
    .selectFrom('voucher')
    .select(['id', 'number', 'issued_at as at', 'state'])
    .where('case_id', '=', caseId)
    .execute()
  const refusals = await r
    .selectFrom('claim_refusal')
    .select(['id', 'number', 'recorded_at as at', 'goods as note'])
    .where('case_id', '=', caseId)
    .execute()
  const parts: CasePart[] = [
    ...complaints.map((row) => partOf('complaint', row, row.state === 'open', row.note)),
    ...refunds.map((row) => partOf('refund', row, false, row.note)),
    ...exchanges.map((row) =>
      partOf('exchange', row, ['ordered', 'awaiting_handover'].includes(row.state), row.note),
    ),
    ...repairs.map((row) => partOf('repair', row, row.state === 'open', '')),
    ...vouchers.map((row) => partOf('voucher', row, false, '')),
    ...refusals.map((row) => partOf('refusal', { ...row, state: '' }, false, row.note)),
  ]
  return parts.sort((a, b) => a.at.localeCompare(b.at))
}

function partOf(
  type: PartType,
  row: { id: number; number: string; at: string; state: string },
  open: boolean,
  note: string,
): CasePart {
  const { id, number, at, state } = row
  return { type, id, number, at, open, isVoid: state === 'void', note }
}

/** What happened beside a case: its sale, the cards of it, what tills took back. */
export interface AroundRecord extends Omit<CaseEventRecord, 'id'> {
  key: string
  link: { type: 'sale' | 'card' | 'case'; id: number }
}

/** The sale itself, cards issued and declared void, returns at a till. */
export async function listSaleFacts(r: ReadHandle, receiptId: number): Promise<AroundRecord[]> {
  const receipts = await r
    .selectFrom('receipt')
    .select(['id', 'receipt_no', 'sold_at', 'cashier', 'total', 'currency', 'kind'])
    .where((row) => row.or([row('id', '=', receiptId), row('original_receipt_id', '=', receiptId)]))
    .execute()
  const cards = await r
    .selectFrom('card')
    .innerJoin('operator as issuer', 'issuer.id', 'card.issued_by')
    .leftJoin('operator as voider', 'voider.id', 'card.voided_by')
    .select([
      'card.id',
      'card.number',
      'card.issued_at',
      'card.voided_at',
      'card.void_reason',
      'issuer.name as issuer_name',
      'voider.name as voider_name',
    ])
    .where('card.receipt_id', '=', receiptId)
    .execute()
  return [
    ...receipts.map((row) => ({
      key: `sale-${row.id}`,
      at: row.sold_at,
      actor: row.cashier,
      kind: row.kind === 'sale' ? 'sold' : 'returned_at_till',
      data: { number: row.receipt_no, amount: row.total, currency: row.currency },
      link: { type: 'sale' as const, id: row.id },
    })),
    ...cards.flatMap((row) => {
      const link = { type: 'card' as const, id: row.id }
      const issued = {
        key: `card-${row.id}`,
        at: row.issued_at,
        actor: row.issuer_name,
        kind: 'card_issued',
        data: { number: row.number },
        link,
      }
      if (row.voided_at === null) return [issued]
      const voided = {
        key: `card-void-${row.id}`,
        at: row.voided_at,
        actor: row.voider_name ?? '',
        kind: 'card_voided',
        data: { number: row.number, reason: row.void_reason },
        link,
      }
      return [issued, voided]
    }),
  ]
}

/** Lines of other cases shown beside one at most: the newest. */
const linesBeside = 200

/** Steps of other cases that tell what a customer came for and what came of it. */
const milestones = [
  'complaint_recorded',
  'complaint_solved',
  'complaint_reopened',
  'refund_recorded',
  'refund_voided',
  'price_adjusted',
  'exchange_recorded',
  'exchange_handed_over',
  'exchange_voided',
  'repair_recorded',
  'repair_handed_back',
  'claim_refused',
  'proofs_recorded',
]

/** What other cases of the same sale or customer tell. */
export async function listOtherCases(
  r: ReadHandle,
  about: { caseId: number; receiptId: number | null; customerId: number | null },
): Promise<AroundRecord[]> {
  if (about.receiptId === null && about.customerId === null) return []
  const cases = await r
    .selectFrom('case_file')
    .select('id')
    .where((row) =>
      row.or([row('receipt_id', '=', about.receiptId), row('customer_id', '=', about.customerId)]),
    )
    .where('id', '<>', about.caseId)
    .orderBy('id', 'desc')
    .limit(linesBeside)
    .execute()
  if (cases.length === 0) return []
  const rows = await r
    .selectFrom('case_event')
    .innerJoin('operator', 'operator.id', 'case_event.actor_id')
    .select([
      'case_event.id',
      'case_event.case_id',
      'case_event.at',
      'case_event.kind',
      'case_event.data',
      'operator.name',
    ])
    .where(
      'case_event.case_id',
      'in',
      cases.map(({ id }) => id),
    )
    .where('case_event.kind', 'in', milestones)
    .orderBy('case_event.id', 'desc')
    .limit(linesBeside)
    .execute()
  return rows.map((row) => ({
    key: `other-${row.id}`,
    at: row.at,
    actor: row.name,
    kind: row.kind,
    data: JSON.parse(row.data) as EventData,
    link: { type: 'case', id: row.case_id },
  }))
}
