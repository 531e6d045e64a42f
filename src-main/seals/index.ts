export { Seals, sealsHandlers, verifyByKnownKeys } from './service.ts'
export type { CodeVerdict } from './verify.ts'
