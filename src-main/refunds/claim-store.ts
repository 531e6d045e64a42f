import type { ReadHandle, WriteHandle } from '../database/store.ts'

export interface CarrierClaim {
  id: number
  refundId: number
  refundNumber: string
  caseId: number
  carrier: string
  waybill: string
  currency: string
  freightAmount: number
  goodsAmount: number
  state: 'open' | 'settled' | 'dropped'
  openedOn: string
  receivedAmount: number | null
  note: string
  version: number
}

export async function insertClaim(
  w: WriteHandle,
  claim: {
    refundId: number
    caseId: number
    carrier: string
    waybill: string
    currency: string
    freight: number
    goods: number
    on: string
    at: string
    by: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('carrier_claim')
    .values({
      refund_id: claim.refundId,
      case_id: claim.caseId,
      carrier: claim.carrier,
      waybill: claim.waybill,
      currency: claim.currency,
      freight_amount: claim.freight,
      goods_amount: claim.goods,
      state: 'open',
      opened_on: claim.on,
      opened_at: claim.at,
      opened_by: claim.by,
      closed_at: null,
      closed_by: null,
      received_amount: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

function selectClaims(r: ReadHandle) {
  return r
    .selectFrom('carrier_claim')
    .innerJoin('refund', 'refund.id', 'carrier_claim.refund_id')
    .select([
      'carrier_claim.id',
      'carrier_claim.refund_id as refundId',
      'refund.number as refundNumber',
      'carrier_claim.case_id as caseId',
      'carrier_claim.carrier',
      'carrier_claim.waybill',
      'carrier_claim.currency',
      'carrier_claim.freight_amount as freightAmount',
      'carrier_claim.goods_amount as goodsAmount',
      'carrier_claim.state',
      'carrier_claim.opened_on as openedOn',
      'carrier_claim.received_amount as receivedAmount',
      'carrier_claim.note',
      'carrier_claim.version',
    ])
}

export function findClaim(r: ReadHandle, id: number): Promise<CarrierClaim | undefined> {
  return selectClaims(r).where('carrier_claim.id', '=', id).executeTakeFirst()
}

export function findClaimOfRefund(
  r: ReadHandle,
  refundId: number,
): Promise<CarrierClaim | undefined> {
  return selectClaims(r).where('carrier_claim.refund_id', '=', refundId).executeTakeFirst()
}

/** Claims that are still open, oldest first. */
export function listOpenClaims(r: ReadHandle): Promise<CarrierClaim[]> {
  return selectClaims(r)
    .where('carrier_claim.state', '=', 'open')
    .orderBy('carrier_claim.opened_on')
    .orderBy('carrier_claim.id')
    .execute()
}

/** @returns false when somebody else closed or changed the claim since `version`. */
export async function closeClaim(
  w: WriteHandle,
  claim: { id: number; version: number },
  closed: {
    state: 'settled' | 'dropped'
    at: string
    by: number
    received: number | null
    note: string
  },
): Promise<boolean> {
  const result = await w
    .updateTable('carrier_claim')
    .set({
      state: closed.state,
      closed_at: closed.at,
      closed_by: closed.by,
      received_amount: closed.received,
      note: closed.note,
      version: claim.version + 1,
    })
    .where('id', '=', claim.id)
    .where('version', '=', claim.version)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
