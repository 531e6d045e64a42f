import { z } from 'zod'
import { formatsOf, formLengths, usualFormLength } from '../foundation/paper-formats.ts'
import {
  businessDate,
  id,
  instant,
  line,
  paperLanguages,
  procedure,
  refusalData,
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
  /** Everything of a complaint, for the desk and the head office. */
  paperOf('complaint_form', { complaintId: id }),
  /** In, out, late and waiting for parts; of today unless a day is named. */
  paperOf('repair_list', { businessDate: businessDate.optional() }),
  /** Open promises by who keeps them, of the store or one floor. */
  paperOf('promise_list', { floor: line(40).nullable().default(null) }),
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
  /** What a business day came to, with its signatures. */
  paperOf('day_close', { businessDate, format: z.enum(formatsOf.day_close) }),
])

const file = z.object({
  fileName: z.string(),
  pdf: z.instanceof(Blob),
  /** Letters the paper fonts do not have, drawn as □. */
  missingGlyphs: z.array(z.string()),
})

/** Papers a store sets up: its sign on them, its words, which fields print. */
export const designPlaces = [
  'card',
  'refund_slip',
  'exchange_slip',
  'handover_form',
  'repair_sheet',
  'repair_stub',
  'repair_record',
  'voucher',
  'refusal_slip',
  'complaint_slip',
  'complaint_form',
  'settlement_slip',
  'apology_letter',
  'vendor_notice',
  'deduction_list',
  'customer_card',
  'repair_list',
  'promise_list',
  'briefing_sheet',
  'day_report',
  'report',
  'day_close',
  'evidence_pack',
] as const
export type DesignPlace = (typeof designPlaces)[number]

/** Letters of one text of a paper, of the line below the store's name, and of a stamp box's caption. */
export const longestWords = 400
export const longestHeadLine = 60
export const longestCaption = 20

/** The law or standard that asks for a field; each has its name in `settings.json`. */
export const fieldLaws = ['card', 'repair', 'voucher', 'complaint'] as const

/** A store's logo: largest file as it is chosen, sides in pixels, and the largest small picture a screen makes of it. */
export const largestLogo = 8 * 1024 * 1024
export const logoSides = { least: 32, most: 8_000 } as const
export const smallLogo = { width: 600, height: 300, bytes: 1024 * 1024 } as const

/** How the logo is set on a roll, which knows black and white only: not at all, as clear shapes, or in dots. */
export const rollLogos = ['none', 'shapes', 'dots'] as const

const inBoth = (longest: number) =>
  z
    .object({ zh: text(longest).default(''), en: text(longest).default('') })
    .default({ zh: '', en: '' })

const picture = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  width: z.int().positive(),
  height: z.int().positive(),
})

/** The store's logo as it was made small once: in colour for sheets, and twice in black and white for rolls. */
const logo = z.object({ colour: picture, shapes: picture, dots: picture })

/** What all papers show of the store. */
export const storeSign = z.object({
  logo: logo.nullable().default(null),
  onRolls: z.enum(rollLogos).default('shapes'),
  headLine: inBoth(longestHeadLine),
  /** Millimetres of the continuous forms of 241 mm. */
  formLength: z.literal(formLengths).default(usualFormLength),
})

/** How one kind of paper is set up. What is left out is as the program has it. */
export const paperDesign = z.object({
  logo: z.boolean().default(true),
  /** Terms, tips for care and use: above the closing words. */
  terms: inBoth(longestWords),
  /** Closing words. */
  words: inBoth(longestWords),
  stamp: z
    .object({ on: z.boolean().nullable().default(null), caption: inBoth(longestCaption) })
    .default({ on: null, caption: { zh: '', en: '' } }),
  /** Fields set to print or not, by label; the others are as the program has them. */
  fields: z.record(z.string().max(60), z.boolean()).default({}),
})

const versioned = {
  /** 0 where nothing was ever set up. */
  version: z.int(),
  changedAt: instant.nullable(),
  changedBy: z.string().nullable(),
}

const versionOf = <Value extends z.ZodType>(value: Value) =>
  z.object({ value, ...versioned, restores: z.int().nullable() })

