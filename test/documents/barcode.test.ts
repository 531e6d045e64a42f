import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { code128Cells, qrCells } from '../../src-main/printing/barcode.ts'
import { decodeCode128, widthsOfBars } from './support/code128.ts'

/** Module rows from public Code 128 tests: 1 is a bar, 0 a gap. */
const MODULES: [string, string][] = [
  ['123456', '11010011100101100111001000101100011100010110100011011101100011101011'],
]

function modulesOf(text: string): string {
  const { cells } = code128Cells(text, 1, 10)
  return widthsOfBars(cells, 1)
    .map((width, index) => (index % 2 === 0 ? '1' : '0').repeat(width))
    .join('')
}

describe('Code 128', () => {
  it.each(MODULES)('draws %s module for module', (text, modules) => {
    expect(modulesOf(text)).toBe(modules)
  })

  it('is read back whatever the text', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'ABCXYZ0123456789-'),
      minLength: 1,
      maxLength: 24,
    })
    fc.assert(
      fc.property(text, (given) => {
        expect(decodeCode128(widthsOfBars(code128Cells(given, 0.7, 10).cells, 0.7))).toBe(given)
      }),
      { numRuns: 50 },
    )
  })

  it('is as wide as its modules', () => {
    const { cells, width } = code128Cells('XY00012611210057K', 0.76, 20)
    const [x = 0, , w = 0] = cells.at(-1) ?? []
    expect(x + w).toBeCloseTo(width)
  })
})

describe('QR', () => {
  const { cells, width } = qrCells('GWD1|XY-0001-261121-0057-0|20261121|SN1,20271121,429900', 210)

  it('has its three finder patterns, and cells only inside its square', () => {
    const modules = Math.round(width / Math.min(...cells.map(([, , , height]) => height)))
    const cell = width / modules
    const isDark = (column: number, row: number) =>
      cells.some(
        ([x, y, w, h]) =>
          x <= (column + 0.5) * cell &&
          x + w >= (column + 0.5) * cell &&
          y <= (row + 0.5) * cell &&
          y + h >= (row + 0.5) * cell,
      )
    for (const [left, top] of [
      [0, 0],
      [modules - 7, 0],
      [0, modules - 7],
    ] as const) {
      expect(Array.from({ length: 7 }, (_, index) => isDark(left + index, top))).not.toContain(
        false,
      )
      expect(isDark(left + 1, top + 1)).toBe(false)
      expect(isDark(left + 3, top + 3)).toBe(true)
    }
    for (const [x, y, w, h] of cells) {
      expect(x + w).toBeLessThanOrEqual(width + 1e-6)
      expect(y + h).toBeLessThanOrEqual(width + 1e-6)
    }
  })
})
