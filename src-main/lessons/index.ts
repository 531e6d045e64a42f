export { briefingFacts } from './facts.ts'
export { lessonsHandlers } from './service.ts'
