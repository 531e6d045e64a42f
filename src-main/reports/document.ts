/** 顾客投诉日报表: the end-of-day complaint report, A4 landscape (domain.md §2.6). */
import type { z } from 'zod'
import { weekdayOf } from '../foundation/business-date.ts'
import { formatMoney } from '../foundation/money.ts'
import type { PaperField } from '../printing/fields.ts'
import type { LabelKey, Labels } from '../printing/labels.ts'
import {
  composePaper,
  contentWidth,
  formatInstant,
  heading,
  joinKnown,
  label,
  listTable,
  mm,
  pageFooter,
  paperHead,
  PAPERS,
  SHEET_TYPE,
  signatureRow,
  storeWords,
  type Block,
  type Column,
  type Content,
  type PaperDefinition,
  type PaperFrame,
} from '../printing/layout.ts'
import type { dayReport } from './contract.ts'

/** The figures of one business day, as the screen shows them; paper and screen cannot differ. */
export type DayReport = z.output<typeof dayReport>

/** Everything the report of one business day prints. */
export interface DayReportFacts {
  frame: PaperFrame
  report: DayReport
}

/** What a store can set on the report; the figures of the day always print. */
export const dayReportFields: readonly PaperField[] = [
  { key: 'report.shift' },
  { key: 'report.note' },
  { key: 'report.customer' },
  { key: 'report.owner' },
  { key: 'report.topVendors' },
  { key: 'report.findings' },
  { key: 'report.lesson' },
]

type ComplaintFacts = DayReport['complaints'][number]

/** Narrower margins and smaller letters than other sheets: an ordinary day is to stay on one page. */
const PAGE = {
  ...PAPERS.a4Landscape,
  margins: { left: mm(12), top: mm(9), right: mm(12), bottom: mm(12) },
}
const DAY_TYPE = { ...SHEET_TYPE, text: 7.2, label: 6.6 }

/** Composes the report; pure. */
export function composeDayReport(
  { frame, report }: DayReportFacts,
  labels: Labels,
): PaperDefinition {
  const day = `${report.businessDate} ${labels.weekday(weekdayOf(report.businessDate))}`
  const title = `${labels.say('report.title')} ${report.businessDate}`
  return composePaper({
    title: `${title} ${frame.store.name}`,
    labels,
    frame,
    page: PAGE,
    type: DAY_TYPE,
    footer: pageFooter(labels, frame, PAGE, title),
    content: [
      paperHead({
        labels,
        title: labels.say('report.title'),
        subtitle: [labels.second('report.title'), day].filter(Boolean).join('   '),
        store: frame.store,
        copy: 0,
        size: 17,
      }),
      headLine(report, frame, labels),
      strip(totalsOf(report, labels), labels),
      strip(besideOf(report, labels), labels),
      besideTables(report, labels),
      ...complaintList(report, frame, labels),
      closing(report, frame, labels),
      ...storeWords(labels, frame),
    ],
  })
}

/** Open promises and signatures; a short list stays with them, so that nobody signs an empty page. */
function closing(report: DayReport, frame: PaperFrame, labels: Labels): Block {
  return {
    unbreakable: report.openPromises.length <= 12,
    stack: [
      ...promiseList(report, frame, labels),
      {
        ...signatureRow(
          labels,
          ['report.deskLead', 'report.floorManager', 'report.dutyManager'],
          12,
          { inline: true },
        ),
        margin: [0, 6, 0, 0],
      },
    ],
  }
}

/** That these are the figures that were signed, and what of them was written late. */
function closedParts({ closed }: DayReport, labels: Labels): [LabelKey, string][] {
  if (!closed) return []
  const { version, hash, late } = closed
  return [
    ['report.closed', labels.say('report.closedAs', { version, hash: hash.slice(0, 16) })],
    ...(late > 0 ? [['report.late', String(late)] satisfies [LabelKey, string]] : []),
  ]
}

