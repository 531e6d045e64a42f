import type { z } from 'zod'
import { record } from '../audit/index.ts'
import { cardFacts } from '../cards/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { dayCloseFacts, lateEntryOf } from '../day-closes/index.ts'
import { customerCardFacts, erasureFacts } from '../customers/index.ts'
import { exchangeSlipFacts, handoverFormFacts } from '../exchanges/index.ts'
import { goodsLabelFacts } from '../goods/index.ts'
import { type Call, type RoomHandlers, task } from '../handlers.ts'
import { briefingFacts } from '../lessons/index.ts'
import type { PaperFrame } from '../printing/layout.ts'
import { planJob } from '../printers/index.ts'
import { insertPrint } from '../printing/store.ts'
import { complaintSlipFacts, promiseListFacts } from '../promises/index.ts'
import { saleStopFacts } from '../radar/index.ts'
import { refundSlipFacts } from '../refunds/index.ts'
import { dayReportFacts, reportFacts, scorecardFacts } from '../reports/index.ts'
import { repairFacts, repairListFacts } from '../repairs/index.ts'
import { refusalSlipFacts } from '../rights/index.ts'
import { apologyLetterFacts, settlementSlipFacts } from '../settlements/index.ts'
import { shiftFacts } from '../shifts/index.ts'
import { deductionListFacts, faultSheetFacts, vendorNoticeFacts } from '../vendors/index.ts'
import { voucherFacts } from '../vouchers/index.ts'
import { complaintFormFacts } from './complaint-form.ts'
import type { paper, papersContract } from './contract.ts'
import { designHandlers, readSetUp } from './designs.ts'
import { openDraft } from './outbox.ts'
import { paperJob } from './printing.ts'
import type { PaperJob } from './render-queue.ts'

type PaperChoice = z.output<typeof paper>
type PrintedDocument = PaperChoice['document']

/** A paper ready to be set, and how the print log names it. */
interface ReadyPaper {
  job: PaperJob
  document: PrintedDocument
  /** Document number, or the business date of a report. */
  subject: string
  format: string
}

export const papersHandlers: RoomHandlers<typeof papersContract> = {
  preview: task(async (call, choice) => {
    const ready = await call.store.read((r) => readSetUpPaper(r, call, choice))
    return (await setPaper(call, markPreview(ready))).file
  }),

  print: task((call, { via, ...choice }) => printPaper(call, choice, via)),

  openDraft: task(openDraft),

  ...designHandlers,
}

/** The paper to hand over, counted, on its way to its printer where it has one. */
export async function printPaper(call: Call, choice: PaperChoice, via: 'route' | 'dialog') {
  const ready = await call.store.read((r) => readSetUpPaper(r, call, choice))
  const { copyNo, job } = await countPrint(call, ready, via)
  const { paper, file } = await setCounted(call, markCopy(ready, copyNo), job)
  if (job) await call.printers.lanes.spool(job.jobId, paper)
  return { ...file, copyNo, job }
}

/** A paper as the store has set it up. */
export async function readSetUpPaper(
  r: ReadHandle,
  call: Call,
  choice: PaperChoice,
): Promise<ReadyPaper> {
  const ready = await withLate(r, call, await readPaper(r, call, choice))
  return { ...ready, job: await readSetUp(r, call, ready) }
}

/** A slip that was written after its day had been closed says so. */
async function withLate(r: ReadHandle, call: Call, ready: ReadyPaper): Promise<ReadyPaper> {
  const late = await lateEntryOf(r, call, ready.subject)
  return late ? inFrame(ready, { late }) : ready
}

/** A job that was written down together with its count. */
type PlannedJob = { jobId: number; printer: string } | null

/**
 * Counted before it is set: a paper that came out uncounted could be passed off as the original. Its job is written
 * down with it; called off before anything came out, it gives its number back.
 */
