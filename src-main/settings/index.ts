import type { changeScopes } from './contract.ts'

export type ChangeScope = (typeof changeScopes)[number]
export { demoManager, settingsHandlers } from './service.ts'
export { findProfile, markAsDemo, type StoreProfile } from './store.ts'
