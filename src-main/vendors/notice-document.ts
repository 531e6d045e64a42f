/** 商品质量问题通知单（联营商告知函）: what a vendor or carrier is told, shown and asked, A4 (domain.md §2.1, §3.5). */
import type { PaperField } from '../printing/fields.ts'
import type { Labels } from '../printing/labels.ts'
import {
  type Block,
  composePaper,
  type Content,
  contentWidth,
  type Field,
  formGrid,
  formatQuantity,
  heading,
  joinKnown,
  listTable,
  mm,
  moneyLine,
  numberBars,
  pageFooter,
  paperHead,
  PAPERS,
  type PaperDefinition,
  type PaperFrame,
  rule,
  signatureRow,
  storeWords,
  type TypeScale,
} from '../printing/layout.ts'

/** Everything a notice prints; nothing in it names the customer. */
export interface VendorNoticeFacts {
  frame: PaperFrame
  /** `LY-…` with check character. */
  number: string
  copy: number
  kind: 'vendor' | 'carrier'
  businessDate: string
  to: { name: string; contact: string; phone: string; address: string; contractNo: string }
  goods: {
    name: string
    sku: string
    receiptNo: string
    soldOn: string
    counter: string
    clerk: string
    batch: string
    serial: string
    qtyMilli: number
  }[]
  what: string
  fault: string
  asks: string
  amount: number
  currency: string
  /** Null before it was sent: the line stays open. */
  replyBy: string | null
  silence: 'accepts' | 'open'
  evidence: { name: string; label: string; at: string; sha256: string }[]
}

/** What a store can set on the notice. */
export const vendorNoticeFields: readonly PaperField[] = [
  { key: 'vendorNotice.contact' },
  { key: 'vendorNotice.contract' },
  { key: 'common.address' },
  { key: 'vendorNotice.from' },
  { key: 'vendorNotice.counter' },
  { key: 'vendorNotice.batch' },
  { key: 'vendorNotice.evidence' },
  { key: 'vendorNotice.answer' },
]

const LETTER: TypeScale = { text: 9, label: 8, second: 6.4, small: 6.6 }

/** Composes the notice; pure. */
export function composeVendorNotice(facts: VendorNoticeFacts, labels: Labels): PaperDefinition {
  const page = PAPERS.a4Portrait
  const width = contentWidth(page)
  const { frame, number } = facts
  const title = facts.kind === 'carrier' ? 'vendorNotice.carrierTitle' : 'vendorNotice.title'
  return composePaper({
    title: `${labels.both(title)} ${number}`,
    labels,
    frame,
    page,
    type: LETTER,
    footer: pageFooter(labels, frame, page, number),
    content: [
      paperHead({
        labels,
        title: labels.say(title),
        subtitle: labels.second(title) ?? '',
        store: frame.store,
        copy: facts.copy,
        size: 17,
        aside: { ...numberBars(number, 0.76, mm(8)), width: 'auto', margin: [12, 0, 0, 1] },
      }),
      formGrid(labels, headFields(facts), labels.language === 'zh' ? 60 : 82, width, LETTER.text),
      ...goodsPart(facts, labels, width),
      ...textPart(labels, 'vendorNotice.fault', facts.fault),
      ...textPart(labels, 'vendorNotice.asks', facts.asks),
      {
        ...moneyLine({
          labels,
          key: 'vendorNotice.amount',
          amount: facts.amount,
          currency: facts.currency,
          size: 12,
        }),
        margin: [0, 6, 0, 0],
      },
      replyPart(facts, labels),
      ...evidencePart(facts, labels, width),
      ...answerBox(labels, width),
      {
        ...signatureRow(labels, ['vendorNotice.storeSign', 'vendorNotice.vendorSign'], 20),
        margin: [0, 10, 0, 0],
      },
      ...storeWords(labels, frame),
    ],
  })
}

function headFields({ to, businessDate, frame }: VendorNoticeFacts): Field[] {
  return [
    { key: 'vendorNotice.to', value: to.name, wide: true },
    { key: 'vendorNotice.contact', value: joinKnown([to.contact, to.phone], ' ') },
    { key: 'vendorNotice.contract', value: to.contractNo },
    ...(to.address ? [{ key: 'common.address' as const, value: to.address, wide: true }] : []),
    { key: 'common.date', value: businessDate },
    { key: 'vendorNotice.from', value: joinKnown([frame.desk, frame.store.phone], ' · ') },
  ]
}

