export { cardsHandlers } from './service.ts'
