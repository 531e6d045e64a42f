/** Dots and letters of a roll. */
import type { EscposOptions } from './options.ts'

/** Dots of one letter of the printer's plain font, which is 12 wide and 24 high; a Hanzi is 24 wide. */
export const letterDots = { width: 12, height: 24 } as const

/** Dots to the point at 203 dpi, which is 8 to the millimetre. */
export const dotsPerPoint = (8 * 25.4) / 72

/** Dots and letters across a roll of which `width` points are printed on. */
export function measureRoll(
  width: number,
  { dots }: Pick<EscposOptions, 'dots'>,
): { dots: number; columns: number } {
  const usual = Math.round((width * dotsPerPoint) / 8) * 8
  // A wider printer prints a narrow slip as narrow as it is.
  const wide = dots === 'usual' ? usual : Math.min(Number(dots), usual)
  return { dots: wide, columns: Math.floor(wide / letterDots.width) }
}
