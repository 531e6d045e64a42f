import { appendAudit, record } from '../audit/index.ts'
import type { DataFolder } from '../database/folder.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { CodeFacts } from '../foundation/card-code.ts'
import { businessDateOf } from '../foundation/business-date.ts'
import { plainCode } from '../foundation/code-text.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, query, type RoomHandlers, task } from '../handlers.ts'
import type { StoreProfile } from '../settings/index.ts'
import { findOperatorByCode } from '../staff/index.ts'
import type { sealsContract } from './contract.ts'
import {
  keepPublicKeys,
  keepSigningKey,
  keyFolderOf,
  publicFileName,
  publicKeyFile,
  readPublicKeyFile,
  takeSigningKey,
} from './key-folder.ts'
import { fingerprintOf, makeSigningKey, sealCard, type SigningKey, writePublicKey } from './keys.ts'
import { insertSealKey, listSealKeys, type SealKeyRecord, writeWithdrawal } from './store.ts'
import { type CodeVerdict, verifyCardCode } from './verify.ts'

interface Log {
  error(details: object, message: string): void
}

/** The desk's own key, which stays in this process and its file and goes nowhere else. */
export class Seals {
  readonly #folder: DataFolder
  readonly #log: Log
  #key: SigningKey | null = null

  constructor(folder: DataFolder, log: Log) {
    this.#folder = folder
    this.#log = log
  }

