/**
 * Amounts in capital Chinese figures (人民币大写), as bills and receipts carry them.
 *
 * One style is used everywhere, that of the PBOC settlement rules (domain.md §5.4; docs/decisions, refund money):
 * - 人民币 stands directly before the figures;
 * - an amount ending at 元 closes with 整; one ending at 角 or 分 does not;
 * - a run of inner zeros is read as one 零, also between 元 and 分 when 角 is zero;
 * - under one yuan no 零元 is written: 伍分, 伍角伍分; nothing at all is 零元整;
 * - above 亿 the next step is 万亿 (兆 is not a bill unit).
 */

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const
const PLACES = ['', '拾', '佰', '仟'] as const

/**
 * Writes an amount of money in capitals.
 *
 * @param fen integer minor units (分); negative amounts read 人民币负…
 * @returns for example 人民币壹仟肆佰零玖元伍角
 * @throws RangeError when `fen` is not a safe integer: a wrong figure must never be printed in words
 */
export function toCapital(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not an amount in fen: ${fen}`)
  const sign = fen < 0 ? '负' : ''
  const amount = Math.abs(fen)
  return `人民币${sign}${writeYuanAndFen(Math.floor(amount / 100), amount % 100)}`
}

function writeYuanAndFen(yuan: number, rest: number): string {
  const jiao = Math.floor(rest / 10)
  const fen = rest % 10
  const whole = yuan > 0 ? `${writeInteger(yuan)}元` : ''
  if (rest === 0) return `${whole || '零元'}整`
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : whole ? '零' : ''
  return whole + tenths + (fen > 0 ? `${DIGITS[fen]}分` : '')
}

function writeInteger(value: number): string {
  if (value >= 1e8) return joinUnits(Math.floor(value / 1e8), '亿', value % 1e8, 1e7)
  if (value >= 1e4) return joinUnits(Math.floor(value / 1e4), '万', value % 1e4, 1e3)
  return writeGroup(value)
}

/** A gap directly below the unit (the rest does not reach its highest place) is read as one 零. */
function joinUnits(high: number, unit: string, rest: number, highestPlace: number): string {
  const head = writeInteger(high) + unit
  if (rest === 0) return head
  return head + (rest < highestPlace ? '零' : '') + writeInteger(rest)
}

function writeGroup(value: number): string {
  let text = ''
  let gap = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10
    if (digit === 0) {
      gap = text !== ''
    } else {
      text += (gap ? '零' : '') + DIGITS[digit] + PLACES[place]
      gap = false
    }
  }
  return text
}
