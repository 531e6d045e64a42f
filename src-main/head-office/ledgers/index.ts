import { carrierClaims } from './carrier-claim-store.ts'
import { cases } from './case-store.ts'
import { chargeBacks } from './charge-back-store.ts'
import { compensations, compensationVoids } from './compensation-store.ts'
import { dayCloses, reopenings } from './day-close-store.ts'
import { exchanges, exchangeVoids } from './exchange-store.ts'
import { goodwill } from './goodwill-store.ts'
import { refunds, refundVoids } from './refund-store.ts'
import { repairFees } from './repair-fee-store.ts'
import type { Source } from './source-store.ts'
import { vouchers } from './voucher-store.ts'

/** What the book is filled from, in this order; the names stand in `head_office_progress`. */
export const sources: Readonly<Record<string, Source>> = {
  refunds,
  refundVoids,
  exchanges,
  exchangeVoids,
  vouchers,
  compensations,
  compensationVoids,
  goodwill,
  chargeBacks,
  carrierClaims,
  repairFees,
  cases,
  dayCloses,
  reopenings,
}
