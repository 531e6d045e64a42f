/** Reads codes off a picture of black dots, at the places where they are known to stand. */
import type { SlipDrawing } from '../../../src-main/printing/slip-drawing.ts'
import { decodeCode128 } from './code128.ts'
import { decodeQr } from './qr.ts'

interface Dots {
  width: number
  height: number
  rows: Uint8Array
}

/** The texts of the codes drawn in a slip; throws where a bar is no whole number of dots wide. */
export function readCodes(dots: Dots, codes: SlipDrawing['codes']): string[] {
  return codes.map(({ at, code }) => {
    const scale = dots.width / 8 / (dots.width === 576 ? 72 : 48)
    if (scale !== 1) throw new Error('not 8 dots to the millimetre')
    const unit = (8 * 25.4) / 72
    const [left, top, width, height] = at.map((length) => Math.round(length * unit))
    const box = { left: left ?? 0, top: top ?? 0, width: width ?? 0, height: height ?? 0 }
    return code.kind === 'code128' ? readBars(dots, box) : readCells(dots, box)
  })
}

interface Box {
  left: number
  top: number
  width: number
  height: number
}

function isDot({ width, rows }: Dots, x: number, y: number): boolean {
  return ((rows[(y * width + x) >> 3] ?? 0) & (0x80 >> (x & 7))) !== 0
}

/** Runs of one colour along a row of dots, from the first black one to the last. */
function readRuns(dots: Dots, { left, width }: Box, y: number): { from: number; length: number }[] {
  const runs: { from: number; length: number }[] = []
  for (let x = left; x < left + width; x++) {
    const isBlack = isDot(dots, x, y)
    const last = runs.at(-1)
    if (!last) {
      if (isBlack) runs.push({ from: x, length: 1 })
    } else if (isBlack === (runs.length % 2 === 1)) last.length++
    else runs.push({ from: x, length: 1 })
  }
  return runs.length % 2 === 0 ? runs.slice(0, -1) : runs
}

function readBars(dots: Dots, box: Box): string {
  const runs = readRuns(dots, box, box.top + (box.height >> 1))
  const module = Math.min(...runs.map(({ length }) => length))
  if (module < 2 || runs.some(({ length }) => length % module !== 0)) {
    throw new Error('bars are no whole number of dots wide')
  }
  return decodeCode128(runs.map(({ length }) => length / module))
}

function readCells(dots: Dots, box: Box): string {
  const boxes: [number, number, number, number][] = []
  for (let y = box.top; y < box.top + box.height; y++) {
    readRuns(dots, box, y).forEach(({ from, length }, index) => {
      if (index % 2 === 0) boxes.push([from, y, length, 1])
    })
  }
  const first = boxes[0]
  if (!first) throw new Error('no code')
  // The finder pattern begins with seven cells.
  const cell = first[2] / 7
  if (!Number.isInteger(cell)) throw new Error('cells are no whole number of dots wide')
  const rows = boxes.filter(([, y]) => (y - first[1]) % cell === 0)
  return decodeQr(rows.map(([x, y, width]) => [x / cell, y / cell, width / cell, 1] as const))
}
