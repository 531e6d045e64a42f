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
  requireOwner,
  setRisks,
} from './service.ts'
export { findOpenRisks, listEvents, listPromises, listRisks, type PromiseRecord } from './store.ts'
