import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import {
  businessDate,
  currencyCode,
  instant,
  languages,
  line,
  paperLanguages,
  pin,
  procedure,
  version,
} from '../foundation/procedure.ts'

export const storeProfile = z.object({
  name: line(80).min(1),
  /** The store's number in the POS's receipts; empty where the POS has only one store. */
  storeCode: line(20),
  /** Four digits; part of every document number, so each desk of a store needs its own. */
  deskNo: z.string().regex(/^\d{4}$/),
  province: line(40),
  city: line(40),
  address: line(200),
  postcode: line(12),
  phone: line(40),
  currency: currencyCode,
  timeZone: line(60),
  /** Minutes after midnight at which the business day turns. */
  cutoffMinutes: z.int().min(0).max(1439),
  language: z.enum(languages),
  paperLanguage: z.enum(paperLanguages),
  idleLockMinutes: z.int().min(1).max(480),
})

const outgoingFolders = z.object({ exports: line(500), drafts: line(500) })

/** Scopes of data that a write can change; the renderer refetches what hangs on them. */
export const changeScopes = [
  'settings',
  'staff',
  'sales',
  'products',
  'customers',
  'imports',
  'cards',
  'refunds',
  'exchanges',
  'handovers',
  'complaints',
  'lessons',
  'followups',
  'reviews',
  'cases',
  'papers',
  'approvals',
  'policy',
  'rights',
  'instructions',
  'vouchers',
  'attachments',
  'repairs',
  'goods',
  'vendors',
  'clocks',
  'shifts',
  'alerts',
  'investigations',
  'settlements',
  'radar',
  'actions',
  'evidence',
  'boards',
  'reports',
  'printers',
  'day_closes',
  'seals',
  'head_office',
] as const

export const settingsContract = {
  /** What the first screen needs, before anybody is signed in. */
  status: procedure('open').output(
    z.object({
      setUp: z.boolean(),
      isDemo: z.boolean(),
      store: storeProfile
        .pick({
          name: true,
          deskNo: true,
          currency: true,
          timeZone: true,
          language: true,
          city: true,
        })
        .extend({ idleLockMinutes: z.int() })
        .nullable(),
      businessDate: businessDate.nullable(),
      host: z.enum(['electron', 'web', 'cli']),
      appVersion: z.string(),
      /** Demo stores say how to get in; real ones never do. */
      demoSignIn: z.object({ code: z.string(), pin: z.string() }).nullable(),
    }),
  ),
  /** First-run set-up: creates the store and its first manager. Refused once a store exists. */
  setUp: procedure('open')
    .input(
      storeProfile
        .omit({ paperLanguage: true, idleLockMinutes: true })
        .extend({ manager: z.object({ code: line(12).min(1), name: line(40).min(1), pin }) }),
    )
    .output(z.object({ operatorId: z.int() })),
  read: procedure('signed_in').output(storeProfile.extend({ version, isDemo: z.boolean() })),
  change: procedure('settings.change')
    .input(storeProfile.extend({ version }))
    .output(z.object({ version })),
  /** Where files that leave the desk are put: exports for head office, drafts for the mail program. */
  folders: procedure('settings.change').output(
    outgoingFolders.extend({ version, usualDrafts: z.string() }),
  ),
  /** Each folder that is named has to be on this computer and to take files; empty is the usual place. */
  changeFolders: procedure('settings.change')
    .input(outgoingFolders.extend({ version }))
    .output(z.object({ version })),
  /** Writes a verified copy of the database into the data folder. */
  backUp: procedure('settings.change').output(
    z.object({ file: z.string(), bytes: z.int(), at: instant }),
  ),
  /** Checks the database file and the audit chain from the first entry to the last. */
  verify: procedure('settings.change').output(
    z.object({
      ok: z.boolean(),
      integrity: z.string(),
      foreignKeyViolations: z.int(),
      auditEntries: z.int(),
      /** Sequence number of the first audit entry that does not fit its chain. */
      auditBrokenAt: z.int().nullable(),
      /** Kept photos and papers: what the book names, and what of it is gone, changed, or lies there unnamed. */
      evidence: z.object({
        files: z.int(),
        missing: z.array(z.object({ sha256: z.string(), name: z.string() })),
        changed: z.array(z.object({ sha256: z.string(), name: z.string() })),
        orphans: z.array(z.string()),
      }),
    }),
  ),
  changes: procedure('signed_in').output(
    eventIterator(z.object({ scopes: z.array(z.enum(changeScopes)) })),
  ),
}
