import { attach } from '../attachments/index.ts'
import { record } from '../audit/index.ts'
import { addEvent, type Complained, type Moment, momentOf } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { cancelInstructions, raiseInstruction } from '../pos-instructions/index.ts'
import { issueVoucher } from '../vouchers/index.ts'
import { isLinked, isMoney, type MoneyKind } from './rules.ts'
import { type Inputs, requireItem, requireStep, requireTopAtRisk, takeStep } from './steps.ts'
import {
  type ExecutionRecord,
  findLetter,
  findPaid,
  findVoucherState,
  insertCompensation,
  insertExecution,
  type ItemRecord,
  listDocuments,
  listExecutions,
  listItems,
  proofOf,
  type SettlementRecord,
  writeCompensationVoucher,
  writeVoided,
} from './store.ts'

interface Proof {
  proofType: ExecutionRecord['proofType']
  proofId: number | null
  proofNumber: string
}

interface Paid {
  compensation: { id: number; number: string } | null
  instruction: string | null
  voucher: { id: number; number: string } | null
}

const nothingPaid: Paid = { compensation: null, instruction: null, voucher: null }

/** Carries out one item of what was agreed, once; the last one completes the settlement. */
export async function execute(w: WriteHandle, call: Call, input: Inputs['execute']) {
  const moment = momentOf(call)
  const { settlement, complaint, state } = await requireStep(w, input, 'execute')
  const item = await requireItem(w, settlement, input.itemId)
  const before = await listExecutions(w, settlement.id)
  if (before.some(({ itemId }) => itemId === item.id)) refuse('settlements.done_before')
  await requireTopAtRisk(w, call, settlement)
  const { proof, paid } = isPaid(item)
    ? await pay(w, call, moment, { settlement, complaint, item, holder: input.holder })
    : { proof: await proofFor(w, settlement, item, input), paid: nothingPaid }
  const { sha256, note } = input
  const step = { at: moment.at, by: moment.actorId }
  await insertExecution(w, {
    settlementId: settlement.id,
    itemId: item.id,
    ...proof,
    note,
    sha256,
    businessDate: moment.businessDate,
    ...step,
  })
  if (sha256 !== null) {
    const subject = { type: 'complaint' as const, id: complaint.id }
    const { caseId } = complaint
    const label = settlement.number
    await attach(w, call, moment, { sha256, subject, caseId, role: 'document', label })
  }
  const all = (await listItems(w, settlement.id)).filter(
    ({ optionId }) => optionId === settlement.optionId,
  )
  const isWhole = before.length + 1 === all.length
  const text = proof.proofNumber === '' ? note : proof.proofNumber
  const done = await takeStep(w, call, moment, settlement, {
    state: isWhole ? 'executed' : state,
    columns: isWhole ? { closed_at: moment.at, closed_by: moment.actorId } : {},
    kind: isWhole ? 'settlement_completed' : 'settlement_item_done',
    data: { item: item.kind, what: item.what, text },
  })
  return { ...done, ...paid }
}

type PaidItem = ItemRecord & { kind: MoneyKind; payHow: NonNullable<ItemRecord['payHow']> }

function isPaid(item: ItemRecord): item is PaidItem {
  return isMoney(item.kind) && item.payHow !== null
}

/** What proves an item that moves no money of its own; each document proves one. */
async function proofFor(
  w: WriteHandle,
  settlement: SettlementRecord,
  item: ItemRecord,
  input: Inputs['execute'],
): Promise<Proof> {
  const { kind } = item
  const { proofId, note } = input
  if (isLinked(kind)) {
    const found = (await listDocuments(w, settlement.caseId)).find(
      ({ type, id }) => type === kind && id === proofId,
    )
    if (!found) refuse('settlements.no_proof')
    return { proofType: proofOf(kind), proofId: found.id, proofNumber: found.number }
  }
  if (kind === 'apology' && proofId !== null) {
    const letter = await findLetter(w, proofId)
    const isOfCase = letter?.complaintId === settlement.complaintId && letter.voided === null
    if (!letter || !isOfCase) refuse('settlements.no_proof')
    return { proofType: 'letter', proofId: letter.id, proofNumber: letter.number }
  }
  if (note.length < 2) refuse('settlements.no_proof')
  return { proofType: 'note', proofId: null, proofNumber: '' }
}

/**
 * Writes a compensation into its ledger and has it paid: the POS is told, or a voucher is issued. The desk moves no
 * money itself, and the indexes let an item and an outlay be paid once.
 */
