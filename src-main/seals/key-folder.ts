/**
 * The folder `keys` of a data folder: the desk's private key, for nobody else's eyes, and every public key the desk
 * knows, so that cards can be checked where the database is not. Never part of a backup (docs/decisions/0019).
 */
import fs from 'node:fs'
import path from 'node:path'
import { writeLetters } from '../foundation/code-text.ts'
import { isBusinessDate } from '../foundation/business-date.ts'
import {
  fingerprintOf,
  keyIdOf,
  makeSigningKey,
  readPublicKey,
  readSigningKey,
  type SigningKey,
  writeSigningKey,
} from './keys.ts'
import type { KnownKey } from './verify.ts'

const PRIVATE_FILE = 'signing-key.pem'
const PUBLIC_ENDING = '.gwkey'

export function keyFolderOf(dataDir: string): string {
  return path.join(dataDir, 'keys')
}

/**
 * The desk's private key; a new one where there is none yet or the file cannot be read as one, which is then put aside.
 *
 * @returns `broken` is the name the unreadable file has now
 */
export function takeSigningKey(dir: string): { key: SigningKey; broken: string | null } {
  const file = path.join(dir, PRIVATE_FILE)
  let broken: string | null = null
  if (fs.existsSync(file)) {
    try {
      return { key: readSigningKey(fs.readFileSync(file, 'utf8')), broken }
    } catch {
      broken = `${PRIVATE_FILE}.broken-${fs.statSync(file).mtimeMs.toFixed(0)}`
      fs.renameSync(file, path.join(dir, broken))
    }
  }
  const key = makeSigningKey()
  keepSigningKey(dir, key)
  return { key, broken }
}

/** Writes the private key in place of the one before, readable by this user only; whole or not at all. */
export function keepSigningKey(dir: string, key: SigningKey): void {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = path.join(dir, PRIVATE_FILE)
  const part = `${file}.part`
  fs.rmSync(part, { force: true })
  const handle = fs.openSync(part, 'wx', 0o600)
  try {
    fs.writeFileSync(handle, writeSigningKey(key))
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
  fs.renameSync(part, file)
}

/** A public key's file: its text, words for people, and the day from which it is void. */
export function publicKeyFile(key: KnownKey & { text: string }): string {
  return [
    `# Goodwill Desk · ${key.store.replaceAll(/\s+/g, ' ')} · ${key.deskNo}`,
    `# ${fingerprintOf(key.publicKey)}`,
    key.text,
    ...(key.voidFrom === null ? [] : [`void-from ${key.voidFrom}`]),
    '',
  ].join('\n')
}

/** Reads what `publicKeyFile` wrote, or the bare text of a key; null where there is no whole key in it. */
export function readPublicKeyFile(
  content: string,
): (KnownKey & { text: string; madeOn: string }) | null {
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/)
  const isDay = (line: string) => line.startsWith('void-from ')
  const text = lines.filter((line) => !line.startsWith('#') && !isDay(line)).join('')
  const key = readPublicKey(text)
  if (!key) return null
  const day = lines.find(isDay)?.slice('void-from '.length).trim() ?? ''
  return { ...key, voidFrom: isBusinessDate(day) ? day : null }
}

/** Puts the public keys of the database beside the private one. */
export function keepPublicKeys(dir: string, keys: readonly (KnownKey & { text: string })[]): void {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
  for (const key of keys) {
    const file = path.join(dir, publicFileName(key.publicKey))
    const content = publicKeyFile(key)
    if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === content) continue
    fs.writeFileSync(`${file}.part`, content)
    fs.renameSync(`${file}.part`, file)
  }
}

export function publicFileName(publicKey: Uint8Array): string {
  return `${writeLetters(keyIdOf(publicKey))}${PUBLIC_ENDING}`
}

/** Every public key in a folder, and the files that hold none. Throws where the folder cannot be read. */
export function readKeyFolder(dir: string): { keys: KnownKey[]; unreadable: string[] } {
  const names = fs.readdirSync(dir).filter((name) => name.endsWith(PUBLIC_ENDING))
  const read = names.map((name) => ({
    name,
    key: readPublicKeyFile(fs.readFileSync(path.join(dir, name), 'utf8')),
  }))
  return {
    keys: read.flatMap(({ key }) => (key ? [key] : [])),
    unreadable: read.flatMap(({ name, key }) => (key ? [] : [name])),
  }
}
