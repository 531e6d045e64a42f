import { describe, expect, it } from 'vitest'
import en from '../../resources/locales/en/documents.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/documents.json' with { type: 'json' }
import {
  composePaperOf,
  type PaperFacts,
  type PaperTemplate,
} from '../../src-main/papers/templates.ts'
import { printedCharacter } from '../../src-main/printers/escpos/characters.ts'
import { encodeCodePageCheck } from '../../src-main/printers/escpos/code-pages.ts'
import { encodeSlip } from '../../src-main/printers/escpos/encode.ts'
import { readEscposOptions } from '../../src-main/printers/escpos/options.ts'
import type { PrintedCode } from '../../src-main/printing/content.ts'
import { FontBook } from '../../src-main/printing/font-book.ts'
import { makeLabels, type PaperLanguage } from '../../src-main/printing/labels.ts'
import { PaperStack } from '../../src-main/printing/render-paper.ts'
import type { SlipBlock, SlipContent } from '../../src-main/printing/slip.ts'
import { readDrawing } from '../../src-main/printing/slip-drawing.ts'
import { decodeEscpos, joinBands, linesOf, widestLine } from '../support/escpos-decoder.ts'
import {
  card,
  complaintSlip,
  handover,
  manyHandedOver,
  manyRefundLines,
  noSlipRefusal,
  orderedExchange,
  paidOutVoucher,
  priceAdjustment,
  refund,
  refusal,
  swap,
  usedVoucher,
  voucher,
  waivedHandover,
  workedExchange,
  workedRefund,
} from './support/example-facts.ts'
import { makePng } from '../support/pictures.ts'
import { readCodes } from './support/read-codes.ts'
import { drawPage, readPdf } from './support/read-pdf.ts'
import { doneRepair, repair, twoRepairs } from './support/repair-facts.ts'
import { renderExample } from './support/render-example.ts'

const LANGUAGES: PaperLanguage[] = ['zh', 'en', 'bilingual']
const LONG_NAME = '手工编织加厚羊毛混纺双面呢中长款系带修身大衣'.repeat(5)
const LONG_CODE = 'X9'.repeat(90)
const voided = { on: '2026-11-22', reason: '顾客退货' }
const unsigned = { ...handover, signatures: { customer: null, store: null } }

const rolls: [string, PaperTemplate, PaperFacts[PaperTemplate]][] = [
  ['refund slip', 'refund', refund],
  ['refund slip with everything', 'refund', workedRefund],
  ['refund slip of 40 lines', 'refund', manyRefundLines(40)],
  ['refund slip of long names, void, copy', 'refund', longRefund()],
  ['price adjustment', 'refund', priceAdjustment],
  ['exchange slip', 'exchange', swap],
  ['exchange slip with everything', 'exchange', workedExchange],
  ['exchange slip of an order', 'exchange', orderedExchange],
  ['refusal slip', 'refusal', refusal],
  ['refusal slip without a receipt', 'refusal', noSlipRefusal],
  ['voucher', 'voucher', voucher],
  ['voucher that was used', 'voucher', usedVoucher],
  ['voucher paid out', 'voucher', paidOutVoucher],
  ['complaint slip', 'complaint_slip', complaintSlip],
  ['handover form', 'handover', { ...unsigned, paper: '80mm' }],
  ['handover form of nine units', 'handover', { ...manyHandedOver(9), paper: '80mm' }],
  ['waived handover form', 'handover', { ...waivedHandover, paper: '80mm' }],
  ['repair sheet', 'repair_sheet', { ...twoRepairs, paper: '80mm' }],
  ['repair record', 'repair_record', { ...doneRepair, paper: '80mm' }],
  ['claim stub', 'repair_stub', { ...twoRepairs, paper: '80mm' }],
  ['refund slip on the narrow roll', 'refund', { ...workedRefund, paper: '58mm' }],
  ['exchange slip on the narrow roll', 'exchange', { ...workedExchange, paper: '58mm' }],
  ['refusal slip on the narrow roll', 'refusal', { ...refusal, paper: '58mm' }],
  ['voucher on the narrow roll', 'voucher', { ...usedVoucher, paper: '58mm' }],
  ['complaint slip on the narrow roll', 'complaint_slip', { ...complaintSlip, paper: '58mm' }],
  ['card on a roll', 'card', { ...card, paper: '80mm' }],
  ['claim stub on the narrow roll', 'repair_stub', { ...repair, paper: '58mm', copy: 1 }],
]

