export { listContactRules } from './card-store.ts'
export { mayContact } from './rules.ts'
export { customersHandlers } from './service.ts'
export { listFamily } from './store.ts'
