/**
 * A 64-bit hash of a text as two unsigned halves (cyrb53's mixing). Not for secrets: it tells whether a receipt read
 * again is the one already there.
 */
export function hashHalves(text: string, seed = 0): [number, number] {
  let a = 0xdeadbeef ^ seed
  let b = 0x41c6ce57 ^ seed
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return [a >>> 0, b >>> 0]
}

/** The same as one exact number below 2^53. */
export function hashNumber(text: string): number {
  const [a, b] = hashHalves(text)
  return (b & 0x1fffff) * 0x1_0000_0000 + a
}

export function hexOf(a: number, b: number): string {
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0')
}
