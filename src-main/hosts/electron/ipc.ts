import { ipcMain, type MessagePortMain } from 'electron'
import type { LogEvent } from '../log.ts'
import { PORT_CHANNEL } from './channels.ts'
import { isTrustedSender } from './security.ts'

export interface PortAcceptor {
  devOrigin: string | undefined
  /** Serves the desk on a port; called once the desk is open. */
  serve(port: MessagePortMain): Promise<void>
  log: LogEvent
}

/**
 * Accepts the RPC port of each page that loads. What a page sends before the desk is open waits in
 * its port, so the page may start asking at once.
 */
export function acceptPorts(acceptor: PortAcceptor): void {
  ipcMain.on(PORT_CHANNEL, (event) => {
    const [port] = event.ports
    if (!port) return
    if (!isTrustedSender(event.senderFrame, acceptor.devOrigin)) {
      acceptor.log('port-refused', { url: event.senderFrame?.url })
      port.close()
      return
    }
    acceptor.serve(port).catch((error: unknown) => {
      acceptor.log('port-failed', { error: String(error) })
      port.close()
    })
  })
}
