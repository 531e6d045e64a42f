export { evidenceHandlers } from './service.ts'
