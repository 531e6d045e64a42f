/** 测试页: a page to measure a printer by, in the size it is to print. */
import { usualFormLength } from '../foundation/paper-formats.ts'
import type { Labels } from '../printing/labels.ts'
import {
  barcodeBlock,
  type Block,
  composePaper,
  type Content,
  mm,
  type PaperDefinition,
  type PaperFrame,
  printedText,
  qrBlock,
  SLIP_TYPE,
} from '../printing/layout.ts'

export interface TestPageFacts {
  frame: PaperFrame
  printer: string
  format: string
  /** Tenths of a millimetre this page was moved by. */
  offsetX: number
  offsetY: number
}

/** Millimetres of each format's test page; a roll is cut where it ends. */
const sizes: Readonly<Record<string, readonly [width: number, height: number]>> = {
  '80mm': [80, 112],
  '58mm': [58, 112],
  '70x50': [70, 50],
  A6: [105, 148],
  A5: [210, 148],
  A4: [210, 297],
}

/** Millimetres at either side of a roll that a receipt printer does not reach. */
const reaches: Readonly<Record<string, number>> = { '80mm': 4, '58mm': 5 }

/** Millimetres between the paper's edge and the frame: what is measured. */
const inset = 5

/** Letters of every kind a paper can hold. */
const letters = '中文 退换货 ¥ ￥ é € 龘 ABC xyz 0123456789'

const code = 'GOODWILL-DESK'

/** Composes the page; pure. */
export function composeTestPage(facts: TestPageFacts, labels: Labels): PaperDefinition {
  const { formLength = usualFormLength } = facts.frame
  const form = [241, formLength] as const
  const [width, height] =
    facts.format === '241mm' ? form : (sizes[facts.format] ?? sizes['A4'] ?? [210, 297])
  const isSmall = height < 60
  const side = mm(isSmall ? 8 : inset + 5)
  return composePaper({
    title: labels.both('testPage.title'),
    labels,
    frame: facts.frame,
    page: {
      width: mm(width),
      height: mm(height),
      margins: { left: side, top: side, right: side, bottom: mm(inset + 1) },
      ...(facts.format in reaches && { reach: mm(reaches[facts.format] ?? 0) }),
    },
    type: SLIP_TYPE,
    header: () => marks(width, height),
    content: isSmall ? smallContent(facts, labels) : content(facts, labels, width),
  })
}

type Cell = readonly [number, number, number, number]

const hair = 0.4

/** The frame and, along its upper and left side, a ruler of whole millimetres. */
function marks(width: number, height: number): Block {
  const [left, top] = [mm(inset), mm(inset)]
  const [right, bottom] = [mm(width - inset), mm(height - inset)]
  const frame: Cell[] = [
    [left, top, right - left, hair],
    [left, bottom - hair, right - left, hair],
    [left, top, hair, bottom - top],
    [right - hair, top, hair, bottom - top],
  ]
  const across = steps(width - 2 * inset).map(({ at, length }): Cell => [
    mm(inset + at),
    top,
    hair,
    mm(length),
  ])
  const down = steps(height - 2 * inset).map(({ at, length }): Cell => [
    left,
    mm(inset + at),
    mm(length),
    hair,
  ])
  const cells = [...frame, ...across, ...down]
  // As a header it has the upper margin for its own; its cells reach over the page all the same.
  return { canvas: [{ type: 'rect', x: 0, y: 0, w: mm(width), h: 1, cells }] }
}

/** Marks of a ruler: every fifth longer, every tenth the longest. */
function steps(millimetres: number): { at: number; length: number }[] {
  return Array.from({ length: Math.max(0, Math.floor(millimetres) - 1) }, (_, index) => {
    const at = index + 1
    return { at, length: at % 10 === 0 ? 3 : at % 5 === 0 ? 2 : 1 }
  })
}

function content(facts: TestPageFacts, labels: Labels, width: number): Content[] {
  const isNarrow = width < 70
  return [
    { text: labels.both('testPage.title'), bold: true, fontSize: 12, margin: [0, 0, 0, 2] },
    { text: facts.printer, bold: true },
    { text: `${facts.format} · ${printedText(labels, facts.frame)}`, style: 'small' },
    { text: labels.both('testPage.measure', { n: inset }, '\n'), margin: [0, 4, 0, 2] },
    { text: movedText(facts, labels), margin: [0, 0, 0, 4] },
    { text: letters, fontSize: 9, margin: [0, 0, 0, 4] },
    barcodeBlock({
      encoded: code,
      readable: code,
      module: isNarrow ? 0.6 : 0.75,
      height: mm(10),
      size: 8,
    }),
    { margin: [0, 6, 0, 0], ...qrBlock(code, mm(18)) },
  ]
}

function smallContent(facts: TestPageFacts, labels: Labels): Content[] {
  return [
    { text: labels.both('testPage.title'), bold: true, fontSize: 10 },
    { text: `${facts.printer} · ${facts.format}`, style: 'small' },
    { text: letters, fontSize: 7, margin: [0, 2, 0, 3] },
    barcodeBlock({ encoded: code, readable: code, module: 0.6, height: mm(8), size: 7 }),
  ]
}

function movedText({ offsetX, offsetY }: TestPageFacts, labels: Labels): string {
  return labels.both('testPage.moved', { x: tenths(offsetX), y: tenths(offsetY) }, '\n')
}

function tenths(value: number): string {
  return (value / 10).toFixed(1)
}
