/** Papers a store sets up, with what can be set on each: one table of them all. */
import { cardFields } from '../cards/document.ts'
import { complaintFormFields } from '../complaints/form-document.ts'
import { exchangeFields } from '../exchanges/document.ts'
import { handoverFields } from '../exchanges/handover/document.ts'
import { refuse } from '../foundation/errors.ts'
import { type FormatOf, formatsOf } from '../foundation/paper-formats.ts'
import type { PaperField } from '../printing/fields.ts'
import type { LabelKey } from '../printing/labels.ts'
import type { PaperFrame } from '../printing/layout.ts'
import { complaintSlipFields } from '../promises/document.ts'
import { refundFields } from '../refunds/document.ts'
import { repairRecordFields } from '../repairs/papers/record.ts'
import { repairSheetFields } from '../repairs/papers/sheet.ts'
import { repairStubFields } from '../repairs/papers/stub.ts'
import { refusalFields } from '../rights/document.ts'
import { voucherFields } from '../vouchers/document.ts'
import type { DesignPlace } from './contract.ts'
import {
  exampleCard,
  exampleComplaint,
  exampleComplaintForm,
  exampleExchange,
  exampleHandover,
  exampleRefund,
  exampleRefusal,
  exampleRepair,
  exampleVoucher,
} from './examples.ts'
import { paperJob } from './printing.ts'
import type { PaperJob } from './render-queue.ts'

type Language = PaperJob['language']

export interface DesignedPaper {
  formats: readonly string[]
  fields: readonly PaperField[]
  /** Its own stamp box; null where it has none and gets one beside the closing words when the store wants it. */
  stamp: { key: LabelKey; law?: PaperField['law'] } | null
  /** An example in one of its formats. */
  example: (frame: PaperFrame, format: string, language: Language) => PaperJob
}

/** A paper in the formats its table names. */
function inFormats<Document extends keyof typeof formatsOf>(
  document: Document,
  fields: readonly PaperField[],
  example: (frame: PaperFrame, format: FormatOf<Document>, language: Language) => PaperJob,
  stamp: DesignedPaper['stamp'] = null,
): DesignedPaper {
  const formats: readonly FormatOf<Document>[] = formatsOf[document]
  return {
    formats,
    fields,
    stamp,
    example: (frame, asked, language) => {
      const format = formats.find((each) => each === asked)
      if (format === undefined) refuse('papers.unknown_format', { format: asked })
      return example(frame, format, language)
    },
  }
}

export const designedPapers: Readonly<Record<DesignPlace, DesignedPaper>> = {
  card: inFormats(
    'card',
    cardFields,
    (frame, format, language) => paperJob('card', exampleCard(frame, format), language),
    { key: 'card.stamp', law: 'card' },
  ),
  refund_slip: inFormats('refund_slip', refundFields, (frame, format, language) =>
    paperJob('refund', exampleRefund(frame, format), language),
  ),
  exchange_slip: inFormats('exchange_slip', exchangeFields, (frame, format, language) =>
    paperJob('exchange', exampleExchange(frame, format), language),
  ),
  handover_form: inFormats('handover_form', handoverFields, (frame, format, language) =>
    paperJob('handover', exampleHandover(frame, format), language),
  ),
  repair_sheet: inFormats('repair_sheet', repairSheetFields, (frame, format, language) =>
    paperJob('repair_sheet', exampleRepair(frame, format, false), language),
  ),
  repair_stub: inFormats('repair_stub', repairStubFields, (frame, format, language) =>
    paperJob('repair_stub', exampleRepair(frame, format, false), language),
  ),
  repair_record: inFormats('repair_record', repairRecordFields, (frame, format, language) =>
    paperJob('repair_record', exampleRepair(frame, format, true), language),
  ),
  voucher: inFormats(
    'voucher',
    voucherFields,
    (frame, format, language) => paperJob('voucher', exampleVoucher(frame, format), language),
    { key: 'voucher.stamp' },
  ),
  refusal_slip: inFormats('refusal_slip', refusalFields, (frame, format, language) =>
    paperJob('refusal', exampleRefusal(frame, format), language),
  ),
  complaint_slip: inFormats('complaint_slip', complaintSlipFields, (frame, format, language) =>
    paperJob('complaint_slip', exampleComplaint(frame, format), language),
  ),
  complaint_form: inFormats('complaint_form', complaintFormFields, (frame, _format, language) =>
    paperJob('complaint_form', exampleComplaintForm(frame), language),
  ),
}
