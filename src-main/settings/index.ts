import type { changeScopes } from './contract.ts'

export type ChangeScope = (typeof changeScopes)[number]
export { requireWritableFolder, usualDraftFolder } from './folders.ts'
export { demoManager, settingsHandlers } from './service.ts'
export { findFolders, findProfile, markAsDemo, type StoreProfile } from './store.ts'
