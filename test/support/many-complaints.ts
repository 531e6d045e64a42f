import { indexComplaint } from '../../src-main/complaints/grams-store.ts'
import { complaintClasses } from '../../src-main/complaints/contract.ts'
import type { WriteHandle } from '../../src-main/database/store.ts'
import { seededChance } from '../../src-main/demo/random.ts'
import { addDays } from '../../src-main/foundation/business-date.ts'
import { formatDocumentNumber } from '../../src-main/foundation/document-number.ts'
import { mixComplaintTexts } from './complaint-texts.ts'
import type { TestDesk } from './desk.ts'

const lastDay = '2026-11-21'
/** Complaints of a big store on one day. */
const perDay = 60
const perTransaction = 500

/** Fills a desk with so many complaints of real length over the years before, all but the newest hundred closed. */
export async function addManyComplaints(test: TestDesk, count: number): Promise<string[]> {
  const chance = seededChance(5)
  const texts = mixComplaintTexts(chance, count)
  for (let from = 0; from < count; from += perTransaction) {
    await test.write(async (w) => {
      for (let at = from; at < Math.min(from + perTransaction, count); at += 1) {
        const businessDate = addDays(lastDay, -Math.floor((count - at) / perDay))
        const serial = (at % perDay) + 1
        await addComplaint(w, {
          number: formatDocumentNumber({ type: 'TS', desk: '9999', businessDate, serial }),
          class: chance.pick(complaintClasses),
          text: texts[at] ?? '',
          businessDate,
          isOpen: count - at <= 100,
          ownerId: test.manager.id,
        })
      }
    })
  }
  return texts
}

interface PastComplaint {
  number: string
  class: (typeof complaintClasses)[number]
  text: string
  businessDate: string
  isOpen: boolean
  ownerId: number
}

async function addComplaint(w: WriteHandle, past: PastComplaint): Promise<void> {
  const at = `${past.businessDate}T04:00:00.000Z`
  const { id: caseId } = await w
    .insertInto('case_file')
    .values({
      state: past.isOpen ? 'open' : 'closed',
      business_date: past.businessDate,
      opened_at: at,
      opened_by: past.ownerId,
      owner_id: past.ownerId,
      receipt_id: null,
      customer_id: null,
      closed_at: past.isOpen ? null : at,
      closed_on: past.isOpen ? null : past.businessDate,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id } = await w
    .insertInto('complaint')
    .values({
      number: past.number,
      case_id: caseId,
      class: past.class,
      text: past.text,
      solved_on_spot: 0,
      business_date: past.businessDate,
      recorded_at: at,
      recorded_by: past.ownerId,
      receipt_id: null,
      sale_line_id: null,
      card_id: null,
      customer_id: null,
      satisfied: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await indexComplaint(w, id)
}
