import { describe, expect, it } from 'vitest'
import {
  BURST_GAP_MS,
  type BurstEvent,
  characterOf,
  CODE_GAP_MS,
  cleanScan,
  ScanBurst,
  type ScanKey,
} from '../../src-renderer/input/scan-burst.ts'
import { sealCard } from '../../src-main/seals/keys.ts'
import { codeFacts, fixedKey } from '../support/seal-key.ts'

function keyFor(character: string, at: number): ScanKey {
  const upper = character.toUpperCase()
  const code = /\d/.test(character)
    ? `Digit${character}`
    : /[A-Z]/.test(upper)
      ? `Key${upper}`
      : character === '-'
        ? 'Minus'
        : ''
  return { code, key: character, shift: /[A-Z]/.test(character), at, ime: false }
}

function type(burst: ScanBurst, text: string, gap: number, from = 0): number {
  let at = from
  for (const character of text) {
    burst.feed(keyFor(character, at))
    at += gap
  }
  return at
}

const enter = (at: number): ScanKey => ({
  code: 'Enter',
  key: 'Enter',
  shift: false,
  at,
  ime: false,
})

describe('a burst', () => {
  it('is a scan when it comes at scanner speed and ends with Enter or Tab', () => {
    const burst = new ScanBurst()
    const at = type(burst, 'XY-0001-261112-0007-K', 5)
    expect(burst.feed(enter(at))).toEqual({
      kind: 'scan',
      text: 'XY-0001-261112-0007-K',
      ime: false,
    })
    const next = type(burst, '6901234567892', 5, at + 1_000)
    expect(burst.feed({ ...enter(next), code: 'Tab' })).toMatchObject({ text: '6901234567892' })
  })

  it('holds the hundreds of keys of a card, over a stumble of the scanner too', () => {
    const code = sealCard(codeFacts, fixedKey(1))
    expect(code.length).toBeGreaterThan(300)
    const burst = new ScanBurst()
    let at = type(burst, code.slice(0, 200), 8)
    expect(burst.isHalfCode).toBe(true)
    at = type(burst, code.slice(200), 8, at + CODE_GAP_MS - 20)
    expect(burst.isHalfCode).toBe(false)
    expect(burst.feed(enter(at))).toEqual({ kind: 'scan', text: code, ime: false })
    const next = type(burst, code.slice(0, -1), 8, at + 5_000)
    expect(burst.isHalfCode).toBe(true)
    expect(burst.feed(enter(next))).toMatchObject({ text: code.slice(0, -1) })
    // Other codes keep the pace of a scanner.
    const after = type(burst, '6901234567892', 5, next + 5_000)
    expect(burst.isHalfCode).toBe(false)
    expect(burst.feed(enter(after + BURST_GAP_MS)).kind).toBe('none')
  })

  it('is not a scan when a person types it', () => {
    const burst = new ScanBurst()
    const at = type(burst, '13812345521', BURST_GAP_MS + 1)
    expect(burst.feed(enter(at)).kind).toBe('none')
  })

  it('is not a scan when the last key comes quickly after slow ones', () => {
    const burst = new ScanBurst()
    const at = type(burst, '1234', 120)
    burst.feed(keyFor('5', at))
    expect(burst.feed(enter(at + 5)).kind).toBe('none')
  })

  it('is too short to be one below four characters', () => {
    const burst = new ScanBurst()
    expect(burst.feed(enter(type(burst, '123', 5))).kind).toBe('none')
  })

  it('survives the Shift that a scanner sends before a capital', () => {
    const burst = new ScanBurst()
    burst.feed(keyFor('1', 0))
    burst.feed({ code: 'ShiftLeft', key: 'Shift', shift: true, at: 4, ime: false })
    const events: BurstEvent[] = ['A', '2', '3'].map((key, index) =>
      burst.feed(keyFor(key, 8 + index * 4)),
    )
    expect(events.at(-1)).toMatchObject({ kind: 'pending', length: 4 })
  })

  it('says when an input method has taken one of its keys', () => {
    const burst = new ScanBurst()
    for (const [index, key] of [...'abc12'].entries()) {
      burst.feed({ ...keyFor(key, index * 4), key: 'Process', ime: index < 3 })
    }
    expect(burst.feed(enter(20))).toEqual({ kind: 'scan', text: 'abc12', ime: true })
  })
})

describe('characters', () => {
  it('come from the place of the key, whatever Caps Lock or full-width input makes of it', () => {
    expect(characterOf({ code: 'KeyA', key: 'a', shift: true, at: 0, ime: false })).toBe('A')
    expect(characterOf({ code: 'KeyA', key: '\uFF21', shift: false, at: 0, ime: false })).toBe('a')
    expect(characterOf({ code: '', key: '\uFF17', shift: false, at: 0, ime: false })).toBe('7')
    expect(characterOf({ code: 'F4', key: 'F4', shift: false, at: 0, ime: false })).toBeNull()
  })

  it('lose what a scanner adds around a code', () => {
    expect(cleanScan(']C16901234567892\u001D')).toBe('6901234567892')
    expect(cleanScan('\u3000\uFF21\uFF22\uFF11\uFF12 ')).toBe('AB12')
  })
})
