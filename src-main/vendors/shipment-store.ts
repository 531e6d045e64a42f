import type { ShipmentTable } from '../database/schema.ts'
import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'

function selectShipments(r: ReadHandle) {
  return r
    .selectFrom('shipment')
    .innerJoin('operator', 'operator.id', 'shipment.recorded_by')
    .select([
      'shipment.id',
      'shipment.case_id as caseId',
      'shipment.direction',
      'shipment.carrier',
      'shipment.waybill',
      'shipment.goods',
      'shipment.sent_on as sentOn',
      'operator.name as recordedBy',
      'shipment.arrived_on as arrivedOn',
      'shipment.arrival_note as arrivalNote',
    ])
}

export function listShipments(r: ReadHandle, caseId: number) {
  return selectShipments(r).where('shipment.case_id', '=', caseId).orderBy('shipment.id').execute()
}

export function findShipment(r: ReadHandle, id: number) {
  return selectShipments(r).where('shipment.id', '=', id).executeTakeFirst()
}

/** Parcels by the number on them, newest first. */
export function findByWaybill(r: ReadHandle, waybill: string) {
  return selectShipments(r)
    .where('shipment.waybill', '=', waybill)
    .orderBy('shipment.id', 'desc')
    .limit(20)
    .execute()
}

/** @returns undefined where this parcel stands in the case already. */
export async function insertShipment(
  w: WriteHandle,
  shipment: {
    caseId: number
    direction: ShipmentTable['direction']
    carrier: string
    waybill: string
    goods: string
    sentOn: string
    at: string
    by: number
  },
): Promise<number | undefined> {
  try {
    const { id } = await w
      .insertInto('shipment')
      .values({
        case_id: shipment.caseId,
        direction: shipment.direction,
        carrier: shipment.carrier,
        waybill: shipment.waybill,
        goods: shipment.goods,
        sent_on: shipment.sentOn,
        recorded_at: shipment.at,
        recorded_by: shipment.by,
        arrived_on: null,
        arrived_by: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    if (isUniqueViolation(error)) return undefined
    throw error
  }
}

/** @returns false where it had arrived already. */
export async function writeArrived(
  w: WriteHandle,
  arrived: { id: number; on: string; by: number; note: string },
): Promise<boolean> {
  const result = await w
    .updateTable('shipment')
    .set({ arrived_on: arrived.on, arrived_by: arrived.by, arrival_note: arrived.note })
    .where('id', '=', arrived.id)
    .where('arrived_on', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
