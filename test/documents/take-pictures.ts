/**
 * Draws the example papers of `docs/papers/`: `node test/documents/take-pictures.ts`, with `pdftoppm` of poppler at
 * hand. They are for looking at; the tests read the PDFs themselves.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ROOT } from '../support/run-command.ts'
import {
  card,
  dayReport,
  emptyDay,
  exchangedCard,
  handover,
  goodsLabel,
  refund,
  noSlipRefusal,
  priceAdjustment,
  refusal,
  swap,
  usedVoucher,
  voucher,
  workedExchange,
  waivedHandover,
  workedRefund,
  complaintSlip,
  dayClose,
  shift,
} from './support/example-facts.ts'
import { designed } from './support/design-facts.ts'
import { complaintForm, openComplaintForm, promiseList, repairList } from './support/list-facts.ts'
import { saleStop } from './support/sale-stop-facts.ts'
import { customerCard, erasure } from './support/customer-facts.ts'
import { evidencePack } from './support/evidence-facts.ts'
import { briefing } from './support/briefing-facts.ts'
import { apology, settlement } from './support/settlement-facts.ts'
import { deductionsOf, faultSheet, vendorNotice } from './support/vendor-facts.ts'
import { doneRepair, repair, twoRepairs } from './support/repair-facts.ts'
import { reportOf } from './support/report-facts.ts'
import { renderExample } from './support/render-example.ts'

const work = mkdtempSync(path.join(tmpdir(), 'goodwill-papers-'))

async function draw(
  name: string,
  paper: ReturnType<typeof renderExample>,
  { page = 1, dpi = 144 } = {},
): Promise<void> {
  const pdf = path.join(work, `${name}.pdf`)
  writeFileSync(pdf, (await paper).pdf)
  const target = path.join(ROOT, 'docs', 'papers', name)
  const range = ['-f', String(page), '-l', String(page), '-singlefile']
  execFileSync('pdftoppm', ['-r', String(dpi), '-png', ...range, pdf, target])
}

/** Every format of domain.md §2.1 that is not drawn below with the papers themselves. */
async function drawFormats(): Promise<void> {
  const set = <Facts extends object, Format extends string>(facts: Facts, paper: Format) => ({
    ...facts,
    paper,
  })
  await draw('card-a4-sheet', renderExample('card', set(card, 'A4')), { dpi: 72 })
  await draw('card-80mm', renderExample('card', set(card, '80mm')))
  await draw('card-241mm', renderExample('card', set(card, '241mm')), { dpi: 96 })
  await draw('refund-58mm', renderExample('refund', set(refund, '58mm')))
  await draw('refund-a4', renderExample('refund', set(workedRefund, 'A4')), { dpi: 72 })
  await draw('refund-241mm', renderExample('refund', set(refund, '241mm')), { dpi: 96 })
  await draw('exchange-58mm-en', renderExample('exchange', set(swap, '58mm'), 'en'))
  await draw('exchange-241mm', renderExample('exchange', set(swap, '241mm')), { dpi: 96 })
  await draw('handover-241mm', renderExample('handover', set(handover, '241mm')), { dpi: 96 })
  await draw('repair-sheet-241mm', renderExample('repair_sheet', set(repair, '241mm')), { dpi: 96 })
  await draw('complaint-slip-58mm', renderExample('complaint_slip', set(complaintSlip, '58mm')))
  await draw('voucher-58mm', renderExample('voucher', set(voucher, '58mm')))
  await draw('refusal-58mm', renderExample('refusal', set(refusal, '58mm')))
}

