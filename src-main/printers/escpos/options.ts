/** What a receipt printer has to be told besides its address, as it is kept with the printer. */
import { z } from 'zod'

/**
 * Every option has a usual value, so that a printer added with its address alone prints.
 *
 * `drawer` is off unless somebody sets it: the desk moves no money.
 */
const escposOptions = z.object({
  /** Whether the printer sets text in its own Hanzi, or gets every slip as dots. */
  mode: z.enum(['text', 'dots']).default('text'),
  /** The Hanzi it has: two bytes each, or all of GB18030 in up to four. */
  hanzi: z.enum(['gbk', 'gb18030']).default('gbk'),
  /** Dots across the roll; 0 for the usual number: 576 on 80 mm, 384 on 58 mm. */
  dots: z.int().min(0).max(1024).default(0),
  /** Whether it draws bar codes and QR codes itself, or gets them as dots. */
  codes: z.enum(['printer', 'dots']).default('printer'),
  cutter: z.enum(['partial', 'full', 'none']).default('partial'),
  drawer: z.enum(['off', 'pin2', 'pin5']).default('off'),
})

export type EscposOptions = z.infer<typeof escposOptions>

/** Reads the options of a printer; what is not known, or is not what it should be, is as usual. */
export function readEscposOptions(kept: Readonly<Record<string, unknown>>): EscposOptions {
  const { shape } = escposOptions
  const known = Object.entries(shape).filter(
    ([name, option]) => option.safeParse(kept[name]).success,
  )
  return escposOptions.parse(Object.fromEntries(known.map(([name]) => [name, kept[name]])))
}
