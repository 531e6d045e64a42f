/**
 * A small QR reader: painted boxes to text, with the error-correction words verified. Reads versions 1 to 14 with medium
 * correction, which is what the desk prints, and versions 1 to 4 with more, which it prints where there is room.
 */

type Box = readonly [number, number, number, number]

/** Words of data, of error correction per block, and the number of blocks: level M, versions 1 to 14. */
const LEVEL_M = [
  [16, 10, 1],
  [28, 16, 1],
  [44, 26, 1],
  [64, 18, 2],
  [86, 24, 2],
  [108, 16, 4],
  [124, 18, 4],
  [154, 22, 4],
  [182, 22, 5],
  [216, 26, 5],
  [254, 30, 5],
  [290, 22, 8],
  [334, 22, 9],
  [365, 24, 9],
] as const

/** Places of alignment patterns beside the first at 6, versions 7 to 14. */
const ALIGNED = [
  [22, 38],
  [24, 42],
  [26, 46],
  [28, 50],
  [30, 54],
  [32, 58],
  [34, 62],
  [26, 46, 66],
] as const

/** The same for level Q, versions 1 to 4. */
const LEVEL_Q = [
  [13, 13, 1],
  [22, 22, 1],
  [34, 18, 2],
  [48, 26, 2],
] as const

/** Reads the symbol painted by `boxes`; throws when it is not a sound QR code. */
export function decodeQr(boxes: readonly Box[]): string {
  const grid = gridOf(boxes)
  const version = (grid.length - 17) / 4
  const { level, mask } = readFormat(grid)
  const layout = (level === 'M' ? LEVEL_M : LEVEL_Q)[version - 1]
  if (!layout) throw new Error(`no QR of version ${version}`)
  const [dataWords, correction, blocks] = layout
  const words = readWords(grid, version, mask)
  return readText(joinBlocks(words, dataWords, correction, blocks), version)
}

function gridOf(boxes: readonly Box[]): boolean[][] {
  const left = Math.min(...boxes.map(([x]) => x))
  const top = Math.min(...boxes.map(([, y]) => y))
  const side = Math.max(...boxes.map(([x, , w]) => x + w)) - left
  const cell = Math.min(...boxes.map(([, , , height]) => height))
  const size = Math.round(side / cell)
  const grid = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [x, y, w] of boxes) {
    const row = grid[Math.round((y - top) / cell)] ?? []
    const from = Math.round((x - left) / cell)
    for (let column = from; column < from + Math.round(w / cell); column += 1) row[column] = true
  }
  return grid
}

/** Level and mask from the format word beside the first finder pattern; less than M is not enough. */
function readFormat(grid: boolean[][]): { level: 'M' | 'Q'; mask: number } {
  const columns = [0, 1, 2, 3, 4, 5, 7, 8]
  const bits = columns.map((column) => (grid[8]?.[column] ? 1 : 0))
  const unmasked = bits.slice(0, 5).map((bit, index) => bit ^ ([1, 0, 1, 0, 1][index] ?? 0))
  const [high, low, ...mask] = unmasked
  const level = high === 0 && low === 0 ? 'M' : high === 1 && low === 1 ? 'Q' : null
  if (level === null) throw new Error('error correction is neither medium nor quartile')
  return { level, mask: mask.reduce((sum, bit) => sum * 2 + bit, 0) }
}

const MASKS: ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
]

/** Cells that carry no data: finders with their borders and format, timing, alignment, and from version 7 the version. */
function isFixed(row: number, column: number, size: number, version: number): boolean {
  const finder =
    (row < 9 && column < 9) || (row < 9 && column >= size - 8) || (row >= size - 8 && column < 9)
  const versionWord =
    version >= 7 &&
    ((row < 6 && column >= size - 11 && column < size - 8) ||
      (column < 6 && row >= size - 11 && row < size - 8))
  return finder || row === 6 || column === 6 || versionWord || isAligned(row, column, version)
}

function isAligned(row: number, column: number, version: number): boolean {
  if (version === 1) return false
  const size = 17 + 4 * version
  const centres = [6, ...(version < 7 ? [size - 7] : (ALIGNED[version - 7] ?? []))]
  return centres.some((y) =>
    centres.some((x) => {
      const onFinder = (x === 6 && (y === 6 || y === size - 7)) || (y === 6 && x === size - 7)
      return !onFinder && Math.abs(row - y) <= 2 && Math.abs(column - x) <= 2
    }),
  )
}

