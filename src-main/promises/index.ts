export { promisesHandlers } from './service.ts'
export { countPromises } from './store.ts'
export { complaintSlipFacts } from './slip-facts.ts'
