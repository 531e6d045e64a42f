export { isContent, requireRetention, requireSatisfaction, saysLeaving } from './closing.ts'
export { type Complained, requireComplained, requireOpenComplained } from './complained-store.ts'
export { listForMe, listSecondOf } from './file.ts'
export { casesHandlers } from './handlers.ts'
export { callManager } from './people.ts'
export {
  findCaseOwner,
  findLastCall,
  listCaseNames,
  listOffered,
  listWaitingCalls,
} from './people-store.ts'
export { isOverdue } from './rules.ts'
export {
  addEvent,
  breakOverduePromises,
  closeCase,
  givePromise,
  isCaseOpen,
  joinCase,
  type Moment,
  momentOf,
  openCase,
  reopenCase,
  requireNothingUnderWay,
  requireOwner,
  setRisks,
  settlePromises,
} from './service.ts'
export {
  findOpenRisks,
  hasEventSince,
  lastEventId,
  listCasesChangedSince,
  listEvents,
  listPromises,
  listRisks,
  nextPromises,
  type PromiseRecord,
} from './store.ts'