describe.each(rolls)('%s', (_name, template, facts) => {
  it.each(LANGUAGES)('comes out of the printer as on its PDF, in %s', async (language) => {
    const { pdf, slip } = await renderExample(template, facts as never, language)
    if (!slip) throw new Error('no slip')
    const read = await readPdf(pdf)
    expect(sorted(bare(slip.blocks.map(textOf).join('')))).toBe(sorted(bare(read.text)))
    // The narrow roll is also what a narrow printer makes of a wide slip.
    for (const dots of ['usual', '384']) {
      const { mode, because, bytes } = encodeSlip(slip, readEscposOptions({ dots }))
      expect([mode, because]).toEqual(['text', null])
      const [printed, ...more] = decodeEscpos(bytes).slips
      if (!printed || more.length > 0) throw new Error('not one slip')
      expect(widestLine(printed)).toBeLessThanOrEqual(columnsOf(slip, dots))
      expectSameOrder(bare(linesOf(printed).join('')), slip)
      const codes = printed.parts.flatMap((part) =>
        part.kind === 'code128' || part.kind === 'qr' ? [[part.kind, part.text]] : [],
      )
      expect(codes).toEqual(codesOf(slip.blocks).map(({ kind, text }) => [kind, text]))
    }
  })
})

describe('a slip as dots', () => {
  it.each([
    ['refund', 'zh', refund],
    ['voucher', 'bilingual', voucher],
    ['repair_stub', 'en', { ...repair, paper: '58mm' }],
    ['handover', 'zh', { ...handover, paper: '80mm' }],
  ] as [PaperTemplate, PaperLanguage, PaperFacts[PaperTemplate]][])(
    'is the picture of its PDF: %s in %s',
    async (template, language, facts) => {
      const { pdf, slip } = await renderExample(template, facts as never, language)
      if (!slip) throw new Error('no slip')
      const [printed] = decodeEscpos(
        encodeSlip(slip, readEscposOptions({ mode: 'dots' })).bytes,
      ).slips
      const dots = printed && joinBands(printed)
      if (!dots) throw new Error('no dots')
      const drawing = readDrawing(slip.drawing)
      expect(readCodes(dots, drawing.codes)).toEqual(drawing.codes.map(({ code }) => code.text))
      const scale = dots.width / slip.width
      const page = await drawPage(pdf, scale)
      const margin = Math.round((page.width - dots.width) / 2)
      const places = drawing.codes.map(({ at }) => at.map((length) => length * scale))
      const share = shareAlike(dots, page, margin, places)
      // Letters stand on whole dots, and thin strokes are kept.
      expect(share.missing).toBeLessThan(0.01)
      expect(share.added).toBeLessThan(0.05)
    },
  )

  it('is what a signed form is printed as, because a signature is no letter', async () => {
    const { slip } = await renderExample('handover', { ...handover, paper: '80mm' })
    const { mode, because } = encodeSlip(slip as SlipContent, readEscposOptions({}))
    expect([mode, because]).toEqual(['dots', 'a drawing'])
  })

  it('is what a name with a rare Hanzi is printed as, unless the printer has it', async () => {
    const facts = { ...refund, customer: { name: '㙓*', phone: '13912345678' } }
    const { slip } = await renderExample('refund', facts)
    const modeFor = (hanzi: string) =>
      encodeSlip(slip as SlipContent, readEscposOptions({ hanzi })).mode
    expect([modeFor('gbk'), modeFor('gb18030')]).toEqual(['dots', 'text'])
  })
})

describe('several papers in one print', () => {
  it('are pages, not the first of them as a slip', async () => {
    const labels = makeLabels({ zh, en }, 'zh')
    const papers = new PaperStack(new FontBook())
    for (const copy of [1, 2]) papers.add(() => composePaperOf.refund({ ...refund, copy }, labels))
    expect(await papers.finish()).toMatchObject({ pages: 2, slip: null })
  })
})

