export { settlementsHandlers } from './service.ts'
