import type { ReadHandle } from '../database/store.ts'
import { businessDateOf } from '../foundation/business-date.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import type { SaleStopFacts } from './document.ts'
import { requireStop } from './notices.ts'

/** What the notice of goods out of sale says. */
export async function saleStopFacts(
  r: ReadHandle,
  call: Call,
  stopId: number,
): Promise<SaleStopFacts> {
  const stop = await requireStop(r, stopId)
  const dayOf = (at: string | null) => (at ? businessDateOf(new Date(at), call.profile) : '')
  return {
    frame: frameOf(call),
    number: stop.number,
    copy: 0,
    goods: stop.goods,
    barcode: stop.barcode,
    brand: stop.brand,
    model: stop.model,
    batchNo: stop.batchNo,
    reason: stop.reason,
    effectiveOn: stop.effectiveOn,
    issuedBy: stop.issuedBy,
    issuedOn: stop.businessDate,
    incident: stop.incident?.number ?? '',
    lifted: stop.liftedAt ? { on: dayOf(stop.liftedAt), reason: stop.liftReason } : null,
    counters: stop.counters.map(({ counter, person, units, acknowledgedAt }) => ({
      counter,
      person,
      units,
      on: dayOf(acknowledgedAt),
    })),
  }
}
