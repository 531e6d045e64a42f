import { RPCHandler } from '@orpc/server/message-port'
import { RequestHeadersPlugin } from '@orpc/server/plugins'
import type { LogEvent } from '../log.ts'
import type { CallContext, Desk } from '../../desk.ts'
import type { HostPrinters } from '../../printers/index.ts'
import { openHostedDesk } from '../open.ts'

/** A port of the main process or, in tests, of a Node `MessageChannel`. */
type DeskPort = Parameters<RPCHandler<CallContext>['upgrade']>[0] & { start(): void }

export interface PortDesk {
  /** Answers the calls that arrive at a page's port. */
  serve(port: DeskPort): void
  log: LogEvent
  close(): Promise<void>
}

/** Opens the desk of a data folder for pages that call through a MessagePort. Refuses like `openDesk`. */
export async function openPortDesk(
  dataDir: string,
  demo: boolean,
  printers: HostPrinters,
  openFile: (file: string) => Promise<boolean>,
): Promise<PortDesk> {
  const desk = await openHostedDesk(dataDir, 'electron', {
    demo,
    printers,
    openFile,
  })
  return {
    serve: (port) => servePort(desk, port),
    log: desk.log,
    close: () => desk.close(),
  }
}

/** Answers the calls of a desk that arrive at a port, until the port closes. */
export function servePort(desk: Pick<Desk, 'router'>, port: DeskPort): void {
  const handler = new RPCHandler<CallContext>(desk.router, {
    plugins: [new RequestHeadersPlugin()],
  })
  handler.upgrade(port, { context: {} })
  port.start()
}