function headLine(report: DayReport, frame: PaperFrame, labels: Labels): Block {
  const shifts = report.shifts.map(({ givenAt, givenBy, takenBy }) => {
    const time = formatInstant(givenAt, frame.timeZone).slice(11)
    return `${givenBy} → ${takenBy ?? labels.say('report.none')} ${time}`
  })
  const parts: [LabelKey, string][] = [
    ['report.desk', frame.desk],
    ['report.printedAt', formatInstant(frame.printedAt, frame.timeZone)],
    ['report.shift', shifts.join(' · ') || labels.say('report.noShift')],
    ['report.note', report.note || labels.say('report.none')],
    ...closedParts(report, labels),
  ]
  return {
    margin: [0, 0, 0, 5],
    text: parts
      .filter(([key]) => labels.prints(key))
      .flatMap(([key, value]): Content[] => [
        { text: `${labels.both(key)}${labels.say('common.colon')}`, style: 'label' },
        `${value}      `,
      ]),
  }
}

function section(labels: Labels, key: LabelKey): Block {
  return heading(labels.both(key), 8.6, [0, 4, 0, 1.5])
}

interface Total {
  key: LabelKey
  value: string
  note: string
  /** Where it says more than its neighbours. */
  width?: number
}

function totalsOf({ totals, currency }: DayReport, labels: Labels): Total[] {
  const asked = totals.satisfied + totals.dissatisfied
  return [
    {
      key: 'report.received',
      value: String(totals.received),
      note: labels.say('report.solvedOnSpot', { n: totals.solvedOnSpot }),
    },
    {
      key: 'report.closedSameDay',
      value: String(totals.closedSameDay),
      note: labels.say('report.ofReceived', { n: totals.received }),
    },
    {
      key: 'report.closedFromEarlier',
      value: String(totals.closedFromEarlier),
      note: labels.say('report.earlierNote'),
    },
    {
      key: 'report.carriedOver',
      value: String(totals.carriedOver),
      note: labels.say('report.carriedOverNote'),
    },
    {
      key: 'report.overdue',
      value: String(totals.overduePromises),
      note: labels.say('report.overdueNote'),
    },
    {
      key: 'report.satisfied',
      // A rate nobody was asked for is neither 0 % nor 100 %: it is not known.
      value: asked > 0 ? `${totals.satisfied} / ${asked}` : labels.say('common.notAsked'),
      note:
        asked + totals.notAsked > 0
          ? labels.say('report.notAskedNote', { n: totals.notAsked })
          : labels.say('report.nobodyToAsk'),
    },
    {
      key: 'report.refunds',
      value: formatMoney(totals.refundAmount, currency),
      note: refundNote(totals, currency, labels),
      width: 139,
    },
    {
      key: 'report.exchanges',
      value: String(totals.exchanges),
      note: labels.say('report.exchangeNote', {
        collected: formatMoney(totals.exchangeCollected, currency),
        paidBack: formatMoney(totals.exchangePaidBack, currency),
      }),
      width: 88,
    },
    {
      key: 'report.cards',
      value: String(totals.cardsIssued),
      note: labels.say('report.cardsNote'),
    },
  ]
}

/** How many slips, price adjustments beside them, and what of them the tills have not been seen paying. */
function refundNote(totals: DayReport['totals'], currency: string, labels: Labels): string {
  const { refunds, priceAdjustments, moneyPending } = totals
  const say = (amount: number) => formatMoney(amount, currency)
  const notes = [labels.say('report.refundCount', { n: refunds })]
  if (priceAdjustments > 0) {
    const amount = say(totals.priceAdjustmentAmount)
    notes.push(labels.say('report.adjustments', { n: priceAdjustments, amount }))
  }
  if (moneyPending > 0) {
    const amount = say(totals.pendingAmount)
    notes.push(labels.say('report.moneyPending', { n: moneyPending, amount }))
  }
  return notes.join(' · ')
}

