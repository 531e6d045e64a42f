export { listReachedSteps, type ReachedStep } from './ladder.ts'
export { clocksHandlers } from './service.ts'
export { readStoreTime } from './settings.ts'
