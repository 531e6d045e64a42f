export { ruleSetOf } from './rule-sets.ts'
export { policyHandlers } from './service.ts'
