import { momentOf } from '../cases/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { nextState } from '../foundation/state-machine.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import { requireSigner } from '../staff/index.ts'
import {
  denyApproval,
  escalateApproval,
  findCurrent,
  grantApproval,
  isExpired,
  isWaiting,
  mayEscalate,
  offerSubject,
  renewApproval,
  requestApproval,
  requireKnown,
  requireSeen,
  validUntil,
  withdrawApproval,
} from './approve.ts'
import type { approvalsContract } from './contract.ts'
import {
  giveGoodwill,
  goodwillOfToday,
  goodwillSubject,
  kindsOfGift,
  recordOffer,
} from './goodwill.ts'
import {
  changeMatrix,
  limitsFor,
  listApprovers,
  maySign,
  readMatrices,
  readMatrix,
  refuseMachine,
  type StoreMatrix,
} from './limits.ts'
import { approvalMachine, nextRole, rankOf } from './rules.ts'
import { decideCase, openTop } from './top.ts'
import {
  type ApprovalRecord,
  listApprovalEvents,
  listHistory,
  listMine,
  listOffers,
  listWaiting,
} from './store.ts'

/** An approval with what its reader may do with it now. */
function viewOf(call: Call, approval: ApprovalRecord, matrix: StoreMatrix) {
  const { actor } = call
  const isOwn = approval.requestedBy.id === actor.id
  const maySettle =
    !isOwn &&
    call.may('approvals.decide') &&
    isWaiting(approval) &&
    maySign(actor.role, approval.level, approval, matrix)
  const top = approval.decidedRole ?? approval.level
  const hasAbove =
    nextRole(rankOf(top) > rankOf(approval.level) ? top : approval.level) !== undefined
  const expired = isExpired(call, approval, call.today)
  return {
    ...approval,
    validUntil: validUntil(call, approval),
    expired,
    may: {
      renew: isOwn && expired,
      grant: maySettle,
      deny: maySettle,
      escalate:
        hasAbove &&
        nextState(approvalMachine, approval.state, 'escalate') !== undefined &&
        mayEscalate(approval, actor),
      withdraw:
        isOwn &&
        approval.subject.type !== offerSubject &&
        nextState(approvalMachine, approval.state, 'void') !== undefined,
    },
  }
}

async function viewNow(r: ReadHandle, call: Call, approval: ApprovalRecord) {
  return viewOf(call, approval, await readMatrix(r, call))
}

async function viewAll(r: ReadHandle, call: Call, approvals: readonly ApprovalRecord[]) {
  const matrix = await readMatrix(r, call)
  return approvals.map((each) => viewOf(call, each, matrix))
}

async function listForMe(r: ReadHandle, call: Call) {
  const waiting = await viewAll(r, call, await listWaiting(r))
  return waiting.filter((each) => each.may.grant)
}

/** Who decides sees everybody's; who does not, their own. */
function ownOnly(call: Call): number | undefined {
  return call.may('approvals.decide') ? undefined : call.actor.id
}

/** Signs and grants: the PIN is checked before the transaction, which cannot wait for a slow hash. */
async function sign(
  call: Call,
  approvalId: number,
  signature: { code: string; pin: string; note: string; version?: number },
) {
  await call.store.read((r) => requireKnown(r, approvalId))
  const { id } = await requireSigner(call, signature.code, signature.pin)
  const granted = await call.commit(async (w) => {
    const approval =
      signature.version === undefined
        ? await requireKnown(w, approvalId)
        : await requireSeen(w, { approvalId, version: signature.version })
    const after = await grantApproval(w, call, approval, { id, note: signature.note })
    return viewNow(w, call, after)
  })
  call.announce('approvals', 'cases')
  return granted
}

function grantable(waiting: readonly { may: { grant: boolean } }[]): number {
  return waiting.filter(({ may }) => may.grant).length
}

/** How many approvals the caller could decide now. */
export async function countForMe(r: ReadHandle, call: Call): Promise<number> {
  return grantable(await viewAll(r, call, await listWaiting(r)))
}

export const approvalsHandlers: RoomHandlers<typeof approvalsContract> = {
  caseTop: query((r, call, { caseId }) => openTop(r, call, caseId)),

  decideCase: task(decideCase),

  matrix: query((r, call) => readMatrix(r, call)),

  matrixHistory: query((r, call) => readMatrices(r, call)),

  changeMatrix: command(['approvals'], changeMatrix),

  limits: query(limitsFor),

  request: command(['approvals', 'cases'], async (w, call, input) => {
    const approval = await requestApproval(w, call, momentOf(call), input)
    return viewNow(w, call, approval)
  }),

  renew: command(['approvals', 'cases'], async (w, call, input) => {
    const before = await requireSeen(w, input)
    return viewNow(w, call, await renewApproval(w, call, momentOf(call), before))
  }),

  current: query(async (r, call, input) => {
    const approval = await findCurrent(r, call, input)
    return approval ? viewNow(r, call, approval) : null
  }),

  sign: task((call, input) => sign(call, input.approvalId, { ...input, note: '' })),

  grant: task((call, input) => {
    refuseMachine(call)
    return sign(call, input.approvalId, { ...input, code: call.actor.code })
  }),

  deny: command(['approvals', 'cases'], async (w, call, input) =>
    denyApproval(w, call, await requireSeen(w, input), input.reason),
  ),

  escalate: command(['approvals', 'cases'], async (w, call, input) =>
    escalateApproval(w, call, await requireSeen(w, input), input.reason),
  ),

  withdraw: command(['approvals'], async (w, call, input) =>
    withdrawApproval(w, call, await requireSeen(w, input), input.reason),
  ),

  open: query(async (r, call, input) => {
    const approval = await requireKnown(r, input.approvalId)
    return {
      ...(await viewNow(r, call, approval)),
      events: await listApprovalEvents(r, approval.id),
      approvers: isWaiting(approval)
        ? await listApprovers(r, call, approval, approval.level, approval.requestedBy.id)
        : [],
    }
  }),

  list: query(async (r, call, { view, before }) => {
    if (view === 'for_me') return listForMe(r, call)
    const found =
      view === 'mine'
        ? await listMine(r, call.actor.id, call.today)
        : await listHistory(r, { before, requestedBy: ownOnly(call) })
    return viewAll(r, call, found)
  }),

  counts: query(async (r, call) => {
    const waiting = await viewAll(r, call, await listWaiting(r))
    return {
      forMe: grantable(waiting),
      mine: waiting.filter(
        (each) => each.requestedBy.id === call.actor.id && each.subject.type !== offerSubject,
      ).length,
    }
  }),

  recordOffer: command(['approvals', 'cases'], recordOffer),

  offers: query((r, call, input) =>
    listOffers(r, {
      ...input,
      before: input.before,
      caseId: input.caseId,
      // What was offered in a case is part of its story, which everybody reads.
      ofOperator: input.caseId === undefined ? ownOnly(call) : undefined,
    }),
  ),

  goodwill: query(goodwillOfToday),

  giveGoodwill: command(['approvals', 'cases'], giveGoodwill),

  goodwillSubject: query(async (r, call, input) => ({
    ...goodwillSubject(call, input),
    kinds: await kindsOfGift(r, input),
  })),
}
