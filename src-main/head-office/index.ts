export { headOfficeHandlers } from './service.ts'
