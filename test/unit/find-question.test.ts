import { describe, expect, it } from 'vitest'
import { computeCheckCharacter } from '../../src-main/foundation/check-character.ts'
import { formatDocumentNumber } from '../../src-main/foundation/document-number.ts'
import {
  hasTradeCheckDigit,
  nameStrength,
  type Question,
  readQuestion,
} from '../../src-main/sales/rules.ts'

const desk = { today: '2026-11-21', minorDigits: 2 }
const ask = (text: string): Question => readQuestion(text, desk)

const card = formatDocumentNumber({
  type: 'XY',
  desk: '0312',
  businessDate: '2026-11-12',
  serial: 57,
})

describe('papers', () => {
  it.each([
    card,
    card.toLowerCase(),
    card.replaceAll('-', ''),
    card.replaceAll('-', ' '),
    `GWD1|${card}|江城百货`,
    card.replaceAll('-', '－'),
  ])('%s is the card', (text) => {
    expect(ask(text)).toMatchObject({ documentNumber: card, code: null, misreadNumber: null })
  })

  it('says when the check character is wrong', () => {
    const wrong = card.slice(0, -1) + (card.endsWith('7') ? '8' : '7')
    expect(ask(wrong)).toMatchObject({ documentNumber: null, misreadNumber: wrong })
  })

  it('reads the label of goods in repair and of what came with them as the number of their ticket', () => {
    expect(ask(`${card}/2`).documentNumber).toBe(card)
    expect(ask(`${card}/2.1`).documentNumber).toBe(card)
  })

  it('takes six characters with the right last one for the pickup code of a repair', () => {
    const code = `7KM4P${computeCheckCharacter('7KM4P')}`
    expect(ask(code)).toMatchObject({ pickupCode: code, code })
    expect(ask(`${code.slice(0, 3)} ${code.slice(3).toLowerCase()}`).pickupCode).toBe(code)
    expect(ask(`7KM4P${code.endsWith('7') ? '8' : '7'}`).pickupCode).toBeNull()
  })

  it.each([
    ['0057-K', '0057-K'],
    ['0057k', '0057-K'],
    ['0057 K', '0057-K'],
    ['00573', '0057-3'],
    ['0057', null],
    ['057-K', null],
  ])('%s as spoken', (text, shortNumber) => {
    expect(ask(text).shortNumber).toBe(shortNumber)
  })
})

describe('codes', () => {
  it('compares receipt numbers without separators, and parts of four characters or more', () => {
    expect(ask('pos 0312-4821')).toMatchObject({ code: 'POS03124821', partial: true })
    expect(ask('4821')).toMatchObject({ code: '4821', partial: true })
    expect(ask('482')).toMatchObject({ code: '482', partial: false })
    expect(ask('abcd').partial).toBe(false)
  })

  it.each([
    ['6901234567892', ['6901234567892', '06901234567892']],
    ['6901234567891', []],
    ['036000291452', ['036000291452', '0036000291452', '00036000291452']],
    ['0036000291452', ['036000291452', '0036000291452', '00036000291452']],
    ['96385074', ['96385074']],
    ['96385075', []],
  ])('barcode %s', (text, barcodes) => {
    expect([...ask(text).barcodes].sort()).toEqual([...barcodes].sort())
  })

  it('checks GS1 digits', () => {
    expect(hasTradeCheckDigit('6901234567892')).toBe(true)
    expect(hasTradeCheckDigit('6901234567829')).toBe(false)
  })

  it('looks for a serial number as typed and in capitals', () => {
    expect(ask('sn 86-01a').serials).toEqual(['sn 86-01a', 'SN 86-01A', 'SN8601A'])
  })
})

describe('people', () => {
  it.each([
    ['13800005521', '13800005521'],
    ['+86 138 0000 5521', '13800005521'],
    ['138-0000-5521', '13800005521'],
    ['１３８００００５５２１', '13800005521'],
    ['5521', '5521'],
    ['552', null],
    ['A5521', null],
    ['(027) 8555-1234', '02785551234'],
  ])('phone %s', (text, phone) => {
    expect(ask(text).phone).toBe(phone)
  })

  it.each([
    ['zhangwei', 'zhangwei'],
    ['Zhang Wei', 'zhangwei'],
    ["xi'an", 'xian'],
    ['zw', 'zw'],
    ['张伟', null],
    ['z', null],
    ['zw1', null],
  ])('sound of %s', (text, sound) => {
    expect(ask(text).sound).toBe(sound)
  })

  it('asks the name index', () => {
    expect(ask('张伟')).toMatchObject({ name: '张伟', grams: '"张伟"' })
    expect(ask('White Hang')).toMatchObject({ name: 'White Hang', grams: '"white"* "hang"*' })
    expect(ask('4821').name).toBeNull()
  })
})

describe('amounts', () => {
  it.each([
    ['599 11-12', 59900, '2026-11-12'],
    ['599.00 昨天', 59900, '2026-11-20'],
    ['11月12日 599', 59900, '2026-11-12'],
    ['2026-11-12 ¥599', 59900, '2026-11-12'],
    ['2026/11/12 599元', 59900, '2026-11-12'],
    ['20261112 1,299.5', 129950, '2026-11-12'],
    ['599 12-24', 59900, '2025-12-24'],
    ['599 2-29', 59900, '2024-02-29'],
    ['５９９　11-12', 59900, '2026-11-12'],
    ['599 前天', 59900, '2026-11-19'],
    ['599 today', 59900, '2026-11-21'],
  ])('%s', (text, amount, date) => {
    expect(ask(text)).toMatchObject({ amount, date, code: null })
  })

  it.each([
    ['¥599', 59900],
    ['599.9', 59990],
    ['1,299', 129900],
    ['12元', 1200],
  ])('%s is an amount and nothing else', (text, amount) => {
    expect(ask(text)).toMatchObject({ amount, date: null, code: null, phone: null })
  })

  it('may be an amount beside other things', () => {
    expect(ask('599')).toMatchObject({ amount: 59900, code: '599' })
    expect(ask('0599').amount).toBeNull()
    expect(ask('13800005521').amount).toBeNull()
    expect(ask('599.999').amount).toBeNull()
    expect(readQuestion('599', { ...desk, minorDigits: 0 }).amount).toBe(599)
  })

  it.each(['11-12', '昨天', '2026-11-12'])(
    'the date %s alone asks for no amount and no part',
    (text) => {
      expect(ask(text)).toMatchObject({ amount: null, date: expect.any(String), partial: false })
    },
  )

  it('takes no impossible date', () => {
    expect(ask('599 13-32')).toMatchObject({ amount: null, date: null })
  })
})

describe('how a name answers', () => {
  it.each([
    ['张伟', '张伟', 1],
    ['张伟民', '张伟', 2],
    ['小张伟', '张伟', 3],
    ['衣服 洗涤机', '洗衣机', null],
    ['WHITE HANGING HEART', 'heart white', 3],
    ['Café Noir', 'CAFE', 2],
  ])('%s to %s', (name, typed, strength) => {
    expect(nameStrength(name, typed)).toBe(strength)
  })
})
