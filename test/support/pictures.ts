import { crc32, deflateSync } from 'node:zlib'

const bytesOf = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))

/** A chunk of a PNG. */
export function pngChunk(type: string, body: Uint8Array): Uint8Array {
  const whole = new Uint8Array(body.length + 12)
  const view = new DataView(whole.buffer)
  view.setUint32(0, body.length)
  whole.set(bytesOf(type), 4)
  whole.set(body, 8)
  view.setUint32(body.length + 8, crc32(whole.subarray(4, body.length + 8)))
  return whole
}

export const pngStart: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** A PNG: what `isInk` says is dark, on see-through ground or the given one, and further chunks before the end. */
export function makePng({
  width = 8,
  height = 8,
  isInk = () => false,
  extra = [],
  ground = [0, 0, 0, 0],
}: {
  width?: number
  height?: number
  isInk?: (x: number, y: number) => boolean
  extra?: readonly Uint8Array[]
  ground?: readonly number[]
} = {}): Uint8Array {
  const header = new Uint8Array(13)
  new DataView(header.buffer).setUint32(0, width)
  new DataView(header.buffer).setUint32(4, height)
  header.set([8, 6, 0, 0, 0], 8)
  const rows = new Uint8Array((width * 4 + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const place = y * (width * 4 + 1) + 1 + x * 4
      rows.set(isInk(x, y) ? [18, 33, 43, 255] : ground, place)
    }
  }
  return Buffer.concat([
    new Uint8Array(pngStart),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    ...extra,
    pngChunk('IEND', new Uint8Array()),
  ])
}

/** A signature as a pad makes it: one long wave. */
export function makeSignature(): Uint8Array {
  return makePng({
    width: 120,
    height: 40,
    isInk: (x, y) => Math.abs(20 + 12 * Math.sin(x / 9) - y) < 1.5,
  })
}

/** A block of EXIF as a phone writes it: held upright, taken at a place, with a name of the camera. */
export function makeExif(orientation = 6): Uint8Array {
  const block = new Uint8Array(160)
  const view = new DataView(block.buffer)
  block.set(bytesOf('MM'), 0)
  view.setUint16(2, 42)
  view.setUint32(4, 8)
  view.setUint16(8, 3)
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    view.setUint16(at, tag)
    view.setUint16(at + 2, type)
    view.setUint32(at + 4, count)
    if (type === 3) view.setUint16(at + 8, value)
    else view.setUint32(at + 8, value)
  }
  entry(10, 0x010f, 2, 12, 60)
  entry(22, 0x0112, 3, 1, orientation)
  entry(34, 0x8825, 4, 1, 80)
  block.set(bytesOf('SECRETPHONE'), 60)
  view.setUint16(80, 1)
  entry(82, 0x0002, 2, 20, 110)
  block.set(bytesOf('GPS22.5176,113.3927'), 110)
  return block
}

/** What must never be left in a kept photo. */
export const secrets = ['SECRETPHONE', 'GPS22.5176', 'secret-place', 'Exif\0\0II'] as const

const segment = (marker: number, body: Uint8Array | number[]): number[] => [
  0xff,
  marker,
  (body.length + 2) >> 8,
  (body.length + 2) & 0xff,
  ...body,
]

/** Segments a phone or a program puts into a JPEG beside the picture. */
export function jpegSecrets(orientation = 6): number[] {
  return [
    ...segment(0xe1, [...bytesOf('Exif\0\0'), ...makeExif(orientation)]),
    ...segment(0xe1, bytesOf('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>secret-place</x:xmpmeta>')),
    ...segment(0xed, bytesOf('Photoshop 3.0\0secret-place')),
    ...segment(0xe2, bytesOf('MPF\0secret-place')),
    ...segment(0xfe, bytesOf('secret-place')),
  ]
}

/** A real photo of 16 by 24 pixels with a colour profile. */
export const jpeg: Uint8Array = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAYABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAEF/8QAFhABAQEAAAAAAAAAAAAAAAAAAAEh/8QAFgEBAQEAAAAAAAAAAAAAAAAABAID/8QAHREAAgEFAQEAAAAAAAAAAAAAAQIAAwQRITFR0f/aAAwDAQACEQMRAD8AxrdUFohUkk5zCXFxTq00VUClRs+82dfewA0g5//Z',
  'base64',
)

/** The same picture as a WebP that can hold more than pixels. */
export const webp: Uint8Array = Buffer.from(
  'UklGRjICAABXRUJQVlA4WAoAAAAgAAAADwAAFwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggRAAAADADAJ0BKhAAGAA+0VSjS6gkoyGwCAEAGgliAB2jvkZgj4AA/upl/+kto5LwISy//8585Q/7pzv/+aKX4zv2R+imZAAA',
  'base64',
)

/** A WebP with more chunks behind its pixels, and flags that say so. */
export function intoWebp(whole: Uint8Array, chunks: readonly [string, Uint8Array][]): Uint8Array {
  const more = chunks.map(([type, body]) => {
    const chunk = new Uint8Array(8 + body.length + (body.length % 2))
    chunk.set(bytesOf(type))
    new DataView(chunk.buffer).setUint32(4, body.length, true)
    chunk.set(body, 8)
    return chunk
  })
  const joined = Buffer.concat([whole, ...more])
  joined.writeUInt32LE(joined.length - 8, 4)
  joined[20] = (joined[20] ?? 0) | 0x0c
  return joined
}

/** Puts bytes behind the start of a JPEG. */
export function intoJpeg(jpeg: Uint8Array, more: readonly number[]): Uint8Array {
  return Buffer.concat([jpeg.subarray(0, 2), new Uint8Array(more), jpeg.subarray(2)])
}
