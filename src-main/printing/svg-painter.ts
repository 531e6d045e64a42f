/**
 * Paints SVG as PDF operators, as far as charts use it: paths, simple shapes, texts, groups with a transform or a clip,
 * hatched fills. Whatever is not understood throws; a drawing is never printed with something missing.
 */
import { formatNumber as number, pdfColor } from './pdf-operators.ts'
import { PdfmakeDocument, readXml, type XmlNode } from './pdfmake-parts.ts'
import { invert, type Matrix, readTransform } from './svg-transform.ts'
import type { Typesetter } from './text-layout.ts'

/** Middle of a Hanzi above the baseline, in em: what `dominant-baseline="central"` means here. */
const HANZI_MIDDLE = 0.38

export interface SvgPlace {
  x: number
  y: number
  width: number
  height: number
}

interface Painting {
  setter: Typesetter
  /** Elements that others name by id. */
  named: ReadonlyMap<string, XmlNode>
}

/**
 * Operators that paint `svg` scaled to fill `place`, in the page's coordinates, which run downwards.
 *
 * @throws Error where the drawing holds what is not understood here
 */
export function paintSvg(svg: string, place: SvgPlace, setter: Typesetter): string {
  // The reader of XML forgives an end that is missing.
  if (!/<\/svg>\s*$/.test(svg)) throw new Error('not an SVG drawing, or not all of it')
  const root = readXml(svg)
  if (root.name !== 'svg') throw new Error('not an SVG drawing')
  const { width, height } = viewBoxOf(root)
  const matrix: Matrix = [place.width / width, 0, 0, place.height / height, place.x, place.y]
  const painting = { setter, named: collectNamed(root) }
  return `q ${concat(matrix)}\n${paintChildren(root, painting)}\nQ`
}

function viewBoxOf(root: XmlNode): { width: number; height: number } {
  const [left, top, width, height] = (root.attr['viewBox'] ?? '').split(/[\s,]+/).map(Number)
  if (left !== 0 || top !== 0 || !width || !height)
    throw new Error('a drawing needs a view box at 0 0')
  return { width, height }
}

function collectNamed(node: XmlNode, named = new Map<string, XmlNode>()): Map<string, XmlNode> {
  for (const child of node.children) {
    if (child.type !== 'element') continue
    const { id } = child.attr
    if (id) named.set(id, child)
    collectNamed(child, named)
  }
  return named
}

function paintChildren(node: XmlNode, painting: Painting): string {
  return node.children
    .map((child) => {
      if (child.type === 'element') return paintElement(child, painting)
      if (child.type === 'text' && child.text.trim() === '') return ''
      throw new Error(`drawings carry no ${child.type} inside <${node.name}>`)
    })
    .filter((operators) => operators !== '')
    .join('\n')
}

/** Attributes every kind of element is read for; anything else must be named with its element. */
const COMMON = ['id', 'transform', 'clip-path', 'opacity']
const PAINT = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-dashoffset',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-miterlimit',
]

const OWN: Record<string, readonly string[]> = {
  g: [],
  path: ['d', ...PAINT],
  rect: ['x', 'y', 'width', 'height', ...PAINT],
  circle: ['cx', 'cy', 'r', ...PAINT],
  polyline: ['points', ...PAINT],
  polygon: ['points', ...PAINT],
  text: ['style', 'x', 'y', 'dominant-baseline', 'text-anchor', 'fill', 'xml:space', 'paint-order'],
}

function paintElement(node: XmlNode, painting: Painting): string {
  if (node.name === 'defs') return ''
  const own = OWN[node.name]
  if (!own) throw new Error(`drawings carry no <${node.name}>`)
  for (const name of Object.keys(node.attr)) {
    if (!own.includes(name) && !COMMON.includes(name)) {
      throw new Error(`drawings carry no ${name} on <${node.name}>`)
    }
  }
  if (opacityOf(node, 'opacity') === 0) return ''
  const before = [...clip(node, painting), ...transform(node.attr['transform'])]
  const inside = paintOwn(node, painting)
  if (inside === '' || before.length === 0) return inside
  return `q ${before.join(' ')}\n${inside}\nQ`
}

function paintOwn(node: XmlNode, painting: Painting): string {
  if (node.name === 'g') return paintChildren(node, painting)
  if (node.name === 'text') return paintText(node, painting)
  return paintShape(node, painting)
}

/** A clip stands in the coordinates of its user, before the element's own transform. */
function clip(node: XmlNode, { named }: Painting): string[] {
  const value = node.attr['clip-path']
  if (value === undefined) return []
  const target = named.get(idOf(value))
  if (target?.name !== 'clipPath') throw new Error(`no clip ${value}`)
  const shapes = target.children.filter((child) => child.type === 'element')
  if (shapes.some(({ attr }) => attr['transform'])) throw new Error('a clip that is moved')
  return [...shapes.map((shape) => drawOutline(pathOf(shape)).operators), 'W n']
}

