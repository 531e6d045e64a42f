import { z } from 'zod'
import { businessDate, id, instant, line, money, procedure, text } from '../foundation/procedure.ts'
import type { RightsFacts, Verdict } from '../policy/facts.ts'
import {
  type Bilingual,
  bilingual,
  channels,
  conditionGrades,
  type Layer,
  reasonClasses,
  remedies,
  voidFindings,
} from '../policy/rule.ts'

/** What the clerk has said on the spot, each with one key; what is absent was not asked or not answered yet. */
export const answer = z.strictObject({
  reason: z.enum(reasonClasses).optional(),
  condition: z.enum(conditionGrades).optional(),
  complete: z.boolean().optional(),
  /** Empty: somebody looked and found nothing that ends a free remedy. */
  findings: z.array(z.enum(voidFindings)).max(voidFindings.length).optional(),
  /** Code of the main part that failed, `unit` for the whole unit. */
  part: line(60).optional(),
  sameModelInStock: z.boolean().optional(),
  deliveredOn: businessDate.optional(),
  installedOn: businessDate.optional(),
  wish: z.enum(remedies).optional(),
  channel: z.enum(channels).optional(),
  foundSubstandard: z.boolean().optional(),
  medicalProof: z.boolean().optional(),
  /** False where the slip is lost and other proof stands for it. */
  receipt: z.boolean().optional(),
})
export type Answer = z.output<typeof answer>

/** Answers for every line, and what one line says differently. */
export const answers = z.strictObject({
  all: answer.default({}),
  lines: z
    .array(z.strictObject({ saleLineId: id, answer }))
    .max(500)
    .default([]),
})
export type Answers = z.output<typeof answers>

/** Verdicts come from the engine on this side; what they look like is its type. */
const verdict = z.custom<Omit<Verdict, 'trace'>>()

/** What a rule says of itself, wherever a verdict names it. */
const ruleText = z.custom<{
  id: string
  version: number
  text: Bilingual
  basis: Bilingual
  source: string
  layer: Layer
  statutory: boolean
  unverified: boolean
}>()

/** Why a line has no verdict. */
export const lineStates = ['open', 'all_back', 'not_goods'] as const

/** The two answers every customer may hope for. */
export const foreseenReasons = ['quality', 'preference'] as const

export const lineRights = z.object({
  saleLineId: id,
  state: z.enum(lineStates),
  /** Units that can still come back, and what was paid for them together. */
  units: z.int(),
  paid: money,
  /** Goes with other goods: came free with them. */
  isGift: z.boolean(),
  /** Code of the category the rules go by; null where no word of the goods tells. */
  category: z.string().nullable(),
  verdict: verdict.nullable(),
  /**
   * While nobody has said why: what a fault and a change of mind would each allow, so that the screen can answer
   * before it asks. Empty as soon as the reason is known.
   */
  foreseen: z.array(
    z.object({
      reason: z.enum(foreseenReasons),
      remedies: z.array(
        z.object({
          remedy: z.enum(remedies),
          /** Null: it hangs on what is not known yet. */
          allowed: z.boolean().nullable(),
          until: businessDate.nullable(),
        }),
      ),
    }),
  ),
})

export const refusableClaims = ['refund', 'exchange', 'repair', 'price_difference'] as const

/** What the customer can still do after a no; the slip has a sentence for each. */
export const wayOns = [
  'refund',
  'exchange',
  'repair',
  'price_difference',
  'paid_repair',
  'more_proof',
  'test',
  'manager',
  'hotline_12315',
  'authority',
] as const

const contact = z
  .object({ name: line(40).default(''), phone: line(30).default('') })
  .default({ name: '', phone: '' })

export const refusalDraft = z.strictObject({
  receiptId: id,
  saleLineId: id,
  units: z.int().min(1).max(10_000),
  claim: z.enum(refusableClaims),
  answers,
})

export const refusalRecord = refusalDraft.extend({
  /** What the customer says, in their words. */
  statement: text(2000).default(''),
  note: text(1000).default(''),
  contact,
})

/** Why a claim is denied and what is left to do, in words that stay as they were given. */
const refusalContent = z.object({
  reason: z.enum(reasonClasses),
  grounds: z.array(bilingual),
  rules: z.array(z.object({ id: z.string(), version: z.int(), text: bilingual, basis: bilingual })),
  wayOns: z.array(z.object({ kind: z.enum(wayOns), until: businessDate.nullable() })),
})
export type RefusalContent = z.output<typeof refusalContent>

export const rightsContract = {
  /** What the customer may have today for each line of a sale, for all units that are not back yet. */
  ofReceipt: procedure('sales.read')
    .input(z.object({ receiptId: id, answers: answers.default({ all: {}, lines: [] }) }))
    .output(
      z.object({
        receiptId: id,
        currency: z.string(),
        today: businessDate,
        lines: z.array(lineRights),
        /** The rules the verdicts name, each once. */
        rules: z.array(ruleText),
      }),
    ),
  /** How the answer for one line came about: every rule that was looked at, and why it counts or not. */
  trace: procedure('sales.read')
    .input(z.object({ receiptId: id, saleLineId: id, answers }))
    .output(
      z.object({
        facts: z.custom<Omit<RightsFacts, 'calendar'>>(),
        clocks: z.custom<Verdict['clocks']>(),
        steps: z.custom<Verdict['trace']>(),
        rules: z.array(ruleText),
      }),
    ),
  /** Writes down what was decided, so that a refund or a refusal can prove it later. */
  freeze: procedure('refunds.record')
    .input(
      z.object({
        receiptId: id,
        lines: z
          .array(z.object({ saleLineId: id, units: z.int().min(1).max(10_000) }))
          .min(1)
          .max(500),
        answers,
        proofSetId: id.nullable().default(null),
      }),
    )
    .output(z.object({ id, hash: z.string() })),
  /** The paper of a denied claim before it is written: grounds and what the customer can still do. */
  draftRefusal: procedure('refunds.record')
    .input(refusalDraft)
    .output(refusalContent.extend({ name: z.string() })),
  /** Denies a claim: refused itself where the rules allow the claim or a fact is still open. */
  refuseClaim: procedure('refunds.record')
    .input(refusalRecord)
    .output(z.object({ id, number: z.string() })),
  openRefusal: procedure('sales.read')
    .input(z.object({ refusalId: id }))
    .output(
      refusalContent.extend({
        id,
        number: z.string(),
        caseId: id,
        receiptId: id.nullable(),
        receiptNo: z.string().nullable(),
        saleLineId: id.nullable(),
        goods: z.string(),
        units: z.int(),
        claim: z.enum(refusableClaims),
        statement: z.string(),
        note: z.string(),
        contactName: z.string(),
        contactPhoneMasked: z.string(),
        owner: z.string(),
        recordedAt: instant,
        recordedBy: z.string(),
        businessDate,
        prints: z.int(),
        /** The frozen decision is as it was written. */
        proven: z.boolean(),
      }),
    ),
  /** Denied claims about a sale, newest first. */
  refusalsOf: procedure('sales.read')
    .input(z.object({ receiptId: id }))
    .output(
      z.array(
        z.object({
          id,
          number: z.string(),
          businessDate,
          goods: z.string(),
          claim: z.enum(refusableClaims),
        }),
      ),
    ),
}
