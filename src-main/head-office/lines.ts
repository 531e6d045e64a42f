/** Lines of the files for head office; the published JSON Schema is made of these (resources/head-office). */
import { z } from 'zod'
import { businessDate, instant, money } from '../foundation/procedure.ts'

/** Changes when a column goes or means something else. */
export const FORMAT_VERSION = 1
/**
 * One more with every kind of line that is added: what a reader of an older one knows is still there and means the same.
 * It stands in the published schema and in no file, so that a range written before it is the same to the byte.
 */
export const FORMAT_MINOR = 1

const seq = z.int().positive()
const day = businessDate.meta({ format: 'date' })

/** A movement of money, or its reversal. */
export const ledgerLine = z.strictObject({
  seq,
  businessDate: day,
  at: instant,
  kind: z.string().meta({
    description:
      'refund, price_adjustment, exchange, voucher.*, compensation.*, goodwill, charge_back; since 1.1 carrier_claim, repair_fee; more may come',
  }),
  reversed: z.boolean(),
  number: z.string(),
  amount: money.meta({
    description: 'Minor units the store gives; negative for what it gets or takes back',
  }),
  currency: z.string(),
  balance: money.nullable().meta({ description: 'Of a voucher, after this' }),
  how: z.string().meta({ description: 'Tenders or parts, as kind:amount in minor units' }),
  caseId: z.int().nullable(),
  receiptNo: z.string(),
  party: z.string().meta({ description: 'Who bears it: a vendor by name, or store, maker, …' }),
  operator: z.string(),
  reverses: z.string().meta({ description: 'Number of what it takes back; empty for none' }),
})

/** What is told of one complaint of a case. */
export const caseComplaint = z.strictObject({
  number: z.string(),
  businessDate: day,
  kind: z.string(),
  class: z.string(),
  severity: z.string(),
  solved: z.boolean(),
  satisfied: z.boolean().nullable(),
  demand: z.string(),
  floor: z.string(),
  counter: z.string(),
  vendor: z.string(),
})

/** A case as it stood after its event `revision`; the newest revision of a case holds. */
export const caseLine = z.strictObject({
  seq,
  caseId: z.int(),
  revision: z.int(),
  state: z.enum(['open', 'closed']),
  businessDate: day,
  openedAt: instant,
  closedOn: day.nullable(),
  owner: z.string(),
  receiptNo: z.string(),
  customerRef: z.int().nullable().meta({ description: 'The person, in people.csv alone' }),
  complaintCount: z.int(),
  number: z.string().meta({ description: 'Of the first complaint, as the columns that follow' }),
  kind: z.string(),
  class: z.string(),
  severity: z.string(),
  solved: z.boolean().nullable(),
  satisfied: z.boolean().nullable(),
  demand: z.string(),
  floor: z.string(),
  counter: z.string(),
  vendor: z.string(),
  complaints: z.array(caseComplaint).meta({ description: 'JSON Lines only' }),
})

/** A day that was closed, or reopened. */
export const dayCloseLine = z.strictObject({
  seq,
  deskNo: z.string(),
  businessDate: day,
  version: z.int(),
  reopened: z.boolean(),
  at: instant,
  operator: z.string(),
  lines: z.int(),
  late: z.int(),
  ledgerHash: z.string(),
  hash: z.string(),
  prevHash: z.string(),
  slips: z.array(z.unknown()).meta({ description: 'JSON Lines only' }),
  money: z.array(z.unknown()).meta({ description: 'JSON Lines only' }),
})

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What came in a folder; its own hash is the `previous` of the next. */
export const manifest = z.strictObject({
  format: z.literal('goodwill-desk/head-office'),
  version: z.literal(FORMAT_VERSION),
  store: z.string(),
  deskNo: z.string(),
  target: z.string(),
  fromSeq: seq,
  toSeq: seq,
  previous: z.union([sha256, z.literal('')]),
  files: z.array(z.strictObject({ name: z.string(), rows: z.int(), bytes: z.int(), sha256 })),
})

export type Manifest = z.output<typeof manifest>
