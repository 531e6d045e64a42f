/** Bar codes as filled cells in points: crisp at any resolution, because nothing is an image. */
import bwipjs from 'bwip-js/node'
import { correction, generate } from 'lean-qr'
import type { Block, PrintedCode } from './content.ts'

type Cell = readonly [x: number, y: number, width: number, height: number]

interface CellBox {
  cells: Cell[]
  width: number
  height: number
  code?: PrintedCode
}

/**
 * A Code 128 of `text`.
 *
 * @param module width of the narrowest bar in points; 0.71 (0.25 mm) is the least a desk scanner reads
 *   from thermal paper
 */
export function code128Cells(text: string, module: number, height: number): CellBox {
  const [symbol] = bwipjs.raw({ bcid: 'code128', text })
  if (!symbol || !('sbs' in symbol)) throw new Error(`not a Code 128 text: ${text}`)
  const cells: Cell[] = []
  let x = 0
  symbol.sbs.forEach((modules, index) => {
    if (index % 2 === 0) cells.push([x * module, 0, modules * module, height])
    x += modules
  })
  return { cells, width: x * module, height, code: { kind: 'code128', text, modules: x } }
}

/**
 * A QR code of `text`, `side` points wide without its quiet zone: with medium error correction, or better where that
 * takes no larger code.
 */
export function qrCells(text: string, side: number): CellBox {
  const symbol = generate(text, { minCorrectionLevel: correction.M })
  const { size } = symbol
  const cell = side / size
  const cells: Cell[] = []
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size;) {
      let end = column
      while (end < size && symbol.get(end, row)) end++
      if (end > column) cells.push([column * cell, row * cell, (end - column) * cell, cell])
      column = end + 1
    }
  }
  return { cells, width: side, height: side, code: { kind: 'qr', text, modules: size } }
}

/** A bar code as page content; the layout moves it like any rectangle. */
export function drawCells({ cells, width: w, height: h, code }: CellBox): Block {
  return { canvas: [{ type: 'rect', x: 0, y: 0, w, h, cells, ...(code && { code }) }] }
}
