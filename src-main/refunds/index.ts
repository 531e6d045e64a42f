export { readReturn } from './returned.ts'
export { refundSlipFacts } from './facts.ts'
export { refundsHandlers } from './service.ts'
