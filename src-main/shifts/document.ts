/** 交接班清单: what one shift leaves to the next, on A4 or A5, signed by both. */
import { formatMoney } from '../foundation/money.ts'
import type { FormatOf } from '../foundation/paper-formats.ts'
import type { Labels } from '../printing/labels.ts'
import {
  composePaper,
  type Content,
  contentWidth,
  formatInstant,
  formGrid,
  heading,
  legalLines,
  listTable,
  mm,
  numberBars,
  pageFooter,
  paperHead,
  PAPERS,
  type PaperDefinition,
  type PaperFrame,
  SHEET_TYPE,
  signatureRow,
} from '../printing/layout.ts'
import type { shiftListKinds } from './contract.ts'

/** Everything a hand-over of a shift prints. */
export interface ShiftFacts {
  frame: PaperFrame
  paper: FormatOf<'shift_handover'>
  /** `JB-…` with check character. */
  number: string
  copy: number
  businessDate: string
  givenAt: string
  givenBy: string
  acceptedAt: string | null
  acceptedBy: string | null
  remark: string
  note: string
  currency: string
  lists: {
    kind: (typeof shiftListKinds)[number]
    count: number
    rows: {
      number: string
      text: string
      who: string
      dueAt: string | null
      amount: number | null
    }[]
  }[]
}

/** Composes the hand-over for its paper; pure. */
export function composeShift(facts: ShiftFacts, labels: Labels): PaperDefinition {
  const page = facts.paper === 'A4' ? PAPERS.a4Portrait : PAPERS.a5Landscape
  const width = contentWidth(page)
  const { frame } = facts
  const time = (instant: string | null) => instant && formatInstant(instant, frame.timeZone)
  return composePaper({
    title: `${labels.both('shift.title')} ${facts.number}`,
    labels,
    frame,
    page,
    type: SHEET_TYPE,
    footer: pageFooter(labels, frame, page, facts.number),
    content: [
      paperHead({
        labels,
        title: labels.say('shift.title'),
        subtitle: labels.second('shift.title') ?? '',
        store: frame.store,
        copy: facts.copy,
        size: 17,
        aside: { ...numberBars(facts.number, 0.76, mm(8)), width: 'auto', margin: [12, 0, 0, 1] },
      }),
      formGrid(
        labels,
        [
          { key: 'shift.day', value: facts.businessDate },
          { key: 'common.desk', value: frame.desk },
          { key: 'shift.givenBy', value: facts.givenBy },
          { key: 'shift.givenAt', value: time(facts.givenAt) },
          { key: 'shift.acceptedBy', value: facts.acceptedBy },
          { key: 'shift.acceptedAt', value: time(facts.acceptedAt) },
          { key: 'shift.note', value: facts.note, wide: true },
          ...(facts.remark
            ? [{ key: 'shift.remark' as const, value: facts.remark, wide: true }]
            : []),
        ],
        labels.language === 'zh' ? 56 : 74,
        width,
        SHEET_TYPE.text,
      ),
      ...facts.lists.flatMap((list) => listBlock(list, facts, labels, width)),
      {
        ...signatureRow(labels, ['shift.giverSign', 'shift.takerSign'], 20),
        margin: [0, 10, 0, 0],
      },
    ],
  })
}

function listBlock(
  list: ShiftFacts['lists'][number],
  { frame, currency }: ShiftFacts,
  labels: Labels,
  width: number,
): Content[] {
  const name = labels.codeBoth('shift.kinds', list.kind)
  const title = heading(`${name}  ${list.count}`, 9, [0, 7, 0, 2])
  if (list.rows.length === 0) return [title]
  const rows = list.rows.map((row): Content[] => [
    row.number,
    row.text,
    row.who,
    row.dueAt !== null
      ? formatInstant(row.dueAt, frame.timeZone)
      : row.amount !== null
        ? formatMoney(row.amount, currency)
        : '',
  ])
  const left = list.count - list.rows.length
  return [
    title,
    listTable(
      labels,
      [
        { key: 'shift.number', width: 118 },
        { key: 'shift.text', width: '*' },
        { key: 'shift.who', width: 70 },
        { key: 'shift.dueOrAmount', width: 84 },
      ],
      rows,
      width,
    ),
    ...(left > 0 ? [legalLines([labels.both('shift.more', { n: left }, ' / ')])] : []),
  ]
}