describe('the store’s logo', () => {
  it('stands above the text, dot for dot, and beside nothing', async () => {
    const isInk = (x: number, y: number) => (x + y) % 3 === 0
    const bytes = makePng({ width: 96, height: 40, isInk })
    const sha256 = 'a'.repeat(64)
    const store = { ...refund.frame.store, logo: { sha256, width: 96, height: 40 } }
    const facts = { ...refund, frame: { ...refund.frame, store } }
    const file = { name: 'logo.png', mediaType: 'image/png', bytes }
    const { slip } = await renderExample('refund', facts, 'zh', new Map([[sha256, file]]))
    if (!slip) throw new Error('no slip')
    const { mode, bytes: printed } = encodeSlip(slip, readEscposOptions({}))
    const [first] = decodeEscpos(printed).slips[0]?.parts ?? []
    if (mode !== 'text' || first?.kind !== 'dots') throw new Error('no logo')
    const { width, height } = readDots(first)
    expect([width / height, 96 / 40].map((ratio) => ratio.toFixed(1))).toEqual(['2.4', '2.4'])
  })
})

describe('the end of a slip', () => {
  it('cuts as set, once for each copy, and never opens the drawer by itself', async () => {
    const { slip } = await renderExample('refund', refund)
    const printed = (options: Record<string, unknown>, copies = 1) =>
      decodeEscpos(encodeSlip(slip as SlipContent, readEscposOptions(options), copies).bytes)
    expect(printed({}, 3)).toMatchObject({
      kicks: 0,
      slips: [{ cut: 'partial' }, { cut: 'partial' }, { cut: 'partial' }],
    })
    expect(printed({ cutter: 'full' }).slips).toMatchObject([{ cut: 'full' }])
    expect(printed({ cutter: 'none' }).slips).toMatchObject([{ cut: null }])
    expect(printed({ drawer: 'pin2' }, 2).kicks).toBe(1)
  })

  it('has codes as dots where the printer draws none', async () => {
    const { slip } = await renderExample('voucher', voucher)
    const [printed] = decodeEscpos(
      encodeSlip(slip as SlipContent, readEscposOptions({ codes: 'dots' })).bytes,
    ).slips
    const kinds = printed?.parts.map(({ kind }) => kind) ?? []
    expect(kinds.filter((kind) => kind === 'dots').length).toBeGreaterThan(1)
    expect(kinds).not.toContain('qr')
  })
})

describe('a slip that its way moves', () => {
  const move = async (right: number, down: number, options: Record<string, unknown> = {}) => {
    const { slip } = await renderExample('refund', refund)
    if (!slip) throw new Error('no slip')
    const { bytes } = encodeSlip(slip, readEscposOptions(options), 2, { right, down })
    const slips = decodeEscpos(bytes).slips
    const [first, second] = slips
    if (!first || !second || slips.length > 2) throw new Error('not two slips')
    // A printer forgets its margins with each slip: the second stands where the first does.
    expect(second).toEqual(first)
    expectSameOrder(bare(linesOf(first).join('')), options['mode'] === 'dots' ? noText : slip)
    return first
  }
  const noText = { blocks: [] as readonly SlipBlock[] } as SlipContent

  it('begins further right and down, and still ends on the roll', async () => {
    const printed = await move(25, 400)
    expect(printed.area).toEqual({ left: 20, width: 552 })
    expect(printed.parts.slice(0, 2)).toEqual([
      { kind: 'feed', dots: 255 },
      { kind: 'feed', dots: 65 },
    ])
    expect(widestLine(printed)).toBe(46)
  })

  it('gives way on its right where it is to go left, and cannot go up', async () => {
    const printed = await move(-25, -30)
    expect(printed.area).toEqual({ left: 0, width: 552 })
    expect(printed.parts[0]?.kind).not.toBe('feed')
  })

  it('is moved as dots too, and by the dots of the printer', async () => {
    const printed = await move(25, 10, { mode: 'dots' })
    expect(printed.area).toEqual({ left: 20, width: 552 })
    expect(printed.parts[0]).toEqual({ kind: 'feed', dots: 8 })
    expect(joinBands({ ...printed, parts: printed.parts.slice(1) })?.width).toBe(552)
    expect((await move(25, 0, { dots: '512' })).area).toEqual({ left: 18, width: 488 })
  })

  it('stays whole however far it is moved', async () => {
    const printed = await move(300, 300)
    expect(printed.area).toEqual({ left: 80, width: 496 })
    expect(widestLine(printed)).toBeLessThanOrEqual(41)
  })

  it('that is not moved is told no margins', async () => {
    expect((await move(0, 0)).area).toBeNull()
  })
})

