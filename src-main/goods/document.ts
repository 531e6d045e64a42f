/** 退货标签: a label of 70 by 50 mm for each unit that came back, its destination large (domain.md §3.1 row 13). */
import { textWidth } from '../foundation/text.ts'
import type { Labels } from '../printing/labels.ts'
import {
  barcodeBlock,
  type Block,
  composePaper,
  type Content,
  formatQuantity,
  LABEL_TYPE,
  mm,
  PAPERS,
  type PaperDefinition,
  type PaperFrame,
} from '../printing/layout.ts'
import type { Destination } from './contract.ts'

/** Everything the labels print, one page for each unit. */
export interface GoodsLabelFacts {
  frame: PaperFrame
  /** The unit's label, or the paper they all came back by. */
  number: string
  copy: number
  units: {
    tag: string
    name: string
    serialNo: string
    qtyMilli: number
    unit: string
    destination: Destination
    condition: string
    sourceNumber: string
    /** Business date. */
    receivedOn: string
    counter: string
    vendor: string
  }[]
}

type LabelledUnit = GoodsLabelFacts['units'][number]

/** Composes the labels; pure. */
export function composeGoodsLabel(facts: GoodsLabelFacts, labels: Labels): PaperDefinition {
  return composePaper({
    title: `${labels.both('goods.title')} ${facts.number}`,
    labels,
    frame: facts.frame,
    page: PAPERS.label70,
    type: LABEL_TYPE,
    content: facts.units.map((unit, index) => labelPage(unit, labels, facts, index > 0)),
  })
}

function labelPage(
  unit: LabelledUnit,
  labels: Labels,
  { copy, frame }: GoodsLabelFacts,
  isNext: boolean,
): Block {
  return {
    ...(isNext ? { pageBreak: 'before' as const } : {}),
    stack: [
      destinationBand(unit, labels, copy),
      { text: clip(unit.name, 40), bold: true, fontSize: 8.5, margin: [0, 2.5, 0, 1] },
      ...facts(unit, labels),
      {
        margin: [0, 3.5, 0, 0],
        ...barcodeBlock({
          encoded: unit.tag,
          readable: unit.tag,
          module: 0.75,
          height: mm(9.5),
          size: 7.5,
        }),
      },
      {
        text: [frame.store.name, frame.desk].join(' · '),
        style: 'small',
        margin: [0, 1, 0, 0],
      },
    ],
  }
}

/** Readable from three metres: white on black where goods must not be sold. */
function destinationBand(unit: LabelledUnit, labels: Labels, copy: number): Block {
  const isFree = unit.destination === 'floor'
  const color = isFree ? '#111111' : '#ffffff'
  const words: Content[] = [
    { text: labels.code('goods.destinations', unit.destination), bold: true, fontSize: 17 },
  ]
  const second = labels.codeBoth('goods.destinations', unit.destination)
  if (labels.language === 'bilingual') {
    words.push({
      text: `  ${second.split(' ').slice(1).join(' ')}`,
      bold: true,
      fontSize: 9,
    })
  }
  if (copy > 0) words.push({ text: `  ${labels.say('common.copy', { n: copy })}`, fontSize: 8 })
  return {
    layout: 'bare',
    table: {
      widths: ['*'],
      body: [
        [
          {
            text: words,
            color,
            fillColor: isFree ? '#e4e7e6' : '#111111',
            margin: [4, 1, 4, 2],
            noWrap: true,
          },
        ],
      ],
    },
  }
}

function facts(unit: LabelledUnit, labels: Labels): Block[] {
  const colon = labels.say('common.colon')
  const came = [
    unit.sourceNumber,
    unit.receivedOn,
    labels.code('refund.conditions', unit.condition),
    formatQuantity(unit.qtyMilli, unit.unit),
  ]
  const lines = [
    came.join('  '),
    unit.serialNo && `${labels.say('goods.serial')}${colon}${clip(unit.serialNo, 30)}`,
    clip([unit.vendor, unit.counter].filter(Boolean).join(' / '), 48),
  ]
  return lines.filter(Boolean).map((text) => ({ text, fontSize: 7, noWrap: true }))
}

/** A label has room for so much, in columns of which a Hanzi takes two. */
function clip(text: string, most: number): string {
  if (textWidth(text) <= most) return text
  let kept = ''
  for (const letter of text) {
    if (textWidth(kept + letter) > most - 1) break
    kept += letter
  }
  return `${kept}…`
}
