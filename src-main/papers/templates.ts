/** Collects every room's papers, as `contract.ts` collects their contracts: what the PDF worker can set. */
import { composeCard, type CardFacts } from '../cards/document.ts'
import { type ComplaintFormFacts, composeComplaintForm } from '../complaints/form-document.ts'
import {
  composeCustomerCard,
  composeErasure,
  type CustomerCardFacts,
  type ErasureFacts,
} from '../customers/document.ts'
import { composeGoodsLabel, type GoodsLabelFacts } from '../goods/document.ts'
import { composeDayClose, type DayCloseFacts } from '../day-closes/document.ts'
import { composeExchangeSlip, type ExchangeSlipFacts } from '../exchanges/document.ts'
import { composeHandoverForm, type HandoverFormFacts } from '../exchanges/handover/document.ts'
import { type BriefingFacts, composeBriefing } from '../lessons/document.ts'
import { composeEvidence, type EvidenceFacts } from './evidence-pages.ts'
import type { Labels } from '../printing/labels.ts'
import type { PaperDefinition, PaperFrame } from '../printing/layout.ts'
import { composeSaleStop, type SaleStopFacts } from '../radar/document.ts'
import { composeTestPage, type TestPageFacts } from '../printers/document.ts'
import { composeRefundSlip, type RefundFacts } from '../refunds/document.ts'
import type { RepairFacts } from '../repairs/papers/facts.ts'
import { composeRepairRecord } from '../repairs/papers/record.ts'
import { composeRepairSheet } from '../repairs/papers/sheet.ts'
import { composeRepairStub } from '../repairs/papers/stub.ts'
import { composeRepairTag } from '../repairs/papers/tag.ts'
import { composeRefusalSlip, type RefusalFacts } from '../rights/document.ts'
import { composeFaultSheet, type FaultSheetFacts } from '../vendors/fault-document.ts'
import { composeDeductionList, type DeductionListFacts } from '../vendors/list-document.ts'
import { composeVendorNotice, type VendorNoticeFacts } from '../vendors/notice-document.ts'
import { composeVoucher, type VoucherFacts } from '../vouchers/document.ts'
import { composePromiseList, type PromiseListFacts } from '../promises/list-document.ts'
import { composeRepairList, type RepairListFacts } from '../repairs/papers/list.ts'
import { composeComplaintSlip, type ComplaintSlipFacts } from '../promises/document.ts'
import {
  type ApologyLetterFacts,
  composeApologyLetter,
  composeSettlementSlip,
  type SettlementSlipFacts,
} from '../settlements/document.ts'
import { composeShift, type ShiftFacts } from '../shifts/document.ts'
import { composeDayReport, type DayReportFacts } from '../reports/document.ts'
import { composeReport, type ReportFacts } from '../reports/figures/document.ts'
import { composeScorecard, type ScorecardFacts } from '../reports/scorecard-document.ts'

/** Facts of each template: plain data, sent to the worker as it is. */
export interface PaperFacts {
  card: CardFacts
  refund: RefundFacts
  exchange: ExchangeSlipFacts
  day_report: DayReportFacts
  refusal: RefusalFacts
  handover: HandoverFormFacts
  voucher: VoucherFacts
  goods_label: GoodsLabelFacts
  briefing: BriefingFacts
  repair_sheet: RepairFacts
  repair_stub: RepairFacts
  repair_tag: RepairFacts
  repair_record: RepairFacts
  complaint_slip: ComplaintSlipFacts
  complaint_form: ComplaintFormFacts
  repair_list: RepairListFacts
  promise_list: PromiseListFacts
  shift: ShiftFacts
  day_close: DayCloseFacts
  customer_card: CustomerCardFacts
  erasure: ErasureFacts
  evidence: EvidenceFacts
  sale_stop: SaleStopFacts
  vendor_notice: VendorNoticeFacts
  deduction_list: DeductionListFacts
  fault_sheet: FaultSheetFacts
  settlement: SettlementSlipFacts
  apology: ApologyLetterFacts
  scorecard: ScorecardFacts
  report: ReportFacts
  test_page: TestPageFacts
}

export type PaperTemplate = keyof PaperFacts

/** Pure functions from facts to pages. */
export const composePaperOf: {
  [Template in PaperTemplate]: (facts: PaperFacts[Template], labels: Labels) => PaperDefinition
} = {
  card: composeCard,
  refund: composeRefundSlip,
  exchange: composeExchangeSlip,
  day_report: composeDayReport,
  scorecard: composeScorecard,
  report: composeReport,
  refusal: composeRefusalSlip,
  handover: composeHandoverForm,
  voucher: composeVoucher,
  goods_label: composeGoodsLabel,
  briefing: composeBriefing,
  repair_sheet: composeRepairSheet,
  repair_stub: composeRepairStub,
  repair_tag: composeRepairTag,
  repair_record: composeRepairRecord,
  complaint_slip: composeComplaintSlip,
  complaint_form: composeComplaintForm,
  repair_list: composeRepairList,
  promise_list: composePromiseList,
  shift: composeShift,
  day_close: composeDayClose,
  customer_card: composeCustomerCard,
  erasure: composeErasure,
  evidence: (facts, labels) => composeEvidence(facts, labels, composeAny(labels)),
  sale_stop: composeSaleStop,
  vendor_notice: composeVendorNotice,
  deduction_list: composeDeductionList,
  fault_sheet: composeFaultSheet,
  settlement: composeSettlementSlip,
  apology: composeApologyLetter,
  test_page: composeTestPage,
}

/** Sets a paper whose facts came together with its name, as the store set it up; the pack of a case holds such papers. */
function composeAny(
  labels: Labels,
): (template: string, facts: { frame: PaperFrame }) => PaperDefinition {
  return (template, facts) => {
    const compose = Object.entries(composePaperOf).find(([name]) => name === template)?.[1]
    if (!compose) throw new Error(`no paper ${template}`)
    const own = labels.setUpAs(facts.frame.design)
    return (compose as (facts: unknown, labels: Labels) => PaperDefinition)(facts, own)
  }
}