function transform(value: string | undefined): string[] {
  return value ? [concat(readTransform(value))] : []
}

function concat(matrix: Matrix): string {
  return `${matrix.map(number).join(' ')} cm`
}

function idOf(reference: string): string {
  const id = /^url\(#([\w-]+)\)$/.exec(reference)?.[1]
  if (!id) throw new Error(`not a reference: ${reference}`)
  return id
}

function paintShape(node: XmlNode, painting: Painting): string {
  const shape = drawOutline(pathOf(node))
  const fill = fillOf(node, shape, painting)
  const stroke = strokeOf(node)
  const parts = [fill]
  if (stroke !== '') parts.push(`q ${stroke} ${shape.operators} S Q`)
  return parts.filter((part) => part !== '').join('\n')
}

function fillOf(node: XmlNode, shape: Outline, painting: Painting): string {
  const fill = node.attr['fill'] ?? '#000000'
  if (fill === 'none' || opacityOf(node, 'fill-opacity') === 0) return ''
  if (fill.startsWith('url(')) return paintPattern(painting.named.get(idOf(fill)), shape, painting)
  return `${pdfColor(fill)} rg ${shape.operators} f`
}

/** Nothing may be half seen through: on paper that prints as a colour of its own, and as mud in grey. */
function opacityOf(node: XmlNode, name: string): number {
  const value = Number(node.attr[name] ?? 1)
  if (value !== 0 && value !== 1) throw new Error(`drawings are not see-through: ${name} ${value}`)
  return value
}

const CAPS: Record<string, number> = { butt: 0, round: 1, square: 2 }
const JOINS: Record<string, number> = { miter: 0, round: 1, bevel: 2 }

function strokeOf(node: XmlNode): string {
  const { attr } = node
  const { stroke = 'none' } = attr
  const width = Number(attr['stroke-width'] ?? 1)
  const seen = opacityOf(node, 'stroke-opacity')
  if (stroke === 'none' || width === 0 || seen === 0) return ''
  const dash = attr['stroke-dasharray']?.split(/[\s,]+/).map(Number) ?? []
  const parts = [
    `${number(width)} w ${pdfColor(stroke)} RG`,
    `${styleNumber(CAPS, attr['stroke-linecap'] ?? 'butt')} J`,
    `${styleNumber(JOINS, attr['stroke-linejoin'] ?? 'miter')} j`,
    `${number(Math.max(1, Number(attr['stroke-miterlimit'] ?? 4)))} M`,
  ]
  if (dash.length > 0) {
    parts.push(
      `[${dash.map(number).join(' ')}] ${number(Number(attr['stroke-dashoffset'] ?? 0))} d`,
    )
  }
  return parts.join(' ')
}

function styleNumber(known: Record<string, number>, name: string): number {
  const found = known[name]
  if (found === undefined) throw new Error(`no line style ${name}`)
  return found
}

/** The tile of a hatched fill, again and again under a clip of the shape. */
function paintPattern(pattern: XmlNode | undefined, shape: Outline, painting: Painting): string {
  if (pattern?.name !== 'pattern' || pattern.attr['patternUnits'] !== 'userSpaceOnUse') {
    throw new Error('a fill that is neither a colour nor a hatch')
  }
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) =>
    Number(pattern.attr[name] ?? 0),
  )
  if (x === undefined || y === undefined || !width || !height)
    throw new Error('a hatch without size')
  const matrix = readTransform(pattern.attr['patternTransform'] ?? '')
  const box = boxOf(shape.points.map((point) => apply(invert(matrix), point)))
  const tile = paintChildren(pattern, painting)
  const tiles: string[] = []
  for (let row = Math.floor((box.top - y) / height); y + row * height < box.bottom; row++) {
    for (
      let column = Math.floor((box.left - x) / width);
      x + column * width < box.right;
      column++
    ) {
      tiles.push(`q ${concat([1, 0, 0, 1, x + column * width, y + row * height])} ${tile} Q`)
    }
  }
  return `q ${shape.operators} W n ${concat(matrix)}\n${tiles.join('\n')}\nQ`
}

type Point = readonly [x: number, y: number]

function apply([a, b, c, d, e, f]: Matrix, [x, y]: Point): Point {
  return [a * x + c * y + e, b * x + d * y + f]
}

function boxOf(points: readonly Point[]) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  }
}

interface Outline {
  operators: string
  /** Every point the outline is drawn by; it stays inside them. */
  points: readonly Point[]
}

