/** Rules, headings, and blocks in the middle of a paper. */
import type { Block, Margin } from './content.ts'
import { bareLayout, INK } from './table-layouts.ts'

/** A rule across the width it stands in. */
export function rule(width: number, margin: Margin = [0, 2, 0, 2]): Block {
  return {
    margin,
    layout: {
      ...bareLayout,
      hLineWidth: (line) => (line === 0 ? width : 0),
      hLineColor: () => INK,
    },
    table: { widths: ['*'], heights: [0], body: [[{ text: '', fontSize: 0.1 }]] },
  }
}

/** A heading above a block. */
export function heading(text: string, size: number, margin: Margin): Block {
  return { text, bold: true, fontSize: size, margin }
}

/** A block in the middle of the paper. */
export function centred(block: Block): Block {
  return {
    columns: [
      { width: '*', text: '' },
      { ...block, width: 'auto' },
      { width: '*', text: '' },
    ],
  }
}