/** What was given beyond what was owed, beside what may be given, and what the next day begins with. */
function besideOf({ beyond, repairs, ...report }: DayReport, labels: Labels): Total[] {
  const say = (amount: number) => formatMoney(amount, report.currency)
  return [
    {
      key: 'report.compensated',
      value: say(beyond.compensationAmount),
      note: labels.say('report.times', { n: beyond.compensations }),
    },
    {
      key: 'report.goodwill',
      value: say(beyond.goodwillAmount),
      note: labels.say('report.goodwillNote', {
        n: beyond.goodwill,
        most: say(beyond.goodwillMostByOne),
        limit: say(beyond.goodwillLimit),
      }),
    },
    {
      key: 'report.approved',
      value: say(beyond.grantedAmount),
      note: labels.say('report.approvedNote', { granted: beyond.granted, denied: beyond.denied }),
    },
    {
      key: 'report.repairs',
      value: `${repairs.takenIn} / ${repairs.givenBack}`,
      note: labels.say('report.repairsNote'),
    },
    {
      key: 'report.inRepair',
      value: String(repairs.inRepair),
      note: labels.say('report.inRepairNote', { n: repairs.overdue }),
    },
    {
      key: 'report.dueTomorrow',
      value: String(report.promisesTomorrow),
      note: labels.say('report.dueTomorrowNote', { n: report.openPromises.length }),
    },
  ]
}

function strip(totals: readonly Total[], labels: Labels): Block {
  return {
    margin: [0, 0, 0, 3],
    layout: 'form',
    table: {
      widths: totals.map(({ width }) => width ?? '*'),
      body: [
        totals.map(({ key, value, note }): Block => ({
          alignment: 'center',
          stack: [
            label(labels, key),
            { text: value, bold: true, fontSize: 11 },
            { text: note, style: 'second' },
          ],
        })),
      ],
    },
  }
}

const SIDE_WIDTH = 264

/** Where and what on the left; who stood out, what fails again and what to learn from it on the right. */
function besideTables(report: DayReport, labels: Labels): Block {
  return {
    columnGap: 14,
    columns: [
      { width: '*', stack: classTables(report, labels) },
      {
        width: SIDE_WIDTH,
        stack: [
          ...sideList(
            labels,
            'report.topVendors',
            report.topVendors.map(({ vendor, count }) => [vendor, String(count)]),
          ),
          ...sideList(
            labels,
            'report.findings',
            report.findings.slice(0, mostFindings).map((each) => findingRow(each, labels)),
          ),
          ...(labels.prints('report.lesson')
            ? [section(labels, 'report.lesson'), lessonLines(report, labels)]
            : []),
        ],
      },
    ],
  }
}

function findingRow(
  { label: goods, fault, failures, sold }: DayReport['findings'][number],
  { language }: Labels,
): [string, string] {
  const name = fault?.[language === 'en' ? 'en' : 'zh']
  return [joinKnown([goods, name], ' · ') ?? '', `${failures} / ${sold}`]
}

/** More would push the complaints of the day off its page; the radar has them all. */
const mostFindings = 4

function sideList(labels: Labels, key: LabelKey, rows: [string, string][]): Content[] {
  if (!labels.prints(key)) return []
  if (rows.length === 0) {
    return [section(labels, key), { text: labels.say('report.nothing'), style: 'label' }]
  }
  return [
    section(labels, key),
    {
      layout: 'list',
      table: {
        widths: ['*', 44],
        body: rows.map(([name, figure]): Content[] => [
          name,
          { text: figure, bold: true, alignment: 'right' },
        ]),
      },
    },
  ]
}

function lessonLines({ lesson }: DayReport, labels: Labels): Block {
  if (lesson === null) return { text: labels.say('report.nothing'), style: 'label' }
  return {
    stack: [
      { text: `${lesson.number}  ${lesson.title}`, bold: true },
      { text: lesson.takeaway, style: 'label' },
    ],
  }
}

