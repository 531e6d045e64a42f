/** 承诺清单: every promise that is still open, by who keeps it and when it is due, on A4 (domain.md §2.1). */
import type { PaperField } from '../printing/fields.ts'
import type { Labels } from '../printing/labels.ts'
import {
  type Content,
  contentWidth,
  formatInstant,
  joinKnown,
  label,
  listTable,
  type PaperDefinition,
  type PaperFrame,
  PAPERS,
} from '../printing/layout.ts'
import { composeWorkList, workListPart } from '../printing/work-list.ts'

/** What a store can set on the list. */
export const promiseListFields: readonly PaperField[] = [
  { key: 'promiseList.subject' },
  { key: 'promiseList.floor' },
  { key: 'promiseList.done' },
]

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
  return composeWorkList({
    labels,
    frame,
    page: PAGE,
    title: 'promiseList.title',
    businessDate,
    about: [facts.floor, counts],
    content: [
      ...(owners.length === 0 ? [label(labels, 'promiseList.none', true)] : []),
      ...owners.flatMap((owner) => ownerPart(owner, facts, labels)),
      ...(facts.leftOut > 0
        ? [{ text: labels.both('promiseList.leftOut', { count: facts.leftOut }, '\n') }]
        : []),
    ],
  })
}

function ownerPart(
  { name, promises }: PromiseListFacts['owners'][number],
  { frame }: PromiseListFacts,
  labels: Labels,
): Content[] {
  return [
    workListPart(name, promises.length),
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
