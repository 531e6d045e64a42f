export { refundSlipFacts } from './facts.ts'
export { refundsHandlers } from './service.ts'
