/**
 * Every paper on every format it comes on, in every language, with the facts that strain it. What a paper says is short
 * here and stands for itself; how it is set is looked at piece by piece: nothing clipped, nothing over anything else, no
 * letter lost.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type FormLength,
  formatsOf,
  isRoll,
  type PaperFormat,
} from '../../src-main/foundation/paper-formats.ts'
import { formatMoney } from '../../src-main/foundation/money.ts'
import { toCapital } from '../../src-main/foundation/rmb-capital.ts'
import type { PaperFacts, PaperTemplate } from '../../src-main/papers/templates.ts'
import type { PaperLanguage } from '../../src-main/printing/labels.ts'
import { mm } from '../../src-main/printing/layout.ts'
import type { RenderedPaper } from '../../src-main/printing/render-paper.ts'
import {
  contentStreams,
  findOutside,
  findOverlaps,
  findUnderBars,
  readCells,
  readPdf,
  type ReadPdf,
} from './support/read-pdf.ts'
import { renderExample } from './support/render-example.ts'
import { type Strained, strained } from './support/strained-facts.ts'

const LANGUAGES: PaperLanguage[] = ['zh', 'en', 'bilingual']

/** The paper behind each template that has a choice of formats. */
const documents = {
  card: 'card',
  refund: 'refund_slip',
  exchange: 'exchange_slip',
  handover: 'handover_form',
  repair_sheet: 'repair_sheet',
  repair_record: 'repair_record',
  repair_stub: 'repair_stub',
  complaint_slip: 'complaint_slip',
  voucher: 'voucher',
  refusal: 'refusal_slip',
  customer_card: 'customer_card',
  shift: 'shift_handover',
} as const satisfies Partial<Record<PaperTemplate, keyof typeof formatsOf>>

/** Of the mark on previews, which nobody hands over. */
const PREVIEW_GREY = '0.914 0.925 0.937'

type Formatted = keyof typeof documents

interface Row extends Omit<Strained, 'missing'> {
  name: string
  missing: readonly string[]
  format: PaperFormat
  /** Millimetres of a continuous form. */
  length?: FormLength
  language: PaperLanguage
}

const usual: Row[] = Object.entries<Strained>(strained).flatMap(
  ([name, { template, facts, says, missing = [] }]) =>
    formatsOf[documents[template as Formatted]].flatMap((format: PaperFormat) =>
      LANGUAGES.map((language) => ({ name, template, facts, says, missing, format, language })),
    ),
)

/** Forms of another length than the usual: the paper is the same, its pages break elsewhere. */
const otherForms = usual
  .filter(({ format, language }) => format === '241mm' && language !== 'zh')
  .flatMap((row, index): Row => ({ ...row, length: index % 2 === 0 ? 93 : 280 }))

const table = [...usual, ...otherForms]

/** The facts of a row for its paper. */
function setFor({ facts, format, length }: Row): PaperFacts[PaperTemplate] {
  const { frame } = facts
  const own = length === undefined ? frame : { ...frame, formLength: length }
  return { ...facts, frame: own, paper: format } as PaperFacts[PaperTemplate]
}

