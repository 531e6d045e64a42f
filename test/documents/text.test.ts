import { describe, expect, it } from 'vitest'
import en from '../../resources/locales/en/documents.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/documents.json' with { type: 'json' }
import { MISSING_MARK } from '../../src-main/printing/font-book.ts'
import type { RefundFacts } from '../../src-main/refunds/document.ts'
import { refund } from './support/example-facts.ts'
import { findOverlaps, readPdf } from './support/read-pdf.ts'
import { renderExample } from './support/render-example.ts'

function noted(note: string): RefundFacts {
  const [line] = refund.lines
  if (!line) throw new Error('example has no line')
  return { ...refund, lines: [{ ...line, note }] }
}

async function print(note: string) {
  const paper = await renderExample('refund', noted(note), 'zh')
  const pdf = await readPdf(paper.pdf)
  return { text: pdf.text.replaceAll('\n', ''), missing: paper.missingGlyphs, pdf }
}

/** Every two-byte Hanzi of GB 2312, the set a POS of any age can send. */
function hanziOfGb2312(): string {
  const bytes: number[] = []
  for (let row = 0xb0; row <= 0xf7; row++) {
    // Row D7 ends five characters early.
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell++) bytes.push(row, cell)
  }
  return new TextDecoder('gb18030').decode(new Uint8Array(bytes))
}

describe('text on papers', () => {
  it('shows rare Hanzi and copies them out as they were', async () => {
    const { text, missing } = await print('龘靐齉喆堃淼镕玥璟翀')
    expect(text).toContain('龘靐齉喆堃淼镕玥璟翀')
    expect(missing).toEqual([])
  })

  it('shows every Hanzi of GB 2312', async () => {
    const hanzi = hanziOfGb2312()
    expect(hanzi).toHaveLength(6763)
    const { text, missing } = await print(hanzi)
    expect(missing).toEqual([])
    const printed = new Set(text)
    expect([...hanzi].filter((each) => !printed.has(each))).toEqual([])
  })

  it('shows and reports what no font has, once each', async () => {
    const { text, missing } = await print('赞👍👍🏽，𠮷野家，👨‍👩‍👧 来店')
    expect(text).toContain(`赞${MISSING_MARK.repeat(2)}，${MISSING_MARK}野家，${MISSING_MARK} 来店`)
    expect(missing.map(({ text: each, codePoints, count }) => [each, codePoints, count])).toEqual([
      ['👍', 'U+1F44D', 1],
      ['👍🏽', 'U+1F44D U+1F3FD', 1],
      ['𠮷', 'U+20BB7', 1],
      ['👨‍👩‍👧', 'U+1F468 U+200D U+1F469 U+200D U+1F467', 1],
    ])
  })

  it('drops control marks, joins accents, and keeps the words', async () => {
    const { text, missing } = await print('a\u0000b\u200b\u202ec\ufeff n\u0303 Zoe\u0308\u{e0100}')
    expect(text).toContain('abc ñ Zoë')
    expect(missing).toEqual([])
  })

  it('breaks codes longer than their column, cutting no character in half', async () => {
    const { text, missing, pdf } = await print(`${'𠮷'.repeat(60)}${'A1'.repeat(80)}`)
    expect(missing).toHaveLength(1)
    expect(text.match(/□/g)).toHaveLength(60)
    expect(text.replaceAll(/\s/g, '')).toContain('A1'.repeat(80))
    expect(pdf.pages.flatMap(findOverlaps)).toEqual([])
  })

  it('keeps line breaks of what was typed', async () => {
    const { pdf } = await print('第一行\n第二行\r\n第三行')
    const lines = pdf.text.split('\n')
    expect(lines).toContain('第二行')
    expect(lines).toContain('第三行')
  })

  it('has a glyph for every character of its own labels', async () => {
    const { missing } = await print(JSON.stringify([zh, en]))
    expect(missing).toEqual([])
  })

  it('gives the same bytes for the same facts', async () => {
    const once = await renderExample('refund', refund, 'bilingual')
    const twice = await renderExample('refund', refund, 'bilingual')
    expect(Buffer.compare(once.pdf, twice.pdf)).toBe(0)
    const later = { ...refund, frame: { ...refund.frame, printedAt: '2026-11-22T10:05:00Z' } }
    expect(
      Buffer.compare(once.pdf, (await renderExample('refund', later, 'bilingual')).pdf),
    ).not.toBe(0)
  })
})
