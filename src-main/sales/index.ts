export { salesHandlers } from './service.ts'
