/** 顾客资料卡 (domain.md §2.9) on A6, the copy of everything for the customer on A4, and the report of an erasure. */
import { formatMoney } from '../foundation/money.ts'
import type { FormatOf } from '../foundation/paper-formats.ts'
import type { PaperField } from '../printing/fields.ts'
import type { LabelKey, Labels } from '../printing/labels.ts'
import {
  BILINGUAL_CARD_TYPE,
  type Block,
  type Column,
  CARD_TYPE,
  composePaper,
  contentWidth,
  type Field,
  formatInstant,
  formGrid,
  heading,
  legalLines,
  listTable,
  pageFooter,
  paperHead,
  PAPERS,
  type PaperDefinition,
  type PaperFrame,
  SHEET_TYPE,
  signatureRow,
  storeWords,
} from '../printing/layout.ts'

/** Everything a customer card prints. */
export interface CustomerCardFacts {
  frame: PaperFrame
  /** `a6`: the card for the desk's box; `a4`: the copy of everything, for the customer. */
  paper: FormatOf<'customer_card'>
  copy: number
  /** How the store finds the card again: it names nobody. */
  number: string
  name: string
  memberNos: readonly string[]
  /** Masked as on every paper (domain.md §5.3). */
  phone: string
  address: string
  joinedOn: string | null
  points: number | null
  tier: string
  referredBy: string | null
  bought: { receipts: number; total: string; lastOn: string | null }
  contact: readonly { rule: string; channel: string; until: string | null; note: string }[]
  notes: readonly { kind: string; text: string; on: string }[]
  details: readonly { field: string; value: string; agreedOn: string }[]
  promises: readonly { text: string; dueAt: string; owner: string }[]
  purchases: readonly {
    on: string
    number: string
    goods: string
    amount: number
    currency: string
  }[]
  services: readonly { on: string; kind: string; number: string; text: string; amount: string }[]
}

/** What a store can set on the card for its desk; the copy for the customer holds everything (PIPL Art. 45). */
export const customerCardFields: readonly PaperField[] = [
  { key: 'customer.tier' },
  { key: 'customer.memberNo' },
  { key: 'customer.address' },
  { key: 'customer.joinedOn' },
  { key: 'customer.points' },
  { key: 'customer.bought' },
  { key: 'customer.referredBy' },
  { key: 'customer.personal' },
  { key: 'customer.notes' },
  { key: 'customer.service' },
  { key: 'customer.purchases' },
]

/** Composes the card; pure. */
export function composeCustomerCard(facts: CustomerCardFacts, own: Labels): PaperDefinition {
  const isCard = facts.paper === 'A6'
  const labels = isCard ? own : own.setUpAs({ hidden: [], said: facts.frame.design?.said ?? {} })
  const page = isCard ? PAPERS.a6Portrait : PAPERS.a4Portrait
  const small = labels.language === 'bilingual' ? BILINGUAL_CARD_TYPE : CARD_TYPE
  const key = isCard ? 'customer.title' : 'customer.copyTitle'
  const width = contentWidth(page)
  return composePaper({
    title: `${labels.say(key)} ${facts.number}`,
    labels,
    frame: facts.frame,
    page,
    type: isCard ? small : SHEET_TYPE,
    footer: pageFooter(labels, facts.frame, page, facts.number),
    content: [
      paperHead({
        labels,
        title: labels.say(key),
        subtitle: labels.second(key) ?? '',
        store: facts.frame.store,
        copy: facts.copy,
        size: isCard ? 13 : 18,
      }),
      {
        ...formGrid(labels, fieldsOf(facts, labels), isCard ? 42 : 78, width, isCard ? 7 : 8),
        margin: [0, 4, 0, 0],
      },
      ...promiseBlocks(facts, labels, width),
      ...noteBlocks(facts, labels, width),
      ...serviceBlocks(facts, labels, width),
      ...purchaseBlocks(facts, labels, width),
      { ...legalLines([labels.both('customer.private', {}, '\n')]), margin: [0, 5, 0, 0] },
      ...storeWords(labels, facts.frame),
    ],
  })
}

function fieldsOf(facts: CustomerCardFacts, labels: Labels): Field[] {
  const { bought } = facts
  const contact = facts.contact.map(({ rule, channel, until, note }) =>
    [
      labels.code('customer.rules', rule),
      labels.codeBoth('customer.channels', channel),
      until && labels.say('customer.until', { date: until }),
      note,
    ]
      .filter(Boolean)
      .join(' '),
  )
  const details = facts.details.map(
    ({ field, value, agreedOn }) =>
      `${labels.codeBoth('customer.details', field)} ${value} (${labels.say('customer.agreed', { date: agreedOn })})`,
  )
  const spent = [
    labels.say('customer.receipts', { count: bought.receipts }),
    bought.total,
    bought.lastOn,
  ]
  return [
    { key: 'customer.name', value: facts.name },
    { key: 'customer.tier', value: facts.tier },
    {
      key: 'customer.memberNo',
      value: facts.memberNos.join(' '),
      wide: facts.memberNos.length > 1,
    },
    { key: 'customer.phone', value: facts.phone },
    { key: 'customer.address', value: facts.address, wide: true },
    { key: 'customer.joinedOn', value: facts.joinedOn },
    { key: 'customer.points', value: facts.points === null ? '' : String(facts.points) },
    { key: 'customer.bought', value: spent.filter(Boolean).join(' · '), wide: true },
    ...(contact.length > 0
      ? [{ key: 'customer.contact' as const, value: contact.join('；'), wide: true }]
      : []),
    ...(facts.referredBy
      ? [{ key: 'customer.referredBy' as const, value: facts.referredBy, wide: true }]
      : []),
    ...(details.length > 0
      ? [{ key: 'customer.personal' as const, value: details.join('；'), wide: true }]
      : []),
  ]
}

