export { catchUpComplaintGrams, listGoods, productGram } from './grams-store.ts'
export { complaintsHandlers } from './service.ts'
export { countOpenByFloor } from './list-store.ts'
