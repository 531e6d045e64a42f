export { shiftsHandlers } from './service.ts'
export { listReaders } from './lists-store.ts'
export { catchUpDiaryGrams } from './store.ts'
export { shiftFacts } from './facts.ts'
