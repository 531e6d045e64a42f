import type { RoomHandlers } from '../handlers.ts'
import { caseHandlers } from './case-view.ts'
import { claimHandlers } from './claims.ts'
import type { vendorsContract } from './contract.ts'
import { ledgerHandlers } from './ledger.ts'
import { noticeHandlers } from './notice.ts'
import { registerHandlers } from './register.ts'
import { shipmentHandlers } from './shipments.ts'

export { deductionListFacts, faultSheetFacts, vendorNoticeFacts } from './facts.ts'

export const vendorsHandlers: RoomHandlers<typeof vendorsContract> = {
  ...registerHandlers,
  ...caseHandlers,
  ...claimHandlers,
  ...ledgerHandlers,
  ...noticeHandlers,
  ...shipmentHandlers,
}
