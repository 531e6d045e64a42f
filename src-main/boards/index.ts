export { boardsHandlers } from './service.ts'