function goodsPart({ goods, what }: VendorNoticeFacts, labels: Labels, width: number): Content[] {
  const title = heading(labels.both('vendorNotice.goods'), 10, [0, 8, 0, 2])
  if (goods.length === 0) return [title, { text: what, lineHeight: 1.2 }]
  const rows = goods.map((each): Content[] => [
    joinKnown([each.name, each.sku], '\n') ?? '',
    formatQuantity(each.qtyMilli),
    joinKnown([each.soldOn, each.receiptNo], '\n') ?? '',
    joinKnown([each.counter, each.clerk], '\n') ?? '',
    joinKnown([each.batch, each.serial], '\n') ?? '',
  ])
  return [
    title,
    listTable(
      labels,
      [
        { key: 'vendorNotice.name', width: '*' },
        { key: 'vendorNotice.quantity', width: 34, align: 'right' },
        { key: 'vendorNotice.sold', width: 102 },
        { key: 'vendorNotice.counter', width: 84 },
        { key: 'vendorNotice.batch', width: 86 },
      ],
      rows,
      width,
    ),
  ]
}

function textPart(
  labels: Labels,
  key: 'vendorNotice.fault' | 'vendorNotice.asks',
  text: string,
): Content[] {
  return [heading(labels.both(key), 10, [0, 8, 0, 2]), { text, lineHeight: 1.25 }]
}

/** Until when, and what the contract makes of silence: said only where it says so. */
function replyPart({ replyBy, silence }: VendorNoticeFacts, labels: Labels): Block {
  const date = replyBy ?? '____________'
  const lines: Block[] = [{ text: labels.both('vendorNotice.replyBy', { date }, '\n'), bold: true }]
  if (silence === 'accepts') {
    lines.push({ text: labels.both('vendorNotice.silence', {}, '\n'), margin: [0, 2, 0, 0] })
  }
  return { stack: lines, margin: [0, 6, 0, 0] }
}

function evidencePart(
  { evidence, frame }: VendorNoticeFacts,
  labels: Labels,
  width: number,
): Content[] {
  if (!labels.prints('vendorNotice.evidence')) return []
  const title = heading(
    labels.both('vendorNotice.evidence', { count: evidence.length }),
    10,
    [0, 8, 0, 2],
  )
  if (evidence.length === 0) return [title, { text: labels.both('vendorNotice.noEvidence') }]
  const rows = evidence.map((each, index): Content[] => [
    String(index + 1),
    joinKnown([each.label, each.name], ' · ') ?? '',
    each.at.slice(0, 16).replace('T', ' '),
    { text: each.sha256, style: 'small' },
  ])
  return [
    title,
    listTable(
      labels,
      [
        { key: 'vendorNotice.no', width: 16 },
        { key: 'vendorNotice.file', width: '*' },
        { key: 'vendorNotice.at', width: 76 },
        { key: 'vendorNotice.hash', width: 150 },
      ],
      rows,
      width,
    ),
    {
      text: labels.both('vendorNotice.hashNote', { desk: frame.desk }, '\n'),
      style: 'small',
      margin: [0, 2, 0, 0],
    },
  ]
}

/** Where the other side writes its answer. */
function answerBox(labels: Labels, width: number): Block[] {
  if (!labels.prints('vendorNotice.answer')) return []
  const box: Block = {
    unbreakable: true,
    margin: [0, 10, 0, 0],
    layout: 'box',
    table: {
      widths: [width - 12],
      body: [
        [
          {
            stack: [
              heading(labels.both('vendorNotice.answer'), 10, [0, 0, 0, 4]),
              { text: labels.both('vendorNotice.choices', {}, '\n'), lineHeight: 1.5 },
              rule(0.4, [0, 16, 0, 0]),
              rule(0.4, [0, 18, 0, 4]),
            ],
          },
        ],
      ],
    },
  }
  return [box]
}
