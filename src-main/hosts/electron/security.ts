/** Scheme and host of the desk's own pages. */
export const DESK_SCHEME = 'app'
export const DESK_HOST = 'desk'
export const DESK_PAGE = `${DESK_SCHEME}://${DESK_HOST}/index.html`
/** The page that paints a paper for the system's drivers. */
export const PRINT_PAGE = `${DESK_SCHEME}://${DESK_HOST}/print.html`

/** Permissions the desk's own pages may have; every other request is denied. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** What is known of the frame a message comes from; Electron's `WebFrameMain` fits. */
export interface SenderFrame {
  url: string
  parent: unknown
}

/**
 * True for an address of the desk's own pages. Protocol and host are compared, because `origin` of a
 * custom scheme is the string "null" in Node. `devOrigin` is the bundler's server during development.
 */
export function isDeskUrl(address: string, devOrigin?: string): boolean {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return false
  }
  if (devOrigin !== undefined && url.protocol === 'http:' && url.origin === devOrigin) return true
  return (
    url.protocol === `${DESK_SCHEME}:` &&
    url.host === DESK_HOST &&
    url.username === '' &&
    url.password === ''
  )
}

/** A page may only go to another page of the desk; redirects and subframes are asked the same way. */
export function isNavigationAllowed(address: string, devOrigin?: string): boolean {
  return isDeskUrl(address, devOrigin)
}

/** What Electron tells beside the permission's name; for `media` it says which devices. */
type PermissionDetails = object

/**
 * The desk's own pages may copy text and see through a camera (photos of goods). Never the microphone, and nothing for
 * anybody else.
 */
export function isPermissionAllowed(
  permission: string,
  requestingUrl: string,
  { devOrigin, details = {} }: { devOrigin?: string | undefined; details?: PermissionDetails } = {},
): boolean {
  if (!isDeskUrl(requestingUrl, devOrigin)) return false
  return ALLOWED_PERMISSIONS.has(permission) || (permission === 'media' && isCamera(details))
}

/** A request names all devices it wants, a check one. */
function isCamera(details: PermissionDetails): boolean {
  if ('mediaType' in details) return details.mediaType === 'video'
  const asked: unknown = 'mediaTypes' in details ? details.mediaTypes : undefined
  return Array.isArray(asked) && asked.length > 0 && asked.every((type) => type === 'video')
}

/** Only the top frame of a page of the desk may speak to the main process. */
export function isTrustedSender(frame: SenderFrame | null, devOrigin?: string): boolean {
  return frame !== null && frame.parent === null && isDeskUrl(frame.url, devOrigin)
}
