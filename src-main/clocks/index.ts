export { clocksHandlers } from './service.ts'
