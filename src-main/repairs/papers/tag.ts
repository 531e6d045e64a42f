/** Labels of 70 × 50 mm, one for each item and one for each accessory left with it (domain.md §2.7). */
import { shortDocumentNumber } from '../../foundation/document-number.ts'
import type { Labels } from '../../printing/labels.ts'
import {
  type Block,
  composePaper,
  LABEL_TYPE,
  mm,
  numberBars,
  type PaperDefinition,
  PAPERS,
} from '../../printing/layout.ts'
import type { RepairFacts, RepairItemFacts } from './facts.ts'
import { suffixOf, timeOf } from './parts.ts'

/** Composes all labels of a ticket, one to a page; pure. */
export function composeRepairTag(facts: RepairFacts, labels: Labels): PaperDefinition {
  const tags = facts.items.flatMap((item) => [
    tag(facts, labels, item, { tagNo: item.tagNo, name: item.name, isAccessory: false }),
    ...item.accessories.map(({ tagNo, name }) =>
      tag(facts, labels, item, { tagNo, name, isAccessory: true }),
    ),
  ])
  return composePaper({
    title: `${labels.both('repair.tagTitle')} ${facts.number}`,
    labels,
    frame: facts.frame,
    page: PAPERS.label70,
    type: LABEL_TYPE,
    content: tags.map((each, index): Block =>
      index === 0 ? each : { ...each, pageBreak: 'before' },
    ),
  })
}

interface Tag {
  tagNo: string
  name: string
  isAccessory: boolean
}

/** A label says whose it is to the desk, not to a passer-by: no name, no phone, no fault. */
function tag(facts: RepairFacts, labels: Labels, item: RepairItemFacts, of: Tag): Block {
  const { promise } = facts
  return {
    stack: [
      {
        columns: [
          {
            width: '*',
            text: [
              { text: suffixOf(of.tagNo), bold: true, fontSize: 20 },
              { text: `  ${shortDocumentNumber(facts.number)}`, fontSize: 11 },
            ],
          },
          {
            width: 'auto',
            margin: [4, 8, 0, 0],
            text: labels.both(
              of.isAccessory ? 'repair.accessoryOf' : 'repair.mainGoods',
              {},
              ' / ',
            ),
            style: 'label',
          },
        ],
      },
      { text: shorten(of.name, 34), bold: true, margin: [0, 1, 0, 1] },
      {
        text: of.isAccessory ? shorten(item.name, 34) : item.serialNo || ' ',
        style: 'label',
        margin: [0, 0, 0, 3],
      },
      numberBars(facts.number, 0.76, mm(10)),
      {
        margin: [0, 2, 0, 0],
        style: 'small',
        text: [
          facts.frame.store.name,
          promise
            ? `  ${labels.both('repair.promisedShort', {}, ' / ')} ${timeOf(facts, promise.dueAt).slice(5, 10)}`
            : '',
        ].join(''),
      },
    ],
  }
}

/** A label has no second page. */
function shorten(text: string, most: number): string {
  const letters = [...text]
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text
}
