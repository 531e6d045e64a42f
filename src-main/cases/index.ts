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
} from './service.ts'
export { listEvents, listPromises, type PromiseRecord } from './store.ts'
