/** Points of a PNG as the desk keeps pictures for paper: one or eight bits to a channel, without a palette. */
import { inflateSync } from 'node:zlib'

interface ReadPicture {
  width: number
  height: number
  /** Darker than half grey, where it is not see-through. */
  isDark(x: number, y: number): boolean
}

/** Channels by colour type; the last one of an even number is how opaque the point is. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 }

const HEADER = 8

/** @throws Error for a picture of another kind */
export function readPng(file: Uint8Array): ReadPicture {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const [width, height] = [view.getUint32(HEADER + 8), view.getUint32(HEADER + 12)]
  const [depth = 0, color = 0, , , interlace = 0] = file.subarray(HEADER + 16, HEADER + 21)
  const channels = CHANNELS[color]
  const isKnown = depth === 8 || (depth === 1 && channels === 1)
  if (channels === undefined || !isKnown || interlace !== 0) {
    throw new Error('not a picture as papers have them')
  }
  const packed: Uint8Array[] = []
  for (let at = HEADER; at < file.length; at += 12 + view.getUint32(at)) {
    const type = Buffer.from(file.subarray(at + 4, at + 8)).toString('latin1')
    if (type === 'IDAT') packed.push(file.subarray(at + 8, at + 8 + view.getUint32(at)))
  }
  const stride = Math.ceil((width * channels * depth) / 8)
  const step = Math.ceil((channels * depth) / 8)
  const rows = unfilter(inflateSync(Buffer.concat(packed)), { stride, height, step })
  const isDark = (x: number, y: number): boolean => {
    if (depth === 1) return ((rows[y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0
    const at = y * stride + x * channels
    if (channels % 2 === 0 && (rows[at + channels - 1] ?? 0) < 128) return false
    const [red = 0, green = 0, blue = 0] = rows.subarray(at, at + 3)
    return channels <= 2 ? red < 128 : red * 0.3 + green * 0.59 + blue * 0.11 < 128
  }
  return { width, height, isDark }
}

/** Rows as they were before each was told by what stands left of it and above. */
function unfilter(
  filtered: Uint8Array,
  { stride, height, step }: { stride: number; height: number; step: number },
): Uint8Array {
  const rows = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1)
    const filter = filtered[from] ?? 0
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= step ? (rows[at - step] ?? 0) : 0
      const above = y > 0 ? (rows[at - stride] ?? 0) : 0
      const corner = x >= step && y > 0 ? (rows[at - stride - step] ?? 0) : 0
      rows[at] = (filtered[from + 1 + x] ?? 0) + guess(filter, left, above, corner)
    }
  }
  return rows
}

function guess(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return above
  if (filter === 3) return (left + above) >> 1
  if (filter !== 4) return 0
  const whole = left + above - corner
  const [byLeft, byAbove, byCorner] = [left, above, corner].map((each) => Math.abs(whole - each))
  if ((byLeft ?? 0) <= (byAbove ?? 0) && (byLeft ?? 0) <= (byCorner ?? 0)) return left
  return (byAbove ?? 0) <= (byCorner ?? 0) ? above : corner
}
