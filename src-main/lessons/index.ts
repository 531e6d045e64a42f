export { briefingFacts } from './facts.ts'
export { findSource } from './example-store.ts'
export { redact } from './redact.ts'
export { lessonsHandlers } from './service.ts'
