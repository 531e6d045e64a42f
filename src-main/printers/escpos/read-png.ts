/** Pictures that papers bring along, as dots. */
import { readRows } from '../../attachments/read-png.ts'

interface ReadPicture {
  width: number
  height: number
  /** Darker than half grey, where it is not see-through. */
  isDark(x: number, y: number): boolean
}

/** Larger is no picture for a roll. */
const LARGEST = { width: 4_000, height: 4_000 }

/** The points of a PNG. @throws DamagedImage for a picture of another kind than papers have */
export function readPng(file: Uint8Array): ReadPicture {
  const { width, height, depth, samples, across, rows } = readRows(file, LARGEST)
  const isDark = (x: number, y: number): boolean => {
    if (depth === 1) return ((rows[y * across + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0
    const at = y * across + x * samples
    if (samples % 2 === 0 && (rows[at + samples - 1] ?? 0) < 128) return false
    const [red = 0, green = 0, blue = 0] = rows.subarray(at, at + 3)
    return samples <= 2 ? red < 128 : red * 0.3 + green * 0.59 + blue * 0.11 < 128
  }
  return { width, height, isDark }
}
