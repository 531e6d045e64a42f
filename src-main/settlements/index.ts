export { apologyLetterFacts, settlementSlipFacts } from './facts.ts'
export { listSettlementMessages } from './messages.ts'
export { settlementsHandlers } from './service.ts'
