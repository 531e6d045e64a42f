export { refundsHandlers } from './service.ts'
