/** 联营商扣款单: what is taken off a vendor's money for one month, A4, summed page by page (domain.md §3.5). */
import { formatMoney, sumMoney } from '../foundation/money.ts'
import { textWidth } from '../foundation/text.ts'
import type { PaperField } from '../printing/fields.ts'
import type { Labels } from '../printing/labels.ts'
import {
  type Block,
  composePaper,
  type Content,
  contentWidth,
  formGrid,
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
  SHEET_TYPE,
  signatureRow,
  storeWords,
} from '../printing/layout.ts'

/** What a store can set on the list. */
export const deductionFields: readonly PaperField[] = [
  { key: 'vendorNotice.contact' },
  { key: 'vendorNotice.contract' },
  { key: 'deduction.paymentDay' },
  { key: 'deduction.closedBy' },
]

interface ListedEntry {
  businessDate: string
  claimNumber: string
  kind: 'charge' | 'reversal'
  basis: 'agreed' | 'deemed' | 'ruled'
  goods: string
  reason: string
  amount: number
}

/** Everything a deduction list prints. */
export interface DeductionListFacts {
  frame: PaperFrame
  /** `KK-…` with check character; null while the month is open. */
  number: string | null
  copy: number
  kind: 'vendor' | 'carrier'
  vendor: {
    name: string
    contact: string
    phone: string
    contractNo: string
    paymentDay: number | null
  }
  month: string
  closedOn: string | null
  closedBy: string | null
  currency: string
  total: number
  entries: ListedEntry[]
}

const FIXED = { no: 20, date: 48, claim: 108, kind: 58, amount: 72 }
/** Inner space of the columns. */
const PADDING = 6 * 6
/** A line of text, and what a row has around it. */
const LINE = 9.8
const AROUND = 3.6
/** Room for rows, in points: the first page has the head, every page its sums. */
const FIRST_ROOM = 570
const PAGE_ROOM = 690

/**
 * Parts the entries into pages that each close with their own sum. Heights are reckoned from typical widths, with
 * something to spare: a page must never spill over its sum.
 */
export function pagesOf(
  entries: readonly ListedEntry[],
  goodsWidth: number,
  twoLanguages: boolean,
): ListedEntry[][] {
  const pages: ListedEntry[][] = []
  let page: ListedEntry[] = []
  let left = FIRST_ROOM
  for (const entry of entries) {
    const height = heightOf(entry, goodsWidth, twoLanguages)
    if (height > left && page.length > 0) {
      pages.push(page)
      page = []
      left = PAGE_ROOM
    }
    page.push(entry)
    left -= height
  }
  return [...pages, page]
}

function heightOf(entry: ListedEntry, goodsWidth: number, twoLanguages: boolean): number {
  const typical = (text: string) => (textWidth(text) / 2) * SHEET_TYPE.text * 1.16
  const lines = (text: string) => Math.ceil(typical(text) / goodsWidth)
  const words = lines(entry.goods) + (entry.reason === '' ? 0 : lines(entry.reason))
  return Math.max(words, twoLanguages ? 3 : 2) * LINE + AROUND
}

