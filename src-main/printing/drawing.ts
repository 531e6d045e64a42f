/** Drawings as page content: SVG that is painted as vectors, with its texts in the paper's own face. */
import type { TextWidth } from '../foundation/chart/fit-text.ts'
import type { Block } from './content.ts'

/**
 * A drawing `width` points wide in its place on the page; the layout moves it like any box.
 *
 * @param draw gives the SVG, when the faces to measure with are open; its own size in pixels is scaled to `width`
 */
export function drawing(
  box: { width: number; height: number },
  draw: (widthOf: TextWidth) => string,
): Block {
  return { canvas: [{ type: 'rect', x: 0, y: 0, w: box.width, h: box.height, draw }] }
}
