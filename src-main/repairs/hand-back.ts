import type { z } from 'zod'
import { requireApproval, subjectHash } from '../approvals/index.ts'
import { appendAudit, record } from '../audit/index.ts'
import { addEvent, type Moment, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import type { repairsContract } from './contract.ts'
import { dueOfItems } from './account.ts'
import { attachAll } from './evidence.ts'
import { insertHandBack } from './hand-store.ts'
import { drawPickupCode, readPickupCode } from './pickup-code.ts'
import {
  countWrongCode,
  erasePrivateNotes,
  listAccessories,
  listItems,
  type RepairItemRecord,
  type RepairRecord,
  writeAccessoriesReturned,
} from './store.ts'
import {
  changeRepair,
  followUp,
  openWork,
  requireRepair,
  requireSeenRepair,
  takeStep,
} from './ticket.ts'

type HandBackAsk = z.output<NonNullable<(typeof repairsContract.handBack)['~orpc']['inputSchema']>>

/** Wrong codes after which only a manager can hand goods back: somebody is guessing. */
const mostWrongCodes = 5

const scopes = ['repairs', 'cases', 'rights', 'instructions', 'approvals'] as const

export const handBackHandlers: Pick<
  RoomHandlers<typeof repairsContract>,
  'handBack' | 'handBackApproval' | 'renewCode'
> = {
  handBack: command(scopes, handBack),

  handBackApproval: query(async (r, _call, { repairId, itemIds }) => {
    const repair = await requireRepair(r, repairId)
    const items = await requireReady(r, repair, itemIds)
    const goods = items.map(({ name }) => name).join('、')
    return { ...(await questionOf(r, repair, items)), summary: `${repair.number} · ${goods}` }
  }),

  renewCode: command(['repairs', 'cases'], async (w, call, input) => {
    const repair = await requireSeenRepair(w, input)
    const { number, caseId } = repair
    if (repair.state === 'closed') refuse('repairs.closed', { number })
    const { reason } = input
    await addEvent(w, momentOf(call), caseId, 'repair_code_renewed', { number, reason })
    await record(w, call, 'repairs.renew_code', { type: 'repair', id: number }, { reason })
    const columns = { pickup_code: drawPickupCode(), wrong_codes: 0 }
    return { version: await changeRepair(w, repair, columns) }
  }),
}

/**
 * Gives ready goods back: against the pickup code, or an identity and a manager's approval. Private notes are erased.
 * Refuses goods that are not ready, a wrong code (which is counted and audited), and an accessory nobody accounts for.
 */
async function handBack(w: WriteHandle, call: Call, input: HandBackAsk) {
  const moment = momentOf(call)
  const repair = await requireSeenRepair(w, input)
  const items = await requireReady(w, repair, input.itemIds)
  const { taker } = input
  if (input.signature === null && !input.signedOnPaper) refuse('repairs.needs_signature')
  if (taker.whom !== 'self' && taker.phone === '') refuse('repairs.taker_phone')
  const proven = await proveTaker(w, call, moment, { repair, items, input })
  const accessories = await listAccessories(w, input.itemIds)
  const missing = new Set(input.missingAccessoryIds)
  await insertHandBack(w, {
    repairId: repair.id,
    at: moment.at,
    businessDate: moment.businessDate,
    by: moment.actorId,
    ...proven,
    ...taker,
    signature: input.signature,
    signedOnPaper: input.signedOnPaper,
    itemIds: items.map(({ id }) => id),
  })
  await attachAll(w, call, moment, {
    repair,
    files: [input.signature],
    role: 'signature',
    label: taker.name,
  })
  const given = accessories.filter(({ id }) => !missing.has(id))
  await writeAccessoriesReturned(
    w,
    given.map(({ id }) => id),
    moment.at,
  )
  const erased = await erasePrivateNotes(w, input.itemIds, moment.at)
  for (const item of items) {
    const work = await openWork(w, call, { itemId: item.id, version: item.version })
    await takeStep(work, 'hand_back', {
      columns: { ended_on: moment.today },
      movement: { holder: 'customer', holderName: taker.name, holderContact: taker.phone },
      event: 'repair_handed_back',
      data: { to: taker.name, whom: taker.whom, proof: proven.proof },
      audit: {
        outcome: item.outcome,
        approvalId: proven.approvalId,
        signature: input.signature,
        signedOnPaper: input.signedOnPaper,
        missing: accessories
          .filter(({ id, itemId }) => itemId === item.id && missing.has(id))
          .map(({ name }) => name),
        notesErased: erased,
      },
    })
  }
  await changeRepair(w, repair)
  return followUp(w, call, moment, repair.id)
}

async function requireReady(
  r: ReadHandle,
  repair: RepairRecord,
  itemIds: readonly number[],
): Promise<RepairItemRecord[]> {
  const items = await listItems(r, [repair.id])
  return [...new Set(itemIds)].map((itemId) => {
    const item = items.find(({ id }) => id === itemId)
    if (!item) refuse('repairs.unknown_item')
    if (item.reception !== 'ready') {
      refuse('repairs.not_ready', { name: item.name, state: item.reception })
    }
    return item
  })
}

/** What shows that the taker may have the goods: the code, or a manager in person or by an approval. */
interface Proof {
  proof: 'code' | 'manager'
  approvalId: number | null
}

async function proveTaker(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  asked: { repair: RepairRecord; items: readonly RepairItemRecord[]; input: HandBackAsk },
): Promise<Proof> {
  const { repair, items, input } = asked
  if (input.code !== null) {
    requireCode(call, moment, repair, input.code)
    return { proof: 'code', approvalId: null }
  }
  if (input.taker.identity === '') refuse('repairs.needs_identity')
  const approval = await requireApproval(w, call, moment, {
    ...(await questionOf(w, repair, items)),
    approvalIds: input.approvalIds,
    usedFor: { type: 'repair', id: repair.number },
  })
  return { proof: 'manager', approvalId: approval?.approvalId ?? null }
}

async function questionOf(r: ReadHandle, repair: RepairRecord, items: readonly RepairItemRecord[]) {
  const itemIds = items.map(({ id }) => id)
  return {
    kinds: ['abnormal' as const],
    atLeast: 'floor_manager' as const,
    amount: await dueOfItems(r, items),
    currency: repair.currency,
    subject: {
      type: 'repair_hand_back',
      id: String(repair.id),
      hash: subjectHash({ repair: repair.number, items: itemIds }),
    },
  }
}

function requireCode(call: Call, moment: Moment, repair: RepairRecord, typed: string): void {
  const { number, id } = repair
  if (repair.wrongCodes >= mostWrongCodes) refuse('repairs.code_locked', { number })
  const code = readPickupCode(typed)
  // A slip of the finger does not pass the check character: nobody guessed.
  if (code === null) refuse('repairs.code_mistyped')
  if (code === repair.pickupCode) return
  call.whenRefused(['repairs'], async (w) => {
    await countWrongCode(w, id)
    await appendAudit(w, {
      at: moment.at,
      actorId: moment.actorId,
      action: 'repairs.wrong_code',
      subjectType: 'repair',
      subjectId: number,
      data: {},
    })
  })
  refuse('repairs.wrong_code', { number, left: mostWrongCodes - repair.wrongCodes - 1 })
}
