import { z } from 'zod'
import { formatsOf } from '../foundation/paper-formats.ts'
import {
  businessDate,
  id,
  instant,
  paperLanguages,
  procedure,
  text,
} from '../foundation/procedure.ts'
import { goodsSource } from '../goods/contract.ts'
import { reportParams } from '../reports/figures/contract.ts'

/** One unit's label, or those of everything one paper brought back. */
const goodsLabels = z.union([
  z.object({ unitId: id }),
  z.object({ source: goodsSource.pick({ type: true, id: true }) }),
])

/** A paper by its name, with what tells which one it is. Its language is the store's, or its own, unless one is asked for. */
const paperOf = <Document extends string, Shape extends z.core.$ZodLooseShape>(
  document: Document,
  shape: Shape,
) => z.object({ document: z.literal(document), ...shape, ...inLanguage })

const inLanguage = { language: z.enum(paperLanguages).optional() }

/** Which paper, and on what and in which language where there is a choice. */
export const paper = z.discriminatedUnion('document', [
  paperOf('card', { cardId: id, format: z.enum(formatsOf.card).default('A6') }),
  paperOf('refund_slip', { refundId: id, format: z.enum(formatsOf.refund_slip) }),
  paperOf('exchange_slip', { exchangeId: id, format: z.enum(formatsOf.exchange_slip) }),
  paperOf('day_report', { businessDate }),
  /** Any report of the catalogue, as it is asked for on the screen. */
  paperOf('report', { report: z.string().max(60), params: reportParams }),
  /** Figures of one person in a period beside the store's. */
  paperOf('scorecard', { ownerId: id, from: businessDate, to: businessDate }),
  paperOf('refusal_slip', { refusalId: id, format: z.enum(formatsOf.refusal_slip) }),
  paperOf('handover_form', { handoverId: id, format: z.enum(formatsOf.handover_form) }),
  paperOf('voucher', { voucherId: id, format: z.enum(formatsOf.voucher) }),
  paperOf('goods_label', { of: goodsLabels }),
  /** Examples for the morning meeting, in this order. */
  paperOf('briefing_sheet', { lessonIds: z.array(id).min(1).max(12) }),
  paperOf('repair_sheet', { repairId: id, format: z.enum(formatsOf.repair_sheet) }),
  paperOf('repair_record', { repairId: id, format: z.enum(formatsOf.repair_record) }),
  /** The claim stub with the pickup code. */
  paperOf('repair_stub', { repairId: id, format: z.enum(formatsOf.repair_stub) }),
  /** One label for each item and each accessory. */
  paperOf('repair_tag', { repairId: id }),
  /** What the customer takes home from a complaint. */
  paperOf('complaint_slip', {
    complaintId: id,
    format: z.enum(formatsOf.complaint_slip).default('80mm'),
  }),
  /** The card for the desk, or the copy of everything for the customer. */
  paperOf('customer_card', { customerId: id, format: z.enum(formatsOf.customer_card) }),
  paperOf('erasure_report', { erasureId: id }),
  /** Goods out of sale, to the counters. */
  paperOf('sale_stop', { stopId: id }),
  paperOf('shift_handover', { shiftId: id, format: z.enum(formatsOf.shift_handover) }),
  /** A notice to a vendor or carrier, in the language that it reads. */
  paperOf('vendor_notice', { claimId: id }),
  paperOf('deduction_list', {
    vendorId: id,
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  }),
  paperOf('fault_sheet', { vendorId: id, from: businessDate, to: businessDate }),
  /** What was agreed, for the customer to sign. */
  paperOf('settlement_slip', { settlementId: id }),
  paperOf('apology_letter', { letterId: id }),
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