  /**
   * Makes ready to sign, with the key of the folder or a new one. A folder that gives no key is logged and leaves cards
   * with their bare number: a customer does not wait for a key.
   */
  async prepare(profile: StoreProfile, now: Date): Promise<void> {
    if (this.#key) return
    const { store } = this.#folder
    try {
      const { key, broken } = takeSigningKey(this.#dir)
      const known = await store.read((r) => listSealKeys(r))
      const own = known.find(({ publicKey }) => isSame(publicKey, key.publicKey))
      if (own?.role === 'signing') this.#key = key
      else await this.#begin(own ? makeSigningKey() : key, profile, now, broken)
      await this.refreshFolder()
    } catch (error) {
      this.#log.error({ err: error }, 'cards cannot be signed')
    }
  }

  /** Writes down a key nobody has seen yet, then keeps it. A key that was retired is not taken up again. */
  async #begin(key: SigningKey, profile: StoreProfile, now: Date, broken: string | null) {
    await this.#folder.store.write(async (w) => {
      const system = await findOperatorByCode(w, 'SYSTEM')
      const at = now.toISOString()
      const by = system?.id ?? 0
      await insertSealKey(w, ownKey(key, profile, now, by))
      await appendAudit(w, {
        at,
        actorId: by,
        action: 'seals.new_key',
        subjectType: 'seal_key',
        subjectId: fingerprintOf(key.publicKey),
        data: { reason: broken === null ? 'first' : 'unreadable', ...(broken && { broken }) },
      })
    })
    this.adopt(key)
  }

  /** Signs with this key from now on; the private key before it is gone. */
  adopt(key: SigningKey): void {
    keepSigningKey(this.#dir, key)
    this.#key = key
  }

  /** Puts the public keys where cards are checked without a database. */
  async refreshFolder(): Promise<void> {
    const keys = await this.#folder.store.read((r) => listSealKeys(r))
    try {
      keepPublicKeys(this.#dir, keys)
    } catch (error) {
      this.#log.error({ err: error }, 'public keys could not be written')
    }
  }

  get #dir(): string {
    return keyFolderOf(this.#folder.dir)
  }

  /** The signed code of a card; null where the desk has no key. */
  sign(facts: CodeFacts): string | null {
    return this.#key && sealCard(facts, this.#key)
  }
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.from(left).equals(right)
}

function ownKey(key: SigningKey, profile: StoreProfile, now: Date, by: number) {
  const { name: store, deskNo } = profile
  const madeOn = businessDateOf(now, profile)
  return {
    publicKey: key.publicKey,
    text: writePublicKey({ store, deskNo, madeOn }, key),
    role: 'signing' as const,
    store,
    deskNo,
    madeOn,
    voidFrom: null,
    addedAt: now.toISOString(),
    addedBy: by,
  }
}

/** Checks a code by the keys this desk knows. */
export async function verifyByKnownKeys(r: ReadHandle, text: string): Promise<CodeVerdict> {
  return verifyCardCode(text, await listSealKeys(r))
}

async function requireKey(r: ReadHandle, id: number): Promise<SealKeyRecord> {
  const key = (await listSealKeys(r)).find((each) => each.id === id)
  return key ?? refuse('seals.unknown_key')
}

function readBrought(text: string) {
  return readPublicKeyFile(text) ?? refuse('seals.not_a_key')
}

/** A new key in the caller's transaction; the caller adopts it once that is committed. */
async function beginNext(
  w: WriteHandle,
  call: Call,
  reason: string,
): Promise<{ id: number; key: SigningKey }> {
  const key = makeSigningKey()
  const id = await insertSealKey(w, ownKey(key, call.profile, call.now(), call.actor.id))
  const subject = { type: 'seal_key', id: fingerprintOf(key.publicKey) }
  await record(w, call, 'seals.new_key', subject, { reason })
  return { id, key }
}

export const sealsHandlers: RoomHandlers<typeof sealsContract> = {
  keys: query(async (r) => {
    const keys = await listSealKeys(r)
    return keys.map(({ publicKey, text: _text, ...key }) => ({
      ...key,
      fingerprint: fingerprintOf(publicKey),
    }))
  }),

  publicKey: query(async (r, _call, input) => {
    const key = await requireKey(r, input.id)
    return {
      text: key.text,
      fileName: `desk-${key.deskNo}-${publicFileName(key.publicKey)}`,
      content: publicKeyFile(key),
    }
  }),

  readKey: query(async (r, _call, input) => {
    const { publicKey, store, deskNo, madeOn, voidFrom } = readBrought(input.text)
    const known = await listSealKeys(r)
    return {
      store,
      deskNo,
      madeOn,
      voidFrom,
      fingerprintStart: fingerprintOf(publicKey).slice(0, -4),
      known: known.some((each) => isSame(each.publicKey, publicKey)),
    }
  }),

  addKey: task(async (call, input) => {
    const brought = readBrought(input.text)
    const fingerprint = fingerprintOf(brought.publicKey)
    if (plainCode(input.fingerprintEnd) !== fingerprint.slice(-4)) {
      refuse('seals.fingerprint_differs')
    }
    const added = await call.commit(async (w) => {
      const known = await listSealKeys(w)
      if (known.some((each) => isSame(each.publicKey, brought.publicKey))) refuse('seals.key_known')
      const { store, deskNo, madeOn, voidFrom, text, publicKey } = brought
      const id = await insertSealKey(w, {
        publicKey,
        text,
        role: 'known',
        store,
        deskNo,
        madeOn,
        voidFrom,
        addedAt: call.now().toISOString(),
        addedBy: call.actor.id,
      })
      const subject = { type: 'seal_key', id: fingerprint }
      await record(w, call, 'seals.add_key', subject, { store, deskNo, voidFrom })
      return { id }
    })
    await call.seals.refreshFolder()
    call.announce('seals')
    return added
  }),

  withdraw: task(async (call, input) => {
    const { voidFrom, reason } = input
    if (voidFrom !== null && voidFrom > call.today) refuse('seals.void_in_future')
    let next: SigningKey | null = null
    const withdrawn = await call.commit(async (w) => {
      const key = await requireKey(w, input.id)
      if (!(await writeWithdrawal(w, input, { voidFrom, reason }))) refuse('desk.changed_meanwhile')
      const subject = { type: 'seal_key', id: fingerprintOf(key.publicKey) }
      const action = voidFrom === null ? 'seals.trust' : 'seals.withdraw'
      await record(w, call, action, subject, { voidFrom, before: key.voidFrom, reason })
      // A key that is not believed any more must not sign the next card.
      if (voidFrom !== null && key.role === 'signing') next = (await beginNext(w, call, reason)).key
      return { version: input.version + 1 }
    })
    if (next) call.seals.adopt(next)
    await call.seals.refreshFolder()
    call.announce('seals')
    return withdrawn
  }),

  rotate: task(async (call, input) => {
    let next: SigningKey | null = null
    const begun = await call.commit(async (w) => {
      const { id, key } = await beginNext(w, call, input.reason)
      next = key
      return { id }
    })
    if (next) call.seals.adopt(next)
    await call.seals.refreshFolder()
    call.announce('seals')
    return begun
  }),
}
