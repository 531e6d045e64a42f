import { z } from 'zod'
import { approvalRequest } from '../approvals/contract.ts'
import { LONGEST_SCAN } from '../foundation/card-code.ts'
import { businessDate, id, instant, line, money, procedure, text } from '../foundation/procedure.ts'
import type { RightsFacts, Verdict } from '../policy/facts.ts'
import { askedGoods, bases } from '../repairs/contract.ts'
import {
  approverRoles,
  type Bilingual,
  bilingual,
  channels,
  conditionGrades,
  type Layer,
  reasonClasses,
  remedies,
  voidFindings,
} from '../policy/rule.ts'

/** Which part of a car failed, where rules make a difference of it; `grave` are faults that endanger those in it. */
export const carFaults = ['none', 'main_assembly', 'grave', 'safety'] as const

/** Who brought the complaint to the store. */
export const bringers = ['customer', 'hotline_12315', 'regulator'] as const

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
  /** Which unit of the line is brought: its repairs count, those of its twins do not. */
  unitNo: z.int().min(1).optional(),
  channel: z.enum(channels).optional(),
  foundSubstandard: z.boolean().optional(),
  medicalProof: z.boolean().optional(),
  kilometres: z.int().min(0).max(9_999_999).optional(),
  carFault: z.enum(carFaults).optional(),
  broughtBy: z.enum(bringers).optional(),
  contractRate: z.boolean().optional(),
  noTag: z.boolean().optional(),
  openedMedia: z.boolean().optional(),
  confirmedUnsuitable: z.boolean().optional(),
  largeGoods: z.boolean().optional(),
  personalData: z.boolean().optional(),
  /** What one unit costs today where the clerk has seen another price than the catalogue's: minor units. */
  seenPrice: z.int().min(0).optional(),
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

/** Why a line has no verdict; `mirrored`: a till only repeats what a paper of this desk is about. */
export const lineStates = ['open', 'all_back', 'to_come', 'mirrored', 'not_goods'] as const

/** The two answers every customer may hope for. */
export const foreseenReasons = ['quality', 'preference'] as const

