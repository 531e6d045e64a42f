import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printedCharacter, unprintable } from '../../src-main/printers/escpos/characters.ts'
import {
  barcodeCommand,
  barcodeSize,
  code128Modules,
} from '../../src-main/printers/escpos/codes.ts'
import { textBytes } from '../../src-main/printers/escpos/encode.ts'
import { readEscposOptions } from '../../src-main/printers/escpos/options.ts'
import { type Span, Wrapper } from '../../src-main/printers/escpos/wrap.ts'
import { code128Cells } from '../../src-main/printing/barcode.ts'
import { decodeEscpos, linesOf } from '../support/escpos-decoder.ts'

const ascii = fc.string({
  unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 30,
})
const number = fc.stringMatching(/^[A-Z]{2}\d{12,14}[0-9A-Z]$/)
const slipText = fc.string({
  unit: fc.constantFrom(...'退货单合计换维修，。（）《》：；、 0123456789-/.ABCxyz¥é·×'),
  minLength: 1,
  maxLength: 80,
})
const plain = (text: string): Span => ({ text, bold: false, wide: 1, tall: 1 })
const bare = (text: string): string =>
  [...text]
    .map((each) => printedCharacter(each, 'gbk').text)
    .join('')
    .replaceAll(' ', '')

describe('bars told to a printer', () => {
  it('say the text, in as many modules as it was counted in', () => {
    fc.assert(
      fc.property(fc.oneof(ascii, number), (text) => {
        const [slip] = decodeEscpos(Uint8Array.from(barcodeCommand(text, 2, 60))).slips
        expect(slip?.parts).toEqual([{ kind: 'code128', text, module: 2, height: 60, align: 0 }])
      }),
    )
  })

  it('are as short as those on the paper for every document number', () => {
    fc.assert(
      fc.property(number, (text) => {
        expect(code128Modules(text)).toBeLessThanOrEqual(code128Cells(text, 1, 1).width)
        expect(barcodeSize(text, 576)).toBe(3)
        expect(barcodeSize(text, 384)).toBe(2)
      }),
    )
  })
})

describe('lines of letters', () => {
  it('are never wider than the paper and lose nothing but blanks', () => {
    const looks = fc.record({ wide: fc.constantFrom(1, 2), bold: fc.boolean() })
    const runs = fc.array(fc.tuple(slipText, looks), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(runs, fc.integer({ min: 8, max: 48 }), (texts, width) => {
        const wrapper = new Wrapper('gbk')
        const spans = texts.map(([text, look]): Span => ({ ...plain(text), ...look }))
        const lines = wrapper.wrap(spans, width)
        for (const line of lines) expect(wrapper.widthOf(line)).toBeLessThanOrEqual(width)
        const printed = lines
          .flat()
          .map(({ text }) => text)
          .join('')
        expect(bare(printed)).toBe(bare(texts.map(([text]) => text).join('')))
      }),
    )
  })

  it('come out of the printer as they were sent', () => {
    fc.assert(
      fc.property(slipText, (text) => {
        expect(unprintable(text, 'gbk')).toEqual([])
        const bytes = [0x1c, 0x26, ...textBytes(text, { hanzi: 'gbk' }), 0x0a]
        const [slip] = decodeEscpos(Uint8Array.from(bytes)).slips
        expect(slip && linesOf(slip)).toEqual([
          [...text].map((each) => printedCharacter(each, 'gbk').text).join(''),
        ])
      }),
    )
  })
})

describe('options of a printer', () => {
  it('are usual where they are not what they should be', () => {
    const usual = readEscposOptions({})
    expect(usual).toMatchObject({ mode: 'text', hanzi: 'gbk', drawer: 'off', cutter: 'partial' })
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(usual)), fc.string()), (kept) => {
        const { drawer } = readEscposOptions(kept)
        expect(drawer === 'off' || kept['drawer'] === drawer).toBe(true)
      }),
    )
  })
})
