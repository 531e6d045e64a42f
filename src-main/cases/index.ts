export { isOverdue } from './rules.ts'
export {
  addEvent,
  breakOverduePromises,
  casesHandlers,
  changeOwner,
  closeCase,
  givePromise,
  isCaseOpen,
  type Moment,
  momentOf,
  openCase,
  reopenCase,
  requireOwner,
  setRisks,
  settlePromises,
} from './service.ts'
export { findOpenRisks, listEvents, listPromises, listRisks, type PromiseRecord } from './store.ts'
