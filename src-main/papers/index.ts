export { createPrinting, type Printing } from './printing.ts'
export { papersHandlers } from './service.ts'
