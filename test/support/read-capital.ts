const digits = '零壹贰叁肆伍陆柒捌玖'
const places: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1_000 }

/** Reads an amount in capitals back into 分: the independent inverse of `toCapital`, whatever the style. */
export function readCapital(text: string): number {
  const plain = text.replaceAll(/\s|人民币|整|正/g, '').replaceAll('圆', '元')
  const negative = plain.startsWith('负')
  const [whole = '', rest = ''] = plain.includes('元')
    ? plain.replace('负', '').split('元')
    : ['', plain.replace('负', '')]
  const fen = readWhole(whole) * 100 + readDigit(rest, '角') * 10 + readDigit(rest, '分')
  return negative ? -fen : fen
}

function readWhole(text: string): number {
  for (const [unit, worth] of [
    ['亿', 1e8],
    ['万', 1e4],
  ] as const) {
    const at = text.lastIndexOf(unit)
    if (at >= 0) return readWhole(text.slice(0, at)) * worth + readWhole(text.slice(at + 1))
  }
  let sum = 0
  let digit = 0
  for (const sign of text) {
    const place = places[sign]
    if (place === undefined) digit = digits.indexOf(sign)
    else {
      // 拾元 is said for 壹拾元.
      sum += (digit || 1) * place
      digit = 0
    }
  }
  return sum + digit
}

function readDigit(text: string, unit: string): number {
  const at = text.indexOf(unit)
  return at > 0 ? Math.max(digits.indexOf(text[at - 1] ?? ''), 0) : 0
}
