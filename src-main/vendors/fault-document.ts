/** 供应商质量反馈表: what a vendor's goods brought back in a period, on one page for him; nobody is named in it. */
import { formatMoney } from '../foundation/money.ts'
import { textWidth } from '../foundation/text.ts'
import type { Labels } from '../printing/labels.ts'
import {
  composePaper,
  type Content,
  contentWidth,
  formGrid,
  formatQuantity,
  joinKnown,
  listTable,
  pageFooter,
  paperHead,
  PAPERS,
  type PaperDefinition,
  type PaperFrame,
  SHEET_TYPE,
  storeWords,
} from '../printing/layout.ts'

/** Everything the sheet prints. */
export interface FaultSheetFacts {
  frame: PaperFrame
  vendor: { name: string; contact: string }
  from: string
  to: string
  rows: {
    sku: string
    product: string
    fault: string
    source: 'complaint' | 'return' | 'repair'
    counter: string
    batch: string
    count: number
    sold: number | null
  }[]
  soldUnits: number
  soldAmount: number
  cases: number
  returned: number
  charged: number
  waiting: number
  currency: string
  openClaims: { number: string; goods: string; sentOn: string | null; replyBy: string | null }[]
  replies: { sent: number; answered: number; inTime: number; median: number | null }
}

const ROOM = 500
const LINE = 10.6
const AROUND = 3.6
/** Open claims shown; more would leave the page. */
const CLAIMS = 8

/** Composes the sheet; pure. One page: what does not fit is counted below the table. */
export function composeFaultSheet(facts: FaultSheetFacts, labels: Labels): PaperDefinition {
  const page = PAPERS.a4Portrait
  const width = contentWidth(page)
  const { frame, currency, replies } = facts
  const title = `${labels.say('faultSheet.title')} ${facts.from} – ${facts.to}`
  const claims = facts.openClaims.slice(0, CLAIMS)
  const rows = fittingRows(facts.rows, ROOM - claims.length * 2 * LINE)
  const left = facts.rows.length - rows.length
  const money = (amount: number) => formatMoney(amount, currency)
  return composePaper({
    title: `${title} ${facts.vendor.name}`,
    labels,
    frame,
    page,
    type: SHEET_TYPE,
    footer: pageFooter(labels, frame, page, facts.vendor.name.slice(0, 24)),
    content: [
      paperHead({
        labels,
        title: labels.say('faultSheet.title'),
        subtitle:
          joinKnown([labels.second('faultSheet.title'), `${facts.from} – ${facts.to}`], '   ') ??
          '',
        store: frame.store,
        copy: 0,
        size: 17,
      }),
      formGrid(
        labels,
        [
          { key: 'deduction.vendor', value: facts.vendor.name, wide: true },
          {
            key: 'faultSheet.sold',
            value: `${formatQuantity(facts.soldUnits)} · ${money(facts.soldAmount)}`,
          },
          { key: 'faultSheet.cases', value: String(facts.cases) },
          { key: 'faultSheet.returned', value: money(facts.returned) },
          { key: 'faultSheet.charged', value: money(facts.charged) },
          {
            key: 'faultSheet.replies',
            value: labels.say('faultSheet.repliesText', {
              answered: replies.answered,
              sent: replies.sent,
              inTime: replies.inTime,
              median: replies.median ?? '–',
            }),
          },
          { key: 'faultSheet.waiting', value: money(facts.waiting) },
        ],
        labels.language === 'zh' ? 64 : 84,
        width,
        SHEET_TYPE.text,
      ),
      { text: labels.both('faultSheet.faults'), bold: true, fontSize: 10, margin: [0, 8, 0, 2] },
      ...(rows.length === 0
        ? [{ text: labels.both('faultSheet.none') }]
        : [faultTable(rows, labels, width)]),
      ...(left > 0
        ? [
            {
              text: labels.both('faultSheet.more', { n: left }, ' / '),
              style: 'small' as const,
              margin: [0, 2, 0, 0] as [number, number, number, number],
            },
          ]
        : []),
      ...claimPart(claims, labels, width),
      ...storeWords(labels, frame),
    ],
  })
}

function fittingRows(rows: FaultSheetFacts['rows'], room: number): FaultSheetFacts['rows'] {
  const fitting: FaultSheetFacts['rows'] = []
  let left = room
  for (const row of rows) {
    const lines = Math.max(
      2,
      ...[
        { text: `${row.product}${row.sku}`, width: 150 },
        { text: row.batch, width: 58 },
        { text: row.counter, width: 60 },
      ].map(({ text, width }) =>
        Math.ceil(((textWidth(text) / 2) * SHEET_TYPE.text * 1.16) / width),
      ),
    )
    left -= lines * LINE + AROUND
    if (left < 0) break
    fitting.push(row)
  }
  return fitting
}

function faultTable(rows: FaultSheetFacts['rows'], labels: Labels, width: number): Content {
  return listTable(
    labels,
    [
      { key: 'faultSheet.product', width: '*' },
      { key: 'faultSheet.fault', width: 84 },
      { key: 'faultSheet.counter', width: 62 },
      { key: 'faultSheet.batch', width: 60 },
      { key: 'faultSheet.count', width: 32, align: 'right' },
      { key: 'faultSheet.soldUnits', width: 44, align: 'right' },
      { key: 'faultSheet.rate', width: 40, align: 'right' },
    ],
    rows.map((each): Content[] => [
      joinKnown([each.product, each.sku], '\n') ?? '–',
      faultText(each, labels),
      each.counter,
      each.batch,
      String(each.count),
      each.sold === null ? '–' : formatQuantity(each.sold),
      rateText(each.count, each.sold),
    ]),
    width,
  )
}

function faultText({ fault, source }: FaultSheetFacts['rows'][number], labels: Labels): string {
  const group = source === 'complaint' ? 'report.classes' : 'refund.reasons'
  const name = source === 'repair' ? fault : labels.code(group, fault)
  return joinKnown([labels.code('faultSheet.sources', source), name], ' · ') ?? ''
}

/** Per thousand, with one decimal; nothing where nothing was sold in the period. */
function rateText(count: number, sold: number | null): string {
  if (sold === null || sold <= 0) return '–'
  const tenths = Math.round((count * 10_000_000) / sold)
  return `${Math.floor(tenths / 10)}.${tenths % 10}‰`
}

function claimPart(
  claims: FaultSheetFacts['openClaims'],
  labels: Labels,
  width: number,
): Content[] {
  if (claims.length === 0) return []
  return [
    { text: labels.both('faultSheet.open'), bold: true, fontSize: 10, margin: [0, 8, 0, 2] },
    listTable(
      labels,
      [
        { key: 'deduction.claim', width: 112 },
        { key: 'deduction.goods', width: '*' },
        { key: 'faultSheet.sentOn', width: 62 },
        { key: 'faultSheet.replyBy', width: 62 },
      ],
      claims.map((each) => [each.number, each.goods, each.sentOn ?? '–', each.replyBy ?? '–']),
      width,
    ),
  ]
}
