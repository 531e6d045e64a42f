/** What receipt printers say of themselves when they are asked (DLE EOT, GS r). */
import type { PrinterCondition } from '../channel.ts'

/** Asks at once, past everything that waits to be printed: the printer, why it is offline, its paper. */
export const askNow = Uint8Array.of(0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 4)

/** How many bytes answer `askNow`. */
export const answersNow = 3

/** Asks for the paper once everything before it is printed. */
export const askPrinted = Uint8Array.of(0x1d, 0x72, 1)

/** A real-time answer has these bits at fixed values, and so is told from the answer to `askPrinted`. */
export function isRealTime(byte: number): boolean {
  return (byte & 0x93) === 0x12
}

const OFFLINE = 0x08
const COVER = 0x04
const STOPPED_BY_PAPER = 0x20
const ERROR = 0x40
const PAPER_END = 0x60

/** What the answers to `askNow` come to, in the order they were asked; `unknown` where there are too few. */
export function readCondition(answers: readonly number[]): PrinterCondition['state'] {
  const [printer, cause, paper] = answers
  if (printer === undefined || cause === undefined || paper === undefined) return 'unknown'
  if (cause & COVER) return 'cover_open'
  if (paper & PAPER_END || cause & STOPPED_BY_PAPER) return 'paper_out'
  return printer & OFFLINE || cause & ERROR ? 'stopped' : 'ready'
}
