/** 承诺清单: every promise that is still open, by who keeps it and when it is due, on A4 (domain.md §2.1). */
import type { Labels } from '../printing/labels.ts'
import {
  composePaper,
  type Content,
  contentWidth,
  formatInstant,
  heading,
  joinKnown,
  label,
  listTable,
  pageFooter,
  type PaperDefinition,
  type PaperFrame,
  paperHead,
  PAPERS,
  signatureRow,
  storeWords,
  WIDE_SHEET_TYPE,
} from '../printing/layout.ts'

export interface PromiseListFacts {
  frame: PaperFrame
  businessDate: string
  /** Of one floor alone; null for the store. */
  floor: string | null
  /** By name, each with what is due first on top. */
  owners: { name: string; promises: OpenPromise[] }[]
  /** Promises that are not on the list, because there are too many for one. */
  leftOut: number
}

export interface OpenPromise {
  text: string
  /** Instant, UTC ISO. */
  dueAt: string
  isLate: boolean
  floor: string
  /** Number of what it was given for. */
  subject: string | null
}

const PAGE = PAPERS.a4Portrait

/** Composes the list; pure. */
export function composePromiseList(facts: PromiseListFacts, labels: Labels): PaperDefinition {
  const { frame, businessDate, owners } = facts
  const all = owners.flatMap(({ promises }) => promises)
  const late = all.filter(({ isLate }) => isLate).length
  const counts = labels.say('promiseList.counts', { open: all.length, late })
  const subtitle = [labels.second('promiseList.title'), businessDate, facts.floor, counts]
  return composePaper({
    title: `${labels.both('promiseList.title')} ${businessDate}`,
    labels,
    frame,
    page: PAGE,
    type: WIDE_SHEET_TYPE,
    footer: pageFooter(labels, frame, PAGE, businessDate),
    content: [
      paperHead({
        labels,
        title: labels.say('promiseList.title'),
        subtitle: joinKnown(subtitle, '   ') ?? '',
        store: frame.store,
        copy: 0,
        size: 17,
      }),
      ...(owners.length === 0 ? [label(labels, 'promiseList.none', true)] : []),
      ...owners.flatMap((owner) => ownerPart(owner, facts, labels)),
      ...(facts.leftOut > 0
        ? [{ text: labels.both('promiseList.leftOut', { count: facts.leftOut }, '\n') }]
        : []),
      {
        ...signatureRow(labels, ['repairList.checkedBy', 'report.floorManager'], 18),
        margin: [0, 12, 0, 0],
      },
      ...storeWords(labels, frame),
    ],
  })
}

function ownerPart(
  { name, promises }: PromiseListFacts['owners'][number],
  { frame }: PromiseListFacts,
  labels: Labels,
): Content[] {
  return [
    heading(`${name}  (${promises.length})`, 10, [0, 8, 0, 2.5]),
    listTable(
      labels,
      [
        { key: 'promiseList.due', width: 104 },
        { key: 'promiseList.text', width: '*' },
        { key: 'promiseList.subject', width: 112 },
        { key: 'promiseList.floor', width: 34 },
        { key: 'promiseList.done', width: 40 },
      ],
      promises.map((each): Content[] => [
        {
          bold: each.isLate,
          text:
            joinKnown(
              [
                formatInstant(each.dueAt, frame.timeZone),
                each.isLate ? labels.say('promiseList.late') : null,
              ],
              ' ',
            ) ?? '',
        },
        each.text,
        each.subject ?? '',
        each.floor,
        '□',
      ]),
      contentWidth(PAGE),
    ),
  ]
}
