import { describe, expect, it } from 'vitest'
import { maskName, maskPhone, phoneDigits } from '../../src-main/foundation/phone.ts'

describe('a phone number', () => {
  it.each([
    ['13812345521', '138****5521'],
    ['138 1234 5521', '138****5521'],
    ['8880123', '****0123'],
    ['110', '****'],
    ['', '****'],
  ])('%s is shown as %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked)
  })

  it.each([
    ['+86 138-1234-5521', '13812345521'],
    ['008613812345521', '13812345521'],
    ['(0760) 8880 1234', '076088801234'],
    ['+49 30 901820', '4930901820'],
    ['8613812345', '8613812345'],
  ])('%s is searched as %s', (phone, digits) => {
    expect(phoneDigits(phone)).toBe(digits)
  })
})

describe('a name', () => {
  it.each([
    ['张伟', '张*'],
    ['王小明', '王**'],
    ['阿卜杜拉·买买提', '阿**'],
    ['𠮷野', '𠮷*'],
    ['李', '李*'],
    ['  ', ''],
  ])('%s is shown as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })
})
