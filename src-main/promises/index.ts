export { promisesHandlers } from './service.ts'
export { complaintSlipFacts } from './slip-facts.ts'