function pathOf({ name, attr }: XmlNode): string {
  const read = (key: string) => Number(attr[key] ?? 0)
  switch (name) {
    case 'path':
      return attr['d'] ?? ''
    case 'rect':
      return `M${read('x')} ${read('y')}h${read('width')}v${read('height')}h${-read('width')}Z`
    case 'circle': {
      const [cx, cy, r] = [read('cx'), read('cy'), read('r')]
      return `M${cx - r} ${cy}A${r} ${r} 0 1 0 ${cx + r} ${cy}A${r} ${r} 0 1 0 ${cx - r} ${cy}Z`
    }
    case 'polyline':
    case 'polygon':
      return `M${(attr['points'] ?? '').trim()}${name === 'polygon' ? 'Z' : ''}`
    default:
      throw new Error(`no outline of <${name}>`)
  }
}

/** Reads a path with pdfkit's own parser, which draws into what it is given. */
function drawOutline(path: string): Outline {
  if (!/^(?:[MLHVCSQTAZ][\d\s.,eE+-]*)*$/i.test(path)) throw new Error(`not a path: ${path}`)
  const operators: string[] = []
  const points: Point[] = []
  let last: Point = [0, 0]
  const say = (operator: string, ...numbers: number[]) => {
    if (numbers.some((each) => !Number.isFinite(each))) throw new Error(`not a path: ${path}`)
    for (let at = 0; at < numbers.length; at += 2) {
      last = [numbers[at] ?? 0, numbers[at + 1] ?? 0]
      points.push(last)
    }
    operators.push(`${numbers.map(number).join(' ')} ${operator}`)
  }
  const sink = {
    moveTo: (x: number, y: number) => say('m', x, y),
    lineTo: (x: number, y: number) => say('l', x, y),
    bezierCurveTo: (...numbers: number[]) => say('c', ...numbers),
    quadraticCurveTo: (cx: number, cy: number, x: number, y: number) => {
      const [x0, y0] = last
      const third = (from: number, to: number) => from + ((to - from) * 2) / 3
      say('c', third(x0, cx), third(y0, cy), third(x, cx), third(y, cy), x, y)
    },
    closePath: () => operators.push('h'),
  }
  PdfmakeDocument.prototype.path.call(sink, path)
  // An arc without radius draws nothing: the dots of no size between the dots of a hatch.
  const drawn = (path.replaceAll(/A0[ ,]0(?=[ ,])/g, '').match(/[MLHVCSQTAZ]/gi) ?? []).length
  // An arc may become several curves; anything else is one operator. Fewer means the parser gave up.
  if (operators.length < drawn) throw new Error(`not a path: ${path}`)
  return { operators: operators.join(' '), points }
}

const ANCHORS: Record<string, number> = { start: 0, middle: 0.5, end: 1 }
const BASELINES: Record<string, number> = { central: HANZI_MIDDLE, auto: 0, alphabetic: 0 }

function paintText(node: XmlNode, { setter }: Painting): string {
  const { attr } = node
  const style = readStyle(attr['style'] ?? '')
  const size = Number.parseFloat(style['font-size'] ?? '12')
  const font = setter.fontFor(['bold', '600', '700'].includes(style['font-weight'] ?? ''))
  const text = node.children.map((child) => textOf(child)).join('')
  if (text.trim() === '') return ''
  const anchor = ANCHORS[attr['text-anchor'] ?? 'start']
  const rise = BASELINES[attr['dominant-baseline'] ?? 'auto']
  if (anchor === undefined || rise === undefined) throw new Error('a text that hangs nowhere')
  const shown = setter.show(text, font)
  const x = Number(attr['x'] ?? 0) - font.widthOf(shown, size) * anchor
  const y = Number(attr['y'] ?? 0) + size * rise
  return [
    `BT /${font.resourceName()} ${number(size)} Tf ${pdfColor(attr['fill'] ?? '#000000')} rg`,
    `1 0 0 -1 ${number(x)} ${number(y)} Tm <${font.encode(shown)}> Tj ET`,
  ].join('\n')
}

function textOf(child: XmlNode['children'][number]): string {
  if (child.type === 'text') return child.text
  throw new Error(`drawings carry no ${child.type} inside <text>`)
}

function readStyle(style: string): Record<string, string> {
  const entries = style
    .split(';')
    .filter((each) => each.trim() !== '')
    .map((each) => each.split(':').map((part) => part.trim()))
  for (const [name] of entries) {
    if (!name || !['font-size', 'font-family', 'font-weight'].includes(name)) {
      throw new Error(`drawings carry no style ${name}`)
    }
  }
  return Object.fromEntries(entries)
}
