import type { ReadHandle, WriteHandle } from '../database/store.ts'

/** How this store is called, where it is and how its day and its papers run. */
export interface StoreProfile {
  name: string
  storeCode: string
  deskNo: string
  province: string
  city: string
  address: string
  postcode: string
  phone: string
  currency: string
  timeZone: string
  cutoffMinutes: number
  language: 'zh-CN' | 'en'
  paperLanguage: 'zh' | 'en' | 'bilingual'
  idleLockMinutes: number
  isDemo: boolean
  version: number
}

export async function findProfile(r: ReadHandle): Promise<StoreProfile | undefined> {
  const row = await r.selectFrom('store_profile').selectAll().executeTakeFirst()
  if (!row) return undefined
  return {
    name: row.name,
    storeCode: row.store_code,
    deskNo: row.desk_no,
    province: row.province,
    city: row.city,
    address: row.address,
    postcode: row.postcode,
    phone: row.phone,
    currency: row.currency,
    timeZone: row.time_zone,
    cutoffMinutes: row.cutoff_minutes,
    language: row.language,
    paperLanguage: row.paper_language,
    idleLockMinutes: row.idle_lock_minutes,
    isDemo: row.is_demo === 1,
    version: row.version,
  }
}

export async function insertProfile(
  w: WriteHandle,
  profile: Omit<StoreProfile, 'version'>,
  createdAt: string,
): Promise<void> {
  await w
    .insertInto('store_profile')
    .values({
      id: 1,
      ...columnsOf(profile),
      is_demo: profile.isDemo ? 1 : 0,
      created_at: createdAt,
    })
    .execute()
}

/** @returns false when somebody else changed the profile since `version`. */
export async function updateProfile(
  w: WriteHandle,
  version: number,
  profile: Omit<StoreProfile, 'version' | 'isDemo'>,
): Promise<boolean> {
  const result = await w
    .updateTable('store_profile')
    .set({ ...columnsOf(profile), version: version + 1 })
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function columnsOf(profile: Omit<StoreProfile, 'version' | 'isDemo'>) {
  return {
    name: profile.name,
    store_code: profile.storeCode,
    desk_no: profile.deskNo,
    province: profile.province,
    city: profile.city,
    address: profile.address,
    postcode: profile.postcode,
    phone: profile.phone,
    currency: profile.currency,
    time_zone: profile.timeZone,
    cutoff_minutes: profile.cutoffMinutes,
    language: profile.language,
    paper_language: profile.paperLanguage,
    idle_lock_minutes: profile.idleLockMinutes,
  }
}

/** Marks a store just set up as a demonstration: its sign-in screen says how to get in. */
export async function markAsDemo(w: WriteHandle): Promise<void> {
  await w.updateTable('store_profile').set({ is_demo: 1 }).execute()
}

/** True once sales are in: from then on the currency stays. */
export async function hasReceipts(r: ReadHandle): Promise<boolean> {
  return (await r.selectFrom('receipt').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Where files that leave the desk are put; empty: the usual place. */
export interface OutgoingFolders {
  /** Exports for head office. */
  exports: string
  /** Drafts for the mail program. */
  drafts: string
}

export async function findFolders(r: ReadHandle): Promise<OutgoingFolders & { version: number }> {
  return r
    .selectFrom('outgoing_folders')
    .select(['exports', 'drafts', 'version'])
    .executeTakeFirstOrThrow()
}

/** @returns false when somebody else changed them since `version`. */
export async function writeFolders(
  w: WriteHandle,
  { exports, drafts }: OutgoingFolders,
  version: number,
): Promise<boolean> {
  const result = await w
    .updateTable('outgoing_folders')
    .set({ exports, drafts, version: version + 1 })
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
