/** What can be kept: photos, and papers somebody brings as PDF. */
export type MediaType = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf'

interface Signature {
  is: string
  at: number
  bytes: readonly number[]
}

const word = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))

/** Kinds a desk meets and cannot keep, by the name people know them by; the first that fits is told. */
const strangers: readonly Signature[] = [
  { is: 'GIF', at: 0, bytes: word('GIF8') },
  { is: 'BMP', at: 0, bytes: word('BM') },
  { is: 'TIFF', at: 0, bytes: [0x49, 0x49, 0x2a, 0x00] },
  { is: 'TIFF', at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { is: 'HEIC', at: 4, bytes: word('ftyphei') },
  { is: 'HEIC', at: 4, bytes: word('ftypmif1') },
  { is: 'HEIC', at: 4, bytes: word('ftypmsf1') },
  { is: 'AVIF', at: 4, bytes: word('ftypavi') },
  { is: 'MP4', at: 4, bytes: word('ftyp') },
  { is: 'ZIP', at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
  { is: 'RAR', at: 0, bytes: word('Rar!') },
  { is: 'EXE', at: 0, bytes: word('MZ') },
  { is: 'DOC', at: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { is: 'SQLite', at: 0, bytes: word('SQLite format 3') },
]

const kept: readonly (readonly [MediaType, Signature])[] = [
  ['image/jpeg', { is: 'JPEG', at: 0, bytes: [0xff, 0xd8, 0xff] }],
  ['image/png', { is: 'PNG', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] }],
  ['application/pdf', { is: 'PDF', at: 0, bytes: word('%PDF-') }],
]

const fits = (bytes: Uint8Array, { at, bytes: start }: Signature): boolean =>
  start.every((byte, index) => bytes[at + index] === byte)

/** What the bytes say they are; names and headers of a browser can say anything. Null for what cannot be kept. */
export function mediaTypeOf(bytes: Uint8Array): MediaType | null {
  const found = kept.find(([, signature]) => fits(bytes, signature))
  if (found) return found[0]
  const isWebp =
    fits(bytes, { is: '', at: 0, bytes: word('RIFF') }) &&
    fits(bytes, { is: '', at: 8, bytes: word('WEBP') })
  return isWebp ? 'image/webp' : null
}

/** How people call a file that cannot be kept, by its bytes: `HEIC`, `ZIP`, `TXT`; `?` where nobody can tell. */
export function nameOfContent(bytes: Uint8Array): string {
  const known = strangers.find((signature) => fits(bytes, signature))
  if (known) return known.is
  const start = bytes.subarray(0, 512)
  if (start.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) return '?'
  const text = new TextDecoder().decode(start).trimStart().toLowerCase()
  if (text.startsWith('<svg') || text.startsWith('<?xml')) return 'SVG'
  if (text.startsWith('<')) return 'HTML'
  return text.includes('\ufffd') ? '?' : 'TXT'
}
