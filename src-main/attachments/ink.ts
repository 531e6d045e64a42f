import { readPoints } from './read-png.ts'

/** A pad is far smaller; more is no signature. */
const largestPad = { width: 4_000, height: 2_000 }

/** Fewer dark points than this, or all of them in one spot, is a slip of the pen. */
const fewestPoints = 40
const shortestStroke = 12

/**
 * True where somebody wrote something: an empty pad is no signature, whatever the screen says. Reads the PNG a pad
 * makes (8 bits, not interlaced). Throws `DamagedImage` for anything else.
 */
export function hasInk(png: Uint8Array): boolean {
  const { width, height, points, step } = readPoints(png, largestPad)
  let count = 0
  let [left, right, top, bottom] = [width, -1, height, -1]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isDark(points, (y * width + x) * step, step)) continue
      count += 1
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  return count >= fewestPoints && Math.max(right - left, bottom - top) >= shortestStroke
}

/** A drawing as a paper prints it: lengths of ink [x, y, length] on a coarser grid of its own. */
export interface Ink {
  width: number
  height: number
  runs: [number, number, number][]
}

/** A printed signature is some centimetres wide: more points across are only more to paint. */
const printedPoints = 420

/** The ink of a pad's picture, row by row. Throws `DamagedImage` for anything a pad does not make. */
export function inkOfPicture(png: Uint8Array): Ink {
  const { width, height, points, step } = readPoints(png, largestPad)
  const grain = Math.max(1, Math.ceil(width / printedPoints))
  const across = Math.ceil(width / grain)
  const down = Math.ceil(height / grain)
  const isInked = (column: number, row: number) => {
    for (let y = row * grain; y < Math.min((row + 1) * grain, height); y += 1) {
      for (let x = column * grain; x < Math.min((column + 1) * grain, width); x += 1) {
        if (isDark(points, (y * width + x) * step, step)) return true
      }
    }
    return false
  }
  const runs: Ink['runs'] = []
  for (let row = 0; row < down; row += 1) {
    for (let column = 0; column < across; column += 1) {
      const from = column
      while (column < across && isInked(column, row)) column += 1
      if (column > from) runs.push([from, row, column - from])
    }
  }
  return { width: across, height: down, runs }
}

function isDark(points: Uint8Array, at: number, step: number): boolean {
  const grey = step <= 2 ? (points[at] ?? 0) : Math.max(...points.subarray(at, at + 3))
  const alpha = step === 2 || step === 4 ? (points[at + step - 1] ?? 0) : 255
  return alpha > 64 && grey < 160
}
