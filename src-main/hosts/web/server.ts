import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LogEvent } from '../log.ts'
import { DeskRefusal } from '../../foundation/errors.ts'
import { renderNoticePage } from '../notice-page.ts'
import { PAGE_HEADERS, readPageFile } from '../page-files.ts'
import { LANGUAGES, say } from '../words.ts'
import { cookieName, judgeAccess, type Access } from './access.ts'

const RPC_PREFIX = '/rpc'
const LOOPBACK = '127.0.0.1'

/** How long open requests may take to finish when the host stops. */
const STOP_GRACE_MS = 3_000

/** Answers a request below `prefix`; false when it is not a call of the desk. */
export type RpcAnswerer = (
  request: IncomingMessage,
  response: ServerResponse,
  prefix: `/${string}`,
) => Promise<boolean>

export interface WebHostOptions {
  /** Folder of the built pages. */
  pages: string
  /** 0 takes any free port. */
  port: number
  answer: RpcAnswerer
  log: LogEvent
}

export interface WebHost {
  /** Opens the desk in a browser; carries the token of this run. */
  address: string
  port: number
  token: string
  close(): Promise<void>
}

/** Serves the desk on the loopback interface. Refuses with `web.port_taken`. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const token = randomBytes(24).toString('base64url')
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo
    handle(request, response, options, { port, token }).catch((error: unknown) => {
      options.log('request-failed', { url: request.url?.split('?')[0], error: String(error) })
      if (!response.headersSent) response.writeHead(500, PAGE_HEADERS)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(isTaken(error) ? new DeskRefusal('web.port_taken', { port: options.port }) : error),
    )
    server.listen(options.port, LOOPBACK, () => resolve())
  })
  const { port } = server.address() as AddressInfo
  return {
    address: `http://${LOOPBACK}:${port}/?token=${token}`,
    port,
    token,
    close: () =>
      new Promise((resolve) => {
        const force = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS)
        server.close(() => {
          clearTimeout(force)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

function isTaken(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EADDRINUSE' || error.code === 'EACCES'
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: WebHostOptions,
  rules: { port: number; token: string },
): Promise<void> {
  const pathname = (request.url ?? '/').split('?')[0] ?? '/'
  const isCall = pathname === RPC_PREFIX || pathname.startsWith(`${RPC_PREFIX}/`)
  const access = judgeAccess(request, rules)
  if (access === 'entering') return enter(response, rules)
  if (access !== 'signed')
    return isCall ? refuseCall(response, access) : refusePage(response, access)
  if (isCall) {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
    response.setHeader('cache-control', 'no-store')
    if (!(await options.answer(request, response, RPC_PREFIX))) {
      response.writeHead(404).end()
    }
    return
  }
  await sendPageFile(request, response, options.pages, pathname)
}

/** Turns the token of the address into a cookie, so that it shows neither in the history nor on a picture. */
function enter(response: ServerResponse, { port, token }: { port: number; token: string }): void {
  response.writeHead(303, {
    ...PAGE_HEADERS,
    location: '/',
    'cache-control': 'no-store',
    'set-cookie': `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`,
  })
  response.end()
}

async function sendPageFile(
  request: IncomingMessage,
  response: ServerResponse,
  pages: string,
  pathname: string,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...PAGE_HEADERS, allow: 'GET, HEAD' }).end()
    return
  }
  const file = await readPageFile(pages, pathname)
  if (file === null) return sendNotice(response, 404, 'missing')
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': file.type,
    'cache-control': file.cacheControl,
    'content-length': file.body.byteLength,
  })
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

function refusePage(response: ServerResponse, access: Access): void {
  sendNotice(response, 403, access === 'foreign' ? 'foreign' : 'stale')
}

function sendNotice(
  response: ServerResponse,
  status: number,
  kind: 'stale' | 'foreign' | 'missing',
): void {
  response.writeHead(status, {
    ...PAGE_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(
    renderNoticePage({
      titles: LANGUAGES.map((language) => say(language, `web.${kind}.title`)),
      texts: LANGUAGES.map((language) => say(language, `web.${kind}.text`)),
    }),
  )
}

/** The refusal in the form that the desk's own client reads. */
function refuseCall(response: ServerResponse, access: Access): void {
  const reason = access === 'foreign' ? 'web.foreign_origin' : 'web.stale_address'
  const kind = access === 'foreign' ? 'foreign' : 'stale'
  response.writeHead(403, {
    ...PAGE_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(
    JSON.stringify({
      json: {
        defined: false,
        code: 'FORBIDDEN',
        status: 403,
        message: LANGUAGES.map((language) => say(language, `web.${kind}.text`)).join(' / '),
        data: { reason, params: {} },
      },
    }),
  )
}
