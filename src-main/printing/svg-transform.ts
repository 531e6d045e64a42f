/** Coordinates of drawings: transforms as SVG writes them, and the arithmetic a painter needs of them. */

/** As in PDF and SVG: x′ = a·x + c·y + e, y′ = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** `outer` after `inner`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ]
}

export function invert([a, b, c, d, e, f]: Matrix): Matrix {
  const area = a * d - b * c
  if (area === 0) throw new Error('a transform that leaves nothing')
  return [d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area]
}

/** A `transform` attribute; empty means none. */
export function readTransform(text: string): Matrix {
  const parts = text.match(/\w+\([^)]*\)/g) ?? []
  if (text.replaceAll(/\w+\([^)]*\)|[\s,]/g, '') !== '') throw new Error(`not a transform: ${text}`)
  return parts.map(readStep).reduce(multiply, IDENTITY)
}

function readStep(step: string): Matrix {
  const name = step.slice(0, step.indexOf('('))
  const numbers = step
    .slice(name.length + 1, -1)
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const [first = Number.NaN, second] = numbers
  if (numbers.some((each) => !Number.isFinite(each))) throw new Error(`not a transform: ${step}`)
  if (name === 'matrix' && isMatrix(numbers)) return numbers
  if (name === 'translate' && numbers.length <= 2) return [1, 0, 0, 1, first, second ?? 0]
  if (name === 'scale' && numbers.length <= 2) return [first, 0, 0, second ?? first, 0, 0]
  if (name === 'rotate' && numbers.length === 1) {
    const angle = (first * Math.PI) / 180
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    return [cos, sin, -sin, cos, 0, 0]
  }
  throw new Error(`not a transform: ${step}`)
}

function isMatrix(numbers: readonly number[]): numbers is Matrix {
  return numbers.length === 6
}