async function countPrint(
  call: Call,
  { document, subject, format }: ReadyPaper,
  via: 'route' | 'dialog',
): Promise<{ copyNo: number; job: PlannedJob }> {
  const counted = await call.commit(async (w) => {
    const print = await insertPrint(w, {
      document,
      subject,
      format,
      printedAt: call.now().toISOString(),
      printedBy: call.actor.id,
    })
    const { id: printId, copyNo } = print
    const paper = { printId, document, subject, format, copyNo }
    const job = via === 'dialog' ? null : await planJob(w, call, paper)
    const data = { copy: copyNo, format, ...(job && { printer: job.printer, copies: job.copies }) }
    await record(w, call, 'papers.print', { type: document, id: subject }, data)
    return { copyNo, job: job && { jobId: job.jobId, printer: job.printer } }
  })
  call.announce('papers')
  return counted
}

/** A paper that cannot be set was not printed: its job and its number go back. */
async function setCounted(call: Call, ready: ReadyPaper, job: PlannedJob) {
  try {
    return await setPaper(call, ready)
  } catch (error) {
    if (job) await call.printers.lanes.withdraw(job.jobId, 'never_set')
    throw error
  }
}

/** A paper's facts as it would be printed now, whoever asked for it. */
async function readPaper(r: ReadHandle, call: Call, choice: PaperChoice): Promise<ReadyPaper> {
  const { paperLanguage: ownLanguage } = call.profile
  const { language: asked, document } = choice
  const ready = (
    job: ReadyPaper['job'],
    subject: string,
    format: ReadyPaper['format'],
  ): ReadyPaper => ({
    job: asked ? { ...job, language: asked } : job,
    document,
    subject,
    format,
  })
  switch (choice.document) {
    case 'card': {
      const { facts, language } = await cardFacts(r, call, choice.cardId, choice.format)
      return ready(paperJob('card', facts, language), facts.number, choice.format)
    }
    case 'refund_slip': {
      const facts = await refundSlipFacts(r, call, choice.refundId, choice.format)
      return ready(paperJob('refund', facts, ownLanguage), facts.number, choice.format)
    }
    case 'exchange_slip': {
      const facts = await exchangeSlipFacts(r, call, choice.exchangeId, choice.format)
      return ready(paperJob('exchange', facts, ownLanguage), facts.number, choice.format)
    }
    case 'refusal_slip': {
      const facts = await refusalSlipFacts(r, call, choice.refusalId, choice.format)
      return ready(paperJob('refusal', facts, ownLanguage), facts.number, choice.format)
    }
    case 'voucher': {
      const facts = await voucherFacts(r, call, choice.voucherId, choice.format)
      return ready(paperJob('voucher', facts, ownLanguage), facts.number, choice.format)
    }
    case 'goods_label': {
      const facts = await goodsLabelFacts(r, call, choice.of)
      return ready(paperJob('goods_label', facts, ownLanguage), facts.number, '70x50')
    }
    case 'handover_form': {
      const facts = await handoverFormFacts(r, call, choice.handoverId, choice.format)
      return ready(paperJob('handover', facts, ownLanguage), facts.number, choice.format)
    }
    case 'repair_sheet':
    case 'repair_record':
    case 'repair_stub':
    case 'repair_tag': {
      const { document } = choice
      const format = choice.document === 'repair_tag' ? '70x50' : choice.format
      const facts = await repairFacts(r, call, choice.repairId, format, document)
      return ready(paperJob(document, facts, ownLanguage), facts.number, format)
    }
    case 'briefing_sheet': {
      const facts = await briefingFacts(r, call, choice.lessonIds)
      return ready(paperJob('briefing', facts, ownLanguage), facts.businessDate, 'A4')
    }
    case 'customer_card': {
      const facts = await customerCardFacts(r, call, choice.customerId, choice.format)
      return ready(paperJob('customer_card', facts, ownLanguage), facts.number, choice.format)
    }
    case 'erasure_report': {
      const facts = await erasureFacts(r, call, choice.erasureId)
      return ready(paperJob('erasure', facts, ownLanguage), facts.number, 'A6')
    }
    case 'complaint_slip': {
      const facts = await complaintSlipFacts(r, call, choice.complaintId, choice.format)
      return ready(paperJob('complaint_slip', facts, ownLanguage), facts.number, choice.format)
    }
    case 'complaint_form': {
      const facts = await complaintFormFacts(r, call, choice.complaintId)
      return ready(paperJob('complaint_form', facts, ownLanguage), facts.number, 'A4')
    }
    case 'repair_list': {
      const facts = await repairListFacts(r, call, choice.businessDate ?? call.today)
      return ready(paperJob('repair_list', facts, ownLanguage), facts.businessDate, 'A4')
    }
    case 'promise_list': {
      const facts = await promiseListFacts(r, call, choice.floor)
      return ready(paperJob('promise_list', facts, ownLanguage), facts.businessDate, 'A4')
    }
    case 'sale_stop': {
      const facts = await saleStopFacts(r, call, choice.stopId)
      return ready(paperJob('sale_stop', facts, ownLanguage), facts.number, 'A4')
    }
    case 'shift_handover': {
      const facts = await shiftFacts(r, call, choice.shiftId, choice.format)
      return ready(paperJob('shift', facts, ownLanguage), facts.number, choice.format)
    }
    case 'vendor_notice': {
      const facts = await vendorNoticeFacts(r, call, choice.claimId)
      return ready(paperJob('vendor_notice', facts, ownLanguage), facts.number, 'A4')
    }
    case 'deduction_list': {
      const facts = await deductionListFacts(r, call, choice)
      return ready(
        paperJob('deduction_list', facts, ownLanguage),
        facts.number ?? `${choice.month} ${choice.vendorId}`,
        'A4',
      )
    }
    case 'fault_sheet': {
      const facts = await faultSheetFacts(r, call, choice)
      return ready(
        paperJob('fault_sheet', facts, ownLanguage),
        `${choice.vendorId} ${choice.from} ${choice.to}`,
        'A4',
      )
    }
    case 'settlement_slip': {
      const facts = await settlementSlipFacts(r, call, choice.settlementId)
      return ready(paperJob('settlement', facts, ownLanguage), facts.number, 'A4')
    }
    case 'apology_letter': {
      const { facts, language } = await apologyLetterFacts(r, call, choice.letterId)
      return ready(paperJob('apology', facts, language), facts.number, 'A4')
    }
    case 'scorecard': {
      const facts = await scorecardFacts(r, call, choice)
      return ready(
        paperJob('scorecard', facts, ownLanguage),
        `${choice.ownerId} ${choice.from} ${choice.to}`,
        'A4',
      )
    }
    case 'report': {
      const facts = await reportFacts(call, choice)
      const { id, by, from, to } = facts.table
      const job = paperJob('report', facts, ownLanguage)
      return ready(job, `${id}-${by}-${from}-${to}`, 'A4')
    }
    case 'day_close': {
      const { businessDate, format } = choice
      const facts = await dayCloseFacts(r, call, businessDate, format)
      return ready(paperJob('day_close', facts, ownLanguage), businessDate, format)
    }
    case 'day_report': {
      const facts = await dayReportFacts(r, call, choice.businessDate)
      return ready(paperJob('day_report', facts, ownLanguage), choice.businessDate, 'A4')
    }
  }
}

