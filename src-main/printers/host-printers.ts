import { type PrintChannel, PrintFailure, type PrinterCondition } from './channel.ts'
import { readPageSize } from './move-pages.ts'

/** A printer as the system lists it. */
export interface FoundPrinter {
  name: string
  description: string
  isDefault: boolean
  state: PrinterCondition['state']
}

/** One paper as a host's own printing takes it. */
export interface HostPrintWork {
  printer: string
  title: string
  pdf: Uint8Array
  copies: number
  sides: 'one' | 'long_edge' | 'short_edge'
  /** Tenths of a millimetre; null where the paper does not say. */
  pageSize: { width: number; height: number } | null
}

/** What a host with a window can do that Node cannot: print through the system's drivers. */
export interface HostPrinters {
  list(): Promise<FoundPrinter[]>
  /** @returns why it was not printed, as the system says it; null when its queue took it */
  print(work: HostPrintWork, signal: AbortSignal): Promise<string | null>
}

/** Bits of a Windows printer's status (`PRINTER_STATUS_…`), the worst first. */
const windowsStates = [
  [0x10 | 0x40000, 'paper_out'],
  [0x400000, 'cover_open'],
  [0x80 | 0x1000, 'unreachable'],
  [0x1 | 0x2 | 0x8 | 0x100000, 'stopped'],
  [0x200 | 0x400 | 0x4000, 'busy'],
] as const

/** How a printer is, from what a window's list of printers tells; systems and versions tell different things. */
export function readHostState(
  platform: string,
  { status, options }: { status: unknown; options: Readonly<Record<string, unknown>> },
): PrinterCondition['state'] {
  if (platform === 'win32') {
    if (typeof status !== 'number') return 'unknown'
    return windowsStates.find(([bits]) => (status & bits) !== 0)?.[1] ?? 'ready'
  }
  const reasons = textOf(options['printer-state-reasons'])
  if (/media-(empty|needed)/.test(reasons)) return 'paper_out'
  if (/(cover|door|interlock)-open/.test(reasons)) return 'cover_open'
  const states = { '3': 'ready', '4': 'busy', '5': 'stopped' } as const
  const state = textOf(options['printer-state'])
  return state === '3' || state === '4' || state === '5' ? states[state] : 'unknown'
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** A printer of the system through the host's window, where there is no CUPS. */
export function openHostChannel(printer: string, host: HostPrinters): PrintChannel {
  const look = async (): Promise<PrinterCondition> => {
    const found = (await host.list()).find(({ name }) => name === printer)
    return found
      ? { state: found.state, detail: found.description }
      : { state: 'unreachable', detail: printer }
  }
  return {
    look,
    send: async ({ title, pdf, copies, sides }, signal) => {
      const { state, detail } = await look()
      if (state === 'unreachable') throw new PrintFailure('refused', 'nothing', detail)
      if (state === 'stopped' || state === 'paper_out' || state === 'cover_open') {
        throw new PrintFailure(state, 'nothing', detail)
      }
      const pageSize = readPageSize(pdf)
      const why = await host.print({ printer, title, pdf, copies, sides, pageSize }, signal)
      // The system refused before its queue had the paper.
      if (why !== null) throw new PrintFailure('failed', 'nothing', why)
      return { state: 'sent', reference: null }
    },
  }
}