async function pay(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  asked: {
    settlement: SettlementRecord
    complaint: Complained
    item: PaidItem
    holder: { name: string; phone: string } | null
  },
): Promise<{ proof: Proof; paid: Paid }> {
  const { settlement, complaint, item, holder } = asked
  const { caseId } = complaint
  const { currency } = settlement
  const { deskNo } = call.profile
  const number = await takeDocumentNumber(w, 'BC', deskNo, moment.businessDate)
  const id = await insertCompensation(w, {
    number,
    settlementId: settlement.id,
    complaintId: complaint.id,
    caseId,
    item,
    paidHow: item.payHow,
    currency,
    businessDate: moment.businessDate,
    at: moment.at,
    by: moment.actorId,
  })
  const moved =
    item.payHow === 'voucher'
      ? await giveVoucher(w, call, moment, { complaint, item, holder, number, id, currency })
      : await tellPos(w, call, moment, { complaint, item, number, id, currency })
  const data = {
    compensation: number,
    item: item.kind,
    amount: item.amount,
    currency,
    party: item.borneBy,
    paidHow: item.payHow,
  }
  const text = formatMoney(item.amount, currency, call.profile.language)
  await addEvent(w, moment, caseId, 'compensation_paid', { number, ...data, text })
  await record(w, call, 'settlements.pay', { type: 'compensation', id: number }, data)
  return {
    proof: { proofType: 'compensation', proofId: id, proofNumber: number },
    paid: { compensation: { id, number }, ...moved },
  }
}

interface Movement {
  complaint: Complained
  item: PaidItem
  id: number
  number: string
  currency: string
}

async function tellPos(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  { complaint, item, id, number, currency }: Movement,
) {
  const { payHow, amount } = item
  if (payHow === 'voucher') throw new Error('a voucher is not told to the POS')
  const { number: instruction } = await raiseInstruction(w, call, moment, {
    kind: 'pay_out',
    source: { type: 'compensation', id, number },
    caseId: complaint.caseId,
    receiptId: complaint.receiptId,
    tender: { kind: payHow, label: '', reference: '' },
    amount,
    currency,
  })
  return { instruction, voucher: null }
}

async function giveVoucher(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  movement: Movement & { holder: { name: string; phone: string } | null },
) {
  const { complaint, item, id, number, currency, holder } = movement
  const voucher = await issueVoucher(w, call, moment, {
    source: { type: 'goodwill', id: null, number },
    caseId: complaint.caseId,
    amount: item.amount,
    currency,
    holder,
    customerId: complaint.customerId,
    reason: number,
  })
  await writeCompensationVoucher(w, id, voucher.id)
  return { instruction: null, voucher }
}

/**
 * Takes an execution back, and its payment with it: refused once the POS has paid (`instructions.already_settled`), and
 * for a voucher until that one is void (`settlements.voucher_stands`).
 */
export async function undo(w: WriteHandle, call: Call, input: Inputs['undo']) {
  const moment = momentOf(call)
  const { settlement, state } = await requireStep(w, input, 'undo')
  const item = await requireItem(w, settlement, input.itemId)
  const done = (await listExecutions(w, settlement.id)).find(({ itemId }) => itemId === item.id)
  if (!done) refuse('settlements.not_done')
  const { reason } = input
  const voided = { at: moment.at, by: moment.actorId, reason }
  const paid = await findPaid(w, item.id)
  if (paid) {
    if (paid.voucher && (await findVoucherState(w, paid.voucher.id)) !== 'void') {
      refuse('settlements.voucher_stands', { number: paid.voucher.number })
    }
    const source = { type: 'compensation' as const, id: paid.id }
    await cancelInstructions(w, call, moment, source, reason)
    await writeVoided(w, 'compensation', paid.id, voided)
    const { number, amount, currency } = paid
    await addEvent(w, moment, settlement.caseId, 'compensation_voided', {
      number,
      amount,
      currency,
      reason,
    })
    const subject = { type: 'compensation', id: number }
    await record(w, call, 'settlements.void_compensation', subject, { amount, currency, reason })
  }
  await writeVoided(w, 'settlement_execution', done.id, voided)
  return takeStep(w, call, moment, settlement, {
    state,
    columns: { closed_at: null, closed_by: null },
    kind: 'settlement_item_undone',
    data: { item: item.kind, what: item.what, text: done.proofNumber, reason },
  })
}
