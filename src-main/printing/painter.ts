/** Paints laid-out pages as PDF operators: text in one piece per line, rules, boxes and bar codes. */
import type { PrintedCode, Shape } from './content.ts'
import type { DocumentFont } from './font-book.ts'
import { formatNumber as number, pdfColor } from './pdf-operators.ts'
import type { LaidOutPage, OpenedImage, PageItem, PdfDocument, TextLine } from './pdfmake-parts.ts'
import { paintSvg } from './svg-painter.ts'
import type { Typesetter } from './text-layout.ts'

/** Middle of a Hanzi above the baseline, in em: what a line box is centred on. */
const HANZI_MIDDLE = 0.38

/** A large word across the page, painted below the text. */
export interface PageMark {
  text: string
  color: string
  /** Handed over with the paper: where only black prints, its letters are outlined. */
  isHandedOver?: boolean
}

/** A line or box as the layout places it. */
export interface Vector {
  type: string
  x: number
  y: number
  w: number
  h: number
  x1: number
  y1: number
  x2: number
  y2: number
  /** Filled cells [x, y, w, h] inside a `rect` vector: how bar codes travel through the layout. */
  cells?: readonly (readonly [number, number, number, number])[]
  /** The SVG that fills a `rect` vector. */
  draw?: Shape['draw']
  code?: PrintedCode
  color?: string
  lineColor?: string
  lineWidth?: number
  dash?: { length: number; space?: number }
}

/** A picture as the layout places it. */
export interface Picture {
  image: string
  x: number
  y: number
  _width: number
  _height: number
}

/** A cell whose content stands in its middle or at its foot. */
export interface AlignedCell {
  verticalAlignment: 'middle' | 'bottom'
  isCellContentMultiPage?: boolean
  getNodeHeight(): number
  getViewHeight(): number
}

/** How far the content of an aligned cell is moved down; 0 where it goes over pages. */
export function sinkOf(cell: AlignedCell): number {
  if (cell.isCellContentMultiPage) return 0
  const free = cell.getViewHeight() - cell.getNodeHeight()
  return cell.verticalAlignment === 'middle' ? free / 2 : free
}

/** How a page's ink looks: as its colours say, or as needles print it. */
interface Look {
  /** Black alone, nothing filled but bars, no line thinner than a needle. */
  impact: boolean
  setter: Typesetter
}

/** A laid-out page with what it is painted with. */
export interface PaintedPage {
  page: LaidOutPage
  mark: PageMark | undefined
  /** Printed by needles. */
  impact: boolean
  setter: Typesetter
}

/** No line is thinner where needles print. */
const NEEDLE = 0.75

/** Adds one page to the document; throws on a kind of content papers do not use. */
export function paintPage(document: PdfDocument, painted: PaintedPage): void {
  const { width, height } = painted.page.pageSize
  document.addPage({ size: [width, height] })
  paintContent(document, painted)
}

/** Adds a sheet with pages side by side, each at its place, and marks where to cut. */
export function paintSheet(
  document: PdfDocument,
  sheet: { width: number; height: number },
  placed: readonly { painted: PaintedPage; x: number; y: number }[],
  cuts: readonly (readonly [number, number, number, number])[],
): void {
  document.addPage({ size: [sheet.width, sheet.height] })
  for (const { painted, x, y } of placed) {
    document.addContent(`q 1 0 0 1 ${number(x)} ${number(y)} cm`)
    paintContent(document, painted)
    document.addContent('Q')
  }
  const lines = cuts.map(
    ([x1, y1, x2, y2]) =>
      `${[x1, y1].map(number).join(' ')} m ${[x2, y2].map(number).join(' ')} l S`,
  )
  document.addContent(`q 0.4 w 0 0 0 RG ${lines.join(' ')} Q`)
}

/** Paints what stands on a page onto the document's current one. */
function paintContent(document: PdfDocument, { page, mark, ...look }: PaintedPage): void {
  const operators: string[] = []
  if (mark) operators.push(paintMark(mark, page, look))
  for (const item of page.items) {
    if (item.type !== 'image') {
      operators.push(paintItem(item, look))
      continue
    }
    document.addContent(operators.splice(0).join('\n'))
    paintPicture(document, item.item as Picture)
  }
  document.addContent(operators.join('\n'))
}

function paintPicture(document: PdfDocument, picture: Picture): void {
  const image = document.provideImage(picture.image) as OpenedImage
  const { x, y, _width: width, _height: height } = picture
  document.image(image, x, y, { width, height })
}

