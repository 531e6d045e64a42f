/** 商品下架通知: goods out of sale, to the counters, A4 (domain.md §7 idea 5). */
import type { Labels } from '../printing/labels.ts'
import {
  type Block,
  type Content,
  composePaper,
  heading,
  pageFooter,
  paperHead,
  PAPERS,
  type PaperDefinition,
  type PaperFrame,
  signatureRow,
  type TypeScale,
} from '../printing/layout.ts'

/** Everything the notice prints. */
export interface SaleStopFacts {
  frame: PaperFrame
  /** `XJ-…` with check character. */
  number: string
  copy: number
  goods: string
  barcode: string
  brand: string
  model: string
  batchNo: string
  reason: string
  effectiveOn: string
  issuedBy: string
  issuedOn: string
  incident: string
  lifted: { on: string; reason: string } | null
  counters: readonly { counter: string; person: string; units: number | null; on: string }[]
}

/** Read at the counter, standing. */
const NOTICE: TypeScale = { text: 11, label: 9, second: 8, small: 8 }

/** Composes the notice; pure. */
export function composeSaleStop(facts: SaleStopFacts, labels: Labels): PaperDefinition {
  const page = PAPERS.a4Portrait
  const title = `${labels.say('saleStop.title')} ${facts.number}`
  return composePaper({
    title,
    labels,
    frame: facts.frame,
    page,
    type: NOTICE,
    footer: pageFooter(labels, facts.frame, page, title),
    content: [
      paperHead({
        labels,
        title: labels.say('saleStop.title'),
        subtitle: [labels.second('saleStop.title'), facts.number].filter(Boolean).join('   '),
        store: facts.frame.store,
        copy: facts.copy,
        size: 20,
      }),
      ...(facts.lifted ? [liftedBox(facts.lifted, labels)] : []),
      { text: labels.both('saleStop.order'), margin: [0, 8, 0, 8], lineHeight: 1.25 },
      factRows(facts, labels),
      heading(labels.both('saleStop.reason'), 11, [0, 8, 0, 2]),
      { text: facts.reason, lineHeight: 1.25 },
      heading(labels.both('saleStop.counters'), 11, [0, 12, 0, 4]),
      counterTable(facts, labels),
      { text: labels.both('saleStop.law'), style: 'small', margin: [0, 8, 0, 0] },
      {
        ...signatureRow(labels, ['saleStop.issuedBy', 'report.floorManager'], 18),
        margin: [0, 16, 0, 0],
      },
    ],
  })
}

function liftedBox({ on, reason }: { on: string; reason: string }, labels: Labels): Block {
  return {
    text: labels.both('saleStop.lifted', { date: on, reason }),
    bold: true,
    margin: [0, 0, 0, 8],
  }
}

function factRows(facts: SaleStopFacts, labels: Labels): Block {
  const rows = (
    [
      ['goods', facts.goods],
      ['brand', facts.brand],
      ['model', facts.model],
      ['barcode', facts.barcode],
      ['batch', facts.batchNo || labels.both('saleStop.allBatches')],
      ['effective', facts.effectiveOn],
      ['issued', `${facts.issuedOn}  ${facts.issuedBy}`],
      ['incident', facts.incident],
    ] as const
  ).filter(([, value]) => value !== '')
  return {
    table: {
      widths: [110, '*'],
      body: rows.map(([name, value]) => [
        { text: labels.both(`saleStop.${name}`), style: 'label' },
        { text: value, bold: name === 'goods' || name === 'batch' || name === 'effective' },
      ]),
    },
    layout: 'noBorders',
  }
}

function counterTable(facts: SaleStopFacts, labels: Labels): Block {
  const head = (['counter', 'units', 'person', 'day'] as const).map((name): Content => ({
    text: labels.both(`saleStop.${name}`),
    style: 'label',
  }))
  // Room to write by hand.
  const cell = (text: string): Content => ({ text, margin: [0, 4, 0, 4] })
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['*', 70, 110, 80],
      body: [
        head,
        ...facts.counters.map(({ counter, person, units, on }) =>
          [counter, units === null ? '' : String(units), person, on].map(cell),
        ),
      ],
    },
  }
}
