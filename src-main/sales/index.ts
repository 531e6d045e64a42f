export { type DeskSale, insertDeskSale, nameDeskSerial } from './desk-sale-store.ts'
export { findGoods, findNamesakes } from './goods.ts'
export { salesHandlers } from './service.ts'
