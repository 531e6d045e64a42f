export { refusalSlipFacts } from './facts.ts'
export { type FrozenLine, type FrozenRights } from './frozen.ts'
export { rightsHandlers } from './handlers.ts'
export { decideUnits, readFrozen, writeFrozen } from './service.ts'
