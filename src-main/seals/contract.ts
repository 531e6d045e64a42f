import { z } from 'zod'
import {
  businessDate,
  id,
  instant,
  line,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

/** A public key by which this desk checks cards. */
export const sealKey = z.object({
  id,
  fingerprint: z.string(),
  /** `signing`: this desk signs with it now; `retired`: it did; `known`: of another desk. */
  role: z.enum(['signing', 'retired', 'known']),
  store: z.string(),
  deskNo: z.string(),
  madeOn: businessDate,
  /** Cards from this day on are not believed. */
  voidFrom: businessDate.nullable(),
  voidReason: z.string(),
  addedAt: instant,
  addedBy: z.string(),
  version,
})

const keyText = text(2_000)

export const sealsContract = {
  /** The keys of this desk and those it took from others: its own first, newest first. */
  keys: procedure('signed_in').output(z.array(sealKey)),
  /** A public key to give away: as a file, and as text that fits a QR code. */
  publicKey: procedure('signed_in')
    .input(z.object({ id }))
    .output(z.object({ text: z.string(), fileName: z.string(), content: z.string() })),
  /**
   * What a key that was brought says of itself. The last group of its fingerprint is left out: whoever takes it reads
   * that from the desk it came from.
   */
  readKey: procedure('seals.manage')
    .input(z.object({ text: keyText }))
    .output(
      z.object({
        store: z.string(),
        deskNo: z.string(),
        madeOn: businessDate,
        fingerprintStart: z.string(),
        voidFrom: businessDate.nullable(),
        known: z.boolean(),
      }),
    ),
  /** Takes a key; `fingerprintEnd` is the last group as the other desk shows it. */
  addKey: procedure('seals.manage')
    .input(z.object({ text: keyText, fingerprintEnd: line(12).min(1) }))
    .output(z.object({ id })),
  /** Says from which day cards of a key are not believed; null trusts it again. The own key is replaced at once. */
  withdraw: procedure('seals.manage')
    .input(z.object({ id, voidFrom: businessDate.nullable(), reason: line(200).min(2), version }))
    .output(z.object({ version })),
  /** A new key for this desk; what the old one signed stays good. */
  rotate: procedure('seals.manage')
    .input(z.object({ reason: line(200).min(2) }))
    .output(z.object({ id })),
}
