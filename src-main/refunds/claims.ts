import { record } from '../audit/index.ts'
import { addEvent, type Moment, momentOf } from '../cases/index.ts'
import type { WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState, type StateMachine } from '../foundation/state-machine.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import {
  type CarrierClaim,
  closeClaim,
  findClaim,
  findClaimOfRefund,
  insertClaim,
  listOpenClaims,
} from './claim-store.ts'
import type { refundsContract } from './contract.ts'

/** The store advances what a carrier owes; the claim is open until he pays or it is given up (domain.md §3.1 row 10). */
export const claimMachine: StateMachine<CarrierClaim['state'], 'settle' | 'drop'> = {
  initial: 'open',
  states: ['open', 'settled', 'dropped'],
  transitions: [
    { from: 'open', action: 'settle', to: 'settled', needs: ['amount received'] },
    { from: 'open', action: 'drop', to: 'dropped', needs: ['reason'] },
  ],
}

export async function openClaim(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  claim: {
    refundId: number
    caseId: number
    number: string
    currency: string
    carrier: string
    waybill: string
    freight: number
    goods: number
  },
): Promise<void> {
  const { caseId, number, carrier, currency, freight, goods } = claim
  const { at, today: on, actorId: by } = moment
  await insertClaim(w, { ...claim, on, at, by })
  const data = { number, carrier, currency, freight, goods }
  await addEvent(w, moment, caseId, 'carrier_claim_opened', data)
  await record(w, call, 'refunds.open_claim', { type: 'refund', id: number }, data)
}

/** A slip declared void owes nothing any more, so nobody claims it either. */
export async function dropClaim(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  refundId: number,
  reason: string,
): Promise<void> {
  const claim = await findClaimOfRefund(w, refundId)
  if (claim?.state !== 'open') return
  await close(w, call, moment, claim, { outcome: 'dropped', receivedAmount: 0, note: reason })
}

async function close(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  claim: CarrierClaim,
  input: { outcome: 'settled' | 'dropped'; receivedAmount: number; note: string },
): Promise<void> {
  const action = input.outcome === 'settled' ? 'settle' : 'drop'
  const state = nextState(claimMachine, claim.state, action)
  if (state === undefined || state === 'open') refuse('refunds.claim_closed')
  const received = state === 'settled' ? input.receivedAmount : null
  const closed = { state, at: moment.at, by: moment.actorId, received, note: input.note }
  if (!(await closeClaim(w, claim, closed))) refuse('desk.changed_meanwhile')
  const { refundNumber: number, currency } = claim
  const data = { number, state, currency, received: received ?? 0, note: input.note }
  await addEvent(w, moment, claim.caseId, 'carrier_claim_closed', data)
  await record(w, call, 'refunds.close_claim', { type: 'refund', id: number }, data)
}

export const claimsHandlers: Pick<
  RoomHandlers<typeof refundsContract>,
  'claims' | 'settleClaim'
> = {
  claims: query((r) => listOpenClaims(r)),

  settleClaim: command(['refunds', 'cases'], async (w, call, input) => {
    const claim = await findClaim(w, input.claimId)
    if (!claim) refuse('refunds.unknown_claim')
    if (claim.state !== 'open') refuse('refunds.claim_closed')
    if (claim.version !== input.version) refuse('desk.changed_meanwhile')
    if (input.outcome === 'settled' && input.receivedAmount === 0) {
      refuse('refunds.claim_needs_amount')
    }
    if (input.outcome === 'dropped' && input.note === '') refuse('refunds.claim_needs_reason')
    await close(w, call, momentOf(call), claim, input)
    return { version: claim.version + 1 }
  }),
}
