import path from 'node:path'
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/node'
import { RequestHeadersPlugin } from '@orpc/server/plugins'
import type { CallContext, Desk } from '../../desk.ts'
import { PROJECT_ROOT } from '../build.ts'
import { type HostedDesk, openHostedDesk } from '../open.ts'
import { startWebHost, type RpcAnswerer, type WebHost } from './server.ts'

/** Files arrive in pieces far smaller than this. */
const LARGEST_CALL_BYTES = 64 * 2 ** 20

export interface ServeOptions {
  dataDir: string
  port: number
  onReady(address: string): void
}

/** Answers calls of the desk over HTTP. */
export function answerOverHttp(desk: Pick<Desk, 'router'>): RpcAnswerer {
  const handler = new RPCHandler<CallContext>(desk.router, {
    plugins: [new RequestHeadersPlugin(), new BodyLimitPlugin({ maxBodySize: LARGEST_CALL_BYTES })],
  })
  return async (request, response, prefix) =>
    (await handler.handle(request, response, { prefix, context: {} })).matched
}

/** Puts an open desk on the loopback interface. */
export function hostDesk(desk: HostedDesk, port: number): Promise<WebHost> {
  return startWebHost({
    pages: path.join(PROJECT_ROOT, 'out', 'renderer'),
    port,
    answer: answerOverHttp(desk),
    log: desk.log,
  })
}

/** Serves the desk of a data folder until the process is asked to stop; the data folder is then released. */
export async function serveDesk(options: ServeOptions): Promise<void> {
  const desk = await openHostedDesk(options.dataDir, 'web')
  try {
    const host = await hostDesk(desk, options.port)
    options.onReady(host.address)
    await stopSignal()
    await host.close()
  } finally {
    await desk.close()
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve())
    }
  })
}
