/** 投诉回执: what the customer takes home from a complaint: number, who answers for it, what was promised. */
import { maskPhone } from '../foundation/phone.ts'
import type { FormatOf } from '../foundation/paper-formats.ts'
import type { PaperField } from '../printing/fields.ts'
import type { Labels } from '../printing/labels.ts'
import {
  type Block,
  composeSlip,
  type Content,
  type Field,
  fieldsOn,
  formatInstant,
  joinKnown,
  legalLines,
  listOn,
  type PaperDefinition,
  type PaperFrame,
  rule,
  signatureRow,
  type Stock,
  stockOf,
  storeWords,
} from '../printing/layout.ts'

/** Everything a complaint slip prints. */
export interface ComplaintSlipFacts {
  frame: PaperFrame
  paper: FormatOf<'complaint_slip'>
  /** `TS-…` with check character. */
  number: string
  copy: number
  /** Instant it was recorded, UTC ISO. */
  recordedAt: string
  recordedBy: string
  /** Code of `report.classes`. */
  class: string
  /** The customer's words, shortened to what a slip holds. */
  text: string
  customer: { name: string; phone: string }
  owner: { name: string; phone: string }
  /** What was promised and is not done yet, the earliest first. */
  promises: { text: string; dueAt: string; owner: string; phone: string }[]
  /** What was done where it is closed. */
  solution: string | null
}

/** What a store can set on the slip of a complaint; its number and who answers for it stay (GB/T 19012). */
export const complaintSlipFields: readonly PaperField[] = [
  { key: 'complaint.customer', off: true },
  { key: 'complaint.recordedAt', law: 'complaint' },
  { key: 'complaint.text', law: 'complaint' },
  { key: 'complaint.class' },
  { key: 'complaint.recordedBy' },
]

/** Composes the slip for its paper; pure. */
export function composeComplaintSlip(facts: ComplaintSlipFacts, labels: Labels): PaperDefinition {
  const stock = stockOf(facts.paper, labels)
  return composeSlip(stock, {
    ...facts,
    labels,
    title: 'complaint.title',
    content: stock.isRoll ? rollContent(facts, labels, stock) : sheetContent(facts, labels, stock),
  })
}

function rollContent(facts: ComplaintSlipFacts, labels: Labels, stock: Stock): Content[] {
  const { owner } = facts
  return [
    ...fieldsOn(
      stock,
      labels,
      [...headFields(facts, labels), { key: 'complaint.text', value: facts.text }],
      FIELD_WIDTHS,
    ),
    rule(0.6, [0, 3, 0, 3]),
    { text: labels.both('complaint.owner', {}, ' / '), style: 'label' },
    { text: [owner.name, owner.phone].join('  '), bold: true, fontSize: 12 },
    ...(facts.solution === null
      ? facts.promises.flatMap((promise) => promiseBlock(promise, labels, facts))
      : solutionBlock(facts.solution, labels)),
    rule(0.6, [0, 4, 0, 3]),
    keepIt(facts, labels),
    ...storeWords(labels, facts.frame),
  ]
}

function sheetContent(facts: ComplaintSlipFacts, labels: Labels, stock: Stock): Content[] {
  const { frame, owner } = facts
  const promised = facts.solution === null && facts.promises.length > 0
  return [
    ...fieldsOn(
      stock,
      labels,
      [
        ...headFields(facts, labels),
        { key: 'complaint.owner', value: [owner.name, owner.phone].join('  '), wide: true },
        { key: 'complaint.text', value: facts.text, wide: true },
        ...(facts.solution === null
          ? []
          : [
              {
                key: 'complaint.solution' as const,
                value: facts.solution || labels.both('complaint.solvedOnSpot', {}, ' / '),
                wide: true,
              },
            ]),
      ],
      FIELD_WIDTHS,
    ),
    ...(promised
      ? [
          {
            ...listOn(
              stock,
              labels,
              [
                { key: 'complaint.promise', width: '*' },
                { key: 'complaint.latest', width: 96 },
                { key: 'complaint.owner', width: 150 },
              ],
              facts.promises.map((each): Content[] => [
                each.text,
                formatInstant(each.dueAt, frame.timeZone),
                [each.owner, each.phone].join('  '),
              ]),
            ),
            margin: [0, 6, 0, 2],
          } satisfies Block,
        ]
      : []),
    {
      unbreakable: true,
      stack: [
        {
          ...signatureRow(
            labels,
            ['refund.customerSign', 'refund.storeSign'],
            labels.language === 'zh' ? 18 : 13,
            { inline: true },
          ),
          margin: [0, 8, 0, 4],
        },
        keepIt(facts, labels),
        ...storeWords(labels, frame),
      ],
    },
  ]
}

const FIELD_WIDTHS = [62, 82] as const

function headFields(facts: ComplaintSlipFacts, labels: Labels): Field[] {
  const { customer, frame } = facts
  return [
    { key: 'complaint.recordedAt', value: formatInstant(facts.recordedAt, frame.timeZone) },
    { key: 'complaint.recordedBy', value: facts.recordedBy },
    { key: 'complaint.class', value: labels.codeBoth('report.classes', facts.class) },
    {
      key: 'complaint.customer',
      value: joinKnown([customer.name, customer.phone && maskPhone(customer.phone)], '  '),
    },
  ]
}

function keepIt({ frame }: ComplaintSlipFacts, labels: Labels): Block {
  return legalLines([
    labels.both('complaint.keep', {}, '\n'),
    labels.both('complaint.appeal', { phone: frame.store.phone ?? '' }, '\n'),
  ])
}

function promiseBlock(
  { text, dueAt, owner, phone }: ComplaintSlipFacts['promises'][number],
  labels: Labels,
  { frame, owner: ofCase }: ComplaintSlipFacts,
): Content[] {
  const time = formatInstant(dueAt, frame.timeZone)
  const who: Block[] =
    owner === ofCase.name ? [] : [{ text: [owner, phone].join('  '), style: 'label' }]
  return [
    {
      unbreakable: true,
      margin: [0, 4, 0, 0],
      stack: [
        { text: labels.both('complaint.promise', {}, ' / '), style: 'label' },
        { text, bold: true, fontSize: 9.5 },
        { text: labels.both('complaint.until', { time }, ' / '), bold: true, fontSize: 9.5 },
        ...who,
      ],
    },
  ]
}

function solutionBlock(solution: string, labels: Labels): Content[] {
  return [
    { text: labels.both('complaint.solution', {}, ' / '), style: 'label', margin: [0, 4, 0, 0] },
    { text: solution || labels.both('complaint.solvedOnSpot', {}, ' / '), bold: true },
  ]
}
