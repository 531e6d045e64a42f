/**
 * What every way to a printer is given and what it answers (design.md §6). A channel knows one printer and nothing of
 * jobs, lanes or tries: it hands one piece of work over and says what became of it.
 */
import type { SlipContent } from './slip.ts'

/** One paper for one printer. */
export interface PrintWork {
  jobId: number
  /** Names the work in the printer's own queue and, where it is saved, the file: safe as a file name, no ending. */
  title: string
  /** A finished PDF, already moved by the route's calibration. */
  pdf: Uint8Array
  /** As in papers: `80mm`, `58mm`, `70x50`, `A6`, `A5`, `A4`, `241mm`. */
  format: string
  pages: number
  /** How often it is to come out, at least once. */
  copies: number
  /** Of a paper on a roll: what it says, for printers that set text themselves. Null where only the PDF is known. */
  slip: SlipContent | null
  /** Where the route moves it, in tenths of a millimetre; the PDF has been moved already, the slip has not. */
  offset: { right: number; down: number }
  /** True for the page on which the operator looks for the line that can be read. */
  isCodePageCheck: boolean
  /** The system's name of a tray; empty for the printer's own choice. */
  mediaSource: string
  sides: 'one' | 'long_edge' | 'short_edge'
}

/** The printer, or its queue, took all of the work. */
export interface Sent {
  /** `confirmed` only where it is certain that it is there: a file that was saved. Paper is `sent`. */
  state: 'sent' | 'confirmed'
  /** What the other side calls it: a queue's job number, a file's path. Null where it says nothing. */
  reference: string | null
}

/** Why work did not get to its printer; each has a sentence in `printers.json`. */
export const printTroubles = [
  /** No connection: off, unplugged, wrong address. */
  'unreachable',
  /** It answered, and takes no work: unknown queue, queue closed. */
  'refused',
  /** Stopped by somebody or by an error that a person has to clear. */
  'stopped',
  'paper_out',
  'cover_open',
  /** It took a part and then nothing came back. */
  'interrupted',
  /** Nothing moved for too long. */
  'timed_out',
  /** The folder is gone or may not be written. */
  'folder_unusable',
  'disk_full',
  /** This host or this printer cannot print such a paper. */
  'unsupported',
  /** The printer's software says something else; the detail quotes it. */
  'failed',
] as const

export type PrintTrouble = (typeof printTroubles)[number]

/** What a channel throws for everything that can be expected to go wrong; another error is a bug. */
export class PrintFailure extends Error {
  override readonly name = 'PrintFailure'
  readonly trouble: PrintTrouble
  /**
   * Whether anything can have come out. Only after `nothing` the work is sent again without asking; after `perhaps` a
   * person looks at the printer.
   */
  readonly reached: 'nothing' | 'perhaps'

  /** @param detail what the other side said, shown as it is beside our own sentence; may be empty */
  constructor(
    trouble: PrintTrouble,
    reached: 'nothing' | 'perhaps',
    detail = '',
    options?: ErrorOptions,
  ) {
    super(detail, options)
    this.trouble = trouble
    this.reached = reached
  }
}

/** How a printer is, as far as it says. */
export interface PrinterCondition {
  state: 'ready' | 'busy' | 'stopped' | 'paper_out' | 'cover_open' | 'unreachable' | 'unknown'
  /** What it says of itself; may be empty. */
  detail: string
}

/** The way to one printer. */
export interface PrintChannel {
  /**
   * Hands the work over; one piece at a time. When `signal` aborts, it stops as soon as it can.
   *
   * @throws PrintFailure
   */
  send(work: PrintWork, signal: AbortSignal): Promise<Sent>
  /** Asks how the printer is; prints nothing, and fails for nothing but a bug. */
  look(signal: AbortSignal): Promise<PrinterCondition>
}
