/** Dots and letters of a roll. */
import type { EscposOptions } from './options.ts'

/** Dots of one letter of the printer's plain font, which is 12 wide and 24 high; a Hanzi is 24 wide. */
export const letterDots = { width: 12, height: 24 } as const

/** Dots to the point at 203 dpi, which is 8 to the millimetre. */
export const dotsPerPoint = (8 * 25.4) / 72

/** Where a way moves its papers to, in tenths of a millimetre: to the right and down, negative to the left and up. */
export interface SlipOffset {
  right: number
  down: number
}

/** Not moved. */
export const inPlace: SlipOffset = { right: 0, down: 0 }

/** Dots of white before and beside a slip. */
export interface SlipMargins {
  left: number
  right: number
  top: number
}

/** A slip is not made narrower than this many tenths of a millimetre less: its columns must still hold their words. */
const mostTaken = 100

/**
 * Where a moved slip stands on its roll. A head prints from its first dot to its last and feeds one way only: to the
 * left a slip gives way on its right side, and up it cannot go.
 */
export function marginsOf(
  { right, down }: SlipOffset,
  { dots }: Pick<EscposOptions, 'dots'>,
): SlipMargins {
  const inDots = (tenths: number): number =>
    Math.round((tenths * (dots === '512' ? 180 : 203.2)) / 254)
  const aside = inDots(Math.min(Math.abs(right), mostTaken))
  return {
    left: right > 0 ? aside : 0,
    right: right < 0 ? aside : 0,
    top: inDots(Math.max(down, 0)),
  }
}

/** Dots and letters across a roll of which `width` points are printed on, and `margins` are left white. */
export function measureRoll(
  width: number,
  { dots }: Pick<EscposOptions, 'dots'>,
  margins: Pick<SlipMargins, 'left' | 'right'>,
): { dots: number; columns: number } {
  const usual = Math.round((width * dotsPerPoint) / 8) * 8
  // A wider printer prints a narrow slip as narrow as it is.
  const wide = dots === 'usual' ? usual : Math.min(Number(dots), usual)
  const room = Math.floor((wide - margins.left - margins.right) / 8) * 8
  return { dots: room, columns: Math.floor(room / letterDots.width) }
}
