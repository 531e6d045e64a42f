/** 投诉回执: what the customer takes home from a complaint: number, who answers for it, what was promised. */
import { maskPhone } from '../foundation/phone.ts'
import type { Labels } from '../printing/labels.ts'
import {
  BILINGUAL_SHEET_TYPE,
  type Block,
  composePaper,
  type Content,
  contentWidth,
  formGrid,
  formatInstant,
  labelled,
  legalLines,
  listTable,
  mm,
  numberBars,
  pageFooter,
  paperHead,
  PAPERS,
  type PaperDefinition,
  type PaperFrame,
  printedText,
  rollHead,
  rule,
  SHEET_TYPE,
  signatureRow,
  SLIP_TYPE,
  storeWords,
} from '../printing/layout.ts'

/** Everything a complaint slip prints. */
export interface ComplaintSlipFacts {
  frame: PaperFrame
  paper: 'roll80' | 'a5'
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

/** Composes the slip for its paper; pure. */
export function composeComplaintSlip(facts: ComplaintSlipFacts, labels: Labels): PaperDefinition {
  return facts.paper === 'a5' ? composeSheet(facts, labels) : composeRoll(facts, labels)
}

function composeRoll(facts: ComplaintSlipFacts, labels: Labels): PaperDefinition {
  const { frame, customer, owner } = facts
  return composePaper({
    title: `${labels.both('complaint.title')} ${facts.number}`,
    labels,
    frame,
    page: PAPERS.roll80,
    type: SLIP_TYPE,
    content: [
      ...rollHead({
        labels,
        title: 'complaint.title',
        store: frame.store,
        copy: facts.copy,
        voided: null,
        number: facts.number,
      }),
      labelled(labels, 'complaint.recordedAt', formatInstant(facts.recordedAt, frame.timeZone)),
      labelled(labels, 'complaint.recordedBy', facts.recordedBy),
      labelled(labels, 'complaint.class', labels.codeBoth('report.classes', facts.class)),
      ...(customer.name || customer.phone
        ? [
            labelled(
              labels,
              'complaint.customer',
              [customer.name, customer.phone && maskPhone(customer.phone)].join('  ').trim(),
            ),
          ]
        : []),
      labelled(labels, 'complaint.text', facts.text),
      rule(0.6, [0, 3, 0, 3]),
      { text: labels.both('complaint.owner', {}, ' / '), style: 'label' },
      { text: [owner.name, owner.phone].join('  '), bold: true, fontSize: 12 },
      ...(facts.solution === null
        ? facts.promises.flatMap((promise) => promiseBlock(promise, labels, facts))
        : solutionBlock(facts.solution, labels)),
      rule(0.6, [0, 4, 0, 3]),
      legalLines([
        labels.both('complaint.keep', {}, '\n'),
        labels.both('complaint.appeal', { phone: frame.store.phone ?? '' }, '\n'),
      ]),
      ...storeWords(labels, frame),
      { text: printedText(labels, frame), style: 'small', margin: [0, 2, 0, 0] },
    ],
  })
}

function composeSheet(facts: ComplaintSlipFacts, labels: Labels): PaperDefinition {
  const { frame, customer, owner } = facts
  const page = PAPERS.a5Landscape
  const width = contentWidth(page)
  const type = labels.language === 'bilingual' ? BILINGUAL_SHEET_TYPE : SHEET_TYPE
  const who = [customer.name, customer.phone && maskPhone(customer.phone)].filter(Boolean)
  const promised = facts.solution === null && facts.promises.length > 0
  return composePaper({
    title: `${labels.both('complaint.title')} ${facts.number}`,
    labels,
    frame,
    page,
    type,
    footer: pageFooter(labels, frame, page, facts.number),
    content: [
      paperHead({
        labels,
        title: labels.say('complaint.title'),
        subtitle: labels.second('complaint.title') ?? '',
        store: frame.store,
        copy: facts.copy,
        size: 18,
        aside: { ...numberBars(facts.number, 0.75, mm(7)), width: 'auto', margin: [14, 0, 0, 1] },
      }),
      formGrid(
        labels,
        [
          {
            key: 'complaint.recordedAt',
            value: formatInstant(facts.recordedAt, frame.timeZone),
          },
          { key: 'complaint.recordedBy', value: facts.recordedBy },
          {
            key: 'complaint.class',
            value: labels.codeBoth('report.classes', facts.class),
          },
          { key: 'complaint.customer', value: who.join('  ') || null },
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
        labels.language === 'zh' ? 62 : 82,
        width,
        type.text,
      ),
      ...(promised
        ? [
            {
              ...listTable(
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
                width,
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
          legalLines([
            labels.both('complaint.keep', {}, '\n'),
            labels.both('complaint.appeal', { phone: frame.store.phone ?? '' }, '\n'),
          ]),
          ...storeWords(labels, frame),
        ],
      },
    ],
  })
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
