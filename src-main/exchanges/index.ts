export { exchangesHandlers } from './service.ts'
