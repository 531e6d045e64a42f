/** What a receipt printer can be set to. */

/** Options of a receipt printer; the first of each is the usual one. */
export const receiptChoices = {
  /** Whether the printer sets text in its own Hanzi, or gets every slip as dots. */
  mode: ['text', 'dots'],
  /** The Hanzi it has: two bytes each, or all of GB18030 in up to four. */
  hanzi: ['gbk', 'gb18030'],
  /** Dots across the roll: 576 on 80 mm and 384 on 58 mm, or what the printer has. */
  dots: ['usual', '384', '512', '576'],
  /** Whether it draws bar codes and QR codes itself, or gets them as dots. */
  codes: ['printer', 'dots'],
  cutter: ['partial', 'full', 'none'],
  /** Shut unless somebody sets it: the desk moves no money. */
  drawer: ['off', 'pin2', 'pin5'],
} as const

/** By the number of a line of the code-page check: what to set when it is the first that can be read. */
export const readableLines = {
  '1': { mode: 'text', hanzi: 'gbk' },
  '2': { mode: 'text', hanzi: 'gb18030' },
  '3': { mode: 'dots' },
} as const
