/** What a receipt printer has to be told besides its address, as it is kept with the printer. */
import { z } from 'zod'
import { receiptChoices } from './contract.ts'

const escposOptions = z.object({
  mode: z.enum(receiptChoices.mode).default('text'),
  hanzi: z.enum(receiptChoices.hanzi).default('gbk'),
  dots: z.enum(receiptChoices.dots).default('usual'),
  codes: z.enum(receiptChoices.codes).default('printer'),
  cutter: z.enum(receiptChoices.cutter).default('partial'),
  drawer: z.enum(receiptChoices.drawer).default('off'),
})

export type EscposOptions = z.infer<typeof escposOptions>

/**
 * Reads the options of a printer, so that one added with its address alone prints: what is not known, or is not what it
 * should be, is as usual.
 */
export function readEscposOptions(kept: Readonly<Record<string, unknown>>): EscposOptions {
  const { shape } = escposOptions
  const known = Object.entries(shape).filter(
    ([name, option]) => option.safeParse(kept[name]).success,
  )
  return escposOptions.parse(Object.fromEntries(known.map(([name]) => [name, kept[name]])))
}
