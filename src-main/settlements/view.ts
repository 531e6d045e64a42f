import { findOpenRisks, requireComplained } from '../cases/index.ts'
import { type ApproverRole, rankOf } from '../approvals/rules.ts'
import type { ReadHandle } from '../database/store.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { type SettlementAction, settlementMachine, totalOf, totalsOf } from './rules.ts'
import {
  findFound,
  listAnswers,
  listDocuments,
  listExecutions,
  listItems,
  listLedger,
  listLedgerOf,
  listLetters,
  listMonths,
  listOptions,
  listPeople,
  listSettlements,
  listUnderWay,
  type SettlementRecord,
} from './store.ts'
import { timerOf } from './timer.ts'

/** Whether the case carries a risk: whatever is settled in it goes to the top. */
export async function isAtRisk(r: ReadHandle, caseId: number): Promise<boolean> {
  const about = { receiptId: null, customerId: null, caseId }
  return (await findOpenRisks(r, about)).length > 0
}

/** Whether somebody reaches the level a second no has brought a settlement to. */
export function reaches(role: ApproverRole | 'system', level: ApproverRole): boolean {
  return role !== 'system' && rankOf(role) >= rankOf(level)
}

async function viewOf(r: ReadHandle, call: Call, of: SettlementRecord, isOpen: boolean) {
  const items = await listItems(r, of.id)
  const done = new Map((await listExecutions(r, of.id)).map((each) => [each.itemId, each]))
  const options = (await listOptions(r, of.id)).map((option) => {
    const own = items.filter(({ optionId }) => optionId === option.id)
    return {
      ...option,
      total: totalOf(own),
      agreed: option.id === of.optionId,
      items: own.map(({ optionId: _optionId, ...item }) => {
        const execution = done.get(item.id)
        if (!execution) return { ...item, execution: null }
        const { id: _id, itemId: _itemId, ...shown } = execution
        return { ...item, execution: shown }
      }),
    }
  })
  const agreed = options.find((option) => option.agreed)
  const may = (action: SettlementAction) =>
    isOpen &&
    call.may('complaints.record') &&
    nextState(settlementMachine, of.state, action) !== undefined
  const {
    complaintId: _c,
    caseId,
    optionId: _o,
    executorId,
    executorName,
    promisedAt,
    ...told
  } = of
  const { proposerRole: _p, approverRole: _a, ...shown } = told
  return {
    ...shown,
    options,
    answers: await listAnswers(r, of.id),
    executor: executorId === null ? null : { id: executorId, name: executorName ?? '' },
    timer: await timerOf(r, call, {
      caseId,
      promisedAt,
      agreedAt: of.agreedAt,
      closedAt: of.closedAt,
      state: of.state,
      kinds: agreed?.items.map(({ kind }) => kind) ?? [],
    }),
    may: {
      propose: may('propose') && reaches(call.actor.role, of.level),
      answer: may('accept'),
      execute: may('execute'),
      giveUp: may('give_up'),
      void: may('void') && done.size === 0,
      undo: may('undo') && done.size > 0 && call.may('instructions.manage'),
    },
  }
}

/** How a complaint is settled, as its page shows it. */
export async function readSettlements(r: ReadHandle, call: Call, complaintId: number) {
  const complaint = await requireComplained(r, complaintId)
  const { caseId, isOpen } = complaint
  const settlements = []
  for (const each of await listSettlements(r, complaintId)) {
    settlements.push(await viewOf(r, call, each, isOpen))
  }
  return {
    caseId,
    complaintNumber: complaint.number,
    open: isOpen,
    currency: call.profile.currency,
    customerName: complaint.customerName,
    ready: (await findFound(r, complaintId))?.decided ?? false,
    atRisk: await isAtRisk(r, caseId),
    settlements,
    documents: await listDocuments(r, caseId),
    letters: (await listLetters(r, complaintId)).map(
      ({ complaintId: _c, caseId: _case, ...letter }) => letter,
    ),
    ledger: await listLedgerOf(r, complaintId),
    executors: (await listPeople(r)).map(({ id, name }) => ({ id, name })),
  }
}

/** What was agreed and is not carried out, the most urgent first. */
export async function readUnderWay(r: ReadHandle, call: Call) {
  const rows = []
  for (const each of await listUnderWay(r)) {
    const items = (await listItems(r, each.id)).filter(({ optionId }) => optionId === each.optionId)
    const done = await listExecutions(r, each.id)
    const timer = await timerOf(r, call, { ...each, kinds: items.map(({ kind }) => kind) })
    if (!timer) continue
    rows.push({
      settlementId: each.id,
      number: each.number,
      complaintId: each.complaintId,
      complaintNumber: each.complaintNumber,
      title: each.title,
      executor: each.executorName ?? '',
      left: items.length - done.length,
      of: items.length,
      timer,
    })
  }
  return rows.toSorted((a, b) => a.timer.dueAt.localeCompare(b.timer.dueAt))
}

/** Months of the ledger that are listed. */
const monthsShown = 12

/** The compensations of a month and who bears them; what was taken back counts for nothing. */
export async function readLedger(r: ReadHandle, call: Call, asked: string | null) {
  const month = asked ?? call.today.slice(0, 7)
  const entries = await listLedger(r, month)
  return {
    month,
    currency: call.profile.currency,
    entries,
    ...totalsOf(entries),
    months: await listMonths(r, monthsShown),
  }
}
