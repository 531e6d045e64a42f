/** Amounts as papers show them. */
import { formatMoney } from '../foundation/money.ts'
import { toCapital } from '../foundation/rmb-capital.ts'
import type { Block } from './content.ts'
import type { LabelKey, Labels } from './labels.ts'

/** The total in figures and in capitals; other currencies than the renminbi have no capital form. */
export function moneyLine(parts: {
  labels: Labels
  key: LabelKey
  amount: number
  currency: string
  size: number
  /** On a roll the capitals take a line of their own. */
  narrow?: boolean
}): Block {
  const { labels, amount, currency, size } = parts
  const figures = { text: formatMoney(amount, currency), bold: true, fontSize: size }
  const name: Block = {
    text: `${labels.both(parts.key)}${labels.say('common.colon')}`,
    style: 'label',
  }
  if (currency !== 'CNY') return { text: [name, figures] }
  if (parts.narrow) {
    return { stack: [{ text: [name, figures] }, { text: toCapital(amount), bold: true }] }
  }
  return {
    columns: [
      { width: 'auto', text: [name, figures], noWrap: true },
      {
        width: '*',
        alignment: 'right',
        margin: [6, size * 0.2, 0, 0],
        text: [
          {
            text: `${labels.both('common.capitals')}${labels.say('common.colon')}`,
            style: 'label',
          },
          { text: toCapital(amount), bold: true, fontSize: size * 0.78 },
        ],
      },
    ],
  }
}