/** Composes the list; pure. */
export function composeDeductionList(facts: DeductionListFacts, labels: Labels): PaperDefinition {
  const page = PAPERS.a4Portrait
  const width = contentWidth(page)
  const { frame, number } = facts
  const goodsWidth =
    width - PADDING - FIXED.no - FIXED.date - FIXED.claim - FIXED.kind - FIXED.amount
  const pages = pagesOf(facts.entries, goodsWidth, labels.language === 'bilingual')
  const title = facts.kind === 'carrier' ? 'deduction.carrierTitle' : 'deduction.title'
  let before = 0
  let sumBefore = 0
  const content = pages.flatMap((entries, index): Content[] => {
    const from = before
    before += entries.length
    const sum = sumMoney(entries.map(({ amount }) => amount))
    sumBefore += sum
    return [
      {
        ...tableOf(entries, from, facts, labels, width),
        ...(index > 0 ? { pageBreak: 'before' as const } : {}),
      },
      sums(labels, facts.currency, sum, pages.length > 1 ? sumBefore : null),
    ]
  })
  return composePaper({
    title: `${labels.both(title)} ${number ?? ''} ${facts.vendor.name} ${facts.month}`,
    labels,
    frame,
    page,
    type: SHEET_TYPE,
    footer: pageFooter(labels, frame, page, number ?? labels.say('deduction.open')),
    content: [
      paperHead({
        labels,
        title: labels.say(title),
        subtitle: joinKnown([labels.second(title), facts.month], '   ') ?? '',
        store: frame.store,
        copy: facts.copy,
        size: 17,
        ...(number === null
          ? {}
          : {
              aside: {
                ...numberBars(number, 0.76, mm(8)),
                width: 'auto' as const,
                margin: [12, 0, 0, 1] as [number, number, number, number],
              },
            }),
      }),
      headForm(facts, labels, width),
      { text: ' ', fontSize: 4 },
      ...content,
      {
        ...moneyLine({
          labels,
          key: facts.total < 0 ? 'deduction.totalBack' : 'deduction.total',
          amount: facts.total,
          currency: facts.currency,
          size: 13,
        }),
        margin: [0, 8, 0, 0],
      },
      { text: labels.both('deduction.note', {}, '\n'), style: 'small', margin: [0, 4, 0, 0] },
      {
        ...signatureRow(
          labels,
          ['deduction.madeBy', 'deduction.finance', 'deduction.vendorSign'],
          20,
        ),
        margin: [0, 12, 0, 0],
      },
      ...storeWords(labels, frame),
    ],
  })
}

function headForm(facts: DeductionListFacts, labels: Labels, width: number): Block {
  const { vendor } = facts
  return formGrid(
    labels,
    [
      { key: 'deduction.vendor', value: vendor.name, wide: true },
      { key: 'vendorNotice.contact', value: joinKnown([vendor.contact, vendor.phone], ' ') },
      { key: 'vendorNotice.contract', value: vendor.contractNo },
      { key: 'deduction.month', value: facts.month },
      {
        key: 'deduction.paymentDay',
        value: vendor.paymentDay === null ? '' : String(vendor.paymentDay),
      },
      { key: 'deduction.closedOn', value: facts.closedOn ?? labels.both('deduction.open') },
      { key: 'deduction.closedBy', value: facts.closedBy },
    ],
    labels.language === 'zh' ? 56 : 78,
    width,
    SHEET_TYPE.text,
  )
}

function tableOf(
  entries: readonly ListedEntry[],
  from: number,
  { currency }: DeductionListFacts,
  labels: Labels,
  width: number,
): Block {
  const rows = entries.map((each, index): Content[] => [
    String(from + index + 1),
    each.businessDate,
    each.claimNumber,
    {
      stack: [
        labels.codeBoth('deduction.kinds', each.kind),
        { text: labels.codeBoth('deduction.bases', each.basis), style: 'label' },
      ],
    },
    {
      stack: [
        each.goods,
        ...(each.reason === '' ? [] : [{ text: each.reason, style: 'label' as const }]),
      ],
    },
    { text: formatMoney(each.amount, currency), noWrap: true },
  ])
  return listTable(
    labels,
    [
      { key: 'deduction.no', width: FIXED.no },
      { key: 'common.date', width: FIXED.date },
      { key: 'deduction.claim', width: FIXED.claim },
      { key: 'deduction.kind', width: FIXED.kind },
      { key: 'deduction.goods', width: '*' },
      { key: 'deduction.amount', width: FIXED.amount, align: 'right' },
    ],
    rows,
    width,
  )
}

/** The sum of a page; from the first on with more than one also what came together so far. */
function sums(labels: Labels, currency: string, sum: number, soFar: number | null): Block {
  const page = `${labels.both('deduction.pageSum')}${labels.say('common.colon')}${formatMoney(sum, currency)}`
  const all =
    soFar === null
      ? null
      : `${labels.both('deduction.soFar')}${labels.say('common.colon')}${formatMoney(soFar, currency)}`
  return {
    text: joinKnown([page, all], '    ') ?? '',
    bold: true,
    alignment: 'right',
    margin: [0, 3, 3, 0],
  }
}
