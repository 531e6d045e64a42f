import { describe, expect, it } from 'vitest'
import { drawLogo } from '../../src-main/papers/logo-pictures.ts'
import { unprintable } from '../../src-main/printers/escpos/characters.ts'
import { readPng } from '../../src-main/printers/escpos/read-png.ts'
import { isRealTime, readCondition } from '../../src-main/printers/escpos/status.ts'
import { type Span, Wrapper } from '../../src-main/printers/escpos/wrap.ts'
import { makePng } from '../support/pictures.ts'

const linesOf = (text: string, width: number): string[] =>
  new Wrapper('gbk')
    .wrap([{ text, bold: false, wide: 1, tall: 1 } satisfies Span], width)
    .map((line) => line.map((span) => span.text).join(''))

describe('lines of a slip', () => {
  it.each([
    [
      'no sign that closes begins a line',
      '如有异议可向本店反映（盖章）。',
      24,
      ['如有异议可向本店反映（盖', '章）。'],
    ],
    ['a date keeps its time', '办理 2026-11-21 18:05', 18, ['办理', '2026-11-21 18:05']],
    ['a telephone number stays whole', '电话 0760-8880 1234', 16, ['电话', '0760-8880 1234']],
    [
      'a number of a document stays whole',
      '上次 WX-0001-261121-0003-G（已交还）',
      24,
      ['上次', 'WX-0001-261121-0003-G', '（已交还）'],
    ],
    [
      'a lone letter takes the word before along',
      '打印于 18:05  1001 李敏',
      22,
      ['打印于 18:05  1001', '李敏'],
    ],
    [
      'what is longer than a line is cut',
      'X9'.repeat(12),
      10,
      ['X9X9X9X9X9', 'X9X9X9X9X9', 'X9X9'],
    ],
    ['line feeds are kept', '甲\n乙', 10, ['甲', '乙']],
  ])('%s', (_name, text, width, expected) => {
    expect(linesOf(text, width)).toEqual(expected)
  })
})

describe('what a printer has', () => {
  it('is GBK in two bytes, and more only where it is set to', () => {
    expect(unprintable('喆堃 é·×—√□ ¥12 •', 'gbk')).toEqual([])
    expect(unprintable('㙓 € ñ 👍', 'gbk')).toEqual(['㙓', '€', 'ñ', '👍'])
    expect(unprintable('㙓𠮷', 'gb18030')).toEqual([])
    expect(unprintable('€ñ👍', 'gb18030')).toEqual(['€', 'ñ', '👍'])
  })
})

describe('the state of a printer', () => {
  it.each([
    [[0x12, 0x12, 0x12], 'ready'],
    [[0x12, 0x12, 0x1e], 'ready'],
    [[0x1a, 0x16, 0x12], 'cover_open'],
    [[0x1a, 0x32, 0x72], 'paper_out'],
    [[0x12, 0x12, 0x72], 'paper_out'],
    [[0x1a, 0x52, 0x12], 'stopped'],
    [[0x1a, 0x12, 0x12], 'stopped'],
    [[0x12, 0x12], 'unknown'],
    [[], 'unknown'],
  ])('%j is %s', (answers, state) => {
    expect(answers.every(isRealTime)).toBe(true)
    expect(readCondition(answers)).toBe(state)
  })
})

describe('a picture for a roll', () => {
  it('is the store’s logo as the desk made it black and white', () => {
    const width = 64
    const points = Uint8Array.from({ length: width * width }, (_, at) => (at % 3 === 0 ? 0 : 255))
    const logo = drawLogo({ width, height: width, points, step: 1 })
    const picture = readPng(logo?.shapes.bytes ?? new Uint8Array())
    const dark = Array.from(points, (_, at) => picture.isDark(at % width, Math.floor(at / width)))
    expect([picture.width, picture.height]).toEqual([width, width])
    expect(dark).toEqual(Array.from(points, (point) => point === 0))
  })

  it('is dark where it is inked and not see-through', () => {
    const isInk = (x: number, y: number) => x === y
    const picture = readPng(makePng({ width: 9, height: 5, isInk }))
    const dark = Array.from({ length: 45 }, (_, at) => picture.isDark(at % 9, Math.floor(at / 9)))
    expect([picture.width, picture.height]).toEqual([9, 5])
    expect(dark).toEqual(Array.from({ length: 45 }, (_, at) => isInk(at % 9, Math.floor(at / 9))))
  })
})
