export { customersHandlers } from './service.ts'
