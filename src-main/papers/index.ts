export { printingHandlers } from './service.ts'