describe.each(table)('$name on $format $length in $language', (row) => {
  const { template, says, missing, format, language, length } = row
  let paper: RenderedPaper
  let pdf: ReadPdf
  let streams: string[]

  beforeAll(async () => {
    paper = await renderExample(template, setFor(row) as never, language)
    pdf = await readPdf(paper.pdf)
    streams = contentStreams(paper.pdf)
  })

  it('says what it has to', () => {
    const text = squeeze(pdf.text)
    for (const each of says) expect(text).toContain(squeeze(each))
    expect(paper.missingGlyphs.map((glyph) => glyph.text)).toEqual(missing)
    // A handover form has boxes to tick.
    if (template !== 'handover') expect(text.includes('□')).toBe(missing.length > 0)
  })

  it('keeps every piece inside the paper and apart from the others', () => {
    const margin = mm(format === '241mm' ? 15 : 4)
    expect(pdf.pages.flatMap(findOverlaps)).toEqual([])
    if (format === '241mm') {
      for (const { height } of pdf.pages) expect(height).toBeCloseTo(mm(length ?? 140), 0)
    }
    pdf.pages.forEach((page, index) => {
      expect(findOutside(page, format === '241mm' ? mm(5) : margin)).toEqual([])
      // Cards on a sheet are painted each at its place: their pages alone are looked at.
      if (format === 'A4' && template === 'card') return
      expect(findUnderBars(page, streams[index] ?? '')).toEqual([])
      for (const [x, , w] of readCells(streams[index] ?? '').flat()) {
        expect(x).toBeGreaterThanOrEqual(margin - 0.5)
        expect(x + w).toBeLessThanOrEqual(page.width - margin + 0.5)
      }
    })
  })

  it('embeds its fonts, has no empty letter, and counts its pages', () => {
    const raw = Buffer.from(paper.pdf).toString('latin1')
    const fonts = [...raw.matchAll(/\/BaseFont \/(\S+)/g)].map((match) => match[1])
    expect(raw.match(/\/FontFile2 /g)?.length).toBe(new Set(fonts).size)
    expect(streams.join('\n')).not.toMatch(/<(?:[0-9a-f]{4})*?0000(?:[0-9a-f]{4})*> Tj/)
    expect(paper.pages).toBe(pdf.pages.length)
    if (isRoll(format)) expect(pdf.pages).toHaveLength(1)
    else if (!(template === 'card' && format === 'A4')) {
      pdf.pages.forEach((page, index) => {
        const [first, last] = [index + 1, pdf.pages.length]
        const count =
          language === 'en' ? `Page ${first} of ${last}` : `第 ${first} 页 / 共 ${last} 页`
        expect(page.text).toContain(count)
      })
    }
  })
})

describe.each(table.filter(({ format }) => format === '241mm'))(
  '$name on $length in $language, by needles',
  (row) => {
    const { template, language } = row
    it('is black alone, with no fills but bars, no hair lines and no small type', async () => {
      const { pdf } = await renderExample(template, setFor(row) as never, language)
      for (const stream of contentStreams(pdf)) {
        const colours = [...stream.matchAll(/([\d.]+ [\d.]+ [\d.]+) (?:rg|RG)\b/g)]
        const inks = new Set(colours.map(([, colour]) => colour))
        inks.delete(PREVIEW_GREY)
        expect([...inks]).toEqual(['0 0 0'])
        const lines = [...stream.matchAll(/([\d.]+) w /g)].map(([, width]) => Number(width))
        expect(Math.min(1, ...lines)).toBeGreaterThanOrEqual(0.75)
        expect(stream).not.toMatch(/ re f /)
      }
      const parts = { zh: '第三联 柜组', en: '3 department', bilingual: '3 department' }[language]
      for (const page of (await readPdf(pdf)).pages) {
        expect(Math.min(...page.pieces.map(({ size }) => size))).toBeGreaterThanOrEqual(8)
        expect(page.text).toContain(parts)
      }
    })
  },
)

describe('amounts in capitals', () => {
  it('are those of the total on every slip, however large', async () => {
    for (const format of formatsOf.refund_slip) {
      const { facts } = strained['refund, huge amounts']
      const set = { ...facts, paper: format } as PaperFacts['refund']
      const { text } = await readPdf((await renderExample('refund', set)).pdf)
      expect(squeeze(text)).toContain(toCapital(set.total))
      expect(squeeze(text)).toContain(formatMoney(set.total, 'CNY'))
    }
  })
})

describe('a card on continuous forms', () => {
  it('takes two of 140 mm in each language, one of 280 mm, and no more than four of 93 mm', async () => {
    for (const language of LANGUAGES) {
      const most: [FormLength, number][] = [
        [93, 4],
        [140, 2],
        [280, 1],
      ]
      for (const [length, pages] of most) {
        const facts = { ...strained.card.facts, paper: '241mm' as const }
        const own = { ...facts, frame: { ...facts.frame, formLength: length } }
        const paper = await renderExample('card', own, language)
        expect(paper.pages, `${language} ${length}`).toBeLessThanOrEqual(pages)
      }
    }
  })
})

describe('cards on A4', () => {
  it('alone stand front beside back on one side', async () => {
    const { facts } = strained['card']
    const paper = await renderExample('card', { ...facts, paper: 'A4' } as PaperFacts['card'])
    const [sheet, ...more] = (await readPdf(paper.pdf)).pages
    expect(more).toEqual([])
    const half = (sheet?.width ?? 0) / 2
    const titles = sheet?.pieces.filter(({ text }) => text.includes('页 / 共')) ?? []
    expect(titles.map(({ left }) => left > half)).toEqual([false, true])
  })
})

/** Text without any white space: what line breaks cannot change. */
function squeeze(text: string): string {
  return text.replaceAll(/\s/g, '')
}
