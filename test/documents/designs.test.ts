/** Every paper a store sets up, as it comes with everything a store can put on it, and with all it can leave out. */
import { describe, expect, it } from 'vitest'
import zh from '../../resources/locales/zh-CN/documents.json' with { type: 'json' }
import en from '../../resources/locales/en/documents.json' with { type: 'json' }
import { isRoll } from '../../src-main/foundation/paper-formats.ts'
import { designPlaces } from '../../src-main/papers/contract.ts'
import { designedPapers } from '../../src-main/papers/design-places.ts'
import type { PaperJob } from '../../src-main/papers/render-queue.ts'
import { makeLabels, type PaperLanguage } from '../../src-main/printing/labels.ts'
import { mm, type PaperFrame } from '../../src-main/printing/layout.ts'
import { designed } from './support/design-facts.ts'
import { frame } from './support/example-facts.ts'
import { countPictures, findOutside, findOverlaps, readPdf } from './support/read-pdf.ts'
import { renderExample } from './support/render-example.ts'

const labels = makeLabels({ zh, en }, 'zh')

const squeeze = (text: string) => text.replaceAll(/\s/g, '')

function render({ template, facts, language }: PaperJob) {
  return renderExample(template, facts as never, language)
}

/** With logo, head line, terms, closing words and a stamp box, its own or another. */
function fullFrame(stamp: string | undefined, format: string): PaperFrame {
  const full = designed(isRoll(format))
  if (!full.design) throw new Error('no design')
  const caption = { zh: '退货专用章', en: 'Refund stamp' }
  const said = { [stamp ?? 'common.stampHere']: caption }
  return { ...full, design: { ...full.design, hidden: [], said, stamp: stamp === undefined } }
}

describe.each(designPlaces)('%s', (place) => {
  const paper = designedPapers[place]
  const sets = paper.formats.map((format): [string, PaperLanguage] => [format, 'bilingual'])

  it.each(sets)('on %s holds all that a store puts on it', async (format, language) => {
    const job = paper.example(fullFrame(paper.stamp?.key, format), format, language)
    const { pdf, missingGlyphs } = await render(job)
    const { pages, text } = await readPdf(pdf)
    // A card's copy and a voucher on a roll are stamped where the store signs.
    const stamp = isRoll(format) && paper.stamp ? [] : ['退货专用章']
    for (const words of ['羽绒制品请阴干', '地铁二号线', '服务热线', 'Service line', ...stamp]) {
      expect(squeeze(text)).toContain(squeeze(words))
    }
    expect(countPictures(pdf)).toBe(1)
    expect(missingGlyphs).toEqual([])
    expect(pages.flatMap(findOverlaps)).toEqual([])
    expect(pages.flatMap((page) => findOutside(page, mm(4)))).toEqual([])
  })
})

const withFields = designPlaces.filter((place) =>
  designedPapers[place].fields.some(({ law }) => !law),
)

describe.each(withFields)('%s', (place) => {
  const paper = designedPapers[place]
  const fields = paper.fields.filter(({ law }) => !law)
  it('leaves out its fields, and none that must stay', async () => {
    const [format = ''] = paper.formats
    const textOf = async (hidden: readonly string[]) => {
      const { design } = designed(false)
      if (!design) throw new Error('no design')
      const own = { ...frame, design: { ...design, hidden, said: {}, stamp: false } }
      return squeeze((await readPdf((await render(paper.example(own, format, 'zh'))).pdf)).text)
    }
    const whole = await textOf(paper.fields.flatMap(({ key, off }) => (off ? [key] : [])))
    const none = await textOf(fields.map(({ key }) => key))
    expect(none.length).toBeLessThan(whole.length)
    for (const { key, law } of paper.fields) {
      const name = squeeze(labels.say(key).replace(/\{\{.*/, ''))
      if (law && whole.includes(name)) expect(none).toContain(name)
    }
  })
})
