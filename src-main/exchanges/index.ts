export { exchangeSlipFacts } from './facts.ts'
export { handoverFormFacts } from './handover/facts.ts'
export { handoversHandlers } from './handover/service.ts'
export { exchangesHandlers } from './service.ts'