function markPreview(ready: ReadyPaper): ReadyPaper {
  return inFrame(ready, { preview: true })
}

function inFrame(ready: ReadyPaper, more: Partial<PaperFrame>): ReadyPaper {
  const { job } = ready
  const frame = { ...job.facts.frame, ...more }
  return { ...ready, job: { ...job, facts: { ...job.facts, frame } } as PaperJob }
}

/** A report is told apart by its time of printing: what it says may have grown since the last one. */
function markCopy(ready: ReadyPaper, copy: number): ReadyPaper {
  const { job } = ready
  const alwaysFresh = [
    'day_report',
    'briefing',
    'fault_sheet',
    'report',
    'scorecard',
    'repair_list',
    'promise_list',
  ]
  if (alwaysFresh.includes(job.template)) return ready
  return { ...ready, job: { ...job, facts: { ...job.facts, copy } } as PaperJob }
}

async function setPaper(call: Call, { job, document, subject, format }: ReadyPaper) {
  const paper = await call.printing.renderPaper(job)
  const file = {
    fileName: `${document.replace('_', '-')}-${subject}-${format}.pdf`,
    pdf: new Blob([new Uint8Array(paper.pdf)], { type: 'application/pdf' }),
    missingGlyphs: paper.missingGlyphs.map((glyph) => glyph.text),
  }
  return { paper, file }
}
