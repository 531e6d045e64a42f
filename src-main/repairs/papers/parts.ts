import { formatMoney } from '../../foundation/money.ts'
import type { Bilingual } from '../../policy/rule.ts'
import type { Labels } from '../../printing/labels.ts'
import {
  type Block,
  type Content,
  formatInstant,
  joinKnown,
  type Stock,
  stockOf,
} from '../../printing/layout.ts'
import type { RepairFacts, RepairItemFacts } from './facts.ts'

/** What the papers of a repair have in common. */

/** What a paper of a repair is printed on. */
export function repairStock({ paper, frame }: RepairFacts, labels: Labels): Stock {
  if (paper === '70x50') throw new Error('labels are no slips')
  return stockOf(paper, labels, frame)
}

/** Widths of the labels on A5, Chinese and other. */
export const FIELD_WIDTHS = [56, 74] as const

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
