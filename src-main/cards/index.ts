export { cardFacts } from './facts.ts'
export { cardsHandlers } from './service.ts'
export { listCardsOfDay as cardsOfDay } from './store.ts'
export { cardsOfUnits, type CardSwap, swapCards } from './swap.ts'
