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
