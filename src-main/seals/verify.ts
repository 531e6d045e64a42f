import { type CodeFacts, readCardCode } from '../foundation/card-code.ts'
import { writeLetters } from '../foundation/code-text.ts'
import { fingerprintOf, groupLetters, isSignedBy, keyIdOf } from './keys.ts'

/** A public key a desk knows. */
export interface KnownKey {
  publicKey: Uint8Array
  store: string
  deskNo: string
  /**
   * Cards issued on this business date or later are not believed: the key was stolen or is not trusted any more. Those
   * dated before it are not taken on the code's word either, because whoever has the key writes what day they like.
   */
  voidFrom: string | null
}

interface Signer {
  fingerprint: string
  store: string
  deskNo: string
  voidFrom: string | null
}

/** What a code is worth, before any database is asked. */
export type CodeVerdict =
  | { verdict: 'genuine'; facts: CodeFacts; signer: Signer }
  /** Signed by a key that was declared void before the card's day. */
  | { verdict: 'key_void'; facts: CodeFacts; signer: Signer }
  /** Signed by a key that was declared void from a later day on: only paper or book can tell whether it is that old. */
  | { verdict: 'key_withdrawn'; facts: CodeFacts; signer: Signer }
  /** It names a key that signed no such thing, or nothing that can be read. */
  | { verdict: 'forged' }
  /** Perhaps genuine: nobody here can tell. The facts are what it claims. */
  | { verdict: 'unknown_key'; facts: CodeFacts; fingerprint: string }
  | { verdict: 'incomplete'; missing: number }
  | { verdict: 'newer' }
  | { verdict: 'no_code' }

/** Checks a scanned or pasted code against known keys. Needs neither network nor database. */
export function verifyCardCode(text: string, keys: readonly KnownKey[]): CodeVerdict {
  const reading = readCardCode(text)
  if (reading.kind === 'unreadable') return { verdict: 'forged' }
  if (reading.kind === 'incomplete') return { verdict: 'incomplete', missing: reading.missing }
  if (reading.kind !== 'code') return { verdict: reading.kind }
  const { facts, keyId, signed, signature } = reading
  // Somebody with much time can make a key with the id of another: every key that answers to it is tried.
  const named = keys.filter(({ publicKey }) => Buffer.from(keyIdOf(publicKey)).equals(keyId))
  if (named.length === 0) {
    return { verdict: 'unknown_key', facts, fingerprint: groupLetters(writeLetters(keyId)) }
  }
  const key = named.find(({ publicKey }) => isSignedBy(signed, signature, publicKey))
  if (!key) return { verdict: 'forged' }
  const { publicKey, store, deskNo, voidFrom } = key
  const signer = { fingerprint: fingerprintOf(publicKey), store, deskNo, voidFrom }
  if (voidFrom === null) return { verdict: 'genuine', facts, signer }
  return { verdict: issuedOn(facts) >= voidFrom ? 'key_void' : 'key_withdrawn', facts, signer }
}

/** The day a card was issued stands in its number. */
function issuedOn({ number }: CodeFacts): string {
  const [, , day = ''] = number.split('-')
  return `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4, 6)}`
}
