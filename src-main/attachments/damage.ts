/** The bytes break off or contradict themselves: no image can be read from them. */
export class DamagedImage extends Error {}

/** Stops reading an image that cannot be one. */
export function damaged(what: string): never {
  throw new DamagedImage(what)
}

/** Bytes of an image without what they say beside the picture, and its size in pixels. */
export interface BareImage {
  bytes: Uint8Array
  width: number
  height: number
}

/** Puts pieces together in order. */
export function join(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}
