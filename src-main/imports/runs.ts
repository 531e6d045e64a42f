import { hashNumber } from './hash.ts'

/**
 * Finds out, in a first reading, which receipts a file writes in pieces far apart, so that the second reading knows
 * when it has seen the last row of each. Memory stays bounded: a bit for each receipt, a number for each one in pieces.
 * Two receipts sharing a bit only make one of them wait for its own last row.
 */
export class RunIndex {
  readonly #bits: Uint32Array
  readonly #mask: number
  readonly #lastRun = new Map<number, number>()
  #current = ''
  #run = 0

  /** `expected` receipts set the number of bits; too few only cost memory elsewhere. */
  constructor(expected: number) {
    const bits = Math.min(27, Math.max(16, Math.ceil(Math.log2(expected * 16 + 1))))
    this.#bits = new Uint32Array(2 ** (bits - 5))
    this.#mask = 2 ** bits - 1
  }

  /** First reading: the next row belongs to `key`. */
  note(key: string): void {
    if (key === this.#current) return
    this.#current = key
    this.#run += 1
    const hash = hashNumber(key)
    const bit = hash & this.#mask
    const word = bit >>> 5
    const flag = 1 << (bit & 31)
    if (((this.#bits[word] ?? 0) & flag) !== 0) this.#lastRun.set(hash, this.#run)
    else this.#bits[word] = (this.#bits[word] ?? 0) | flag
  }

  /** Starts the second reading. */
  rewind(): void {
    this.#current = ''
    this.#run = 0
  }

  /** Second reading: true when a new run of rows begins with this row. */
  enter(key: string): boolean {
    if (key === this.#current) return false
    this.#current = key
    this.#run += 1
    return true
  }

  /** Second reading, inside a run of `key`: whether more rows of it come after the run. */
  comesAgain(key: string): boolean {
    const last = this.#lastRun.get(hashNumber(key))
    return last !== undefined && last > this.#run
  }
}
