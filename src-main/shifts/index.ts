export { shiftsHandlers } from './service.ts'
export { catchUpDiaryGrams } from './store.ts'
export { shiftFacts } from './facts.ts'
