import { sql } from 'kysely'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { daysBetween } from '../foundation/business-date.ts'
import { proposeFault } from './faults.ts'

/** A case as the radar shows it. */
export interface CaseSeen {
  caseId: number
  complaintId: number | null
  number: string
  on: string
  excerpt: string
  goods: string
  fault: string | null
  chosen: boolean
  daysSinceSale: number | null
  incident: { id: number; number: string } | null
  productId: number | null
  batchNo: string
  proposed: string | null
}

/** Letters of what was said that a list shows. */
const excerptLength = 160
/** Letters that are looked through for a fault. */
const readLength = 4_000

interface Row {
  caseId: number
  caseOn: string
  complaintId: number | null
  number: string | null
  text: string | null
  goods: string | null
  productId: number | null
  soldOn: string | null
  cardBatch: string | null
  fault: string | null
  batchNo: string | null
  incidentId: number | null
  incidentNumber: string | null
}

/** These cases, in their order; those that are none are left out. */
export async function listSeen(r: ReadHandle, caseIds: readonly number[]): Promise<CaseSeen[]> {
  if (caseIds.length === 0) return []
  const { rows } = await sql<Row>`
    SELECT case_file.id AS caseId, case_file.business_date AS caseOn, complaint.id AS complaintId,
      coalesce(complaint.number, refund.number, exchange.number, repair.number) AS number,
      coalesce(complaint.text, repair_item.fault, refund.note, exchange.note) AS text,
      coalesce(line.name, product.name, repair_item.name) AS goods,
      coalesce(line.product_id, complaint.product_id) AS productId,
      receipt.business_date AS soldOn,
      (SELECT max(card_line.batch_no) FROM card_line
        WHERE card_line.sale_line_id = line.id OR card_line.card_id = complaint.card_id) AS cardBatch,
      chosen.fault AS fault, chosen.batch_no AS batchNo,
      incident.id AS incidentId, incident.number AS incidentNumber
    FROM case_file
    LEFT JOIN complaint ON complaint.id =
      (SELECT min(each.id) FROM complaint AS each WHERE each.case_id = case_file.id)
    LEFT JOIN refund ON refund.id =
      (SELECT min(each.id) FROM refund AS each WHERE each.case_id = case_file.id)
    LEFT JOIN exchange ON exchange.id =
      (SELECT min(each.id) FROM exchange AS each WHERE each.case_id = case_file.id)
    LEFT JOIN repair ON repair.id =
      (SELECT min(each.id) FROM repair AS each WHERE each.case_id = case_file.id)
    LEFT JOIN repair_item ON repair_item.id =
      (SELECT min(each.id) FROM repair_item AS each WHERE each.repair_id = repair.id)
    LEFT JOIN refund_line ON refund_line.id =
      (SELECT min(each.id) FROM refund_line AS each WHERE each.refund_id = refund.id)
    LEFT JOIN sale_line AS line ON line.id = coalesce(complaint.sale_line_id, refund_line.sale_line_id,
      repair_item.sale_line_id, (SELECT card_line.sale_line_id FROM card_line
        WHERE card_line.card_id = complaint.card_id ORDER BY card_line.id LIMIT 1))
    LEFT JOIN product ON product.id = complaint.product_id
    LEFT JOIN receipt ON receipt.id = coalesce(line.receipt_id, case_file.receipt_id)
    LEFT JOIN case_fault AS chosen ON chosen.id =
      (SELECT max(each.id) FROM case_fault AS each WHERE each.case_id = case_file.id)
    LEFT JOIN incident_case ON incident_case.case_id = case_file.id AND incident_case.removed_at IS NULL
    LEFT JOIN incident ON incident.id = incident_case.incident_id
    WHERE case_file.id IN (${sql.join(caseIds)})`.execute(r)
  const byId = new Map(rows.map((row) => [row.caseId, toSeen(row)]))
  return caseIds.flatMap((id) => byId.get(id) ?? [])
}

function toSeen(row: Row): CaseSeen {
  const text = row.text ?? ''
  const goods = row.goods ?? ''
  const proposed = proposeFault(text.slice(0, readLength), goods)
  return {
    caseId: row.caseId,
    complaintId: row.complaintId,
    number: row.number ?? `#${row.caseId}`,
    on: row.caseOn,
    excerpt: text.slice(0, excerptLength),
    goods,
    fault: row.fault ?? proposed,
    chosen: row.fault !== null,
    daysSinceSale: row.soldOn === null ? null : Math.max(0, daysBetween(row.soldOn, row.caseOn)),
    incident:
      row.incidentId === null ? null : { id: row.incidentId, number: row.incidentNumber ?? '' },
    productId: row.productId,
    batchNo: row.batchNo || row.cardBatch || '',
    proposed,
  }
}

export async function insertFault(
  w: WriteHandle,
  fault: { caseId: number; fault: string; batchNo: string; at: string; by: number },
): Promise<void> {
  await w
    .insertInto('case_fault')
    .values({
      case_id: fault.caseId,
      fault: fault.fault,
      batch_no: fault.batchNo,
      at: fault.at,
      by: fault.by,
    })
    .execute()
}