const change = {
  version: z.int().min(0),
  /** The version it brings back, where it is one of before. */
  restores: z.int().min(0).nullable().default(null),
}

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
  /**
   * A mail for the mail program of this machine, where the host can open one: kept in the folder of the settings, or
   * `outbox` of the data folder, and opened for writing. Elsewhere the screen saves it.
   */
  openDraft: procedure('papers.print')
    .input(z.object({ fileName: line(200).min(1), draft: z.instanceof(Blob) }))
    .output(z.object({ opened: z.boolean() })),
  /** The store's sign and how each kind of paper is set up, with what can be set on it. */
  designs: procedure('signed_in').output(
    z.object({
      sign: z.object({ value: storeSign, ...versioned }),
      papers: z.array(
        z.object({
          place: z.enum(designPlaces),
          value: paperDesign,
          ...versioned,
          formats: z.array(z.string()),
          /** Its stamp box: the caption it has, whether it prints without being asked for, and the law that wants it. */
          stamp: z.object({
            key: z.string(),
            byDefault: z.boolean(),
            law: z.enum(fieldLaws).nullable(),
          }),
          /** Fields by their labels; those a law asks for always print. */
          fields: z.array(
            z.object({
              key: z.string(),
              byDefault: z.boolean(),
              law: z.enum(fieldLaws).nullable(),
            }),
          ),
        }),
      ),
    }),
  ),
  /** Versions of the sign, the newest first. */
  signVersions: procedure('settings.change').output(z.array(versionOf(storeSign))),
  designVersions: procedure('settings.change')
    .input(z.object({ place: z.enum(designPlaces) }))
    .output(z.array(versionOf(paperDesign))),
  /**
   * Refuses words that law forbids a store to print (`papers.unfair_…`), fields that law asks for (`papers.required_…`)
   * and what makes a paper longer than it is (`papers.design_too_long`, `papers.roll_too_long`).
   */
  changeDesign: procedure('settings.change')
    .input(z.object({ place: z.enum(designPlaces), value: paperDesign, ...change }))
    .output(z.object({ version: z.int() })),
  changeSign: procedure('settings.change')
    .input(z.object({ value: storeSign, ...change }))
    .output(z.object({ version: z.int() })),
  /** An example of a paper as a draft would have it, and whether it fits. */
  previewDesign: procedure('settings.change')
    .input(
      z.object({
        place: z.enum(designPlaces),
        format: z.string().max(10),
        language: z.enum(paperLanguages),
        design: paperDesign,
        sign: storeSign,
      }),
    )
    .output(
      file.extend({
        /** Null where it fits, else why not: a refusal's reason and what it names. */
        trouble: refusalData.nullable(),
      }),
    ),
  /**
   * Keeps the logo of an uploaded file: the screen makes it small, the desk looks at both. Refuses what is no PNG or
   * JPEG (`papers.logo_wrong_type`), broken (`attachments.damaged`), too large, too small or blank (`papers.logo_…`).
   */
  keepLogo: procedure('settings.change')
    .input(z.object({ uploadId: z.string().max(64), small: z.instanceof(Blob) }))
    .output(logo),
}

/** Cards printed together. */
export const cardBatch = z.object({
  id,
  format: z.enum(['A4', 'A6']),
  /** Null where each card has its own. */
  language: z.enum(paperLanguages).nullable(),
  askedAt: instant,
  askedBy: z.string(),
  /** `interrupted`: the desk was closed meanwhile; like a failed one it can go on. */
  state: z.enum(['running', 'interrupted', 'done', 'cancelled', 'failed']),
  total: z.int(),
  done: z.int(),
  /** Numbers of the cards that are counted as printed, and of those that are not. */
  printed: z.array(z.string()),
  left: z.array(z.string()),
  hasFile: z.boolean(),
  /** The printer its pages are at or on their way to; null where they went nowhere by themselves. */
  sentTo: z.string().nullable(),
})

const batchId = z.object({ batchId: id })

export const cardBatchesContract = {
  /** How many live cards belong to sales of a day, and how many of them never were printed. */
  ofDay: procedure('papers.print')
    .input(z.object({ soldOn: businessDate }))
    .output(z.object({ all: z.int(), unprinted: z.int() })),
  /** The last batches, the newest first. */
  list: procedure('papers.print').output(z.array(cardBatch)),
  /** Begins a batch and comes back at once; one runs at a time (`papers.batch_running`). */
  start: procedure('papers.print')
    .input(
      z.object({
        cards: z.union([
          z.object({ cardIds: z.array(id).min(1).max(500) }),
          z.object({ soldOn: businessDate, isUnprinted: z.boolean() }),
        ]),
        format: z.enum(['A4', 'A6']),
        language: z.enum(paperLanguages).optional(),
      }),
    )
    .output(z.object({ batchId: id, total: z.int() })),
  /** Stops after the slice it is at; what is counted by then is handed over. */
  cancel: procedure('papers.print').input(batchId).output(batchId),
  /** Goes on with a batch that failed or was interrupted; what was counted keeps its numbers. */
  resume: procedure('papers.print').input(batchId).output(batchId),
  /**
   * Sends the pages the way of batches, else that of cards, as one job. Null where no printer is set up for them: the
   * system's dialog asks. Refused where they went already and were not called off (`papers.batch_sent`).
   */
  print: procedure('papers.print')
    .input(batchId)
    .output(z.object({ printer: z.string().nullable() })),
  /** Refused where it is not made, or no longer kept (`papers.batch_no_file`). */
  file: procedure('papers.print')
    .input(batchId)
    .output(z.object({ fileName: z.string(), pdf: z.instanceof(Blob), pages: z.int() })),
}
