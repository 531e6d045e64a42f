import { describe, expect, it } from 'vitest'
import en from '../../resources/locales/en/documents.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/documents.json' with { type: 'json' }
import { foldRest } from '../../src-main/foundation/chart/data.ts'
import { drawChart } from '../../src-main/foundation/chart/draw.ts'
import { estimateWidth, type TextWidth } from '../../src-main/foundation/chart/fit-text.ts'
import { LIGHT_CHART, planChart } from '../../src-main/foundation/chart/options.ts'
import { drawing } from '../../src-main/printing/drawing.ts'
import { FontBook } from '../../src-main/printing/font-book.ts'
import { makeLabels } from '../../src-main/printing/labels.ts'
import { type Block, composePaper, PAPERS, SHEET_TYPE } from '../../src-main/printing/layout.ts'
import { renderPaper } from '../../src-main/printing/render-paper.ts'
import { exampleCharts, namesOf } from '../support/example-charts.ts'
import { frame } from './support/example-facts.ts'
import { contentStreams, findOutside, findOverlaps, readPdf } from './support/read-pdf.ts'

const fonts = new FontBook()
const page = PAPERS.a4Portrait
const look = { width: 820, colors: LIGHT_CHART, font: 'Noto Sans SC', accumulated: '累计' }

function paperOf(block: () => Block) {
  const labels = makeLabels({ zh, en }, 'zh')
  const parts = { title: '', labels, frame, page, type: SHEET_TYPE }
  return renderPaper(() => composePaper({ ...parts, content: [block()] }), fonts)
}

