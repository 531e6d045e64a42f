export { apologyLetterFacts, settlementSlipFacts } from './facts.ts'
export { settlementsHandlers } from './service.ts'
