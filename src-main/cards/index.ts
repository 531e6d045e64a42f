export { cardFacts } from './facts.ts'
export { cardsHandlers } from './service.ts'
