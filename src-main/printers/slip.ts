/**
 * What a paper on a roll says, line by line: for printers that set text in a font of their own. Plain data, made in
 * the PDF worker beside the PDF and kept with its job as JSON.
 */

export interface SlipContent {
  /** Latin columns of the roll: 48 on 80 mm, 32 on 58 mm; a Hanzi takes two. */
  columns: number
  lines: readonly SlipLine[]
  /** The whole paper as black dots, for printers without Hanzi. */
  picture: SlipPicture | null
}

export type SlipLine =
  | { kind: 'text'; text: string; align: 'left' | 'center' | 'right'; bold: boolean; size: 1 | 2 }
  | { kind: 'rule' }
  | { kind: 'code128'; value: string }
  | { kind: 'qr'; value: string }
  | { kind: 'feed'; lines: number }

/** Rows of dots, eight to a byte, the leftmost in the highest bit; each row begins a new byte. */
export interface SlipPicture {
  width: number
  height: number
  base64: string
}
