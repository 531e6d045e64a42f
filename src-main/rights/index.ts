export { type FrozenLine, type FrozenRights } from './frozen.ts'
export { rightsHandlers } from './service.ts'
