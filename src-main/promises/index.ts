export { promisesHandlers } from './service.ts'
export { countPromises, listDueBetween } from './store.ts'
export { complaintSlipFacts } from './slip-facts.ts'