function paperOfSvg(inside: string) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${inside}</svg>`
  return paperOf(() => drawing({ width: 100, height: 100 }, () => svg))
}

const charts = Object.entries(exampleCharts).map(([name, data]) => ({
  name,
  data: foldRest(data, (count) => `其余 ${count} 项`).data,
}))

function paperOfChart({ data }: (typeof charts)[number]) {
  const { width, height } = planChart(data, { ...look, widthOf: estimateWidth })
  const box = { width: 500, height: (height * 500) / width }
  return paperOf(() =>
    drawing(box, (widthOf: TextWidth) => drawChart(data, { ...look, widthOf }).svg),
  )
}

describe('charts in a PDF', () => {
  it.each(charts)(
    '$name: every text is there, inside its box and clear of the others',
    async (each) => {
      const paper = await paperOfChart(each)
      const pdf = await readPdf(paper.pdf)
      expect(pdf.pages).toHaveLength(1)
      const [only] = pdf.pages
      expect(findOverlaps(only!)).toEqual([])
      expect(findOutside(only!, page.margins.left)).toEqual([])
      const right = Math.max(...only!.pieces.map((piece) => piece.right))
      expect(right).toBeLessThanOrEqual(page.margins.left + 500 + 0.5)
      for (const label of each.data.labels) {
        const start = label.slice(0, 2)
        if (!each.data.time) expect(only!.text).toContain(start)
      }
      expect(paper.missingGlyphs).toEqual([])
      expect(Buffer.compare(paper.pdf, (await paperOfChart(each)).pdf)).toBe(0)
    },
  )

  it('are vectors whose lengths are the figures', async () => {
    const data = {
      ...exampleCharts['bar']!,
      labels: namesOf(3),
      series: [{ name: '', values: [100, 50, 25] }],
    }
    const { pdf } = await paperOfChart({ name: '', data })
    const bars = [
      ...contentStreams(pdf)
        .join('\n')
        .matchAll(/0\.043 0\.431 0\.412 rg ([\d. mlhc]+) f/g),
    ]
    const widths = bars.map(([, path = '']) => {
      const xs = [...path.matchAll(/([\d.]+) [\d.]+ [ml]/g)].map(([, x]) => Number(x))
      return Math.max(...xs) - Math.min(...xs)
    })
    expect(widths).toHaveLength(3)
    expect(widths[0]! / widths[1]!).toBeCloseTo(2, 1)
    expect(widths[0]! / widths[2]!).toBeCloseTo(4, 1)
    expect(Buffer.from(pdf).toString('latin1')).not.toContain('/Subtype /Image')
  })

  it('print a character no face has as a box, and say so', async () => {
    const data = { ...exampleCharts['single']!, labels: ['王👍记'] }
    const paper = await paperOfChart({ name: '', data })
    expect((await readPdf(paper.pdf)).text).toContain('王□记')
    expect(paper.missingGlyphs.map(({ text }) => text)).toEqual(['👍'])
  })
})

describe('drawings', () => {
  it('stand where the layout put them, scaled to their box', async () => {
    const { pdf } = await paperOfSvg(
      '<text x="100" y="50" text-anchor="end" style="font-size:10px" fill="#123">甲 乙</text>',
    )
    const [piece] = (await readPdf(pdf)).pages[0]!.pieces
    expect(piece).toMatchObject({ text: '甲 乙', size: 10 })
    expect(piece!.right).toBeCloseTo(page.margins.left + 100, 1)
    expect(piece!.bottom).toBeCloseTo(page.margins.top + 50 + 1, 1)
  })

  it('keep curves, arcs, dashes, turns, clips and hatches', async () => {
    const { pdf } = await paperOfSvg(
      `<defs><clipPath id="c"><rect width="50" height="50"/></clipPath>
       <pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0h2v4H0Z" fill="#0B6E69"/></pattern></defs>
       <g clip-path="url(#c)" transform="translate(10 10)"><path d="M0 0Q5 5 10 0A5 5 0 0 1 20 0L30 0Z" fill="#fff" stroke="#000000" stroke-dasharray="4,2"/></g>
       <circle cx="50" cy="50" r="10" fill="url(#p)"/><polygon points="1,1 9 9 9,1" stroke="#000000" fill="none"/>
       <text transform="matrix(0.866,-0.5,0.5,0.866,40,60)" style="font-weight:bold">斜</text>`,
    )
    const stream = contentStreams(pdf).join('\n')
    expect(stream).toContain('[4 2] 0 d')
    expect(stream).toContain('0 0 m 50 0 l 50 50 l 0 50 l h W n 1 0 0 1 10 10 cm')
    expect(stream).toContain('0.866 -0.5 0.5 0.866 40 60 cm')
    expect(stream.match(/ c\b/g)?.length).toBeGreaterThanOrEqual(5)
    // The hatch: the tile over the circle's box of 20 by 20, turned by 45 degrees.
    expect(stream.match(/0 0 m 2 0 l 2 4 l 0 4 l h f/g)?.length).toBeGreaterThan(36)
  })

  it.each([
    ['<image href="x.png"/>', 'no <image>'],
    ['<g filter="url(#f)"/>', 'no filter on <g>'],
    ['<path d="M0 0L1"/>', 'not a path'],
    ['<path d="M0 0 nonsense"/>', 'not a path'],
    ['<path d="M0 0L9 9" fill="red"/>', 'not a colour'],
    ['<path d="M0 0L9 9" fill="url(#gone)"/>', 'neither a colour nor a hatch'],
    ['<path d="M0 0L9 9" fill-opacity="0.5"/>', 'not see-through'],
    ['<path d="M0 0L9 9" transform="skewX(20)"/>', 'not a transform'],
    ['<path d="M0 0L9 9" style="display:none"/>', 'no style on <path>'],
    ['<text style="font-style:italic">x</text>', 'no style font-style'],
    ['<text><tspan>x</tspan></text>', 'no element inside <text>'],
    ['<g clip-path="url(#gone)"><path d="M0 0L9 9"/></g>', 'no clip'],
    ['loose words', 'no text inside <svg>'],
  ])('refuse what would be lost: %s', async (inside, why) => {
    await expect(paperOfSvg(inside)).rejects.toThrow(why)
  })

  it('refuse what is no drawing', async () => {
    const paper = (svg: string) => paperOf(() => drawing({ width: 9, height: 9 }, () => svg))
    await expect(paper('<html/>')).rejects.toThrow('not an SVG')
    await expect(paper('<svg></svg>')).rejects.toThrow('view box')
    await expect(paper('<svg viewBox="0 0 9 9"><g/>')).rejects.toThrow('not all of it')
  })

  it('make a roll a page: a receipt printer draws codes but no curves', async () => {
    const labels = makeLabels({ zh, en }, 'zh')
    const parts = { title: '', labels, frame, page: PAPERS.roll80, type: SHEET_TYPE }
    const svg = () => '<svg viewBox="0 0 9 9"></svg>'
    const content = [drawing({ width: 9, height: 9 }, svg)]
    const { slip, pages } = await renderPaper(() => composePaper({ ...parts, content }), fonts)
    expect({ slip, pages }).toEqual({ slip: null, pages: 1 })
  })
})
