import { createHmac } from 'node:crypto'
import { phoneDigits } from '../foundation/phone.ts'

export type ErasedKind = 'phone' | 'member'

/** The keyed hash of a phone or member number of somebody who was erased: says that they come back, not who they are. */
export function erasedKey(secret: string, kind: ErasedKind, value: string): string {
  const plain = kind === 'phone' ? phoneDigits(value) : value.trim()
  return createHmac('sha256', secret).update(`${kind}:${plain}`).digest('hex')
}
