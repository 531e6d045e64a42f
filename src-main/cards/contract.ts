import { z } from 'zod'
import { LONGEST_SCAN } from '../foundation/card-code.ts'
import {
  businessDate,
  id,
  instant,
  line,
  money,
  paperLanguages,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

export const providers = ['maker', 'store', 'vendor'] as const
export const costBearers = ['maker', 'store', 'vendor', 'customer'] as const

/** The warranty a card states for one unit. */
export const cardTerms = z.object({
  brand: line(60),
  model: line(60),
  name: line(200).min(1),
  serialNo: line(60),
  batchNo: line(60),
  origin: line(60),
  installedOn: businessDate.nullable(),
  /** Whole-unit term in months. */
  unitMonths: z.int().min(1).max(600),
  /** Main-part term in months, where main parts have one of their own. */
  partMonths: z.int().min(1).max(600).nullable(),
  mainParts: line(200),
  provider: z.enum(providers),
  providerName: line(100),
  providerPhone: line(40),
  scope: text(400),
  costBearer: z.enum(costBearers),
})

export const cardUnit = cardTerms.extend({ saleLineId: id, unitNo: z.int().min(1) })

export const consumer = z.object({
  name: line(40),
  phone: line(40),
  address: line(200),
  postcode: line(12),
})

export const cardIssue = z.object({
  receiptId: id,
  /** A phone left masked as the draft gave it stands for the customer's number on file. */
  consumer,
  paperLanguage: z.enum(paperLanguages),
  units: z.array(cardUnit).min(1).max(100),
})

export const card = z.object({
  id,
  number: z.string(),
  state: z.enum(['active', 'void']),
  receiptId: id,
  receiptNo: z.string(),
  saleDate: businessDate,
  businessDate,
  issuedAt: instant,
  issuedBy: z.string(),
  consumer: z.object({ name: z.string(), phoneMasked: z.string() }),
  paperLanguage: z.enum(paperLanguages),
  /** Papers handed out so far: the first and its copies. */
  prints: z.int(),
  units: z.array(
    cardUnit.extend({
      paidAmount: money,
      startsOn: businessDate,
      unitEndsOn: businessDate,
      partEndsOn: businessDate.nullable(),
      /** Days left of the whole-unit term: 0 on its last day, which still counts; negative when it is over. */
      daysLeft: z.int(),
      /** True once the unit has come back to the store. */
      returned: z.boolean(),
      /** Set once the unit was exchanged: under which handover, and the card that stands in for this one. */
      replaced: z
        .object({
          on: businessDate,
          under: z.string(),
          cardId: id.nullable(),
          number: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
  voidReason: z.string().nullable(),
  /** Cards this one stands in for after an exchange. */
  replaces: z.array(z.object({ cardId: id, number: z.string() })),
  version,
})

/** What a scanned or pasted code is worth; `unsigned` is a card of this desk's book without a signature. */
export const codeVerdicts = [
  'genuine',
  'key_void',
  'key_withdrawn',
  'forged',
  'unknown_key',
  'incomplete',
  'newer',
  'unsigned',
  'no_code',
] as const

const codeFacts = z.object({
  number: z.string(),
  issue: z.int(),
  store: z.string(),
  saleDate: businessDate,
  receiptNo: z.string(),
  currency: z.string(),
  /** Units the card stands for; `units` are those that fitted into the code. */
  unitCount: z.int(),
  units: z.array(
    z.object({
      name: z.string(),
      brand: z.string(),
      model: z.string(),
      serialNo: z.string(),
      paid: money,
      unitEndsOn: businessDate,
      partEndsOn: businessDate.nullable(),
      mainParts: z.string(),
    }),
  ),
})

export const cardsContract = {
  /** Whether a card's code is genuine, and what it says: by keys alone; `here` is what this desk's book adds. */
  verify: procedure('sales.read')
    .input(z.object({ text: text(LONGEST_SCAN) }))
    .output(
      z.object({
        verdict: z.enum(codeVerdicts),
        /** Of an unknown key: what the code claims. */
        facts: codeFacts.nullable(),
        signer: z
          .object({
            fingerprint: z.string(),
            store: z.string(),
            deskNo: z.string(),
            voidFrom: businessDate.nullable(),
          })
          .nullable(),
        /** First groups of the fingerprint of an unknown key. */
        fingerprint: z.string(),
        /** Letters an incomplete code lacks. */
        missing: z.int(),
        here: z
          .object({
            cardId: id,
            number: z.string(),
            receiptId: id,
            state: z.enum(['active', 'void']),
            voidReason: z.string().nullable(),
            /** Cards that stand in for units of this one. */
            newer: z.array(z.object({ cardId: id, number: z.string() })),
            returned: z.int(),
            units: z.int(),
            /** Whether the code says what the book says; null where it carries no facts. */
            agrees: z.boolean().nullable(),
          })
          .nullable(),
      }),
    ),
  /**
   * What a card for this sale could say: its units (at most 100 of a line), with terms from the catalogue and the
   * customer's phone masked.
   */
  draft: procedure('cards.issue')
    .input(z.object({ receiptId: id }))
    .output(
      z.object({
        currency: z.string(),
        consumer,
        units: z.array(
          cardUnit.omit({ unitMonths: true }).extend({
            /** Null where neither catalogue nor category says: the clerk types it. */
            unitMonths: z.int().nullable(),
            paidAmount: money,
            serialTracked: z.boolean(),
            /** Why this unit cannot get a card, if it cannot. */
            blocked: z.enum(['has_card', 'returned']).nullable(),
            cardNumber: z.string().nullable(),
          }),
        ),
      }),
    ),
  issue: procedure('cards.issue')
    .input(cardIssue)
    .output(z.object({ id, number: z.string() })),
  open: procedure('sales.read')
    .input(z.object({ cardId: id }))
    .output(card),
  void: procedure('cards.void')
    .input(z.object({ cardId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
}
