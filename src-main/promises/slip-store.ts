import type { ReadHandle } from '../database/store.ts'

/** A complaint as its slip needs it. */
export async function findComplaintOfSlip(r: ReadHandle, complaintId: number) {
  const row = await r
    .selectFrom('complaint')
    .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
    .innerJoin('operator', 'operator.id', 'complaint.recorded_by')
    .select([
      'complaint.number',
      'complaint.case_id',
      'complaint.class',
      'complaint.text',
      'complaint.solution',
      'complaint.recorded_at',
      'complaint.contact_name',
      'complaint.contact_phone',
      'case_file.owner_id',
      'case_file.state',
      'operator.name',
    ])
    .where('complaint.id', '=', complaintId)
    .executeTakeFirst()
  return (
    row && {
      number: row.number,
      caseId: row.case_id,
      class: row.class,
      text: row.text,
      solution: row.solution,
      recordedAt: row.recorded_at,
      recordedBy: row.name,
      customer: { name: row.contact_name, phone: row.contact_phone },
      ownerId: row.owner_id,
      isOpen: row.state === 'open',
    }
  )
}