export const lineRights = z.object({
  saleLineId: id,
  state: z.enum(lineStates),
  /** Units that can still come back, and what was paid for them together. */
  units: z.int(),
  paid: money,
  /** The slips its units are back by; of a mirrored line the desk's paper. Each once, the first of them first. */
  papers: z.array(z.string()),
  /** Goes with other goods: came free with them. */
  isGift: z.boolean(),
  /** What the desk repaired of its units, oldest first; each with the unit, so that the right one can be asked for. */
  repairs: z.array(
    z.object({
      itemId: id,
      unitNo: z.int(),
      receivedOn: businessDate.nullable(),
      endedOn: businessDate.nullable(),
    }),
  ),
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

/** Why a claim without a slip is denied: by the rules, or because the purchase is not shown well enough. */
export const proofGrounds = ['rules', 'not_proven'] as const

export const proofRefusalDraft = z.strictObject({
  proofSetId: id,
  claim: z.enum(refusableClaims),
  ground: z.enum(proofGrounds),
})

export const proofRefusalRecord = proofRefusalDraft.extend({
  statement: text(2000).default(''),
  note: text(1000).default(''),
  /** Empty: as it was left with the proofs. */
  contact,
  approvalIds: z.array(id).max(20).default([]),
})

/** Why a claim is denied and what is left to do, in words that stay as they were given. */
const refusalContent = z.object({
  reason: z.enum(reasonClasses),
  /** Only where there was no sale. */
  ground: z.enum(proofGrounds).optional(),
  grounds: z.array(bilingual),
  rules: z.array(z.object({ id: z.string(), version: z.int(), text: bilingual, basis: bilingual })),
  wayOns: z.array(z.object({ kind: z.enum(wayOns), until: businessDate.nullable() })),
})
export type RefusalContent = z.output<typeof refusalContent>

export const claimedGoods = z.object({
  name: line(200).min(1),
  category: line(60).default(''),
  units: z.int().min(1).max(10_000).default(1),
  paid: money.nonnegative(),
  soldOn: businessDate,
})

export const proofKinds = [
  'payment_bill',
  'serial_no',
  'slip_photo',
  'member_record',
  'barcode',
  'staff_memory',
  'original_box',
  'signed_card',
] as const
export type ProofKind = (typeof proofKinds)[number]

/** How a proof stands to the sale it is held against. */
export const standings = ['agrees', 'alone', 'contradicts'] as const
export type Standing = (typeof standings)[number]
export const strengths = ['strong', 'fair', 'weak'] as const
export type Strength = (typeof strengths)[number]

/** A photo kept with it, by its hash. */
const withPhoto = {
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
}

/** One thing that speaks for a purchase where the slip is lost. */
export const proof = z.discriminatedUnion('kind', [
  /** The signed code of a card, of this desk or one whose key it knows; one that is not genuine is refused. */
  z.strictObject({ kind: z.literal('signed_card'), code: text(LONGEST_SCAN).min(1), ...withPhoto }),
  z.strictObject({
    kind: z.literal('payment_bill'),
    amount: money.positive(),
    paidOn: businessDate,
    reference: line(80).default(''),
    ...withPhoto,
  }),
  z.strictObject({ kind: z.literal('serial_no'), serialNo: line(80).min(1), ...withPhoto }),
  z.strictObject({ kind: z.literal('slip_photo'), receiptNo: line(60).default(''), ...withPhoto }),
  z.strictObject({
    kind: z.literal('member_record'),
    memberNo: line(40).default(''),
    phone: line(30).default(''),
    ...withPhoto,
  }),
  z.strictObject({ kind: z.literal('barcode'), barcode: line(80).min(1), ...withPhoto }),
  /** Somebody of the staff remembers: who, and what. */
  z.strictObject({
    kind: z.literal('staff_memory'),
    name: line(40).min(1),
    words: text(500).min(1),
    ...withPhoto,
  }),
  z.strictObject({ kind: z.literal('original_box'), what: line(200).min(1), ...withPhoto }),
])
export type Proof = z.output<typeof proof>

const proofs = z.array(proof).max(12)

const weighing = z.object({
  standings: z.array(z.enum(standings)),
  /** What each proof adds, of 100. */
  weights: z.array(z.int()),
  score: z.int(),
  strength: z.enum(strengths),
  approver: z.enum(approverRoles),
})

export const proofRecord = z.strictObject({
  proofs: proofs.min(1),
  /** The sale they point to; null where none was found. */
  receiptId: id.nullable(),
  /** What the customer says they bought; needed where no sale was found. */
  goods: claimedGoods.nullable(),
  answer: answer.default({}),
  note: text(1000).default(''),
  contact,
})

/** Goods that are brought for repair, and what was said of them. */
export const repairQuestion = z.strictObject({ of: askedGoods, answer: answer.default({}) })

export const rightsContract = {
  /** What the customer may have today for each line of a sale, for all units that are not back yet. */
  ofReceipt: procedure('sales.read')
    .input(
      z.object({
        receiptId: id,
        answers: answers.default({ all: {}, lines: [] }),
        /** Proofs that stand in place of the slip. */
        proofSetId: id.nullable().default(null),
      }),
    )
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
  /** Whether a repair of goods is free, as it will be decided; undecided while an answer could change it. */
  forRepair: procedure('sales.read')
    .input(repairQuestion)
    .output(
      z.object({
        owes: z.enum(['free', 'paid', 'undecided']),
        basis: z.enum(bases),
        verdict: verdict.nullable(),
        rules: z.array(ruleText),
      }),
    ),
  /** Writes that decision down for the repair to go by. */
  freezeForRepair: procedure('repairs.record').input(repairQuestion).output(z.object({ id })),
  /** The paper of a denied claim before it is written: grounds and what the customer can still do. */
  draftRefusal: procedure('refunds.record')
    .input(refusalDraft)
    .output(refusalContent.extend({ name: z.string() })),
  /** Denies a claim: refused itself where the rules allow the claim or a fact is still open. */
  refuseClaim: procedure('refunds.record')
    .input(refusalRecord)
    .output(z.object({ id, number: z.string() })),
  /** The paper of a claim denied on proofs without a sale, and who has to decide on the no. */
  draftProofRefusal: procedure('refunds.record')
    .input(proofRefusalDraft)
    .output(
      refusalContent.extend({
        name: z.string(),
        approval: approvalRequest.extend({ needed: z.enum(approverRoles).nullable() }).nullable(),
      }),
    ),
  /** Denies a claim made on proofs without a sale and closes its case. */
  refuseProofs: procedure('refunds.record')
    .input(proofRefusalRecord)
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
        proofSetId: id.nullable(),
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
  /** Sales the proofs point to, and how strong they are together with each of them and without any. */
  weighProofs: procedure('sales.read')
    .input(z.object({ proofs }))
    .output(
      z.object({
        alone: weighing,
        candidates: z.array(
          weighing.extend({
            receiptId: id,
            receiptNo: z.string(),
            businessDate,
            total: money,
            currency: z.string(),
            goods: z.string(),
            customer: z.string(),
          }),
        ),
      }),
    ),
  /** What goods without a sale would come to, by what the customer says of them. */
  ofClaim: procedure('sales.read')
    .input(z.object({ goods: claimedGoods, answer: answer.default({}), proofs }))
    .output(
      z.object({
        verdict,
        rules: z.array(ruleText),
        weighing,
        needed: z.enum(approverRoles),
      }),
    ),
  recordProofs: procedure('refunds.record')
    .input(proofRecord)
    .output(z.object({ id, caseId: id })),
  openProofs: procedure('sales.read')
    .input(z.object({ proofSetId: id }))
    .output(
      z.object({
        id,
        caseId: id,
        receiptId: id.nullable(),
        receiptNo: z.string().nullable(),
        goods: z.string(),
        units: z.int(),
        paidAmount: money,
        currency: z.string(),
        soldOn: businessDate,
        score: z.int(),
        strength: z.enum(strengths),
        approver: z.enum(approverRoles),
        note: z.string(),
        contactName: z.string(),
        contactPhoneMasked: z.string(),
        recordedAt: instant,
        recordedBy: z.string(),
        proofs: z.array(
          z.object({
            kind: z.enum(proofKinds),
            detail: z.record(z.string(), z.union([z.string(), z.number()])),
            sha256: z.string().nullable(),
            standing: z.enum(standings),
            weight: z.int(),
          }),
        ),
        /** What was decided on the goods as described; null where the sale itself was found. */
        verdict: verdict.nullable(),
        proven: z.boolean(),
        /** What the customer came for, as the decision has it. */
        reason: z.enum(reasonClasses).nullable(),
        /** The paper the claim ended with. */
        refusal: z.object({ id, number: z.string() }).nullable(),
        /** The case is still open: nothing came of the claim yet. */
        isOpen: z.boolean(),
      }),
    ),
  /** Closes the case of a claim that no slip of the desk settles, with what came of it. */
  settleProofs: procedure('refunds.record')
    .input(z.object({ proofSetId: id, outcome: line(200).min(2) }))
    .output(z.object({ done: z.boolean() })),
}
