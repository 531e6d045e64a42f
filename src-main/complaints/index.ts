export { complaintsHandlers } from './service.ts'
