import { z } from 'zod'
import { goodsSource } from '../goods/contract.ts'
import {
  businessDate,
  id,
  instant,
  paperLanguages,
  procedure,
  text,
} from '../foundation/procedure.ts'

/** One unit's label, or those of everything one paper brought back. */
const goodsLabels = z.union([
  z.object({ unitId: id }),
  z.object({ source: goodsSource.pick({ type: true, id: true }) }),
])

/** Which paper, and on what where there is a choice. */
export const paper = z.discriminatedUnion('document', [
  z.object({ document: z.literal('card'), cardId: id }),
  z.object({
    document: z.literal('refund_slip'),
    refundId: id,
    format: z.enum(['80mm', 'A5']),
  }),
  z.object({
    document: z.literal('exchange_slip'),
    exchangeId: id,
    format: z.enum(['80mm', 'A5']),
  }),
  z.object({ document: z.literal('day_report'), businessDate }),
  /** Figures of one person in a period beside the store's. */
  z.object({
    document: z.literal('scorecard'),
    ownerId: id,
    from: businessDate,
    to: businessDate,
  }),
  z.object({
    document: z.literal('refusal_slip'),
    refusalId: id,
    format: z.enum(['80mm', 'A4']),
  }),
  z.object({
    document: z.literal('handover_form'),
    handoverId: id,
    format: z.enum(['80mm', 'A5']),
  }),
  z.object({
    document: z.literal('voucher'),
    voucherId: id,
    format: z.enum(['80mm', 'A6']),
  }),
  z.object({ document: z.literal('goods_label'), of: goodsLabels }),
  /** Examples for the morning meeting, in this order. */
  z.object({ document: z.literal('briefing_sheet'), lessonIds: z.array(id).min(1).max(12) }),
  z.object({
    document: z.enum(['repair_sheet', 'repair_record']),
    repairId: id,
    format: z.enum(['80mm', 'A5']),
  }),
  /** The claim stub with the pickup code. */
  z.object({
    document: z.literal('repair_stub'),
    repairId: id,
    format: z.enum(['80mm', '58mm']),
  }),
  /** One label for each item and each accessory. */
  z.object({ document: z.literal('repair_tag'), repairId: id }),
  /** What the customer takes home from a complaint. */
  z.object({
    document: z.literal('complaint_slip'),
    complaintId: id,
    format: z.enum(['80mm', 'A5']).default('80mm'),
  }),
  /** The card for the desk, or the copy of everything for the customer. */
  z.object({
    document: z.literal('customer_card'),
    customerId: id,
    format: z.enum(['A6', 'A4']),
  }),
  z.object({ document: z.literal('erasure_report'), erasureId: id }),
  /** Goods out of sale, to the counters. */
  z.object({ document: z.literal('sale_stop'), stopId: id }),
  z.object({
    document: z.literal('shift_handover'),
    shiftId: id,
    format: z.enum(['A4', 'A5']),
  }),
  /** A notice to a vendor or carrier, in the language that it reads. */
  z.object({
    document: z.literal('vendor_notice'),
    claimId: id,
    language: z.enum(paperLanguages),
  }),
  z.object({
    document: z.literal('deduction_list'),
    vendorId: id,
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  }),
  z.object({
    document: z.literal('fault_sheet'),
    vendorId: id,
    from: businessDate,
    to: businessDate,
  }),
  /** What was agreed, for the customer to sign. */
  z.object({ document: z.literal('settlement_slip'), settlementId: id }),
  z.object({ document: z.literal('apology_letter'), letterId: id }),
])

const file = z.object({
  fileName: z.string(),
  pdf: z.instanceof(Blob),
  /** Letters the paper fonts do not have, drawn as □. */
  missingGlyphs: z.array(z.string()),
})

/** Papers that carry words of the store's own. */
export const wordsPlaces = [
  'card',
  'refund_slip',
  'exchange_slip',
  'handover_form',
  'repair_sheet',
  'repair_stub',
  'repair_record',
  'voucher',
  'refusal_slip',
] as const

/** What fits under the smallest paper. */
export const longestWords = 400

export const papersContract = {
  /** The paper as it would come out, marked as preview; counts nothing. */
  preview: procedure('papers.print').input(paper).output(file),
  /**
   * The paper to hand over. The first is the original, every later one is counted and marked 副本/COPY. Where its route
   * names a printer it is on its way there when this answers, unless `via` asks for the system's dialog.
   */
  print: procedure('papers.print')
    .input(paper.and(z.object({ via: z.enum(['route', 'dialog']).default('route') })))
    .output(
      file.extend({
        copyNo: z.int(),
        /** On its way by itself; null where the system's dialog is to ask. */
        job: z.object({ jobId: id, printer: z.string() }).nullable(),
      }),
    ),
  /** The store's own words under its papers; version 0 where there are none yet. */
  words: procedure('signed_in').output(
    z.array(
      z.object({
        place: z.enum(wordsPlaces),
        zh: z.string(),
        en: z.string(),
        version: z.int(),
        changedAt: instant.nullable(),
        changedBy: z.string().nullable(),
      }),
    ),
  ),
  /** Refuses terms that law forbids a store to print (`papers.unfair_term`). */
  changeWords: procedure('settings.change')
    .input(
      z.object({
        place: z.enum(wordsPlaces),
        zh: text(longestWords),
        en: text(longestWords),
        version: z.int().min(0),
      }),
    )
    .output(z.object({ version: z.int() })),
}
