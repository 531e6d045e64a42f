export { giveBackToVouchers, vouchersOf, withdrawVouchers } from './give-back.ts'
export { requireWithinCaps } from './law.ts'
export { issueVoucher, redeemVoucher, undoRedemptionsOf, voucherOf } from './ledger.ts'
export { vouchersHandlers } from './service.ts'
