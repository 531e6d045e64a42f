/** 顾客投诉日报表: the end-of-day complaint report, A4 landscape (domain.md §2.6). */
import { weekdayOf } from '../foundation/business-date.ts'
import { formatMoney } from '../foundation/money.ts'
import type { LabelKey, Labels } from '../printing/labels.ts'
import {
  composePaper,
  contentWidth,
  formatInstant,
  heading,
  label,
  listTable,
  pageFooter,
  paperHead,
  PAPERS,
  SHEET_TYPE,
  signatureRow,
  type Block,
  type Column,
  type Content,
  type PaperDefinition,
  type PaperFrame,
} from '../printing/layout.ts'

/**
 * Everything the report of one business day prints. Counts by floor and class are made from
 * `complaints` here, so the tables always add up to the list below them.
 */
export interface DayReportFacts {
  frame: PaperFrame
  businessDate: string
  /** Every complaint received on the day, in order of arrival. */
  complaints: ComplaintFacts[]
  /** Complaints of earlier days still open at the end of this day. */
  carriedOver: number
  /** Promises past their time and not kept at the end of this day, of whatever day's case. */
  overduePromises: number
  /** Refunds recorded on the day. */
  refunds: { count: number; amount: number; currency: string }
  /** Promises due on the next business day and those overdue. */
  promises: PromiseFacts[]
}

export interface ComplaintFacts {
  /** `TS-…`. */
  number: string
  /** Instant of receipt, UTC ISO. */
  receivedAt: string
  floor: string | null
  counter: string | null
  /** Masked name or phone; null when none was left. */
  customer: string | null
  /** Code of `report.classes` or the store's own word. */
  class: string
  /** Printed whole, however long. */
  text: string
  /** What was done and what came of it; null while nothing was. */
  handling: string | null
  /** Code of `report.states` or the store's own word. */
  state: string
  /** Closed on the business day it was received. */
  closedSameDay: boolean
  owner: string | null
  /** Instant promised, UTC ISO. */
  promisedAt: string | null
  overdue: boolean
  /** Null when the customer was not asked. */
  satisfied: boolean | null
}

export interface PromiseFacts {
  number: string
  customer: string | null
  text: string
  owner: string | null
  /** Instant, UTC ISO. */
  dueAt: string
  overdue: boolean
}

const PAGE = PAPERS.a4Landscape

/** Composes the report; pure. */
export function composeDayReport(facts: DayReportFacts, labels: Labels): PaperDefinition {
  const day = `${facts.businessDate} ${labels.weekday(weekdayOf(facts.businessDate))}`
  return composePaper({
    title: `${labels.say('report.title')} ${facts.businessDate} ${facts.frame.store.name}`,
    labels,
    frame: facts.frame,
    page: PAGE,
    type: SHEET_TYPE,
    footer: pageFooter(labels, facts.frame, PAGE, `${labels.say('report.title')} ${facts.businessDate}`),
    content: [
      paperHead({
        labels,
        title: labels.say('report.title'),
        subtitle: [labels.second('report.title'), day].filter(Boolean).join('   '),
        store: facts.frame.store,
        copy: 0,
        size: 17,
      }),
      headLine(facts, labels),
      totalsStrip(facts, labels),
      ...classTables(facts, labels),
      ...complaintList(facts, labels),
      ...promiseList(facts, labels),
      {
        ...signatureRow(labels, ['report.deskLead', 'report.floorManager', 'report.dutyManager'], 18),
        margin: [0, 9, 0, 0],
      },
    ],
  })
}

function headLine(facts: DayReportFacts, labels: Labels): Block {
  const { frame } = facts
  const parts: [LabelKey, string][] = [
    ['report.desk', frame.desk],
    ['report.printedAt', formatInstant(frame.printedAt, frame.timeZone)],
  ]
  return {
    margin: [0, 0, 0, 5],
    text: parts.flatMap(([key, value]): Content[] => [
      { text: `${labels.both(key)}${labels.say('common.colon')}`, style: 'label' },
      `${value}      `,
    ]),
  }
}

function section(labels: Labels, key: LabelKey): Block {
  return heading(labels.both(key), 9, [0, 8, 0, 2.5])
}

interface Total {
  key: LabelKey
  value: string
  note: string
}

function totalsOf(facts: DayReportFacts, labels: Labels): Total[] {
  const { complaints, refunds } = facts
  const received = complaints.length
  const closed = complaints.filter(({ closedSameDay }) => closedSameDay).length
  const asked = complaints.filter(({ satisfied }) => satisfied !== null).length
  const satisfied = complaints.filter((each) => each.satisfied === true).length
  const share = received > 0 ? labels.say('report.ofReceived', { n: received }) : labels.say('report.nothingReceived')
  const atDayEnd = labels.say('report.atDayEnd')
  return [
    { key: 'report.received', value: String(received), note: ' ' },
    { key: 'report.closedSameDay', value: String(closed), note: share },
    { key: 'report.stillOpen', value: String(received - closed), note: share },
    { key: 'report.carriedOver', value: String(facts.carriedOver), note: atDayEnd },
    { key: 'report.overdue', value: String(facts.overduePromises), note: atDayEnd },
    {
      key: 'report.satisfied',
      // A rate nobody was asked for is not 0 % and not 100 %: it is not known.
      value: asked > 0 ? `${satisfied} / ${asked}` : labels.say('common.notAsked'),
      note:
        received > 0
          ? labels.say('report.askedOf', { asked, of: received, rest: received - asked })
          : labels.say('report.nothingReceived'),
    },
    {
      key: 'report.refunds',
      value: formatMoney(refunds.amount, refunds.currency),
      note: labels.say('report.refundCount', { n: refunds.count }),
    },
  ]
}

