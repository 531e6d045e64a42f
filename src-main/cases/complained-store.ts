import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { ComplaintClass } from './contract.ts'

/** Letters of its words that stand beside it. */
const shownLetters = 80

/** A complaint as the steps that end it see it: what it is about, who came, and whether it is still open. */
export interface Complained {
  id: number
  caseId: number
  number: string
  class: ComplaintClass
  isOpen: boolean
  businessDate: string
  receiptId: number | null
  customerId: number | null
  saleLineId: number | null
  cardId: number | null
  customerName: string
  text: string
}

/** Refuses where there is no such complaint. */
export async function requireComplained(r: ReadHandle, id: number): Promise<Complained> {
  const row = await r
    .selectFrom('complaint')
    .leftJoin('customer', 'customer.id', 'complaint.customer_id')
    .select([
      'complaint.id',
      'complaint.case_id as caseId',
      'complaint.number',
      'complaint.class',
      'complaint.state',
      'complaint.business_date as businessDate',
      'complaint.receipt_id as receiptId',
      'complaint.customer_id as customerId',
      'complaint.sale_line_id as saleLineId',
      'complaint.card_id as cardId',
      'complaint.contact_name as contactName',
      'customer.name as customerName',
    ])
    .select((each) =>
      each.fn<string>('substr', ['complaint.text', each.val(1), each.val(shownLetters)]).as('text'),
    )
    .where('complaint.id', '=', id)
    .executeTakeFirst()
  if (!row) refuse('complaints.unknown_complaint')
  const { state, contactName, customerName, ...complaint } = row
  return {
    ...complaint,
    isOpen: state === 'open',
    customerName: contactName !== '' ? contactName : (customerName ?? ''),
  }
}

/** The same, of one that is still open: what is solved has nothing left to find out or to settle. */
export async function requireOpenComplained(r: ReadHandle, id: number): Promise<Complained> {
  const complaint = await requireComplained(r, id)
  if (!complaint.isOpen) refuse('complaints.already_solved', { number: complaint.number })
  return complaint
}
