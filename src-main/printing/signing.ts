/** What closes a paper: sentences in small print, places to sign, and the box for a stamp. */
import { drawCells } from './barcode.ts'
import type { BothWords, PaperFrame } from './compose.ts'
import type { Block, Content, Margin } from './content.ts'
import { label } from './forms.ts'
import type { LabelKey, Labels } from './labels.ts'
import { mm } from './pages.ts'
import { centred, rule } from './parts.ts'
import { formLayout } from './table-layouts.ts'

/** Sentences in small print. */
export function legalLines(lines: string[]): Block {
  return { stack: lines.map((text): Block => ({ text, style: 'small', margin: [0, 0, 0, 1.2] })) }
}

/**
 * What the store wrote to stand under this kind of paper, as small print, its terms and tips before its closing words,
 * and the box for its stamp where it wants one. Chinese words on a Chinese paper, English ones on an English paper, the
 * Chinese before the English on a paper in both. One line for each written line, blank ones left out; no block at all
 * where the store wrote nothing in the paper's language.
 */
export function storeWords(labels: Labels, { words, design }: PaperFrame): Block[] {
  const lines = [...linesOf(labels, design?.terms), ...linesOf(labels, words)]
  const written: Block[] =
    lines.length === 0 ? [] : [{ ...legalLines(lines), margin: [0, 3, 0, 0] }]
  if (!design?.stamp) return written
  const stamp = stampBox(labels, 'common.stampHere', mm(40), mm(design.roll ? 18 : 13))
  if (design.roll) return [{ ...centred(stamp), margin: [0, 4, 0, 2] }, ...written]
  return [
    {
      unbreakable: true,
      columnGap: 8,
      margin: [0, 4, 0, 0],
      columns: [
        { width: '*', stack: written },
        { ...stamp, width: 'auto' },
      ],
    },
  ]
}

function linesOf({ language }: Labels, words: BothWords | undefined): string[] {
  if (!words) return []
  const texts = [language === 'en' ? '' : words.zh, language === 'zh' ? '' : words.en]
  return texts.flatMap((each) => each.split('\n')).filter((each) => each.trim() !== '')
}

/** A signature drawn on the screen, as runs of ink [x, y, length] in its own points. */
export interface DrawnInk {
  width: number
  height: number
  runs: readonly (readonly [number, number, number])[]
}

/** The drawing, as large as its place in points allows, in its upper left corner. */
export function drawInk(
  { width, height, runs }: DrawnInk,
  size: { width: number; height: number },
): Block {
  const scale = Math.min(size.width / width, size.height / height)
  return drawCells({
    width: size.width,
    height: size.height,
    cells: runs.map(([x, y, length]) => [x * scale, y * scale, length * scale, scale] as const),
  })
}

/**
 * Places to sign, side by side: a label, a line, and the date below; `inline` where every label stands on one line,
 * the date beside the signature.
 */
export function signatureRow(
  labels: Labels,
  keys: LabelKey[],
  room: number,
  { inline = false } = {},
): Block {
  const cells = keys.map((key): Block => {
    // A block is set once: each signature has a date of its own.
    const date = label(labels, 'common.date', true)
    if (!inline) {
      const name = { ...label(labels, key), margin: [0, 0, 0, room] as Margin }
      return { stack: [name, rule(0.6, [0, 0, 8, 1]), date] }
    }
    const name = label(labels, key, true)
    const columns: Block[] = [
      { ...name, width: '*' },
      { ...date, width: 96 },
    ]
    return { stack: [{ columns, margin: [0, 0, 0, room] as Margin }, rule(0.6, [0, 0, 8, 1])] }
  })
  return {
    layout: 'bare',
    unbreakable: true,
    table: { widths: keys.map(() => '*'), body: [cells] },
  }
}

/** A dashed box for a rubber stamp, empty or with what the desk stamps itself; nothing where the store wants none. */
export function stampBox(
  labels: Labels,
  key: LabelKey,
  width: number,
  height: number,
  stamped: Content[] = [],
): Block {
  if (!labels.prints(key)) return { stack: [] }
  return {
    layout: {
      ...formLayout,
      hLineStyle: () => ({ dash: { length: 2, space: 1.6 } }),
      vLineStyle: () => ({ dash: { length: 2, space: 1.6 } }),
    },
    table: {
      widths: [width],
      heights: [height],
      body: [[{ stack: [{ ...label(labels, key), alignment: 'center' }, ...stamped] }]],
    },
  }
}
