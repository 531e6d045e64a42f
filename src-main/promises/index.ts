export { promisesHandlers } from './service.ts'
export { countPromises } from './store.ts'
export { promiseListFacts } from './list-facts.ts'
export { complaintSlipFacts } from './slip-facts.ts'
