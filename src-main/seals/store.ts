import type { ReadHandle, WriteHandle } from '../database/store.ts'

/** A public key as it is kept. */
export interface SealKeyRecord {
  id: number
  publicKey: Uint8Array
  text: string
  role: 'signing' | 'retired' | 'known'
  store: string
  deskNo: string
  madeOn: string
  voidFrom: string | null
  voidReason: string
  addedAt: string
  addedBy: string
  version: number
}

/** All of them: this desk's first, newest first. */
export async function listSealKeys(r: ReadHandle): Promise<SealKeyRecord[]> {
  const rows = await r
    .selectFrom('seal_key')
    .innerJoin('operator', 'operator.id', 'seal_key.added_by')
    .selectAll('seal_key')
    .select('operator.name as added_by_name')
    // By luck of the alphabet: signing, retired, known.
    .orderBy('seal_key.role', 'desc')
    .orderBy('seal_key.id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    publicKey: Uint8Array.from(Buffer.from(row.public_key, 'hex')),
    text: row.code,
    role: row.role,
    store: row.store,
    deskNo: row.desk_no,
    madeOn: row.made_on,
    voidFrom: row.void_from,
    voidReason: row.void_reason,
    addedAt: row.added_at,
    addedBy: row.added_by_name,
    version: row.version,
  }))
}

export interface NewSealKey {
  publicKey: Uint8Array
  text: string
  role: SealKeyRecord['role']
  store: string
  deskNo: string
  madeOn: string
  voidFrom: string | null
  addedAt: string
  addedBy: number
}

/** Adds a key; a new key of this desk retires the one before. */
export async function insertSealKey(w: WriteHandle, key: NewSealKey): Promise<number> {
  if (key.role === 'signing') {
    await w
      .updateTable('seal_key')
      .set((eb) => ({ role: 'retired', version: eb('version', '+', 1) }))
      .where('role', '=', 'signing')
      .execute()
  }
  const { id } = await w
    .insertInto('seal_key')
    .values({
      public_key: Buffer.from(key.publicKey).toString('hex'),
      code: key.text,
      role: key.role,
      store: key.store,
      desk_no: key.deskNo,
      made_on: key.madeOn,
      void_from: key.voidFrom,
      added_at: key.addedAt,
      added_by: key.addedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns false when somebody else changed the key since `version`. */
export async function writeWithdrawal(
  w: WriteHandle,
  key: { id: number; version: number },
  withdrawn: { voidFrom: string | null; reason: string },
): Promise<boolean> {
  const result = await w
    .updateTable('seal_key')
    .set({
      void_from: withdrawn.voidFrom,
      void_reason: withdrawn.reason,
      version: key.version + 1,
    })
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
