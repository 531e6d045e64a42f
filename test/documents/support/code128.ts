/** A small Code 128 reader: widths of bars and gaps to text, with the check symbol verified. */

/** Bar and gap widths of symbols 0 to 105, as the standard lists them. */
const PATTERNS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 ' +
  '122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 ' +
  '322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 ' +
  '112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 ' +
  '331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 ' +
  '112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 ' +
  '124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 ' +
  '411311 113141 114131 311141 411131 211412 211214 211232'
).split(' ')

const STOP = '2331112'

/** Reads a row of bar and gap widths in modules; throws when it is not a sound Code 128. */
export function decodeCode128(widths: readonly number[]): string {
  const digits = widths.join('')
  if (!digits.endsWith(STOP)) throw new Error('no stop symbol')
  const symbols = (digits.slice(0, -STOP.length).match(/.{6}/g) ?? []).map((pattern) => {
    const value = PATTERNS.indexOf(pattern)
    if (value < 0) throw new Error(`no symbol ${pattern}`)
    return value
  })
  const check = symbols.pop()
  const sum = symbols.reduce((total, value, index) => total + value * Math.max(index, 1), 0)
  if (sum % 103 !== check) throw new Error('check symbol is wrong')
  return readSymbols(symbols)
}

function readSymbols([start, ...symbols]: number[]): string {
  let set = { 103: 'A', 104: 'B', 105: 'C' }[start ?? 0]
  let text = ''
  for (const value of symbols) {
    if (set === 'C') {
      if (value === 100) set = 'B'
      else if (value === 101) set = 'A'
      else text += String(value).padStart(2, '0')
    } else if (value === 99) set = 'C'
    else if (value === 100) set = 'B'
    else if (value === 101) set = 'A'
    else text += String.fromCharCode(set === 'A' && value >= 64 ? value - 64 : value + 32)
  }
  return text
}

/** Widths in modules of bars and gaps from painted boxes [x, y, w, h]. */
export function widthsOfBars(bars: readonly (readonly number[])[], module: number): number[] {
  const widths: number[] = []
  bars.forEach(([x = 0, , width = 0], index) => {
    const [previousX = 0, , previousWidth = 0] = bars[index - 1] ?? []
    if (index > 0) widths.push(Math.round((x - previousX - previousWidth) / module))
    widths.push(Math.round(width / module))
  })
  return widths
}