/** Rows that stay together with their heading; longer lists run over the page. */
const keptTogether = 5

function titled(
  labels: Labels,
  key: LabelKey,
  columns: Column[],
  rows: string[][],
  width: number,
): Block[] {
  if (rows.length === 0 || !labels.prints(key)) return []
  const stack = [
    heading(labels.both(key), 8.5, [0, 5, 0, 2]),
    listTable(labels, columns, rows, width),
  ]
  return rows.length <= keptTogether ? [{ unbreakable: true, stack }] : stack
}

function promiseBlocks(facts: CustomerCardFacts, labels: Labels, width: number): Block[] {
  const rows = facts.promises.map(({ text, dueAt, owner }) => [
    formatInstant(dueAt, facts.frame.timeZone),
    text,
    owner,
  ])
  const columns = [
    { key: 'customer.due' as const, width: 62 },
    { key: 'customer.promise' as const, width: '*' as const },
    { key: 'customer.owner' as const, width: 44 },
  ]
  return titled(labels, 'customer.promises', columns, rows, width)
}

function noteBlocks(facts: CustomerCardFacts, labels: Labels, width: number): Block[] {
  const rows = facts.notes.map(({ kind, text, on }) => [
    on,
    labels.codeBoth('customer.noteKinds', kind),
    text,
  ])
  const columns = [
    { key: 'customer.day' as const, width: 42 },
    { key: 'customer.kind' as const, width: 52 },
    { key: 'customer.note' as const, width: '*' as const },
  ]
  return titled(labels, 'customer.notes', columns, rows, width)
}

function serviceBlocks(facts: CustomerCardFacts, labels: Labels, width: number): Block[] {
  const rows = facts.services.map(({ on, kind, number, text, amount }) => [
    on,
    [labels.code('customer.services', kind), number].join(' '),
    [text, amount].filter(Boolean).join(' · '),
  ])
  const columns = [
    { key: 'customer.day' as const, width: 42 },
    { key: 'customer.paper' as const, width: 122 },
    { key: 'customer.what' as const, width: '*' as const },
  ]
  return titled(labels, 'customer.service', columns, rows, width)
}

function purchaseBlocks(facts: CustomerCardFacts, labels: Labels, width: number): Block[] {
  const rows = facts.purchases.map(({ on, number, goods, amount, currency }) => [
    on,
    number,
    goods,
    formatMoney(amount, currency),
  ])
  const columns = [
    { key: 'customer.day' as const, width: 42 },
    { key: 'customer.receipt' as const, width: 52 },
    { key: 'customer.goods' as const, width: '*' as const },
    { key: 'customer.amount' as const, width: 50, align: 'right' as const },
  ]
  return titled(labels, 'customer.purchases', columns, rows, width)
}

/** Everything the report of an erasure prints: no word of whom. */
export interface ErasureFacts {
  frame: PaperFrame
  copy: number
  number: string
  erasedAt: string
  reason: string
  askedBy: string
  confirmedBy: string
  /** How many rows of how many tables changed. */
  rows: number
  tables: number
  files: number
  auditEntries: number
}

/** Composes the report of an erasure; pure. */
export function composeErasure(facts: ErasureFacts, labels: Labels): PaperDefinition {
  const page = PAPERS.a6Portrait
  const width = contentWidth(page)
  return composePaper({
    title: `${labels.say('erasure.title')} ${facts.number}`,
    labels,
    frame: facts.frame,
    page,
    type: labels.language === 'bilingual' ? BILINGUAL_CARD_TYPE : CARD_TYPE,
    footer: pageFooter(labels, facts.frame, page, facts.number),
    content: [
      paperHead({
        labels,
        title: labels.say('erasure.title'),
        subtitle: labels.second('erasure.title') ?? '',
        store: facts.frame.store,
        copy: facts.copy,
        size: 13,
      }),
      {
        margin: [0, 5, 0, 4],
        ...formGrid(
          labels,
          [
            { key: 'erasure.number', value: facts.number },
            { key: 'erasure.at', value: formatInstant(facts.erasedAt, facts.frame.timeZone) },
            { key: 'erasure.reason', value: facts.reason, wide: true },
            { key: 'erasure.askedBy', value: facts.askedBy },
            { key: 'erasure.confirmedBy', value: facts.confirmedBy },
            {
              key: 'erasure.gone',
              value: labels.both('erasure.counts', {
                rows: facts.rows,
                tables: facts.tables,
                files: facts.files,
                entries: facts.auditEntries,
              }),
              wide: true,
            },
          ],
          48,
          width,
          7,
        ),
      },
      heading(labels.both('erasure.kept'), 8.5, [0, 4, 0, 2]),
      legalLines([
        labels.both('erasure.keptMoney', {}, '\n'),
        labels.both('erasure.keptChain', {}, '\n'),
        labels.both('erasure.keptKey', {}, '\n'),
        labels.both('erasure.keptBackups', {}, '\n'),
      ]),
      {
        ...signatureRow(labels, ['erasure.askedBy', 'erasure.confirmedBy'], 14),
        margin: [0, 10, 0, 0],
      },
    ],
  })
}