/** Floors down, the classes of the day across, sums on both sides; the bottom row is the table by class. */
function classTables(report: DayReport, labels: Labels): Content[] {
  const classes = report.byClass.filter(({ count }) => count > 0)
  if (classes.length === 0) {
    return [
      section(labels, 'report.byFloorAndClass'),
      { text: labels.say('report.nothing'), style: 'label' },
    ]
  }
  const floors = report.byFloor.map(({ floor, total, counts }): Content[] => [
    floor || labels.say('report.noFloor'),
    ...classes.map(({ class: name }) =>
      countCell(counts.find((each) => each.class === name)?.count ?? 0),
    ),
    { text: String(total), bold: true },
  ])
  const sums = [
    labels.both('report.sum'),
    ...classes.map(({ count }) => String(count)),
    String(report.totals.received),
  ]
  return [
    {
      unbreakable: true,
      stack: [
        section(labels, 'report.byFloorAndClass'),
        countTable(
          labels,
          classes.map((each) => each.class),
          [...floors, sums.map((text): Block => ({ text, bold: true }))],
        ),
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
      widths: [64, ...classes.map(() => '*' as const), 34],
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

const COMPLAINT_COLUMNS: Column[] = [
  { key: 'report.number', width: 88 },
  { key: 'report.time', width: 24 },
  { key: 'report.place', width: 58 },
  { key: 'report.customer', width: 50 },
  { key: 'report.class', width: 40 },
  { key: 'report.text', width: '*' },
  { key: 'report.handling', width: 148 },
  { key: 'report.state', width: 40 },
  { key: 'report.owner', width: 38 },
  { key: 'report.promise', width: 44 },
]

function complaintList(report: DayReport, frame: PaperFrame, labels: Labels): Content[] {
  const title = section(labels, 'report.complaints')
  if (report.complaints.length === 0) {
    return [title, { text: labels.both('report.emptyDay'), fontSize: 10 }]
  }
  const rows = report.complaints.map((each) => complaintRow(each, frame, labels))
  return [title, listTable(labels, COMPLAINT_COLUMNS, rows, contentWidth(PAGE))]
}

function complaintRow(each: ComplaintFacts, frame: PaperFrame, labels: Labels): Content[] {
  const none = labels.say('report.none')
  return [
    each.number,
    formatInstant(each.recordedAt, frame.timeZone).slice(11),
    [each.floor, each.counter].filter(Boolean).join(' ') || none,
    each.customer || labels.say('report.noName'),
    labels.code('report.classes', each.class),
    complaintText(each, labels),
    each.solution || none,
    stateCell(each, labels),
    each.ownerName || none,
    each.promise ? dueCell(each.promise.dueAt, false, frame, labels) : none,
  ]
}

function complaintText(each: ComplaintFacts, labels: Labels): Content {
  if (!each.goods) return each.text
  const goods = labels.say('report.goods', { goods: each.goods })
  return { text: [`${each.text}  `, { text: goods, style: 'label' }] }
}

/** State at the end of the day and, once closed, what the customer said of it. */
function stateCell(each: ComplaintFacts, labels: Labels): Content {
  if (each.open) return labels.say('report.states.open')
  const state = labels.say(`report.states.${each.solvedOnSpot ? 'solved_on_spot' : 'closed'}`)
  return { stack: [state, { text: satisfaction(each.satisfied, labels), style: 'label' }] }
}

function satisfaction(satisfied: boolean | null, labels: Labels): string {
  if (satisfied === null) return labels.say('common.notAsked')
  return labels.say(satisfied ? 'report.satisfiedYes' : 'report.satisfiedNo')
}

/** Month, day and time; the year is the report's. */
function dueCell(instant: string, overdue: boolean, frame: PaperFrame, labels: Labels): Content {
  const time = formatInstant(instant, frame.timeZone).slice(5)
  return overdue ? { text: `${time} ${labels.say('report.overdueMark')}`, bold: true } : time
}

function promiseList(report: DayReport, frame: PaperFrame, labels: Labels): Content[] {
  const title = section(labels, 'report.promises')
  if (report.openPromises.length === 0) return [title, labels.both('report.noPromises')]
  const columns: Column[] = [
    { key: 'report.due', width: 96 },
    { key: 'report.number', width: 100 },
    { key: 'report.promiseText', width: '*' },
    { key: 'report.owner', width: 110 },
  ]
  const rows = report.openPromises.map((each): Content[] => [
    dueCell(each.dueAt, each.overdue, frame, labels),
    each.complaintNumber,
    each.text,
    each.ownerName || labels.say('report.none'),
  ])
  return [title, listTable(labels, columns, rows, contentWidth(PAGE))]
}
