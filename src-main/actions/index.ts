export { actionsHandlers } from './service.ts'
