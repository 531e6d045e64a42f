export { compensationOf, rightsOf, shownOf, sumUnapprovedToday, summaryOf } from './authority.ts'
export { describeReturn } from './describe.ts'
export { reckonReturn, type ReturnQuote } from './quote.ts'
export { readReturn, requireTillReturnsSeen } from './returned.ts'
export { type CarriedShare, type PayBack, settleCredit, type Settlement } from './rules.ts'
export {
  caseOf,
  claimFromCarrier,
  noteApproval,
  payCustomer,
  voidReturn,
  writeReturn,
  writtenDecision,
} from './write.ts'
export { refundSlipFacts } from './facts.ts'
export { refundsHandlers } from './service.ts'
export { findRefundSale, listUnitsOfReturn } from './store.ts'
export { requireVoucherLawful } from './vouchers.ts'
