import { z } from 'zod'
import {
  businessDate,
  id,
  instant,
  line,
  money,
  pin,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'
import { destinations } from '../goods/contract.ts'

/** Papers and deeds a business day is made of, as the close counts them. */
export const slipKinds = [
  'refund',
  'price_adjustment',
  'exchange',
  'handover',
  'repair_in',
  'repair_out',
  'card',
  'voucher',
  'complaint',
  'compensation',
  'goodwill',
  'refusal',
] as const

/** What is looked at before a day is closed, in the order it is read out (docs/day-close.md). */
export const checkKinds = [
  'earlier_days',
  'goods_counted',
  'store_open',
  'unmatched',
  'handovers',
  'approvals',
  'promises',
  'loans',
  'drafts',
] as const

/** Who signs a close, from the desk up. */
export const signerRoles = ['desk_lead', 'floor_manager', 'duty_manager'] as const

/** Who has to sign: with two people in a small shop the desk lead and the duty manager (docs/decisions/0022). */
export function rolesToSign(signers: 2 | 3): (typeof signerRoles)[number][] {
  return signers === 2
    ? ['desk_lead', 'duty_manager']
    : ['desk_lead', 'floor_manager', 'duty_manager']
}

/** How somebody signs: with a PIN, by drawing on the screen, or on the printed sheet. */
export const signatureWays = ['pin', 'drawn', 'paper'] as const

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What can be made at closing time by itself. */
export const closingPapers = ['day_report', 'day_close'] as const

/** Letters of one note. */
export const longestNote = 200

const slipCount = z.object({
  kind: z.enum(slipKinds),
  /** All of them, void ones too: 作废联 are kept. */
  count: z.int(),
  voided: z.int(),
  /** Written after the day before had been closed. */
  late: z.int(),
  /** Minor units: paid back or given; of exchanges the differences. */
  amount: money,
})

const moneyLine = z.object({
  direction: z.enum(['pay_out', 'collect']),
  tender: z.string(),
  /** What the tills have done, and what they have yet to do. */
  done: z.object({ count: z.int(), amount: money }),
  pending: z.object({ count: z.int(), amount: money }),
})

const goodsLine = z.object({
  destination: z.enum(destinations),
  recorded: z.int(),
  /** The last count; null while nobody has counted. */
  count: z
    .object({
      recorded: z.int(),
      counted: z.int(),
      note: z.string(),
      at: instant,
      by: z.string(),
    })
    .nullable(),
})

const check = z.object({
  kind: z.enum(checkKinds),
  /** Done, known and explained by a note, or in the way of closing. */
  state: z.enum(['done', 'note', 'blocks']),
  count: z.int(),
  note: z.string(),
})

const signature = z.object({
  role: z.enum(signerRoles),
  operatorId: id,
  name: z.string(),
  how: z.enum(signatureWays),
  /** Hash of the drawing; null where none was drawn. */
  sha256: sha256.nullable(),
})

const closeState = z.enum(['open', 'closed', 'reopened', 'empty'])

const closeVersion = z.object({
  id,
  version,
  hash: z.string(),
  closedAt: instant,
  closedBy: z.string(),
  reopened: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
})

const late = z.object({ number: z.string(), kind: z.string(), at: instant, on: businessDate })

export const closeDay = z.object({
  businessDate,
  state: closeState,
  currency: z.string(),
  slips: z.array(slipCount),
  money: z.array(moneyLine),
  goods: z.array(goodsLine),
  checks: z.array(check),
  late: z.array(late),
  remark: z.string(),
  signatures: z.array(signature),
  /** How many people sign in this store. */
  signers: z.union([z.literal(2), z.literal(3)]),
  lines: z.int(),
  ledgerHash: z.string(),
  /** The close that stands; null while the day is open. */
  close: closeVersion.nullable(),
  /** Every close there was, the newest first. */
  versions: z.array(closeVersion),
})

export const dayClosesContract = {
  /** What is written now is booked on, and the days that wait to be closed: for the line above every page. */
  booking: procedure('sales.read').output(
    z.object({
      today: businessDate,
      bookedOn: businessDate,
      /** Days before today with something on them that nobody has closed, the oldest first. */
      unclosed: z.array(businessDate),
      /** The store closes soon, and today is not closed. */
      due: z.boolean(),
    }),
  ),
  /** Days with something on them, today among them, the newest first. */
  days: procedure('reports.read').output(
    z.array(
      z.object({
        businessDate,
        state: closeState,
        version: z.int(),
        late: z.int(),
        unmatched: z.int(),
      }),
    ),
  ),
  /** One day: as it stands, or as it was closed. `drafts` are unfinished forms on the asking machine. */
  open: procedure('reports.read')
    .input(z.object({ businessDate, drafts: z.int().min(0).max(999).default(0) }))
    .output(closeDay),
  /** The slips of one kind behind a count of a day, the oldest first. */
  slips: procedure('reports.read')
    .input(z.object({ businessDate, kind: z.enum(slipKinds) }))
    .output(
      z.array(
        z.object({
          number: z.string(),
          at: instant,
          amount: money,
          isVoid: z.boolean(),
          isLate: z.boolean(),
        }),
      ),
    ),
  /** Writes down how many goods of one destination are really there. A difference needs a note. */
  count: procedure('days.close')
    .input(
      z.object({
        businessDate,
        destination: z.enum(destinations),
        counted: z.int().min(0).max(99_999),
        note: line(longestNote).default(''),
      }),
    )
    .output(z.object({ id })),
  /** Freezes the day with its signatures. What was seen is named by the hash of its ledger. */
  close: procedure('days.close')
    .input(
      z.object({
        businessDate,
        ledgerHash: z.string().length(64),
        drafts: z.int().min(0).max(999).default(0),
        notes: z.array(z.object({ kind: z.enum(checkKinds), note: line(longestNote) })).max(20),
        remark: text(500).default(''),
        signatures: z
          .array(
            z.object({
              role: z.enum(signerRoles),
              how: z.enum(signatureWays),
              code: line(12).min(1),
              pin: pin.or(z.literal('')).default(''),
              sha256: sha256.nullable().default(null),
            }),
          )
          .max(3),
      }),
    )
    .output(z.object({ version, hash: z.string() })),
  /** Opens a closed day again: the close stays with its hash, the next one is its next version. */
  reopen: procedure('days.reopen')
    .input(z.object({ businessDate, version, reason: line(longestNote).min(2) }))
    .output(z.object({ businessDate })),
  /** Recomputes every close: its own hash, its place in the chain, and the ledger as it stands today. */
  verify: procedure('reports.read').output(
    z.object({
      ok: z.boolean(),
      closes: z.int(),
      faults: z.array(
        z.object({
          businessDate,
          version,
          fault: z.enum(['content', 'chain', 'audit', 'ledger']),
          /** Documents that differ from what was signed. */
          numbers: z.array(z.string()),
        }),
      ),
    }),
  ),
  settings: procedure('signed_in').output(
    z.object({
      signers: z.union([z.literal(2), z.literal(3)]),
      remindMinutes: z.int(),
      papers: z.array(z.enum(closingPapers)),
      version: z.int(),
    }),
  ),
  changeSettings: procedure('settings.change')
    .input(
      z.object({
        signers: z.union([z.literal(2), z.literal(3)]),
        remindMinutes: z.int().min(0).max(240),
        papers: z.array(z.enum(closingPapers)).max(closingPapers.length),
        version: z.int().min(0),
      }),
    )
    .output(z.object({ version })),
}
