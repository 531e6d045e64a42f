import { describe, expect, it } from 'vitest'
import { reverseText, searchKey, textWidth, toHalfWidth } from '../../src-main/foundation/text.ts'

describe('text as the desk compares it', () => {
  it('reads full-width letters as what they mean', () => {
    expect(toHalfWidth('ＡＢ１２－３　你好！')).toBe('AB12-3 你好!')
  })

  it.each([
    ['pos-00123 ', 'POS00123'],
    ['０００１２', '00012'],
    ['小票 №7', '小票7'],
    ['é-1', 'É1'],
  ])('%s has the key %s', (code, key) => {
    expect(searchKey(code)).toBe(key)
  })

  it('turns a text round by letters, not by halves of them', () => {
    expect(reverseText('ab𠮷')).toBe('𠮷ba')
  })

  it('counts two columns for a Hanzi', () => {
    expect(textWidth('¥12 元，ok')).toBe(4 + 2 + 2 + 2)
    expect(textWidth('𠮷')).toBe(2)
  })
})
