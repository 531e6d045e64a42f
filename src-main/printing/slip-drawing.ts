/**
 * A slip as it is drawn in its PDF, with the outlines of its letters: enough to set it in dots for any printer, without
 * the fonts. Kept packed, because it travels with a print job.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { PrintedCode } from './content.ts'

/** Lengths in points, downwards from the top left corner of what the margins leave. */
export interface SlipDrawing {
  width: number
  height: number
  /** Letters by number of the face and character: how far on the next one stands, in em, and the outline. */
  outlines: Record<string, [advance: number, outline: Outline]>
  /** Left end of the baseline. */
  texts: { x: number; y: number; size: number; face: number; text: string }[]
  boxes: DrawnBox[]
  lines: { x: number; y: number; length: number; width: number; upright: boolean; dash: number[] }[]
  codes: { code: PrintedCode; at: DrawnBox; cells: DrawnBox[] }[]
  /** A word in grey across the slip. */
  mark: {
    text: string
    face: number
    size: number
    x: number
    y: number
    cos: number
    sin: number
  } | null
  pictures: { at: DrawnBox; base64: string }[]
}

/** Left, top, width, height. */
export type DrawnBox = [number, number, number, number]

/**
 * Strokes one after another, upwards from the baseline: `M x y`, `L x y`, `Q x y x y`, `C x y x y x y`, `Z`; every pair
 * is a way from the pair before it, in parts of `OUTLINE_UNITS` to the em.
 */
export type Outline = string

/** Finer than a tenth of a dot for plain text at 203 dpi. */
export const OUTLINE_UNITS = 250

/** Packs a drawing for its way with a job. */
export function packDrawing(drawing: SlipDrawing): string {
  return deflateRawSync(JSON.stringify(drawing)).toString('base64')
}

/** Unpacks what `packDrawing` packed. */
export function readDrawing(packed: string): SlipDrawing {
  return JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString()) as SlipDrawing
}
