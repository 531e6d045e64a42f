/** Papers a store sets up, with what can be set on each: one table of them all. */
import { cardFields } from '../cards/document.ts'
import { complaintFormFields } from '../complaints/form-document.ts'
import { customerCardFields } from '../customers/document.ts'
import { dayCloseFields } from '../day-closes/document.ts'
import { exchangeFields } from '../exchanges/document.ts'
import { handoverFields } from '../exchanges/handover/document.ts'
import { refuse } from '../foundation/errors.ts'
import { type FormatOf, formatsOf } from '../foundation/paper-formats.ts'
import { briefingFields } from '../lessons/document.ts'
import type { PaperField } from '../printing/fields.ts'
import type { LabelKey } from '../printing/labels.ts'
import type { PaperFrame } from '../printing/layout.ts'
import { complaintSlipFields } from '../promises/document.ts'
import { promiseListFields } from '../promises/list-document.ts'
import { refundFields } from '../refunds/document.ts'
import { repairListFields } from '../repairs/papers/list.ts'
import { repairRecordFields } from '../repairs/papers/record.ts'
import { repairSheetFields } from '../repairs/papers/sheet.ts'
import { repairStubFields } from '../repairs/papers/stub.ts'
import { dayReportFields } from '../reports/document.ts'
import { reportFields } from '../reports/figures/document.ts'
import { refusalFields } from '../rights/document.ts'
import { apologyFields, settlementFields } from '../settlements/document.ts'
import { deductionFields } from '../vendors/list-document.ts'
import { vendorNoticeFields } from '../vendors/notice-document.ts'
import { voucherFields } from '../vouchers/document.ts'
import type { DesignPlace } from './contract.ts'
import { exampleDayClose, exampleDayReport, exampleReport } from './day-examples.ts'
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
import {
  exampleApology,
  exampleBriefing,
  exampleCustomerCard,
  exampleDeductions,
  exampleEvidence,
  examplePromiseList,
  exampleRepairList,
  exampleSettlement,
  exampleVendorNotice,
} from './office-examples.ts'
import { paperJob } from './printing.ts'
import type { PaperJob } from './render-queue.ts'

type Language = PaperJob['language']

export interface DesignedPaper {
  formats: readonly string[]
  fields: readonly PaperField[]
  /** Its own stamp box; null where it has none and gets one beside the closing words when the store wants it. */
  stamp: { key: LabelKey; law?: PaperField['law'] } | null
  /** A list or report: how many pages it takes is up to what is in it, and the store's own words may add one. */
  goesOn?: true
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

/** A paper that comes on A4 alone. */
function onA4(
  fields: readonly PaperField[],
  example: (frame: PaperFrame, language: Language) => PaperJob,
  stamp: DesignedPaper['stamp'] = null,
): DesignedPaper {
  return {
    formats: ['A4'],
    fields,
    stamp,
    example: (frame, _format, language) => example(frame, language),
  }
}

function listOnA4(...paper: Parameters<typeof onA4>): DesignedPaper {
  return { ...onA4(...paper), goesOn: true }
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
  settlement_slip: onA4(settlementFields, (frame, language) =>
    paperJob('settlement', exampleSettlement(frame), language),
  ),
  apology_letter: onA4(
    apologyFields,
    (frame, language) => paperJob('apology', exampleApology(frame), language),
    { key: 'common.stampHere' },
  ),
  vendor_notice: onA4(vendorNoticeFields, (frame, language) =>
    paperJob('vendor_notice', exampleVendorNotice(frame), language),
  ),
  deduction_list: listOnA4(deductionFields, (frame, language) =>
    paperJob('deduction_list', exampleDeductions(frame, 6), language),
  ),
  customer_card: inFormats('customer_card', customerCardFields, (frame, format, language) =>
    paperJob('customer_card', exampleCustomerCard(frame, format), language),
  ),
  repair_list: listOnA4(repairListFields, (frame, language) =>
    paperJob('repair_list', exampleRepairList(frame, 3), language),
  ),
  promise_list: listOnA4(promiseListFields, (frame, language) =>
    paperJob('promise_list', examplePromiseList(frame, 4), language),
  ),
  briefing_sheet: listOnA4(briefingFields, (frame, language) =>
    paperJob('briefing', exampleBriefing(frame), language),
  ),
  day_report: listOnA4(dayReportFields, (frame, language) =>
    paperJob('day_report', exampleDayReport(frame, 7), language),
  ),
  report: listOnA4(reportFields, (frame, language) =>
    paperJob('report', exampleReport(frame), language),
  ),
  day_close: {
    ...inFormats('day_close', dayCloseFields, (frame, format, language) =>
      paperJob('day_close', exampleDayClose(frame, format), language),
    ),
    goesOn: true,
  },
  evidence_pack: listOnA4([], (frame, language) =>
    paperJob('evidence', exampleEvidence(frame), language),
  ),
}
