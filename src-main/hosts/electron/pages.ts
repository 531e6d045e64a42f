import { protocol } from 'electron'
import { PAGE_HEADERS, readPageFile } from '../page-files.ts'
import { DESK_HOST, DESK_SCHEME } from './security.ts'

/** Where the page that says what went wrong is served. */
export const TROUBLE_PATH = '/trouble'

/** Where the print page reads its paper; the rest of the path says which. */
const PAPER_PATH = '/paper/'

/** Must run before the app is ready. */
export function registerDeskScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: DESK_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

/** Serves the built pages below `root` as `app://desk/…`. */
export function serveDeskPages(
  root: string,
  renderTrouble: () => string,
  readPaper: (token: string) => { pdf: Uint8Array; title: string } | null,
): void {
  protocol.handle(DESK_SCHEME, async (request) => {
    const url = new URL(request.url)
    if (url.host !== DESK_HOST) return new Response(null, { status: 404, headers: PAGE_HEADERS })
    if (url.pathname === TROUBLE_PATH) {
      return new Response(renderTrouble(), {
        headers: { ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8' },
      })
    }
    if (url.pathname.startsWith(PAPER_PATH)) {
      const paper = readPaper(url.pathname.slice(PAPER_PATH.length))
      if (!paper) return new Response(null, { status: 404, headers: PAGE_HEADERS })
      return new Response(new Uint8Array(paper.pdf), {
        headers: {
          ...PAGE_HEADERS,
          'content-type': 'application/pdf',
          'x-title': encodeURIComponent(paper.title),
        },
      })
    }
    const file = await readPageFile(root, url.pathname)
    if (file === null) return new Response(null, { status: 404, headers: PAGE_HEADERS })
    return new Response(file.body, {
      headers: { ...PAGE_HEADERS, 'content-type': file.type, 'cache-control': file.cacheControl },
    })
  })
}
