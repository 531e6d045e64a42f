import { record } from '../audit/index.ts'
import { addEvent, type Moment, momentOf } from '../cases/index.ts'
import type { WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import type { repairsContract } from './contract.ts'
import {
  insertLoan,
  insertLoanUnit,
  listLoans,
  listLoanUnits,
  writeLoanBack,
  writeLoanUnit,
} from './hand-store.ts'
import { changeRepair, followUp, requireRepair, requireSeenRepair } from './ticket.ts'

/**
 * Lends a unit while the customer's own is in repair. Refuses one that is out (`repairs.loan_out`), retired, or lent
 * on a ticket that is closed.
 */
export async function lendUnit(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  asked: { repairId: number; loanUnitId: number; condition: string },
): Promise<void> {
  const repair = await requireRepair(w, asked.repairId)
  if (repair.state === 'closed') refuse('repairs.closed', { number: repair.number })
  const unit = (await listLoanUnits(w)).find(({ id }) => id === asked.loanUnitId)
  if (!unit) refuse('repairs.unknown_loan')
  const { code, name, serialNo } = unit
  if (unit.retired) refuse('repairs.loan_retired', { code })
  const condition = asked.condition || unit.condition
  const loanId = await insertLoan(w, {
    repairId: repair.id,
    loanUnitId: unit.id,
    code,
    at: moment.at,
    by: moment.actorId,
    condition,
  })
  await addEvent(w, moment, repair.caseId, 'loan_out', { number: repair.number, code, name })
  const subject = { type: 'repair', id: repair.number }
  await record(w, call, 'repairs.lend', subject, { loanId, code, serialNo, condition })
}

export const loanHandlers: Pick<
  RoomHandlers<typeof repairsContract>,
  'loanUnits' | 'addLoanUnit' | 'changeLoanUnit' | 'lend' | 'takeLoanBack'
> = {
  loanUnits: query(async (r) => {
    const units = await listLoanUnits(r)
    const out = await listLoans(r, { isOut: true })
    return units.map(({ retired, ...unit }) => {
      const loan = out.find(({ loanUnitId }) => loanUnitId === unit.id) ?? null
      const state = loan ? ('out' as const) : retired ? ('retired' as const) : ('free' as const)
      return { ...unit, state, loan }
    })
  }),

  addLoanUnit: command(['repairs'], async (w, call, input) => {
    const { at, actorId } = momentOf(call)
    const id = await insertLoanUnit(w, { ...input, at, by: actorId })
    await record(w, call, 'repairs.add_loan_unit', { type: 'loan_unit', id: input.code }, input)
    return { id }
  }),

  changeLoanUnit: command(['repairs'], async (w, call, input) => {
    const { loanUnitId, version, ...after } = input
    const unit = (await listLoanUnits(w)).find(({ id }) => id === loanUnitId)
    if (!unit) refuse('repairs.unknown_loan')
    const [out] = await listLoans(w, { loanUnitId, isOut: true })
    if (after.retired && out) {
      refuse('repairs.loan_out', { code: unit.code, number: out.repairNumber })
    }
    if (!(await writeLoanUnit(w, { id: loanUnitId, version }, after))) {
      refuse('desk.changed_meanwhile')
    }
    const subject = { type: 'loan_unit', id: unit.code }
    await record(w, call, 'repairs.change_loan_unit', subject, { before: unit, after })
    return { version: version + 1 }
  }),

  lend: command(['repairs', 'cases'], async (w, call, input) => {
    const repair = await requireSeenRepair(w, input)
    await lendUnit(w, call, momentOf(call), input)
    return { version: await changeRepair(w, repair) }
  }),

  takeLoanBack: command(['repairs', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const repair = await requireSeenRepair(w, input)
    const loans = await listLoans(w, { repairIds: [repair.id] })
    const loan = loans.find(({ id }) => id === input.loanId)
    if (!loan) refuse('repairs.unknown_loan')
    const { ok, condition } = input
    const back = { at: moment.at, by: moment.actorId, ok, condition }
    if (!(await writeLoanBack(w, loan, back))) refuse('repairs.loan_back', { code: loan.code })
    await changeRepair(w, repair)
    const { number, caseId } = repair
    await addEvent(w, moment, caseId, 'loan_back', {
      number,
      code: loan.code,
      name: loan.name,
      ok,
      condition,
    })
    const subject = { type: 'repair', id: number }
    await record(w, call, 'repairs.take_loan_back', subject, {
      loanId: loan.id,
      code: loan.code,
      serialNo: loan.serialNo,
      ok,
      condition,
    })
    return followUp(w, call, moment, repair.id)
  }),
}
