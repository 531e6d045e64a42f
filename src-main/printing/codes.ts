/** Bar codes and QR codes. */
import { compactDocumentNumber } from '../foundation/document-number.ts'
import { code128Cells, drawCells, qrCells } from './barcode.ts'
import type { Block } from './content.ts'

/** The barcode of a document's number. */
export function numberBars(number: string, module: number, height: number): Block {
  return barcodeBlock({
    encoded: compactDocumentNumber(number),
    readable: number,
    module,
    height,
    size: 8,
  })
}

/**
 * Code 128 of a number with the number in plain figures under it: a scanner may fail, eyes do not. Null for `readable`
 * where the number stands right beside the bars.
 */
export function barcodeBlock(parts: {
  encoded: string
  readable: string | null
  module: number
  height: number
  size: number
}): Block {
  const box = code128Cells(parts.encoded, parts.module, parts.height)
  if (parts.readable === null) return drawCells(box)
  return {
    layout: 'bare',
    table: {
      widths: [box.width],
      body: [
        [drawCells(box)],
        [
          {
            text: parts.readable,
            fontSize: parts.size,
            alignment: 'center',
            noWrap: true,
            margin: [0, 1, 0, 0],
          },
        ],
      ],
    },
  }
}

/** QR code of a text. The white around it (four cells) is the caller's margin. */
export function qrBlock(text: string, side: number): Block {
  return drawCells(qrCells(text, side))
}
