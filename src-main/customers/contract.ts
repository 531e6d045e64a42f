import { z } from 'zod'
import {
  businessDate,
  currencyCode,
  id,
  instant,
  line,
  money,
  pin,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

export const contactChannels = ['any', 'phone', 'message', 'mail', 'visit'] as const
export type ContactChannel = (typeof contactChannels)[number]

/** What the next sale is helped by: what they like, their sizes, what a visit after the sale showed, what to mind. */
export const noteKinds = ['preference', 'size', 'visit', 'care'] as const

/** Kept only where the store asks for them and the customer agreed (domain.md §2.9, §5.3). */
export const detailFields = ['occupation', 'birth_year', 'gender'] as const
export const agreedHows = ['signed', 'spoken', 'message'] as const

/** Fields of which two rows of one person may say different things. */
export const customerFields = [
  'name',
  'phone',
  'address',
  'joinedOn',
  'points',
  'tier',
  'note',
] as const
export type CustomerField = (typeof customerFields)[number]

const name = line(80)
const phone = line(40)
const memberNo = line(40)

/** What a clerk types of a customer. */
const typedCustomer = z.object({
  memberNo: memberNo.nullable(),
  name,
  phone,
  address: line(200),
  note: text(1_000),
})

const contactRule = z.object({
  id,
  channel: z.enum(contactChannels),
  rule: z.enum(['never', 'prefers']),
  until: businessDate.nullable(),
  note: z.string(),
  setAt: instant,
  setBy: z.string(),
  /** False once its last day is over. */
  holds: z.boolean(),
})

const customerNote = z.object({
  id,
  kind: z.enum(noteKinds),
  text: z.string(),
  businessDate,
  by: z.string(),
  caseId: id.nullable(),
})

const gradeChange = z.object({
  before: z.string(),
  tier: z.string(),
  source: z.enum(['import', 'hand']),
  reason: z.string(),
  at: instant,
  by: z.string().nullable(),
})

const detail = z.object({
  field: z.enum(detailFields),
  value: z.string(),
  wordingVersion: version,
  agreedHow: z.enum(agreedHows),
  agreedAt: instant,
  takenBy: z.string(),
})

const namedCustomer = z.object({ id, name: z.string(), memberNo: z.string().nullable() })

const customerRow = namedCustomer.extend({
  phoneMasked: z.string(),
  tier: z.string(),
  /** Somebody else's row of the same person that was asked for. */
  foundAs: z.string().nullable(),
})

const mergedRow = namedCustomer.extend({
  mergeId: id,
  survivorId: id,
  phoneMasked: z.string(),
  reason: z.string(),
  taken: z.array(z.enum(customerFields)),
  mergedAt: instant,
  mergedBy: z.string(),
})

const card = namedCustomer.extend({
  phoneMasked: z.string(),
  address: z.string(),
  joinedOn: businessDate.nullable(),
  points: z.int().nullable(),
  tier: z.string(),
  note: z.string(),
  tierSource: z.enum(['import', 'hand']),
  version,
  /** Member numbers of every row of this person. */
  memberNos: z.array(z.string()),
  /** The row asked for, where it stands under this one. */
  askedId: id,
  erasedAt: instant.nullable(),
  merged: z.array(mergedRow),
  contactRules: z.array(contactRule),
  notes: z.array(customerNote),
  details: z.array(detail),
  /** Details this store asks for at all. */
  asks: z.array(z.enum(detailFields)),
  grades: z.array(gradeChange),
  referredBy: namedCustomer.extend({ referralId: id, note: z.string() }).nullable(),
  brought: z.array(namedCustomer),
  bought: z.object({
    receipts: z.int(),
    /** False where only the newest receipts were added up. */
    isAll: z.boolean(),
    amounts: z.array(z.object({ currency: currencyCode, total: money })),
    lastOn: businessDate.nullable(),
  }),
  promises: z.array(
    z.object({
      id,
      caseId: id,
      text: z.string(),
      dueAt: instant,
      owner: z.string(),
      overdue: z.boolean(),
    }),
  ),
})

/** What the customer came for, one row for each paper. */
export const serviceKinds = [
  'complaint',
  'refund',
  'exchange',
  'repair',
  'refusal',
  'voucher',
  'card',
] as const

const serviceRow = z.object({
  kind: z.enum(serviceKinds),
  id,
  number: z.string(),
  businessDate,
  state: z.string(),
  /** Class of a complaint; else empty. */
  what: z.string(),
  text: z.string(),
  amount: money.nullable(),
  currency: currencyCode.nullable(),
  caseId: id.nullable(),
})

/** Where the next page of services begins: after this day and case, in the order they are shown. */
const serviceCursor = z.object({ businessDate, kind: z.enum(serviceKinds), id })

const merging = z.object({
  survivorId: id,
  mergedId: id,
  /** Fields of the merged row that hold for both from now on. */
  taken: z.array(z.enum(customerFields)),
})

const likely = customerRow.extend({
  address: z.string(),
  reasons: z.array(z.enum(['same_phone', 'same_member', 'same_name_and_address', 'near_name'])),
})

export const customersContract = {
  open: procedure('sales.read')
    .input(z.object({ customerId: id }))
    .output(card),
  /** What they came back for, newest first, a page at a time. */
  services: procedure('sales.read')
    .input(z.object({ customerId: id, after: serviceCursor.optional() }))
    .output(z.object({ rows: z.array(serviceRow), next: serviceCursor.nullable() })),
  /** Everybody, the newest first; or whoever answers to a name, its sound, a phone number's end or a member number. */
  list: procedure('sales.read')
    .input(z.object({ text: line(80).default(''), before: id.optional() }))
    .output(z.object({ rows: z.array(customerRow), more: z.boolean() })),
  /** Every tier that customers of this store are of: what a rule can name. */
  tiers: procedure('signed_in').output(z.array(z.string())),
  /** The whole phone number: asked for with a reason and written to the audit log (domain.md §5.3). */
  revealPhone: procedure('customers.reveal')
    .input(z.object({ customerId: id, reason: line(200).min(2) }))
    .output(z.object({ phone: z.string() })),

  /** Who of those known has this phone or member number: asked while somebody types. */
  taken: procedure('customers.edit')
    .input(z.object({ phone, memberNo, except: id.optional() }))
    .output(z.array(likely)),
  /** `again`: the customer wants to be known again although their data was erased once. */
  add: procedure('customers.edit')
    .input(typedCustomer.extend({ again: z.boolean().default(false) }))
    .output(z.object({ id })),
  /** A phone left out stays as it is: whoever edits need not see it. */
  change: procedure('customers.edit')
    .input(typedCustomer.extend({ customerId: id, version, phone: phone.nullable() }))
    .output(z.object({ version })),

  setContactRule: procedure('customers.edit')
    .input(
      z.object({
        customerId: id,
        channel: z.enum(contactChannels),
        rule: z.enum(['never', 'prefers']),
        until: businessDate.nullable(),
        note: line(200),
      }),
    )
    .output(z.object({ id })),
  endContactRule: procedure('customers.edit')
    .input(z.object({ ruleId: id }))
    .output(z.object({ id })),
  addNote: procedure('customers.edit')
    .input(
      z.object({
        customerId: id,
        kind: z.enum(noteKinds),
        text: text(1_000).min(1),
        caseId: id.nullable().default(null),
      }),
    )
    .output(z.object({ id })),
  endNote: procedure('customers.edit')
    .input(z.object({ noteId: id }))
    .output(z.object({ id })),
  /** A grade given by hand holds against the file's; null gives it back to the file. */
  setGrade: procedure('customers.manage')
    .input(
      z.object({ customerId: id, tier: line(40).nullable(), reason: line(200).min(2), version }),
    )
    .output(z.object({ version })),
  setReferral: procedure('customers.edit')
    .input(z.object({ customerId: id, referredBy: id, note: line(200) }))
    .output(z.object({ id })),
  endReferral: procedure('customers.edit')
    .input(z.object({ referralId: id }))
    .output(z.object({ id })),

  settings: procedure('signed_in').output(
    z.object({
      asks: z.array(z.enum(detailFields)),
      wording: z.string(),
      wordingVersion: version.nullable(),
      version,
    }),
  ),
  /** Which details the store asks for, and what customers agree to. Switching one off takes what is known of it away. */
  changeSettings: procedure('settings.change')
    .input(z.object({ asks: z.array(z.enum(detailFields)), wording: text(1_000), version }))
    .output(z.object({ version, removed: z.int() })),
  setDetail: procedure('customers.edit')
    .input(
      z.object({
        customerId: id,
        field: z.enum(detailFields),
        value: line(60).min(1),
        agreedHow: z.enum(agreedHows),
        /** The wording that was shown to the customer. */
        wordingVersion: version,
      }),
    )
    .output(z.object({ id })),
  withdrawDetail: procedure('customers.edit')
    .input(z.object({ customerId: id, field: z.enum(detailFields) }))
    .output(z.object({ id })),

  /** Rows that may be the same person as this one, with why. */
  duplicates: procedure('customers.manage')
    .input(z.object({ customerId: id }))
    .output(z.array(likely)),
  /** Both rows side by side: what each says, and what the one would say for both. */
  compare: procedure('customers.manage')
    .input(z.object({ survivorId: id, mergedId: id }))
    .output(
      z.object({
        survivor: card,
        merged: card,
        fields: z.array(
          z.object({
            field: z.enum(customerFields),
            survivor: z.string(),
            merged: z.string(),
            same: z.boolean(),
            /** Only the merged row says anything. */
            proposed: z.boolean(),
          }),
        ),
      }),
    ),
  merge: procedure('customers.manage')
    .input(merging.extend({ reason: line(200).min(2) }))
    .output(z.object({ mergeId: id })),
  undoMerge: procedure('customers.manage')
    .input(z.object({ mergeId: id, reason: line(200).min(2) }))
    .output(z.object({ survivorId: id, mergedId: id })),
  /** Two people after all: they are not proposed again. */
  tellApart: procedure('customers.manage')
    .input(z.object({ customerId: id, otherId: id }))
    .output(z.object({ done: z.boolean() })),

  /** Everything the store holds of a person, as a file a program can read; written to the audit log. */
  exportData: procedure('customers.manage')
    .input(z.object({ customerId: id, reason: line(200).min(2) }))
    .output(z.object({ fileName: z.string(), json: z.instanceof(Blob) })),
  /** What stands in the way of erasing this person: open cases, named vouchers with money. */
  obstacles: procedure('customers.manage')
    .input(z.object({ customerId: id }))
    .output(z.object({ cases: z.array(z.string()), vouchers: z.array(z.string()) })),
  /** Erases a person under the names of two people: nobody can take it back. */
  erase: procedure('customers.manage')
    .input(
      z.object({
        customerId: id,
        reason: line(200).min(2),
        signature: z.object({ code: line(12).min(1), pin }),
      }),
    )
    .output(z.object({ erasureId: id })),
}
