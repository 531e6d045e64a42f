import { formatMoney } from '../../foundation/money.ts'
import type { Bilingual } from '../../policy/rule.ts'
import type { Labels } from '../../printing/labels.ts'
import {
  type Block,
  type Content,
  contentWidth,
  formatInstant,
  formGrid,
  type Field,
  joinKnown,
  labelled,
  mm,
  numberBars,
  type PaperPage,
  PAPERS,
  paperHead,
  rollHead,
} from '../../printing/layout.ts'
import type { RepairFacts, RepairItemFacts } from './facts.ts'

/** What the papers of a repair have in common. */

export function pageOf(paper: RepairFacts['paper']): PaperPage {
  switch (paper) {
    case 'a5':
      return PAPERS.a5Landscape
    case 'roll80':
      return PAPERS.roll80
    case 'roll58':
      return PAPERS.roll58
    case 'label':
      return PAPERS.label70
  }
}

export function isRoll({ paper }: Pick<RepairFacts, 'paper'>): boolean {
  return paper === 'roll80' || paper === 'roll58'
}

/** Store, name of the paper, copy mark and number bars: across a sheet, down a roll. */
export function headOf(
  facts: RepairFacts,
  labels: Labels,
  key: 'repair.sheetTitle' | 'repair.stubTitle' | 'repair.recordTitle',
): Content[] {
  if (!isRoll(facts)) {
    return [
      paperHead({
        labels,
        title: labels.say(key),
        subtitle: labels.second(key) ?? '',
        store: facts.frame.store,
        copy: facts.copy,
        size: 17,
        aside: { ...numberBars(facts.number, 0.76, mm(8)), width: 'auto', margin: [12, 0, 0, 1] },
      }),
    ]
  }
  return rollHead({
    ...facts,
    labels,
    title: key,
    store: facts.frame.store,
    narrow: facts.paper === 'roll58',
  })
}

/** Fields as a ruled form on a sheet, one below the other on a roll; on a roll unknown ones are left out. */
export function fieldsBlock(facts: RepairFacts, labels: Labels, fields: Field[]): Content[] {
  const page = pageOf(facts.paper)
  if (isRoll(facts)) {
    return fields.flatMap(({ key, value }) => {
      if (value === null || value === undefined || value === '') return []
      return [labelled(labels, key, value, { narrow: facts.paper === 'roll58' })]
    })
  }
  const labelWidth = labels.language === 'zh' ? 56 : 74
  return [formGrid(labels, fields, labelWidth, contentWidth(page), 7.5)]
}

/** White between two forms. */
export const gap: Block = { text: ' ', fontSize: 3 }

export function moneyOf(facts: Pick<RepairFacts, 'currency'>, amount: number): string {
  return formatMoney(amount, facts.currency)
}

export function timeOf({ frame }: Pick<RepairFacts, 'frame'>, instant: string): string {
  return formatInstant(instant, frame.timeZone)
}

/** A text of a rule in the languages of the paper. */
export function inBoth(labels: Labels, text: Bilingual): string {
  if (labels.language === 'zh') return text.zh
  if (labels.language === 'en') return text.en
  return text.zh === text.en ? text.zh : `${text.zh}\n${text.en}`
}

export function brandModel({ brand, model }: RepairItemFacts): string | null {
  return joinKnown([brand, model], ' ')
}

/** Where the goods come from. */
export function saleText(item: RepairItemFacts, labels: Labels): string {
  if (item.kind === 'elsewhere') return labels.both('repair.notSoldHere', {}, ' / ')
  if (item.receiptNo === null) return labels.both('repair.proven', {}, ' / ')
  return labels.say('repair.soldOn', { receiptNo: item.receiptNo, date: item.soldOn ?? '' })
}

export function accessoriesText(item: RepairItemFacts, labels: Labels): string {
  if (item.accessories.length === 0) return labels.both('repair.noAccessories', {}, ' / ')
  return item.accessories
    .map(({ name, note, tagNo }) => `${suffixOf(tagNo)} ${name}${note && `（${note}）`}`)
    .join(labels.language === 'en' ? '; ' : '；')
}

/** `1.2` of `WX-…/1.2`: what is read out at the shelf. */
export function suffixOf(tagNo: string): string {
  return tagNo.split('/').at(-1) ?? ''
}

/** Heading of one item where a ticket has several. */
export function itemHeading(facts: RepairFacts, index: number, labels: Labels): Content[] {
  const { items } = facts
  if (items.length === 1) return []
  const text = labels.both('repair.goodsOf', { n: index + 1, of: items.length })
  return [{ text, bold: true, fontSize: 9, margin: [0, 5, 0, 2] }]
}
