/** 维修清单: what came in, went out, is late and waits for parts, on A4 for whoever works through it (domain.md §2.1). */
import type { PaperField } from '../../printing/fields.ts'
import type { Labels } from '../../printing/labels.ts'
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
} from '../../printing/layout.ts'
import { composeWorkList, workListPart } from '../../printing/work-list.ts'
import type { Reception } from '../contract.ts'

export const repairGroups = ['late', 'waiting', 'in', 'out'] as const

/** What a store can set on the list. */
export const repairListFields: readonly PaperField[] = [
  { key: 'repairList.state' },
  { key: 'repairList.customer' },
  { key: 'repairList.owner' },
  { key: 'repairList.done' },
]

export interface RepairListFacts {
  frame: PaperFrame
  businessDate: string
  groups: Record<(typeof repairGroups)[number], RepairListRow[]>
}

export interface RepairListRow {
  number: string
  goods: { name: string; serialNo: string; reception: Reception; holder: string }[]
  /** The phone is masked already. */
  customer: string
  owner: string
  /** Instant, UTC ISO. */
  dueAt: string | null
  /** Parts that are waited for, each with the day since when. */
  parts: string[]
}

const PAGE = PAPERS.a4Landscape

/** Composes the list; pure. What is late comes first: it is what has to be done. */
export function composeRepairList(facts: RepairListFacts, labels: Labels): PaperDefinition {
  const { frame, businessDate, groups } = facts
  const counts = repairGroups
    .map((group) => `${labels.say(`repairList.${group}`)} ${groups[group].length}`)
    .join('   ')
  return composeWorkList({
    labels,
    frame,
    page: PAGE,
    title: 'repairList.title',
    businessDate,
    about: [counts],
    content: repairGroups.flatMap((group) => groupPart(facts, group, labels)),
  })
}

function groupPart(
  { frame, groups }: RepairListFacts,
  group: (typeof repairGroups)[number],
  labels: Labels,
): Content[] {
  const rows = groups[group]
  const title = workListPart(labels.both(`repairList.${group}`, {}, '  '), rows.length)
  if (rows.length === 0) return [title, label(labels, 'repairList.none', true)]
  return [
    title,
    listTable(
      labels,
      [
        { key: 'repairList.number', width: 108 },
        { key: 'repairList.goods', width: '*' },
        { key: 'repairList.state', width: 120 },
        { key: 'repairList.customer', width: 96 },
        { key: 'repairList.due', width: 80 },
        { key: 'repairList.owner', width: 58 },
        { key: 'repairList.done', width: 70 },
      ],
      rows.map((row): Content[] => [
        row.number,
        {
          stack: row.goods.map(({ name, serialNo }) => ({
            text: joinKnown([name, serialNo], '  ') ?? '',
          })),
        },
        {
          stack: [
            ...row.goods.map(({ reception, holder }) => ({
              text:
                joinKnown([labels.codeBoth('repairList.receptions', reception), holder], ' · ') ??
                '',
            })),
            ...row.parts.map((text) => ({ text, style: 'label' }) as const),
          ],
        },
        row.customer,
        row.dueAt ? formatInstant(row.dueAt, frame.timeZone) : '',
        row.owner,
        '□',
      ]),
      contentWidth(PAGE),
    ),
  ]
}