function totalsStrip(facts: DayReportFacts, labels: Labels): Block {
  const totals = totalsOf(facts, labels)
  return {
    layout: 'form',
    table: {
      widths: totals.map(() => '*'),
      body: [
        totals.map(({ key, value, note }): Block => ({
          alignment: 'center',
          stack: [
            label(labels, key),
            { text: value, bold: true, fontSize: 12 },
            { text: note, style: 'second' },
          ],
        })),
      ],
    },
  }
}

/** Floors down, classes across, sums on both sides; the bottom row is the table by class. */
function classTables(facts: DayReportFacts, labels: Labels): Content[] {
  const { complaints } = facts
  if (complaints.length === 0) return []
  const classes = distinct(complaints.map((each) => each.class))
  const floors = distinct(complaints.map(({ floor }) => floor ?? ''))
  const count = (floor: string | null, name: string | null) =>
    complaints.filter(
      (each) =>
        (floor === null || (each.floor ?? '') === floor) && (name === null || each.class === name),
    ).length
  const row = (floor: string | null) => [
    ...classes.map((name) => countCell(count(floor, name))),
    { text: String(count(floor, null)), bold: true },
  ]
  return [
    {
      unbreakable: floors.length < 20,
      stack: [
        section(labels, 'report.byFloorAndClass'),
        countTable(labels, classes, [
          ...floors.map((floor) => [floor || labels.say('report.noFloor'), ...row(floor)]),
          [labels.both('report.sum'), ...row(null)].map((cell) => ({ ...asBlock(cell), bold: true })),
        ]),
      ],
    },
  ]
}

/** Nothing counted stands back, so that the eye finds what was. */
function countCell(count: number): Content {
  return count > 0 ? String(count) : { text: '0', color: '#a3a8ae' }
}

function countTable(labels: Labels, classes: string[], rows: Content[][]): Block {
  const head: Content[] = [
    { ...label(labels, 'report.floor'), bold: true },
    ...classes.map((name): Block => ({
      text: labels.code('report.classes', name),
      style: 'label',
      bold: true,
      alignment: 'right',
    })),
    { ...label(labels, 'report.sum'), bold: true, alignment: 'right' },
  ]
  return {
    layout: 'list',
    table: {
      headerRows: 1,
      widths: [110, ...classes.map(() => '*' as const), 46],
      body: [
        head,
        ...rows.map((cells) =>
          cells.map((cell, index): Block => ({
            ...asBlock(cell),
            alignment: index === 0 ? 'left' : 'right',
          })),
        ),
      ],
    },
  }
}

function asBlock(content: Content): Block {
  return typeof content === 'string' ? { text: content } : content
}

function distinct(values: string[]): string[] {
  return [...new Set(values)].toSorted((left, right) =>
    floorKey(left).localeCompare(floorKey(right), 'zh-CN', { numeric: true }),
  )
}

/** Basements come before the floors above them, the deepest first. */
function floorKey(name: string): string {
  const basement = /^B(\d)/i.exec(name)
  return basement ? `0 ${9 - Number(basement[1])}` : name
}

const COMPLAINT_COLUMNS: Column[] = [
  { key: 'report.number', width: 84 },
  { key: 'report.time', width: 24 },
  { key: 'report.place', width: 58 },
  { key: 'report.customer', width: 50 },
  { key: 'report.class', width: 40 },
  { key: 'report.text', width: '*' },
  { key: 'report.handling', width: 152 },
  { key: 'report.state', width: 32 },
  { key: 'report.owner', width: 38 },
  { key: 'report.promise', width: 44 },
]

function complaintList(facts: DayReportFacts, labels: Labels): Content[] {
  const title = section(labels, 'report.complaints')
  if (facts.complaints.length === 0) return [title, { text: labels.both('report.emptyDay'), fontSize: 10 }]
  const none = labels.say('report.none')
  const { timeZone } = facts.frame
  const rows = facts.complaints.map((each): Content[] => [
    each.number,
    formatInstant(each.receivedAt, timeZone).slice(11),
    [each.floor, each.counter].filter(Boolean).join(' ') || none,
    each.customer ?? labels.say('report.anonymous'),
    labels.code('report.classes', each.class),
    each.text,
    each.handling ?? none,
    labels.code('report.states', each.state),
    each.owner ?? none,
    promiseCell(each, facts, labels),
  ])
  return [title, listTable(labels, COMPLAINT_COLUMNS, rows, contentWidth(PAGE))]
}

function promiseCell(each: ComplaintFacts, facts: DayReportFacts, labels: Labels): Content {
  if (!each.promisedAt) return labels.say('report.none')
  return due(each.promisedAt, each.overdue, facts, labels)
}

/** Month, day and time; the year is the report's. */
function due(instant: string, overdue: boolean, facts: DayReportFacts, labels: Labels): Content {
  const time = formatInstant(instant, facts.frame.timeZone).slice(5)
  return overdue ? { text: `${time} ${labels.say('report.overdueMark')}`, bold: true } : time
}

function promiseList(facts: DayReportFacts, labels: Labels): Content[] {
  const title = section(labels, 'report.promises')
  if (facts.promises.length === 0) return [title, labels.both('report.noPromises')]
  const none = labels.say('report.none')
  return [
    title,
    listTable(
      labels,
      [
        { key: 'report.due', width: 84 },
        { key: 'report.number', width: 100 },
        { key: 'report.customer', width: 90 },
        { key: 'report.promiseText', width: '*' },
        { key: 'report.owner', width: 90 },
      ],
      facts.promises.map((each) => [
        due(each.dueAt, each.overdue, facts, labels),
        each.number,
        each.customer ?? none,
        each.text,
        each.owner ?? none,
      ]),
      contentWidth(PAGE),
    ),
  ]
}