describe('the code-page check', () => {
  it('says the same words in every way a printer may understand', () => {
    const [slip] = decodeEscpos(encodeCodePageCheck(readEscposOptions({}))).slips
    expect(slip && linesOf(slip).filter((line) => line.trim() !== '')).toEqual([
      '123456789012345678901234567890123456789012345678',
      '1  退货单 中文 ￥12.50 é·×',
      '2  㙓㛃㐂 中文',
      '4  Code 128',
      '5  QR',
    ])
    expect(slip?.parts.flatMap(({ kind }) => (kind === 'line' ? [] : [kind]))).toEqual([
      'dots',
      'code128',
      'qr',
    ])
  })
})

function longRefund(): PaperFacts['refund'] {
  const lines = refund.lines.map((line) => ({ ...line, name: LONG_NAME, sku: LONG_CODE }))
  return { ...refund, lines, voided, copy: 3 }
}

function columnsOf(slip: SlipContent, dots: string): number {
  return dots === '384' || slip.width < 150 ? 32 : 48
}

/** Without white and without the letters that rules are made of, with the twins a printer has. */
function bare(text: string): string {
  const printed = [...text].map((character) => printedCharacter(character, 'gb18030').text)
  return printed.join('').replaceAll(/[\s─━]/g, '')
}

function sorted(text: string): string {
  return [...text].sort().join('')
}

/** Blocks follow each other as on the paper; inside a block columns are read line by line. */
function expectSameOrder(printed: string, slip: SlipContent): void {
  let rest = printed
  for (const block of slip.blocks) {
    const text = bare(textOf(block))
    expect(sorted(rest.slice(0, text.length))).toBe(sorted(text))
    rest = rest.slice(text.length)
  }
  expect(rest).toBe('')
}

function textOf(block: SlipBlock): string {
  return block.kind === 'text'
    ? block.runs.map(({ text }) => text).join('')
    : insideOf(block).map(textOf).join('')
}

function codesOf(blocks: readonly SlipBlock[]): PrintedCode[] {
  return blocks.flatMap((block) =>
    block.kind === 'code' ? [block.code] : codesOf(insideOf(block)),
  )
}

function insideOf(block: SlipBlock): readonly SlipBlock[] {
  if (block.kind === 'stack') return block.blocks
  if (block.kind === 'columns') return block.columns.flatMap(({ blocks }) => blocks)
  if (block.kind !== 'table') return []
  return block.rows.flatMap(({ cells }) => cells.flatMap(({ blocks }) => blocks))
}

/** Size of what is black. */
function readDots({ width, height, rows }: Picture & { rows: Uint8Array }): Picture {
  const [columns, lines] = [new Set<number>(), new Set<number>()]
  for (let at = 0; at < width * height; at++) {
    if (((rows[at >> 3] ?? 0) & (0x80 >> (at & 7))) === 0) continue
    columns.add(at % width)
    lines.add(Math.floor(at / width))
  }
  return { width: columns.size, height: lines.size }
}

interface Picture {
  width: number
  height: number
}

/** Share of dots that only one of both pictures has, a dot to any side allowed; codes have dots of their own. */
function shareAlike(
  dots: Picture & { rows: Uint8Array },
  page: Picture & { isDark(x: number, y: number, least: number): boolean },
  margin: number,
  codes: readonly number[][],
): { missing: number; added: number } {
  const isDot = (x: number, y: number): boolean =>
    x >= 0 &&
    x < dots.width &&
    ((dots.rows[(y * dots.width + x) >> 3] ?? 0) & (0x80 >> (x & 7))) !== 0
  const isInCode = (x: number, y: number): boolean =>
    codes.some(
      ([left = 0, top = 0, width = 0, height = 0]) =>
        x > left - 9 && x < left + width + 9 && y > top - 9 && y < top + height + 9,
    )
  const near = (isSo: (x: number, y: number) => boolean, x: number, y: number): boolean =>
    [-1, 0, 1].some((down) => [-1, 0, 1].some((along) => isSo(x + along, y + down)))
  const count = { dots: 0, added: 0, ink: 0, missing: 0 }
  for (let y = 2; y < dots.height - 2; y++) {
    for (let x = 2; x < dots.width - 2; x++) {
      if (isInCode(x, y)) continue
      if (isDot(x, y)) {
        count.dots++
        if (!near((a, b) => page.isDark(a + margin, b + margin, 0.25), x, y)) count.added++
      }
      if (page.isDark(x + margin, y + margin, 0.6)) {
        count.ink++
        if (!near(isDot, x, y)) count.missing++
      }
    }
  }
  return { missing: count.missing / count.ink, added: count.added / count.dots }
}
