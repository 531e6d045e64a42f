import type { WriteHandle } from '../../src-main/database/store.ts'
import { handOver } from '../../src-main/exchanges/give.ts'
import { findExchange } from '../../src-main/exchanges/store.ts'
import { businessDateOf } from '../../src-main/foundation/business-date.ts'
import type { Call } from '../../src-main/handlers.ts'
import { findProfile } from '../../src-main/settings/index.ts'
import { findOperator } from '../../src-main/staff/index.ts'
import { type DeskClient, managerSignature, type TestDesk } from './desk.ts'
import { addProduct, addReceipt, type SoldLine } from './sold.ts'

type Exchange = Parameters<DeskClient['exchanges']['record']>[0]

/** What an exchange is asked for, without what `record` wants beside the preview. */
export type ExchangeDraft = Omit<Exchange, 'expectedDifference'>

/** Sells lines for tenders that cover them. */
export function sellFor(
  test: TestDesk,
  receiptNo: string,
  lines: readonly SoldLine[],
  tenders: readonly (readonly [
    kind: 'cash' | 'wechat' | 'stored_value' | 'voucher',
    amount: number,
  ])[],
  businessDate = '2026-11-20',
) {
  return test.write(async (w) => {
    const sold = await addReceipt(w, { receiptNo, lines, businessDate })
    for (const [kind, amount] of tenders) {
      const tender = { receipt_id: sold.id, kind, label: '', amount }
      await w.insertInto('tender').values(tender).execute()
    }
    return { receiptId: sold.id, lineIds: sold.lineIds }
  })
}

/** Goods of the catalogue, by SKU. */
export async function stock(
  test: TestDesk,
  ...products: Parameters<typeof addProduct>[1][]
): Promise<Record<string, number>> {
  const ids: Record<string, number> = {}
  for (const product of products) {
    ids[product.sku] = await test.write((w) => addProduct(w, product))
  }
  return ids
}

/** Records an exchange as its preview reckons it, with the manager's signature where it goes beyond the clerk. */
export async function recordExchange(
  test: TestDesk,
  draft: ExchangeDraft,
  client: DeskClient = test.clerk.client,
) {
  const preview = await client.exchanges.preview(draft)
  const { needed, ...request } = preview.approval
  const approvalIds: number[] = []
  if (needed !== null) {
    const { id } = await client.approvals.request(request)
    await client.approvals.sign({ approvalId: id, ...managerSignature })
    approvalIds.push(id)
  }
  const { difference: expectedDifference } = preview
  const recorded = await client.exchanges.record({ ...draft, approvalIds, expectedDifference })
  return { ...recorded, preview }
}

/** The goods go out as the handover form gives them: in one transaction of the clerk, at the desk's time. */
export function giveOut(
  test: TestDesk,
  exchangeId: number,
  serials: readonly { lineId: number; unitNo: number; serialNo: string }[] = [],
) {
  return test.write(async (w) => {
    const call = await callOf(test, w)
    const exchange = await findExchange(w, exchangeId)
    if (!exchange) throw new Error(`no exchange ${exchangeId}`)
    const moment = {
      at: call.now().toISOString(),
      businessDate: businessDateOf(call.now(), call.profile),
      today: businessDateOf(call.now(), call.profile),
      actorId: call.actor.id,
    }
    return handOver(w, call, moment, exchange, { serials })
  })
}

/** What a step inside another room's transaction needs of a call. */
async function callOf(test: TestDesk, w: WriteHandle): Promise<Call> {
  const actor = await findOperator(w, test.clerk.id)
  const profile = await findProfile(w)
  if (!actor || !profile) throw new Error('the desk is not set up')
  const today = businessDateOf(test.now(), profile)
  return { actor, profile, today, bookedOn: today, now: () => test.now() } as unknown as Call
}