try {
  await drawFormats()
  await draw('evidence-pack-cover', renderExample('evidence', evidencePack), { dpi: 100 })
  await draw('evidence-pack-timeline', renderExample('evidence', evidencePack), {
    page: 3,
    dpi: 100,
  })
  await draw('card-front', renderExample('card', card))
  await draw('card-back', renderExample('card', card), { page: 2 })
  await draw('card-bilingual-copy', renderExample('card', { ...card, copy: 2 }, 'bilingual'))
  await draw('refund-80mm', renderExample('refund', { ...refund, paper: '80mm' }))
  await draw(
    'refund-a5-bilingual',
    renderExample('refund', { ...refund, paper: 'A5' }, 'bilingual'),
  )
  await draw('refusal-80mm', renderExample('refusal', refusal))
  await draw(
    'refusal-a4-bilingual',
    renderExample('refusal', { ...refusal, paper: 'A4' }, 'bilingual'),
    {
      dpi: 100,
    },
  )
  await draw('refusal-no-slip-80mm', renderExample('refusal', noSlipRefusal))
  await draw('refund-80mm-worked', renderExample('refund', workedRefund))
  await draw('exchange-80mm', renderExample('exchange', swap))
  await draw('exchange-80mm-worked', renderExample('exchange', workedExchange))
  await draw(
    'exchange-a5-bilingual',
    renderExample('exchange', { ...workedExchange, paper: 'A5' }, 'bilingual'),
  )
  await draw('goods-label', renderExample('goods_label', goodsLabel), { dpi: 200 })
  await draw('goods-label-bilingual', renderExample('goods_label', goodsLabel, 'bilingual'), {
    page: 3,
    dpi: 200,
  })
  await draw('sale-stop', renderExample('sale_stop', saleStop), { dpi: 100 })
  await draw('morning-sheet', renderExample('briefing', briefing), { dpi: 100 })
  await draw('customer-card-a6', renderExample('customer_card', customerCard))
  await draw(
    'customer-card-a6-bilingual',
    renderExample('customer_card', customerCard, 'bilingual'),
  )
  await draw('erasure-report-a6', renderExample('erasure', erasure))
  await draw('complaint-form', renderExample('complaint_form', complaintForm), { dpi: 100 })
  await draw('complaint-form-open', renderExample('complaint_form', openComplaintForm), {
    dpi: 100,
  })
  await draw(
    'complaint-form-bilingual',
    renderExample('complaint_form', complaintForm, 'bilingual'),
    { dpi: 100 },
  )
  await draw('repair-list', renderExample('repair_list', repairList()), { dpi: 100 })
  await draw('promise-list', renderExample('promise_list', promiseList()), { dpi: 100 })
  await draw('designed-refund-80mm', renderExample('refund', { ...refund, frame: designed(true) }))
  await draw(
    'designed-refund-a5',
    renderExample('refund', { ...refund, paper: 'A5', frame: designed(false) }),
  )
  await draw('designed-card', renderExample('card', { ...card, frame: designed(false) }))
  await draw('complaint-slip-80mm', renderExample('complaint_slip', complaintSlip))
  await draw(
    'complaint-slip-80mm-bilingual',
    renderExample('complaint_slip', complaintSlip, 'bilingual'),
  )
  await draw(
    'complaint-slip-a5',
    renderExample('complaint_slip', { ...complaintSlip, paper: 'A5' }),
  )
  await draw('day-close-a4', renderExample('day_close', dayClose), { dpi: 100 })
  await draw('day-close-roll80', renderExample('day_close', { ...dayClose, paper: '80mm' }))
  await draw('shift-a4', renderExample('shift', shift), { dpi: 100 })
  await draw('shift-a5-bilingual', renderExample('shift', { ...shift, paper: 'A5' }, 'bilingual'))
  await draw('settlement-slip', renderExample('settlement', settlement), { dpi: 100 })
  await draw('settlement-slip-bilingual', renderExample('settlement', settlement, 'bilingual'), {
    dpi: 100,
  })
  await draw('apology-letter', renderExample('apology', apology), { dpi: 100 })
  await draw('apology-letter-bilingual', renderExample('apology', apology, 'bilingual'), {
    dpi: 100,
  })
  await draw('vendor-notice', renderExample('vendor_notice', vendorNotice), { dpi: 100 })
  await draw('vendor-notice-bilingual', renderExample('vendor_notice', vendorNotice, 'bilingual'), {
    dpi: 100,
  })
  await draw('deduction-list', renderExample('deduction_list', deductionsOf(6)), { dpi: 100 })
  await draw('deduction-list-page-2', renderExample('deduction_list', deductionsOf(70)), {
    page: 2,
    dpi: 100,
  })
  await draw('fault-sheet', renderExample('fault_sheet', faultSheet), { dpi: 100 })
  await draw('price-adjustment-80mm', renderExample('refund', priceAdjustment))
  await draw('voucher-80mm', renderExample('voucher', voucher))
  await draw(
    'voucher-a6-bilingual-copy',
    renderExample('voucher', { ...usedVoucher, paper: 'A6' }, 'bilingual'),
  )
  await draw('handover-a5', renderExample('handover', handover))
  await draw('handover-a5-waived-bilingual', renderExample('handover', waivedHandover, 'bilingual'))
  await draw('handover-80mm', renderExample('handover', { ...handover, paper: '80mm' }))
  await draw('card-exchanged-back', renderExample('card', exchangedCard), { page: 2 })
  await draw('repair-sheet-a5', renderExample('repair_sheet', repair))
  await draw('repair-sheet-80mm', renderExample('repair_sheet', { ...twoRepairs, paper: '80mm' }))
  await draw('repair-stub-80mm', renderExample('repair_stub', { ...twoRepairs, paper: '80mm' }))
  await draw(
    'repair-stub-58mm-bilingual',
    renderExample('repair_stub', { ...repair, paper: '58mm', copy: 1 }, 'bilingual'),
  )
  await draw('repair-tag', renderExample('repair_tag', { ...repair, paper: '70x50' }), { dpi: 200 })
  await draw('repair-record-a5', renderExample('repair_record', doneRepair))
  await draw(
    'repair-record-a5-bilingual',
    renderExample('repair_record', doneRepair, 'bilingual'),
    { page: 2 },
  )
  await draw('day-report', renderExample('day_report', dayReport(7)), { dpi: 120 })
  await draw('day-report-many', renderExample('day_report', dayReport(60)), { page: 2, dpi: 120 })
  await draw('report', renderExample('report', reportOf({ rows: 18 })), { dpi: 120 })
  await draw(
    'report-compared-bilingual',
    renderExample(
      'report',
      reportOf({
        rows: 8,
        chart: 'bar',
        compared: true,
        columns: ['received', 'stillOpen', 'atOnce', 'solved', 'content', 'paidBack', 'daysMedian'],
      }),
      'bilingual',
    ),
    { dpi: 120 },
  )
  await draw('day-report-empty', renderExample('day_report', emptyDay), { dpi: 100 })
} finally {
  rmSync(work, { recursive: true })
}
