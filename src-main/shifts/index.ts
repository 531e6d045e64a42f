export { shiftsHandlers } from './service.ts'
export { shiftFacts } from './facts.ts'
