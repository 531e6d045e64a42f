export { refusalSlipFacts } from './facts.ts'
export { type FrozenLine, type FrozenRights } from './frozen.ts'
export { rightsHandlers } from './handlers.ts'
export { readFrozen } from './service.ts'
