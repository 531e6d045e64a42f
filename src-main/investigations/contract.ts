import { z } from 'zod'
import {
  businessDate,
  id,
  instant,
  line,
  money,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

export const liableParties = ['store', 'vendor', 'carrier', 'maker', 'customer'] as const
/** A fault in looks alone, in function, in both, none at all, or the complaint is not about goods (row 43). */
export const faultKinds = ['none', 'looks', 'function', 'both', 'no_goods'] as const
export const findings = ['founded', 'partly', 'unfounded', 'unclear'] as const
export const testResults = ['fault', 'no_fault', 'unknown'] as const
export const feeBearers = ['store', 'customer', 'shared'] as const
/**
 * Who bears the fee of a test: who loses (domain.md §1.6 [R33]). Where the test cannot tell, the store, which has to
 * prove that the goods were right (消费者权益保护法 第二十三条).
 */
export const feeBearerOf = { fault: 'store', no_fault: 'customer', unknown: 'store' } as const
export const feePayers = ['store', 'customer'] as const
export const outlayKinds = ['repair', 'travel', 'postage', 'test', 'medical', 'other'] as const
export const effortKinds = ['visit', 'call', 'wait'] as const
/** What can still be wanted before an investigation is decided. */
export const investigationGaps = ['facts', 'cause', 'analysis', 'fault', 'finding'] as const

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const reason = line(200).min(2)
const voided = z.object({ at: instant, by: z.string(), reason: z.string() }).nullable()
/** Named in both languages: the screen's own chooses. */
const word = z.object({ id: z.string(), names: z.object({ zh: z.string(), en: z.string() }) })

const written = z.object({
  /** Id of a cause; empty until it is named. */
  cause: z.string(),
  /** Why it came to this (domain.md §3.6 row 167). */
  analysis: z.string(),
  fault: z.enum(faultKinds).nullable(),
  finding: z.enum(findings).nullable(),
  opinion: z.string(),
})

const certificate = z.object({
  id,
  laboratory: z.string(),
  number: z.string(),
  testedOn: businessDate,
  result: z.enum(testResults),
  summary: z.string(),
  fee: money,
  currency: z.string(),
  paidBy: z.enum(feePayers),
  bearer: z.enum(feeBearers),
  bearerReason: z.string(),
  /** What the store owes the customer of the fee, and what the customer owes the store. */
  toCustomer: money,
  byCustomer: money,
  sha256: z.string().nullable(),
  at: instant,
  by: z.string(),
  voided,
})

const outlay = z.object({
  id,
  kind: z.enum(outlayKinds),
  what: z.string(),
  amount: money,
  currency: z.string(),
  paidOn: businessDate,
  certificateId: id.nullable(),
  sha256: z.string().nullable(),
  /** Number of the compensation that paid it back; null while it is open. */
  paidBack: z.string().nullable(),
  at: instant,
  by: z.string(),
  voided,
})

const share = z.object({
  party: z.enum(liableParties),
  name: z.string(),
  weight: z.int().min(0),
  amount: money,
})

const split = z.object({
  id,
  total: money,
  currency: z.string(),
  note: z.string(),
  at: instant,
  by: z.string(),
  shares: z.array(share),
})

export const investigationsContract = {
  /** The causes there are, by group, with who usually answers for each. */
  causes: procedure('sales.read').output(
    z.array(word.extend({ group: z.string(), party: z.enum(liableParties) })),
  ),
  /** What was found out about a complaint; version 0 where nobody has begun. */
  of: procedure('sales.read')
    .input(z.object({ complaintId: id }))
    .output(
      written.extend({
        complaintId: id,
        caseId: id,
        complaintNumber: z.string(),
        state: z.enum(['open', 'decided']),
        decidedAt: instant.nullable(),
        decidedBy: z.string().nullable(),
        version: z.int().min(0),
        /** What the class of the complaint asks for, in its order. */
        facts: z.array(
          word.extend({
            state: z.enum(['open', 'settled', 'skipped']),
            text: z.string(),
            at: instant.nullable(),
            by: z.string().nullable(),
          }),
        ),
        missing: z.array(z.enum(investigationGaps)),
        certificates: z.array(certificate),
        outlays: z.array(outlay),
        /** What the case costs the customer besides money (domain.md §3.6 row 47). */
        effort: z.object({
          visits: z.int(),
          calls: z.int(),
          minutes: z.int(),
          signatures: z.int(),
          entries: z.array(
            z.object({
              id,
              kind: z.enum(effortKinds),
              minutes: z.int(),
              note: z.string(),
              businessDate,
              by: z.string(),
            }),
          ),
        }),
        /** Who is liable for how much; null until it is split. */
        split: split.nullable(),
      }),
    ),
  /** Settles a fact, or leaves it out with the reason. */
  settleFact: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        fact: line(40).min(1),
        state: z.enum(['settled', 'skipped']),
        text: text(2_000).min(2),
      }),
    )
    .output(z.object({ version })),
  write: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        cause: line(40),
        analysis: text(4_000),
        fault: z.enum(faultKinds).nullable(),
        finding: z.enum(findings).nullable(),
        opinion: text(2_000),
        version: z.int().min(0),
      }),
    )
    .output(z.object({ version })),
  /** Refuses while a fact is open or a field is empty (`investigations.not_ready`). */
  decide: procedure('complaints.record')
    .input(z.object({ complaintId: id, version }))
    .output(z.object({ version })),
  reopen: procedure('complaints.record')
    .input(z.object({ complaintId: id, reason, version }))
    .output(z.object({ version })),
  /** Who bears the fee follows from the result; another answer needs its reason. */
  addCertificate: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        laboratory: line(80).min(2),
        number: line(60).min(1),
        testedOn: businessDate,
        result: z.enum(testResults),
        summary: text(600),
        fee: money.min(0),
        paidBy: z.enum(feePayers),
        bearer: z.enum(feeBearers),
        bearerReason: line(200).default(''),
        sha256: sha256.nullable(),
      }),
    )
    .output(z.object({ id })),
  voidCertificate: procedure('complaints.record')
    .input(z.object({ certificateId: id, reason }))
    .output(z.object({ done: z.boolean() })),
  addOutlay: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        kind: z.enum(outlayKinds),
        what: line(200).min(2),
        amount: money.min(1),
        paidOn: businessDate,
        sha256: sha256.nullable(),
      }),
    )
    .output(z.object({ id })),
  voidOutlay: procedure('complaints.record')
    .input(z.object({ outlayId: id, reason }))
    .output(z.object({ done: z.boolean() })),
  addEffort: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        kind: z.enum(effortKinds),
        minutes: z.int().min(0).max(6_000),
        note: line(200).default(''),
      }),
    )
    .output(z.object({ id })),
  /** Splits an amount over those who are liable; the shares sum exactly to it. */
  split: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        total: money.min(1),
        parties: z
          .array(
            z.object({
              party: z.enum(liableParties),
              name: line(60).default(''),
              weight: z.int().min(0),
            }),
          )
          .min(1)
          .max(10),
        note: line(200).default(''),
      }),
    )
    .output(split),
}
