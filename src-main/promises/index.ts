export { promisesHandlers } from './service.ts'
