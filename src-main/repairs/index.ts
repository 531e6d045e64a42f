/** Goods in repair: what other rooms ask of them. */
export { repairRecordsOf, repairsOfSale } from './history.ts'
export { endRepairsBy, repairsEndedBy, resumeRepairsOf, unitsInRepair } from './in-repair.ts'
export { owedFor } from './decision.ts'
export { repairFacts } from './facts.ts'
export { goodsAsked } from './intake.ts'
export { countRepairs } from './counts.ts'
export { countLoansOut } from './hand-store.ts'
export { repairsHandlers } from './service.ts'
