import { readFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * What a page of the desk may do, the same in every host. Scripts come from the desk's own files only;
 * antd writes its styles at run time, hence `unsafe-inline` for styles and for nothing else.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Sent with every page, file and refusal. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), usb=(), serial=()',
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
}

/** Files with a content hash in their name never change; everything else is asked for again. */
const HASHED_NAME = /-[\w-]{8}\.\w+$/

export interface PageFile {
  body: Buffer<ArrayBuffer>
  type: string
  cacheControl: string
}

/**
 * The file below `root` that a page's address means, or null when it means none: unknown, hidden,
 * or pointing outside `root` by `..`, by an encoded separator, a drive letter or a NUL.
 */
export function resolvePageFile(root: string, pathname: string): string | null {
  let name: string
  try {
    name = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (name.includes('\0') || name.includes('\\') || name.includes(':')) return null
  const parts = name.split('/').filter((part) => part !== '')
  if (parts.some((part) => part.startsWith('.'))) return null
  const file = path.join(root, ...(parts.length === 0 ? ['index.html'] : parts))
  return path.extname(file) in TYPES ? file : null
}

/** Reads a file of the built pages; null when there is none. */
export async function readPageFile(root: string, pathname: string): Promise<PageFile | null> {
  const file = resolvePageFile(root, pathname)
  if (file === null) return null
  try {
    return {
      body: await readFile(file),
      type: TYPES[path.extname(file)] ?? 'application/octet-stream',
      cacheControl: HASHED_NAME.test(file) ? 'max-age=31536000, immutable' : 'no-cache',
    }
  } catch {
    return null
  }
}
