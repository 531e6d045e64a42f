/** How a camera was held: 1 upright, 2 to 8 turned or mirrored (TIFF tag 0x0112). */
const orientationTag = 0x0112
const shortType = 3
/** Directories of cameras hold some dozens of tags; more is an attempt to keep the reader busy. */
const mostTags = 512

/**
 * The orientation a TIFF block of EXIF states, 1 where it states none or cannot be read. Without it a photo held
 * upright would lie on its side once everything else the camera wrote is gone.
 */
export function readOrientation(tiff: Uint8Array): number {
  if (tiff.length < 14) return 1
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length)
  const order = view.getUint16(0)
  const little = order === 0x4949
  if (!little && order !== 0x4d4d) return 1
  if (view.getUint16(2, little) !== 42) return 1
  const directory = view.getUint32(4, little)
  if (directory + 2 > tiff.length) return 1
  const tags = Math.min(view.getUint16(directory, little), mostTags)
  for (let index = 0; index < tags; index += 1) {
    const at = directory + 2 + index * 12
    if (at + 12 > tiff.length) return 1
    if (view.getUint16(at, little) !== orientationTag) continue
    const value = view.getUint16(at + 8, little)
    const isShort = view.getUint16(at + 2, little) === shortType
    return isShort && value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** A TIFF block that states the orientation and nothing else. */
export function writeOrientation(orientation: number): Uint8Array {
  const tiff = new Uint8Array(26)
  const view = new DataView(tiff.buffer)
  view.setUint16(0, 0x4d4d)
  view.setUint16(2, 42)
  view.setUint32(4, 8)
  view.setUint16(8, 1)
  view.setUint16(10, orientationTag)
  view.setUint16(12, shortType)
  view.setUint32(14, 1)
  view.setUint16(18, orientation)
  return tiff
}