/** Two columns at a time from the right, up and down by turns. */
function readWords(grid: boolean[][], version: number, maskNo: number): number[] {
  const size = grid.length
  const mask = MASKS[maskNo]
  if (!mask) throw new Error(`no mask ${maskNo}`)
  const bits: number[] = []
  let upwards = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1
    for (let step = 0; step < size; step += 1) {
      const row = upwards ? size - 1 - step : step
      for (const column of [right, right - 1]) {
        if (isFixed(row, column, size, version)) continue
        bits.push(grid[row]?.[column] !== mask(row, column) ? 1 : 0)
      }
    }
    upwards = !upwards
  }
  const words: number[] = []
  for (let at = 0; at + 8 <= bits.length; at += 8) {
    words.push(Number.parseInt(bits.slice(at, at + 8).join(''), 2))
  }
  return words
}

/** Words of all blocks are printed by turns; each block must be divisible by its generator. */
function joinBlocks(
  words: readonly number[],
  dataWords: number,
  correction: number,
  blocks: number,
): number[] {
  // The last blocks are one word longer where the words cannot be shared evenly.
  const each = Math.floor(dataWords / blocks)
  const longer = dataWords % blocks
  const data: number[] = []
  for (let block = 0; block < blocks; block += 1) {
    const own: number[] = []
    for (let index = 0; index < each; index += 1) own.push(words[index * blocks + block] ?? 0)
    const extra = block - (blocks - longer)
    if (extra >= 0) own.push(words[each * blocks + extra] ?? 0)
    const tail: number[] = []
    for (let index = 0; index < correction; index += 1) {
      tail.push(words[dataWords + index * blocks + block] ?? 0)
    }
    requireDivisible([...own, ...tail], correction)
    data.push(...own)
  }
  return data
}

const POWERS = fieldPowers()

function fieldPowers(): number[] {
  const powers = [1]
  for (let power = 1; power < 255; power += 1) {
    const doubled = (powers[power - 1] ?? 0) * 2
    powers.push(doubled > 255 ? doubled ^ 0x11d : doubled)
  }
  return powers
}

function multiply(a: number, b: number): number {
  if (a === 0 || b === 0) return 0
  return POWERS[(POWERS.indexOf(a) + POWERS.indexOf(b)) % 255] ?? 0
}

function requireDivisible(block: readonly number[], correction: number): void {
  for (let power = 0; power < correction; power += 1) {
    const root = POWERS[power] ?? 0
    const rest = block.reduce((sum, word) => multiply(sum, root) ^ word, 0)
    if (rest !== 0) throw new Error('error correction is wrong')
  }
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

function readText(words: readonly number[], version: number): string {
  const bits = words.map((word) => word.toString(2).padStart(8, '0')).join('')
  let at = 0
  const take = (count: number): number => {
    const value = Number.parseInt(bits.slice(at, at + count) || '0', 2)
    at += count
    return value
  }
  let text = ''
  while (at + 4 <= bits.length) {
    const mode = take(4)
    if (mode === 0) break
    if (mode === 1) text += readDigits(take(version < 10 ? 10 : 12), take)
    else if (mode === 2) text += readLetters(take(version < 10 ? 9 : 11), take)
    else if (mode === 4) text += readBytes(take(version < 10 ? 8 : 16), take)
    else throw new Error(`no mode ${mode}`)
  }
  return text
}

type Take = (count: number) => number

function readDigits(count: number, take: Take): string {
  let text = ''
  for (let left = count; left > 0; left -= 3) {
    const digits = Math.min(left, 3)
    text += String(take([0, 4, 7, 10][digits] ?? 10)).padStart(digits, '0')
  }
  return text
}

function readLetters(count: number, take: Take): string {
  let text = ''
  for (let left = count; left > 0; left -= 2) {
    const value = left > 1 ? take(11) : take(6)
    if (left > 1) text += ALPHANUMERIC.charAt(Math.floor(value / 45))
    text += ALPHANUMERIC.charAt(value % 45)
  }
  return text
}

function readBytes(count: number, take: Take): string {
  return String.fromCharCode(...Array.from({ length: count }, () => take(8)))
}
