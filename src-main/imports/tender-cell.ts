import { type Micro, parseAmount, tidy } from './values.ts'

export interface TenderPart {
  label: string
  micro: Micro
}

/**
 * The payments of one cell with an amount beside each: `优惠券 30.00 + 微信 569.00`, `现金:100;支付宝:59.9`. Null when
 * any part has no label or no amount: then the cell is a label and nothing is guessed.
 */
export function readTenderParts(cell: string): TenderPart[] | null {
  const parts = cell.split(/[+;；、|/]/).map(readPart)
  return parts.length > 1 && parts.every((part) => part !== null) ? parts : null
}

function readPart(text: string): TenderPart | null {
  const match =
    /^(?<label>\D*[^\d\s:：=¥￥-])[\s:：=]*(?<amount>[¥￥]?-?[\d,]+(?:\.\d+)?)元?$/.exec(tidy(text))
  if (!match?.groups) return null
  const amount = parseAmount(match.groups['amount'] ?? '')
  if (amount === null || typeof amount === 'string') return null
  return { label: (match.groups['label'] ?? '').trim(), micro: amount.micro }
}
