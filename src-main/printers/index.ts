import { channelsOf } from './channels.ts'
import { SlipEncoder } from './escpos/slip-encoder.ts'
import type { HostPrinters } from './host-printers.ts'
import { PrintLanes, type PrintLanesOptions } from './lanes.ts'

export type { HostPrinters } from './host-printers.ts'
export { planJob } from './jobs.ts'
export { printersHandlers } from './service.ts'
export { findStandingJobs } from './store.ts'

/** The desk's part that takes papers to printers. */
export interface Printers {
  lanes: PrintLanes
  /** What the host's window can print; null where it has none. */
  host: HostPrinters | null
  /** Stops the lanes and what works for them. */
  close(): Promise<void>
}

/** Opens the lanes of a data folder; they stand still until `lanes.start`. */
export function openPrinters(
  options: Omit<PrintLanesOptions, 'openChannel'> & { host: HostPrinters | null },
): Printers {
  const { host } = options
  const encoder = new SlipEncoder()
  const lanes = new PrintLanes({ ...options, openChannel: channelsOf(host, encoder) })
  const close = async (): Promise<void> => {
    await lanes.close()
    await encoder.close()
  }
  return { lanes, host, close }
}
