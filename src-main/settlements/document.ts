/** 处理结果确认单: what both sides agreed on, signed by the customer. 致歉函: a letter of apology. */
import { formatMoney } from '../foundation/money.ts'
import type { PaperField } from '../printing/fields.ts'
import type { Labels } from '../printing/labels.ts'
import {
  type Block,
  composePaper,
  type Content,
  contentWidth,
  formatInstant,
  formGrid,
  heading,
  headLines,
  joinKnown,
  legalLines,
  listTable,
  mm,
  moneyLine,
  numberBars,
  pageFooter,
  type PaperDefinition,
  type PaperFrame,
  paperHead,
  PAPERS,
  rule,
  scannedPayment,
  sheetLogo,
  signatureRow,
  stampBox,
  stockOf,
  storeWords,
  type TypeScale,
  type VoidFacts,
  voidLine,
} from '../printing/layout.ts'
import type { itemKinds, payHows } from './contract.ts'

/** Everything the slip of a settlement prints. */
export interface SettlementSlipFacts {
  frame: PaperFrame
  /** `HJ-…` with check character. */
  number: string
  copy: number
  complaintNumber: string
  customer: string
  recordedOn: string
  /** Instant of the agreement; null while it is still on offer. */
  agreedAt: string | null
  executor: string | null
  /** Instant by which all of it is carried out. */
  dueAt: string | null
  title: string
  currency: string
  /** Money beyond the goods. */
  total: number
  items: readonly {
    kind: (typeof itemKinds)[number]
    what: string
    amount: number
    payHow: (typeof payHows)[number] | null
    /** What proves it, once it is carried out. */
    done: string | null
  }[]
  /** What the till pays out, as it was told. */
  payments: readonly { number: string; amount: number }[]
  voided: VoidFacts | null
}

/** What a store can set on the slip; what both sides agree on and whom it binds always prints. */
export const settlementFields: readonly PaperField[] = [
  { key: 'settlement.customer', law: 'complaint' },
  { key: 'settlement.agreed', law: 'complaint' },
  { key: 'settlement.dueAt', law: 'complaint' },
  { key: 'settlement.rights', law: 'complaint' },
  { key: 'settlement.recordedOn' },
  { key: 'settlement.agreedAt' },
  { key: 'settlement.executor' },
  { key: 'settlement.done' },
]

/** Read at arm's length and signed. */
const SHEET: TypeScale = { text: 10, label: 8.5, second: 7.5, small: 7.5 }

/** Composes the slip of a settlement, A4; pure. */
export function composeSettlementSlip(facts: SettlementSlipFacts, labels: Labels): PaperDefinition {
  const page = PAPERS.a4Portrait
  const width = contentWidth(page)
  const { frame, number, voided } = facts
  const time = (instant: string | null) => instant && formatInstant(instant, frame.timeZone)
  return composePaper({
    title: `${labels.both('settlement.title')} ${number}`,
    labels,
    frame,
    page,
    type: SHEET,
    voided,
    footer: pageFooter(labels, frame, page, number),
    content: [
      paperHead({
        labels,
        title: labels.say('settlement.title'),
        subtitle: labels.second('settlement.title') ?? '',
        store: frame.store,
        copy: facts.copy,
        size: 20,
        aside: { ...numberBars(number, 0.85, mm(9)), width: 'auto', margin: [14, 0, 0, 1] },
      }),
      ...voidLine(labels, voided),
      formGrid(
        labels,
        [
          { key: 'settlement.complaint', value: facts.complaintNumber },
          { key: 'settlement.recordedOn', value: facts.recordedOn },
          { key: 'settlement.customer', value: facts.customer },
          { key: 'settlement.agreedAt', value: time(facts.agreedAt) },
          { key: 'settlement.executor', value: facts.executor },
          { key: 'settlement.dueAt', value: time(facts.dueAt) },
          { key: 'settlement.agreed', value: facts.title, wide: true },
        ],
        labels.language === 'zh' ? 70 : 104,
        width,
        SHEET.text,
      ),
      heading(labels.both('settlement.items'), 11.5, [0, 10, 0, 3]),
      itemTable(facts, labels, width),
      ...moneyBlock(facts, labels),
      ...paymentBlock(facts, labels),
      heading(labels.both('settlement.rights'), 11.5, [0, 10, 0, 3]),
      ...rightsLines(labels),
      {
        ...signatureRow(labels, ['settlement.customerSign', 'settlement.storeSign'], 26),
        margin: [0, 18, 0, 6],
      },
      ...storeWords(labels, frame),
    ],
  })
}

function itemTable(facts: SettlementSlipFacts, labels: Labels, width: number): Block {
  const rows = facts.items.map(({ kind, what, amount, payHow, done }, index): Content[] => [
    String(index + 1),
    {
      stack: [
        { text: labels.codeBoth('settlement.kinds', kind), bold: true },
        ...(what === '' ? [] : [what]),
      ],
    },
    payHow === null ? '' : labels.codeBoth('settlement.pays', payHow),
    done ?? '',
    amount === 0 ? '' : formatMoney(amount, facts.currency),
  ])
  return listTable(
    labels,
    [
      { key: 'settlement.no', width: 24 },
      { key: 'settlement.what', width: '*' },
      { key: 'settlement.paid', width: 84 },
      { key: 'settlement.done', width: 132 },
      { key: 'settlement.amount', width: 74, align: 'right' },
    ],
    rows,
    width,
  )
}

function moneyBlock({ total, currency }: SettlementSlipFacts, labels: Labels): Block[] {
  if (total === 0) return []
  const line = moneyLine({ labels, key: 'settlement.total', amount: total, currency, size: 12 })
  return [{ ...line, margin: [0, 6, 0, 0] }]
}

