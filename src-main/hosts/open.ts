import packageInfo from '../../package.json' with { type: 'json' }
import { type Desk, openDesk } from '../desk.ts'
import type { HostKind } from '../handlers.ts'
import { type LogEvent, openLog } from './log.ts'

export interface HostedDesk extends Desk {
  log: LogEvent
}

/** Opens the desk of a data folder for a host, with its log. Refuses like `openDesk`. */
export async function openHostedDesk(dataDir: string, host: HostKind): Promise<HostedDesk> {
  const log = openLog(dataDir)
  try {
    const desk = await openDesk({ dataDir, host, appVersion: packageInfo.version, log })
    log.info({ host, version: packageInfo.version }, 'desk opened')
    return { ...desk, log: (event, details) => log.warn(details, event) }
  } catch (error) {
    log.error({ err: error }, 'desk not opened')
    throw error
  }
}
