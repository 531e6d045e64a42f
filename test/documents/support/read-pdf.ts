/** Reads a PDF back as a viewer would: pages, pieces of text with their boxes, fonts, drawn boxes. */
import { inflateSync } from 'node:zlib'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface TextPiece {
  text: string
  left: number
  right: number
  top: number
  bottom: number
  size: number
  /** False for a mark across the page, which stands under everything. */
  isUpright: boolean
}

export interface ReadPage {
  width: number
  height: number
  pieces: TextPiece[]
  /** All text of the page in the order it was written. */
  text: string
}

export interface ReadPdf {
  pages: ReadPage[]
  text: string
  info: Record<string, unknown>
  lang: string | null
}

export async function readPdf(pdf: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: pdf.slice(), useSystemFonts: false, verbosity: 0 })
  const document = await task.promise
  const pages: ReadPage[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const [, , width = 0, height = 0] = page.view
    const content = await page.getTextContent()
    const pieces = content.items.flatMap((item) =>
      'str' in item && item.str.trim() !== '' ? [pieceOf(item, height)] : [],
    )
    pages.push({ width, height, pieces, text: pieces.map(({ text }) => text).join('\n') })
  }
  const { info } = await document.getMetadata()
  const lang = /\/Lang \(([^)]*)\)/.exec(Buffer.from(pdf).toString('latin1'))?.[1] ?? null
  await task.destroy()
  return {
    pages,
    text: pages.map(({ text }) => text).join('\n'),
    info: { ...info },
    lang,
  }
}

function pieceOf(
  item: { str: string; transform: number[]; width: number },
  height: number,
): TextPiece {
  const [a = 0, b = 0, , , x = 0, y = 0] = item.transform
  const size = Math.hypot(a, b)
  const baseline = height - y
  return {
    text: item.str,
    left: x,
    right: x + item.width,
    // The ink of Hanzi: 0.86 em above the baseline to 0.1 em below it.
    top: baseline - size * 0.86,
    bottom: baseline + size * 0.1,
    size,
    isUpright: Math.abs(b) < 0.01,
  }
}

/** Pieces whose ink runs into each other on one page. */
export function findOverlaps(page: ReadPage): [string, string][] {
  const slack = 0.6
  const found: [string, string][] = []
  const upright = page.pieces.filter(({ isUpright }) => isUpright)
  upright.forEach((one, index) => {
    for (const two of upright.slice(index + 1)) {
      const across = Math.min(one.right, two.right) - Math.max(one.left, two.left)
      const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top)
      if (across > slack && down > slack) found.push([one.text, two.text])
    }
  })
  return found
}

/** Pieces that stand outside the page or in its outermost `margin` points. */
export function findOutside(page: ReadPage, margin: number): string[] {
  return page.pieces
    .filter(
      ({ left, right, top, bottom, isUpright }) =>
        isUpright &&
        (left < margin - 0.5 ||
          right > page.width - margin + 0.5 ||
          top < margin - 0.5 ||
          bottom > page.height - 2),
    )
    .map(({ text }) => text)
}

/** The drawing operators of every page, decompressed. */
export function contentStreams(pdf: Uint8Array): string[] {
  const bytes = Buffer.from(pdf)
  const raw = bytes.toString('latin1')
  const streams: string[] = []
  const start = /obj\n(<<(?:(?!endobj)[\s\S])*?>>)\nstream\n/g
  for (let found = start.exec(raw); found; found = start.exec(raw)) {
    const [head, dictionary = ''] = found
    const from = found.index + head.length
    const to = from + Number(/\/Length (\d+)/.exec(dictionary)?.[1])
    start.lastIndex = to
    if (!dictionary.includes('/FlateDecode')) continue
    const data = inflateSync(bytes.subarray(from, to)).toString('latin1')
    if (data.startsWith('1 0 0 -1 0')) streams.push(data)
  }
  return streams
}

/** Filled boxes [x, y, w, h] of a bar code painted in black: the cells after the colour operator. */
export function readCells(stream: string): [number, number, number, number][][] {
  return [...stream.matchAll(/^0 0 0 rg\n((?:[\d.]+ [\d.]+ [\d.]+ [\d.]+ re\n)+)f$/gm)].map(
    (match) =>
      (match[1] ?? '')
        .trim()
        .split('\n')
        .map((line) => line.split(' ').slice(0, 4).map(Number) as [number, number, number, number]),
  )
}

/** The first page drawn as a viewer draws it, `scale` dots to the point; `least` is how dark a dot must be, 0 to 1. */
export async function drawPage(
  pdf: Uint8Array,
  scale: number,
): Promise<{
  width: number
  height: number
  isDark(x: number, y: number, least: number): boolean
}> {
  const task = getDocument({ data: pdf.slice(), useSystemFonts: false, verbosity: 0 })
  const document = await task.promise
  const page = await document.getPage(1)
  const viewport = page.getViewport({ scale })
  const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)]
  const factory = document.canvasFactory as {
    create(
      width: number,
      height: number,
    ): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D }
  }
  const { canvas, context } = factory.create(width, height)
  await page.render({ canvas, canvasContext: context, viewport }).promise
  const { data } = context.getImageData(0, 0, width, height)
  await task.destroy()
  const isDark = (x: number, y: number, least: number): boolean => {
    const at = (y * width + x) * 4
    const light = ((data[at] ?? 255) + (data[at + 1] ?? 255) + (data[at + 2] ?? 255)) / 765
    return x >= 0 && x < width && y >= 0 && y < height && 1 - light >= least
  }
  return { width, height, isDark }
}

/** Pictures a document holds; those it shows twice count once. */
export function countPictures(pdf: Uint8Array): number {
  return Buffer.from(pdf).toString('latin1').split('/Subtype /Image').length - 1
}

/** Texts that stand where bars or cells of a code are painted. */
export function findUnderBars(page: ReadPage, stream: string): string[] {
  const slack = 0.6
  return readCells(stream)
    .filter((cells) => cells.length > 12)
    .flatMap((cells) => {
      const left = Math.min(...cells.map(([x]) => x))
      const right = Math.max(...cells.map(([x, , w]) => x + w))
      const top = Math.min(...cells.map(([, y]) => y))
      const bottom = Math.max(...cells.map(([, y, , h]) => y + h))
      return page.pieces.filter(
        (piece) =>
          piece.isUpright &&
          Math.min(piece.right, right) - Math.max(piece.left, left) > slack &&
          Math.min(piece.bottom, bottom) - Math.max(piece.top, top) > slack,
      )
    })
    .map(({ text }) => text)
}