function paymentBlock({ payments, currency }: SettlementSlipFacts, labels: Labels): Block[] {
  if (payments.length === 0) return []
  return [
    heading(labels.both('settlement.atTill'), 11.5, [0, 10, 0, 3]),
    ...payments.map(({ number, amount }) =>
      scannedPayment(
        stockOf('A4', labels),
        { text: labels.both('settlement.payOut') },
        number,
        formatMoney(amount, currency),
      ),
    ),
  ]
}

/** Nobody signs rights away: what law gives stays, and where to turn stands beside it. */
function rightsLines(labels: Labels): Block[] {
  const keys = ['settlement.reserved', 'settlement.elsewhere', 'settlement.twoCopies'] as const
  return [
    ...keys.map((key): Block => ({ text: labels.say(key), lineHeight: 1.25 })),
    legalLines(keys.flatMap((key) => labels.second(key) ?? [])),
  ]
}

/** Everything a letter of apology prints. */
export interface ApologyLetterFacts {
  frame: PaperFrame
  /** `ZQ-…` with check character. */
  number: string
  copy: number
  addressee: string
  businessDate: string
  /** Paragraphs apart by an empty line; empty in a language the letter is not in. */
  bodyZh: string
  bodyEn: string
  signer: string
  signerTitle: string
  voided: VoidFacts | null
}

/** What a store can set on the letter. */
export const apologyFields: readonly PaperField[] = [{ key: 'common.address' }]

/** A letter: larger, with air. */
const LETTER: TypeScale = { text: 11.5, label: 9, second: 8, small: 8 }

/** Composes the letter, A4; pure. */
export function composeApologyLetter(facts: ApologyLetterFacts, labels: Labels): PaperDefinition {
  const page = PAPERS.a4Portrait
  const { frame, number, voided } = facts
  const title = labels.both('letter.title', {}, ' · ')
  return composePaper({
    title: `${labels.both('letter.title')} ${number}`,
    labels,
    frame,
    page: { ...page, margins: { ...page.margins, left: mm(26), right: mm(26), top: mm(20) } },
    type: LETTER,
    voided,
    footer: pageFooter(labels, frame, page, number),
    content: [
      letterHead(facts, labels),
      { text: title, bold: true, fontSize: 22, alignment: 'center', margin: [0, 22, 0, 14] },
      ...voidLine(labels, voided),
      ...(labels.language === 'en' ? [] : letterBody(facts, 'zh', labels)),
      ...(labels.language === 'bilingual' ? [rule(0.5, [0, 12, 0, 12])] : []),
      ...(labels.language === 'zh' ? [] : letterBody(facts, 'en', labels)),
      letterSignature(facts, labels),
      ...storeWords(labels, frame),
    ],
  })
}

function letterHead({ frame, number, copy }: ApologyLetterFacts, labels: Labels): Block {
  const { store } = frame
  const place = labels.prints('common.address')
    ? joinKnown([store.address, store.postcode, store.phone], '   ')
    : null
  return {
    stack: [
      {
        columns: [
          ...sheetLogo(store, 18, [0, 0, 8, 1]),
          { width: '*', text: store.name, bold: true, fontSize: 14 },
          {
            width: 'auto',
            alignment: 'right',
            text: copy === 0 ? number : `${number}  ${labels.both('common.copy', { n: copy })}`,
            style: 'label',
          },
        ],
      },
      ...[place, ...headLines(labels, store)].flatMap((text): Block[] =>
        text ? [{ text, style: 'label', margin: [0, 2, 0, 0] }] : [],
      ),
      rule(1.1, [0, 4, 0, 0]),
    ],
  }
}

function letterBody(
  { addressee, bodyZh, bodyEn }: ApologyLetterFacts,
  language: 'zh' | 'en',
  labels: Labels,
): Block[] {
  const isZh = language === 'zh'
  const body = isZh ? bodyZh : bodyEn
  // On a letter in two languages each greeting stands in its own.
  const say = (key: 'letter.dear' | 'letter.regards', facts = {}) =>
    isZh || labels.language === 'en'
      ? labels.say(key, facts)
      : (labels.second(key, facts) ?? labels.say(key, facts))
  const name = addressee === '' ? null : addressee
  const greeting =
    name === null
      ? isZh || labels.language === 'en'
        ? labels.say('letter.dearCustomer')
        : (labels.second('letter.dearCustomer') ?? '')
      : say('letter.dear', { name })
  const paragraphs = body.split(/\n\s*\n/).filter((each) => each.trim() !== '')
  return [
    { text: greeting, bold: true, margin: [0, 0, 0, 8] },
    ...paragraphs.map((paragraph): Block => ({
      // Two full-width blanks begin a Chinese paragraph.
      text: isZh ? `\u3000\u3000${paragraph.trim()}` : paragraph.trim(),
      lineHeight: isZh ? 1.6 : 1.4,
      margin: [0, 0, 0, 7],
    })),
    { text: say('letter.regards'), margin: [0, 4, 0, 0] },
  ]
}

function letterSignature(facts: ApologyLetterFacts, labels: Labels): Block {
  const { frame, signer, signerTitle, businessDate } = facts
  return {
    unbreakable: true,
    margin: [0, 26, 0, 0],
    columns: [
      { width: '*', stack: [stampBox(labels, 'common.stampHere', 110, 70)] },
      {
        width: 220,
        stack: [
          { text: frame.store.name, bold: true },
          { text: [signerTitle, signer].join('  '), margin: [0, 4, 0, 20] },
          rule(0.6, [0, 0, 0, 2]),
          { text: labels.both('common.signHere'), style: 'label' },
          { text: businessDate, margin: [0, 6, 0, 0] },
        ],
      },
    ],
  }
}
