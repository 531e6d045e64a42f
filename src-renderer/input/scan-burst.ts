/**
 * Tells a scanner from a person. A keyboard-wedge scanner types a whole code with only
 * milliseconds between its keys and mostly ends it with Enter or Tab; nobody types like that.
 * Pure: fed with keys and times, it answers what to do.
 */

import { looksLikeCardCode, readCardCode } from '../../src-main/foundation/card-code.ts'
import { toHalfWidth } from '../../src-main/foundation/text.ts'

/** Longest pause between two keys of one scan, in milliseconds. */
export const BURST_GAP_MS = 35

/**
 * Longest pause inside the signed code of a card, in milliseconds. Among its hundreds of keys a machine or a radio
 * scanner stumbles sooner, and nobody types a dozen keys of one at scanner speed.
 */
export const CODE_GAP_MS = 400

/**
 * Silence after which the code of a card is given up, in milliseconds: among hundreds of keys a busy machine may pause
 * for a second, and two halves would be told as two codes that are none.
 */
export const HALF_CODE_IDLE_MS = 3_000

/** Keys after which a burst is known for the code of a card. */
const CODE_KEYS = 12

/**
 * Silence after which a code without terminator is complete, in milliseconds. Longer than the gap, because on a
 * busy machine keys wait in a queue while this clock already runs.
 */
export const BURST_IDLE_MS = 120

/** Shortest text taken for a scan. */
export const SHORTEST_SCAN = 4

/** One key as the scanner sees it. */
export interface ScanKey {
  /** Physical key, `KeyboardEvent.code`; empty for virtual keyboards. */
  code: string
  key: string
  shift: boolean
  /** Milliseconds, any origin. */
  at: number
  /** An input method has taken the key. */
  ime: boolean
}

const shiftedDigits = ')!@#$%^&*('

const punctuation: Record<string, readonly [string, string]> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Backquote: ['`', '~'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
}

/** The character of a key, by its place on the keyboard, so neither IME nor Caps Lock changes a code. */
export function characterOf({ code, key, shift }: ScanKey): string | null {
  if (/^Key[A-Z]$/.test(code)) return shift ? code.slice(3) : code.slice(3).toLowerCase()
  if (/^Digit\d$/.test(code))
    return shift ? (shiftedDigits[Number(code.slice(5))] ?? null) : code.slice(5)
  if (/^Numpad\d$/.test(code)) return code.slice(6)
  const pair = punctuation[code]
  if (pair) return shift ? pair[1] : pair[0]
  const half = toHalfWidth(key)
  return half.length === 1 && half >= ' ' ? half : null
}

/** Removes control characters, outer blanks and the AIM prefix some scanners send (`]C1`). */
export function cleanScan(text: string): string {
  return toHalfWidth(text)
    .replace(/\p{Cc}/gu, '')
    .trim()
    .replace(/^\][A-Za-z]\d/, '')
}

export type BurstEvent =
  | { kind: 'pending'; length: number; fresh: boolean }
  | { kind: 'scan'; text: string; ime: boolean }
  | { kind: 'none' }

/** Collects keys into bursts. */
export class ScanBurst {
  #text = ''
  #lastAt = Number.NEGATIVE_INFINITY
  #ime = false

  /** True while more than one key has come at scanner speed. */
  get running(): boolean {
    return this.#text.length > 1
  }

  /** True while the code of a card has begun and not come to its end: silence does not end it yet. */
  get isHalfCode(): boolean {
    return looksLikeCardCode(this.#text) && readCardCode(this.#text).kind === 'incomplete'
  }

  #isCode(): boolean {
    return this.#text.length >= CODE_KEYS && looksLikeCardCode(this.#text)
  }

  #longestGap(): number {
    return this.#isCode() ? CODE_GAP_MS : BURST_GAP_MS
  }

  /** Feeds one key. `scan` means the burst is complete and the key itself (Enter, Tab) belongs to it. */
  feed(key: ScanKey): BurstEvent {
    const inTime = key.at - this.#lastAt <= this.#longestGap()
    if (key.code === 'Enter' || key.code === 'NumpadEnter' || key.code === 'Tab') {
      return inTime ? this.finish() : this.#reset()
    }
    const character = characterOf(key)
    if (character === null) {
      const isModifier = /^(Shift|Control|Alt|Meta)(Left|Right)$/.test(key.code)
      return isModifier ? { kind: 'none' } : this.#reset()
    }
    const fresh = !inTime
    if (fresh) this.#reset()
    this.#text += character
    this.#lastAt = key.at
    this.#ime ||= key.ime
    return { kind: 'pending', length: this.#text.length, fresh }
  }

  /** Ends the burst by terminator or silence. */
  finish(): BurstEvent {
    const text = cleanScan(this.#text)
    const ime = this.#ime
    this.#reset()
    return text.length >= SHORTEST_SCAN ? { kind: 'scan', text, ime } : { kind: 'none' }
  }

  #reset(): BurstEvent {
    this.#text = ''
    this.#lastAt = Number.NEGATIVE_INFINITY
    this.#ime = false
    return { kind: 'none' }
  }
}
