/** What closes a paper: sentences in small print, places to sign, and the box for a stamp. */
import type { PaperFrame } from './compose.ts'
import type { Block, Content, Margin } from './content.ts'
import { label } from './forms.ts'
import type { LabelKey, Labels } from './labels.ts'
import { rule } from './parts.ts'
import { formLayout } from './table-layouts.ts'

/** Sentences in small print. */
export function legalLines(lines: string[]): Block {
  return { stack: lines.map((text): Block => ({ text, style: 'small', margin: [0, 0, 0, 1.2] })) }
}

/**
 * What the store wrote to stand under this kind of paper, as small print: its Chinese words on a Chinese paper, its
 * English ones on an English paper, the Chinese before the English on a paper in both. One line for each written
 * line, blank ones left out; no block at all where the store wrote nothing in the paper's language.
 */
export function storeWords(labels: Labels, { words }: PaperFrame): Block[] {
  if (!words) return []
  const { language } = labels
  const texts = [language === 'en' ? '' : words.zh, language === 'zh' ? '' : words.en]
  const lines = texts.flatMap((each) => each.split('\n')).filter((each) => each.trim() !== '')
  return lines.length === 0 ? [] : [{ ...legalLines(lines), margin: [0, 3, 0, 0] }]
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

/** A dashed box for a rubber stamp, empty or with what the desk stamps itself. */
export function stampBox(
  labels: Labels,
  key: LabelKey,
  width: number,
  height: number,
  stamped: Content[] = [],
): Block {
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
