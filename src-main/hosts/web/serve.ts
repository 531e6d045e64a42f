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
  /** Makes the demo store first where the folder is empty. */
  demo?: boolean
  onReady(address: string): void
}

/** Answers calls of the desk over HTTP. */
export function answerOverHttp(desk: Pick<Desk, 'router'>): RpcAnswerer {
  const handler = new RPCHandler<CallContext>(desk.router, {
    plugins: [new RequestHeadersPlugin(), new BodyLimitPlugin({ maxBodySize: LARGEST_CALL_BYTES })],
    rootInterceptors: [
      async (call) => {
        const result = await call.next()
        return result.matched
          ? { ...result, response: await writeWholeForm(result.response) }
          : result
      },
    ],
  })
  return async (request, response, prefix) =>
    (await handler.handle(request, response, { prefix, context: {} })).matched
}

/** What a call is answered with, before it is put on the wire. */
interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: unknown
}

/**
 * Writes an answer with files in one piece. Node streams a form part by part, and a page that leaves before the last
 * part makes that stream throw where nothing can catch it, which would end the desk for everybody.
 */
async function writeWholeForm(answer: Answer): Promise<Answer> {
  if (!(answer.body instanceof FormData)) return answer
  const form = new Response(answer.body)
  const headers = { ...answer.headers, 'content-type': form.headers.get('content-type') ?? '' }
  return { ...answer, headers, body: (await form.blob()).stream() }
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
  const desk = await openHostedDesk(options.dataDir, 'web', { demo: options.demo ?? false })
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
