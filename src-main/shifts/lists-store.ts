import type { ReadHandle } from '../database/store.ts'
import type { shiftListKinds } from './contract.ts'

export interface ShiftListRow {
  number: string
  text: string
  who: string
  dueAt: string | null
  amount: number | null
}

/** One list of a hand-over: how many there are, and the first of them. */
export interface ShiftList {
  kind: (typeof shiftListKinds)[number]
  count: number
  rows: ShiftListRow[]
}

/** Letters of a text that a list shows. */
const shownLetters = 60

/** Each list reads every open row of its kind: a desk leaves tens behind, not thousands. */
type Reader = (r: ReadHandle, dueUntil: string) => Promise<ShiftListRow[]>

export const listReaders: Record<ShiftList['kind'], Reader> = {
  promises: async (r, dueUntil) => {
    const rows = await r
      .selectFrom('promise')
      .innerJoin('operator', 'operator.id', 'promise.owner_id')
      .leftJoin('complaint', 'complaint.id', 'promise.complaint_id')
      .leftJoin('repair', 'repair.id', 'promise.repair_id')
      .leftJoin('exchange', 'exchange.id', 'promise.exchange_id')
      .select([
        'promise.text',
        'promise.due_at',
        'operator.name',
        'complaint.number as complaint',
        'repair.number as repair',
        'exchange.number as exchange',
      ])
      .where('promise.state', '=', 'open')
      .where('promise.due_on', '<=', dueUntil)
      .orderBy('promise.due_at')
      .orderBy('promise.id')
      .execute()
    return rows.map((row) => ({
      number: row.complaint ?? row.repair ?? row.exchange ?? '',
      text: row.text,
      who: row.name,
      dueAt: row.due_at,
      amount: null,
    }))
  },

  cases: async (r) => {
    const rows = await r
      .selectFrom('complaint')
      .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
      .innerJoin('operator', 'operator.id', 'case_file.owner_id')
      .select((row) => [
        'complaint.number',
        row.fn<string>('substr', ['complaint.text', row.val(1), row.val(shownLetters)]).as('text'),
        'operator.name',
        'complaint.recorded_at',
      ])
      .where('case_file.state', '=', 'open')
      .orderBy('complaint.id')
      .execute()
    return rows.map((row) => plain(row.number, row.text, row.name))
  },

  handovers: async (r) => {
    const rows = await r
      .selectFrom('handover')
      .innerJoin('operator', 'operator.id', 'handover.opened_by')
      .select(['handover.number', 'handover.state', 'operator.name', 'handover.receiver_name'])
      .where('handover.state', 'in', ['open', 'given'])
      .orderBy('handover.id')
      .execute()
    return rows.map((row) => plain(row.number, row.receiver_name, row.name))
  },

  repairs: async (r) => {
    const rows = await r
      .selectFrom('repair_item')
      .innerJoin('repair', 'repair.id', 'repair_item.repair_id')
      .select(['repair.number', 'repair_item.name', 'repair_item.ready_on'])
      .where('repair_item.reception', '=', 'ready')
      .orderBy('repair_item.id')
      .execute()
    return rows.map((row) => plain(row.number, row.name, row.ready_on ?? ''))
  },

  money: async (r) => {
    const rows = await r
      .selectFrom('pos_instruction')
      .innerJoin('operator', 'operator.id', 'pos_instruction.raised_by')
      .select(['pos_instruction.number', 'source_number', 'direction', 'amount', 'operator.name'])
      .where('pos_instruction.state', 'in', ['pending', 'ambiguous'])
      .orderBy('pos_instruction.id')
      .execute()
    return rows.map((row) => ({
      ...plain(row.number, row.source_number, row.name),
      amount: row.direction === 'pay_out' ? -row.amount : row.amount,
    }))
  },

  goods: async (r) => {
    const rows = await r
      .selectFrom('goods_unit')
      .select(['tag', 'name', 'counter'])
      .where('live', '=', 1)
      .where('state', 'in', ['at_desk', 'in_quarantine'])
      .orderBy('id')
      .execute()
    return rows.map((row) => plain(row.tag, row.name, row.counter))
  },

  approvals: async (r) => {
    const rows = await r
      .selectFrom('approval')
      .innerJoin('operator', 'operator.id', 'approval.requested_by')
      .select(['approval.subject_id', 'approval.reason', 'approval.amount', 'operator.name'])
      .where('approval.state', 'in', ['requested', 'escalated'])
      .orderBy('approval.id')
      .execute()
    return rows.map((row) => ({
      ...plain(row.subject_id, row.reason, row.name),
      amount: row.amount,
    }))
  },
}

function plain(number: string, text: string, who: string): ShiftListRow {
  return { number, text, who, dueAt: null, amount: null }
}
