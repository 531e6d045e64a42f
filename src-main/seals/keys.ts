/** Keys that sign cards: Ed25519, whose signatures are short enough for a QR code. Nothing here knows a database. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import {
  bytesToSign,
  type CodeFacts,
  fitCodeFacts,
  KEY_ID_BYTES,
  writeCardCode,
} from '../foundation/card-code.ts'
import {
  ByteReader,
  ByteWriter,
  dateOfDay,
  dayOfCentury,
  fitBytes,
  lettersOf,
  plainCode,
  readLetters,
  UnreadableBytes,
  writeLetters,
} from '../foundation/code-text.ts'

/** A key that may sign, as long as this process lives. */
export interface SigningKey {
  privateKey: KeyObject
  publicKey: Uint8Array
}

const PUBLIC_KEY_BYTES = 32
const SIGNATURE_BYTES = 64

/** What stands before the 32 bytes in the standard wrapping of such a key (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

export function makeSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicKey: rawOf(publicKey) }
}

/** Reads a private key from its file's text; throws where that is none. */
export function readSigningKey(pem: string): SigningKey {
  const privateKey = createPrivateKey(pem)
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key')
  return { privateKey, publicKey: rawOf(createPublicKey(privateKey)) }
}

export function writeSigningKey({ privateKey }: SigningKey): string {
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

function rawOf(publicKey: KeyObject): Uint8Array {
  const wrapped = publicKey.export({ format: 'der', type: 'spki' })
  return Uint8Array.from(wrapped.subarray(SPKI_HEAD.length))
}

function keyObjectOf(publicKey: Uint8Array): KeyObject {
  return createPublicKey({
    key: Buffer.concat([SPKI_HEAD, publicKey]),
    format: 'der',
    type: 'spki',
  })
}

/** A hundred bits of a key's hash: what two people compare, `ABCD-EFGH-…`; its first two groups stand on every card. */
export function fingerprintOf(publicKey: Uint8Array): string {
  const hash = createHash('sha256').update(publicKey).digest()
  return groupLetters(writeLetters(hash).slice(0, 20))
}

/** The part of a fingerprint that a code names its key by. */
export function keyIdOf(publicKey: Uint8Array): Uint8Array {
  return createHash('sha256').update(publicKey).digest().subarray(0, KEY_ID_BYTES)
}

export function groupLetters(letters: string): string {
  return letters.match(/.{1,4}/g)?.join('-') ?? ''
}

/** The signed code of a card, with as much of its facts as a QR code carries. */
export function sealCard(facts: CodeFacts, key: SigningKey): string {
  const fitted = fitCodeFacts(facts)
  const keyId = keyIdOf(key.publicKey)
  return writeCardCode(fitted, keyId, sign(null, bytesToSign(fitted, keyId), key.privateKey))
}

export function isSignedBy(signed: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) {
  return verify(null, signed, keyObjectOf(publicKey), signature)
}

/** What the text of a public key begins with. */
const KEY_MARK = 'GWK1'

/** A public key, and what the desk that made it says of itself. */
export interface PublicKey {
  publicKey: Uint8Array
  deskNo: string
  store: string
  madeOn: string
}

/** A public key as text to scan, paste or keep in a file, signed by itself so that no word of it can be changed. */
export function writePublicKey(of: Omit<PublicKey, 'publicKey'>, key: SigningKey): string {
  const body = new ByteWriter()
    .bytes(key.publicKey)
    .pair(Number(of.deskNo))
    .pair(dayOfCentury(of.madeOn))
    .text(fitBytes(of.store, 60))
    .done()
  const whole = new ByteWriter().pair(2 + body.length + SIGNATURE_BYTES).bytes(body)
  const signature = sign(null, keyBytesToSign(whole.done()), key.privateKey)
  return KEY_MARK + writeLetters(whole.bytes(signature).done())
}

function keyBytesToSign(body: Uint8Array): Uint8Array {
  return new ByteWriter().bytes(new TextEncoder().encode(KEY_MARK)).bytes(body).done()
}

/** Reads a public key from its text; null where it is none, is cut off or was changed. */
export function readPublicKey(text: string): (PublicKey & { text: string }) | null {
  const plain = plainCode(text)
  if (!plain.startsWith(KEY_MARK)) return null
  const bytes = readLetters(plain.slice(KEY_MARK.length))
  const split = (bytes?.length ?? 0) - SIGNATURE_BYTES
  if (!bytes || split <= 0) return null
  try {
    const reader = new ByteReader(bytes.subarray(0, split))
    if (reader.pair() !== bytes.length || plain.length !== 4 + lettersOf(bytes.length)) return null
    const publicKey = Uint8Array.from(reader.take(PUBLIC_KEY_BYTES))
    const deskNo = String(reader.pair()).padStart(4, '0')
    const madeOn = dateOfDay(reader.pair())
    const store = reader.text()
    reader.end()
    const signed = keyBytesToSign(bytes.subarray(0, split))
    return isSignedBy(signed, bytes.subarray(split), publicKey)
      ? { publicKey, deskNo, madeOn, store, text: plain }
      : null
  } catch (error) {
    if (error instanceof UnreadableBytes) return null
    throw error
  }
}
