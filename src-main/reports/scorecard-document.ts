/** 考核表: how one person dealt with complaints in a period, beside the whole store, on one A4. */
import { percentOf, type Share } from '../foundation/share.ts'
import type { Labels } from '../printing/labels.ts'
import {
  composePaper,
  type Content,
  contentWidth,
  joinKnown,
  legalLines,
  listTable,
  pageFooter,
  paperHead,
  PAPERS,
  type PaperDefinition,
  type PaperFrame,
  SHEET_TYPE,
  signatureRow,
} from '../printing/layout.ts'
import type { Figures } from './evaluation-rules.ts'

/** Everything the scorecard prints. */
export interface ScorecardFacts {
  frame: PaperFrame
  person: string
  from: string
  to: string
  own: Figures
  store: Figures
  months: (Figures & { month: string })[]
}

const shares = [
  'atOnce',
  'sameDay',
  'content',
  'inFifteenDays',
  'reopened',
  'repeats',
  'kept',
] as const

/** `18/24 (75%)`; the percentage only where enough stand behind it. */
function shareText(share: Share): string {
  if (share.of === 0) return '–'
  const percent = percentOf(share)
  const text = `${share.count}/${share.of}`
  return percent === null ? text : `${text} (${percent}%)`
}

function pointsText({ sum, of }: Figures['points']): string {
  return of === 0 ? '–' : `${(sum / of).toFixed(1)} (${of})`
}

function daysText(days: Figures['days']): string {
  return days === null ? '–' : `${days.median} / ${days.ninetieth}`
}

/** Composes the scorecard; pure. */
export function composeScorecard(facts: ScorecardFacts, labels: Labels): PaperDefinition {
  const page = PAPERS.a4Portrait
  const width = contentWidth(page)
  const { frame, own, store, months } = facts
  const period = `${facts.from} – ${facts.to}`
  const row = (name: string, of: (figures: Figures) => string): Content[] => [
    name,
    of(own),
    of(store),
  ]
  return composePaper({
    title: `${labels.both('scorecard.title')} ${facts.person} ${period}`,
    labels,
    frame,
    page,
    type: SHEET_TYPE,
    footer: pageFooter(labels, frame, page, facts.person),
    content: [
      paperHead({
        labels,
        title: labels.say('scorecard.title'),
        subtitle: joinKnown([labels.second('scorecard.title'), facts.person, period], '   ') ?? '',
        store: frame.store,
        copy: 0,
        size: 17,
      }),
      listTable(
        labels,
        [
          { key: 'scorecard.figure', width: '*' },
          { key: 'scorecard.own', width: 130, align: 'right' },
          { key: 'scorecard.store', width: 130, align: 'right' },
        ],
        [
          row(labels.both('scorecard.received'), ({ received }) => String(received)),
          row(labels.both('scorecard.solved'), ({ solved }) => String(solved)),
          ...shares.map((name) =>
            row(labels.both(`scorecard.${name}`), (figures) => shareText(figures[name])),
          ),
          row(labels.both('scorecard.points'), ({ points }) => pointsText(points)),
          row(labels.both('scorecard.days'), ({ days }) => daysText(days)),
        ],
        width,
      ),
      ...(months.length > 1 ? [monthTable(facts, labels, width)] : []),
      legalLines([labels.both('scorecard.note', {}, ' / ')]),
      {
        ...signatureRow(labels, ['scorecard.personSign', 'scorecard.managerSign'], 20),
        margin: [0, 14, 0, 0],
      },
    ],
  })
}

function monthTable({ months }: ScorecardFacts, labels: Labels, width: number): Content {
  return {
    stack: [
      listTable(
        labels,
        [
          { key: 'scorecard.month', width: 70 },
          { key: 'scorecard.received', width: 60, align: 'right' },
          { key: 'scorecard.solved', width: 60, align: 'right' },
          { key: 'scorecard.content', width: '*', align: 'right' },
          { key: 'scorecard.kept', width: '*', align: 'right' },
          { key: 'scorecard.days', width: '*', align: 'right' },
        ],
        months.map((each) => [
          each.month,
          String(each.received),
          String(each.solved),
          shareText(each.content),
          shareText(each.kept),
          daysText(each.days),
        ]),
        width,
      ),
    ],
    margin: [0, 12, 0, 0],
  }
}