function paintItem({ type, item }: PageItem, look: Look): string {
  switch (type) {
    case 'line':
      return paintText(item as TextLine, look)
    case 'vector':
      return paintVector(item as Vector, look)
    case 'beginVerticalAlignment':
      return beginAligned(item as AlignedCell)
    case 'endVerticalAlignment':
      return (item as AlignedCell).isCellContentMultiPage ? '' : 'Q'
    default:
      throw new Error(`papers do not carry content of kind ${type}`)
  }
}

/** Where the letters of a line stand. */
export function baselineOf(line: TextLine): number {
  const largest = line.inlines.reduce((size, inline) => Math.max(size, inline.fontSize), 0)
  return line.y + line.getHeight() / 2 + largest * HANZI_MIDDLE
}

function paintText(line: TextLine, look: Look): string {
  const baseline = baselineOf(line)
  const operators = ['BT']
  for (const { text, x, font, fontSize, color } of line.inlines) {
    if (text.trim() === '') continue
    const set = font as DocumentFont
    operators.push(
      `/${set.resourceName()} ${number(fontSize)} Tf ${inkOf(color, look)} rg`,
      // The page's coordinates run downwards; text is turned upright again.
      `1 0 0 -1 ${number(line.x + x)} ${number(baseline)} Tm <${set.encode(text)}> Tj`,
    )
  }
  operators.push('ET')
  return operators.length > 2 ? operators.join('\n') : ''
}

function paintVector(vector: Vector, look: Look): string {
  if (vector.type === 'line') {
    const path = `${number(vector.x1)} ${number(vector.y1)} m ${number(vector.x2)} ${number(vector.y2)} l`
    return `q ${strokeStyle(vector, look)} ${path} S Q`
  }
  if (vector.type !== 'rect') throw new Error(`papers do not carry shapes of kind ${vector.type}`)
  if (vector.cells) return paintCells(vector, vector.cells)
  if (vector.draw) {
    const place = { x: vector.x, y: vector.y, width: vector.w, height: vector.h }
    return paintSvg(vector.draw(look.setter.widthOf), place, look.setter)
  }
  const box = `${number(vector.x)} ${number(vector.y)} ${number(vector.w)} ${number(vector.h)} re`
  const fill = vector.color && !look.impact ? `${pdfColor(vector.color)} rg ${box} f ` : ''
  return fill + (vector.lineColor ? `q ${strokeStyle(vector, look)} ${box} S Q` : '')
}

function paintCells(vector: Vector, cells: NonNullable<Vector['cells']>): string {
  const boxes = cells.map(
    ([x, y, w, h]) =>
      `${number(vector.x + x)} ${number(vector.y + y)} ${number(w)} ${number(h)} re`,
  )
  return `0 0 0 rg\n${boxes.join('\n')}\nf`
}

function inkOf(color: string, { impact }: Look): string {
  return pdfColor(impact ? 'black' : color)
}

function strokeStyle(vector: Vector, look: Look): string {
  const width = vector.lineWidth ?? 1
  const dash = vector.dash
    ? `[${number(vector.dash.length)} ${number(vector.dash.space ?? vector.dash.length)}] 0 d `
    : ''
  return `${number(look.impact ? Math.max(width, NEEDLE) : width)} w ${dash}${inkOf(vector.lineColor ?? '#000000', look)} RG`
}

function beginAligned(cell: AlignedCell): string {
  return cell.isCellContentMultiPage ? '' : `q 1 0 0 1 0 ${number(sinkOf(cell))} cm`
}

/** Places the word of a mark along the diagonal of its page. */
export function placeMark(text: string, page: LaidOutPage, font: DocumentFont) {
  const { width, height } = page.pageSize
  const angle = Math.atan2(height, width)
  const size = Math.min((Math.hypot(width, height) * 0.55) / font.widthOf(text, 1), height * 0.4)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const along = font.widthOf(text, size) / 2
  const across = size * HANZI_MIDDLE
  const x = width / 2 - along * cos + across * sin
  const y = height / 2 + along * sin + across * cos
  return { size, x, y, cos, sin }
}

function paintMark(
  { text, color, isHandedOver }: PageMark,
  page: LaidOutPage,
  { impact, setter }: Look,
): string {
  const font = setter.fontFor(true)
  const { size, x, y, cos, sin } = placeMark(text, page, font)
  const matrix = [cos, -sin, -sin, -cos, x, y].map(number).join(' ')
  const name = font.resourceName()
  // Needles print no grey: the outlines of the letters leave what stands over them readable.
  const ink = impact && isHandedOver ? `${NEEDLE} w 0 0 0 RG 1 Tr` : `${pdfColor(color)} rg`
  return `q BT /${name} ${number(size)} Tf ${ink} ${matrix} Tm <${font.encode(text)}> Tj ET Q`
}
