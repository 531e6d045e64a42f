/** A point of a stroke in pixels of the pad; pressure 0 to 1. */
export interface InkPoint {
  x: number
  y: number
  pressure: number
}

export type Stroke = readonly InkPoint[]

/** Shorter ink than this, in pixels over all strokes, is a slip of the pen and no signature. */
const shortestInk = 40

/** Ink is dark on any ground it is printed or shown on. */
const ink = '#12212B'
const thinnest = 1.4
const thickest = 3.6
const margin = 8
/** Pixels of the picture's width: enough for paper, small to keep. */
const widest = 900

/** How much was written, in pixels. */
export function lengthOf(strokes: readonly Stroke[]): number {
  return strokes.reduce((sum, stroke) => {
    return stroke.reduce((length, point, index) => {
      const before = stroke[index - 1]
      return before ? length + Math.hypot(point.x - before.x, point.y - before.y) : length
    }, sum)
  }, 0)
}

/** True where somebody wrote something. */
export function isSigned(strokes: readonly Stroke[]): boolean {
  return lengthOf(strokes) >= shortestInk
}

/** Paints strokes as a pen would: thicker where it is pressed. */
export function paint(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  context.strokeStyle = ink
  context.fillStyle = ink
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const stroke of strokes) paintStroke(context, stroke)
}

const widthOf = ({ pressure }: InkPoint): number => thinnest + (thickest - thinnest) * pressure

function paintStroke(context: CanvasRenderingContext2D, stroke: Stroke): void {
  const [first] = stroke
  if (!first) return
  context.beginPath()
  context.arc(first.x, first.y, widthOf(first) / 2, 0, 2 * Math.PI)
  context.fill()
  stroke.slice(1).forEach((point, index) => {
    const before = stroke[index] ?? first
    context.lineWidth = (widthOf(before) + widthOf(point)) / 2
    context.beginPath()
    context.moveTo(before.x, before.y)
    context.lineTo(point.x, point.y)
    context.stroke()
  })
}

/** The signature alone as a small PNG, see-through where nothing is written. Null where nothing is. */
export function drawSignature(strokes: readonly Stroke[]): Promise<Blob | null> {
  const points = strokes.flat()
  if (points.length === 0) return Promise.resolve(null)
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin]
  const [width, height] = [Math.max(...xs) + margin - left, Math.max(...ys) + margin - top]
  const scale = Math.min(2, widest / width)
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(width * scale)
  canvas.height = Math.ceil(height * scale)
  const context = canvas.getContext('2d')
  if (!context) return Promise.resolve(null)
  context.scale(scale, scale)
  context.translate(-left, -top)
  paint(context, strokes)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}
