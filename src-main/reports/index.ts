export { reportsHandlers } from './service.ts'
