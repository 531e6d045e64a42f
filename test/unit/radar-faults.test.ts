import { describe, expect, it } from 'vitest'
import { faults, isFault, proposeFault } from '../../src-main/radar/faults.ts'
import { fits, matchGoods } from '../../src-main/radar/match.ts'
import { readRecallRows } from '../../src-main/radar/recall-rows.ts'

describe('the words of faults', () => {
  it.each([
    ['没穿几天开胶了', '女式短靴', 'sole_off'],
    ['鞋子断底', '男鞋', 'sole_broken'],
    ['穿了一个月断面', '皮鞋', 'upper_broken'],
    ['短靴鞋跟松动，走路有响声', '女式短靴', 'heel_loose'],
    ['The sole came off after three days', 'Boot 37', 'sole_off'],
  ])('knows the faults of footwear by their names: %s', (text, goods, fault) => {
    expect(proposeFault(text, goods)).toBe(fault)
  })

  it('leaves out what is denied, and what such goods cannot have', () => {
    expect(proposeFault('没有开胶，就是不喜欢颜色', '女式短靴')).toBeNull()
    expect(proposeFault('冰箱不制冷', '女式短靴')).toBeNull()
    expect(proposeFault('不制冷了', '双门冰箱')).toBe('no_cooling')
  })

  it('says what may hurt somebody before anything else', () => {
    expect(proposeFault('电水壶漏水，插座还冒烟', '电热水壶')).toBe('burning')
  })

  it('takes a vague word only where nothing better is said', () => {
    expect(proposeFault('有质量问题', '')).toBe('other_fault')
    expect(proposeFault('有质量问题，起球', '羊毛衫')).toBe('pilling')
  })

  it('copes with any letters and any length', () => {
    expect(proposeFault('', '')).toBeNull()
    expect(proposeFault('𠮷\ue000\t\n'.repeat(5_000), '𠮷')).toBeNull()
    expect(proposeFault(`${'啊'.repeat(3_000)}开胶`, '鞋')).toBe('sole_off')
  })

  it('have a name in both languages, once each', () => {
    expect(new Set(faults.map(({ code }) => code)).size).toBe(faults.length)
    expect(faults.every(({ zh, en }) => zh !== '' && en !== '')).toBe(true)
    expect(isFault('sole_off') && !isFault('nonsense')).toBe(true)
  })
})

describe('goods a notice speaks of', () => {
  const blanket = {
    productId: 7,
    barcode: '6900000000017',
    brand: '暖家',
    model: 'DR-180',
    name: '暖家 电热毯 DR-180',
    batchNo: '',
  }
  const pattern = { productId: null, barcode: '', brand: '', model: '', batchNo: '' }

  it('fit by pattern, whatever the case and width of letters', () => {
    expect(fits('dr-*', 'DR-180')).toBe(true)
    expect(fits('ＤＲ-180', 'dr-180')).toBe(true)
    expect(fits('DR-*0', 'DR-181')).toBe(false)
    expect(fits('a*a', 'a')).toBe(false)
    expect(fits('*', '')).toBe(true)
  })

  it('fit in every field that is filled in', () => {
    expect(matchGoods({ ...pattern, brand: '暖家', model: 'DR-18*' }, blanket)).toBe('yes')
    expect(matchGoods({ ...pattern, brand: '暖家', model: 'DR-2*' }, blanket)).toBe('no')
    expect(matchGoods({ ...pattern, barcode: '6900000000017' }, blanket)).toBe('yes')
    expect(matchGoods(pattern, blanket)).toBe('no')
    expect(matchGoods({ ...pattern, productId: 8, brand: '暖家' }, blanket)).toBe('no')
  })

  it('are to be looked at where only the batch is unknown', () => {
    const batch = { ...pattern, brand: '暖家', batchNo: '2609*' }
    expect(matchGoods(batch, blanket)).toBe('maybe')
    expect(matchGoods(batch, { ...blanket, batchNo: '2609B' })).toBe('yes')
    expect(matchGoods(batch, { ...blanket, batchNo: '2610A' })).toBe('no')
  })

  it('are found by the model in their name, as a word of its own', () => {
    const nameless = { ...blanket, model: '', productId: null }
    expect(matchGoods({ ...pattern, model: 'DR-180' }, nameless)).toBe('yes')
    expect(matchGoods({ ...pattern, model: 'DR-18' }, nameless)).toBe('no')
  })
})

describe('a list of recalled goods', () => {
  it('takes columns in any order, quotes, and dates as people write them', () => {
    const text = '品牌,编号,发布机关,标题,日期\n"某,牌",1 号,总局,"电""热""毯",20260305\n'
    expect(readRecallRows(text)?.rows).toEqual([
      expect.objectContaining({ brand: '某,牌', title: '电"热"毯', issuedOn: '2026-03-05' }),
    ])
  })

  it('names the line of what it cannot take', () => {
    const long = `编号,发布机关,标题,日期,品牌\n1,总局,标题,2026-02-30,牌\n2,总局,${'长'.repeat(300)},2026-02-03,牌\n`
    expect(readRecallRows(long)?.rejected).toEqual([
      { line: 2, why: 'no_date' },
      { line: 3, why: 'too_long' },
    ])
    expect(readRecallRows('')).toBeNull()
  })
})
