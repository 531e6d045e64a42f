import { record } from '../audit/index.ts'
import { addEvent, momentOf } from '../cases/index.ts'
import { refuse } from '../foundation/errors.ts'
import { command, query, type RoomHandlers } from '../handlers.ts'
import type { vendorsContract } from './contract.ts'
import { findCaseMoney } from './cost-store.ts'
import { findByWaybill, findShipment, insertShipment, writeArrived } from './shipment-store.ts'

export const shipmentHandlers: Pick<
  RoomHandlers<typeof vendorsContract>,
  'ship' | 'arrive' | 'findShipments'
> = {
  ship: command(['vendors', 'cases'], async (w, call, input) => {
    const { caseId, direction, carrier, waybill, goods, sentOn } = input
    if (!(await findCaseMoney(w, caseId))) refuse('cases.unknown_case')
    if (sentOn > call.today) refuse('vendors.sent_tomorrow')
    const moment = momentOf(call)
    const id = await insertShipment(w, { ...input, at: moment.at, by: moment.actorId })
    if (id === undefined) refuse('vendors.shipped_before', { waybill })
    const data = { direction, carrier, waybill, goods, sentOn }
    await addEvent(w, moment, caseId, 'goods_shipped', data)
    await record(w, call, 'vendors.ship', { type: 'shipment', id: waybill }, data)
    return { id }
  }),

  arrive: command(['vendors', 'cases'], async (w, call, { shipmentId, arrivedOn, note }) => {
    const found = (await findShipment(w, shipmentId)) ?? refuse('vendors.unknown_shipment')
    if (arrivedOn < found.sentOn || arrivedOn > call.today) refuse('vendors.arrival_day')
    const moment = momentOf(call)
    const arrived = { id: shipmentId, on: arrivedOn, by: moment.actorId, note }
    if (!(await writeArrived(w, arrived))) refuse('vendors.arrived_before')
    const { direction, carrier, waybill, caseId } = found
    const data = { direction, carrier, waybill, arrivedOn, note }
    await addEvent(w, moment, caseId, 'goods_arrived', data)
    await record(w, call, 'vendors.arrive', { type: 'shipment', id: waybill }, data)
    return { id: shipmentId }
  }),

  findShipments: query((r, _call, { waybill }) => findByWaybill(r, waybill)),
}
