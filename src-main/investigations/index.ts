export { shippedCauses } from './causes.ts'
export { investigationsHandlers } from './service.ts'
