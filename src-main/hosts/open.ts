import packageInfo from '../../package.json' with { type: 'json' }
import { type Desk, openDesk } from '../desk.ts'
import { isRefusal } from '../foundation/errors.ts'
import type { HostKind } from '../handlers.ts'
import type { HostPrinters } from '../printers/index.ts'
import { type LogEvent, openLog } from './log.ts'

/** By then the first screen is up, and nobody has had the time to print. */
const warmUpAfterMs = 3_000

export interface HostedDesk extends Desk {
  log: LogEvent
}

export interface HostedDeskOptions {
  /** Makes the demo store first where the folder is empty. */
  demo?: boolean
  /** What the host's window can print. */
  printers?: HostPrinters
  /** Opens a file with the machine's program for it. */
  openFile?: (file: string) => Promise<boolean>
}

/** Opens the desk of a data folder for a host, with its log. Refuses like `openDesk` and `ensureDemoStore`. */
export async function openHostedDesk(
  dataDir: string,
  host: HostKind,
  { demo = false, printers, openFile }: HostedDeskOptions = {},
): Promise<HostedDesk> {
  const log = openLog(dataDir)
  const config = {
    dataDir,
    host,
    appVersion: packageInfo.version,
    log,
    ...(printers && { printers }),
    ...(openFile && { openFile }),
  }
  try {
    if (demo) await (await import('./demo.ts')).ensureDemoStore(config)
    const desk = await openDesk(config)
    log.info({ host, version: packageInfo.version }, 'desk opened')
    if (host !== 'cli') setTimeout(() => desk.warmUp(), warmUpAfterMs).unref()
    return { ...desk, log: (event, details) => log.warn(details, event) }
  } catch (error) {
    if (isRefusal(error))
      log.warn({ reason: error.reason, params: error.params }, 'desk not opened')
    else log.error({ err: error }, 'desk not opened')
    throw error
  }
}
