import { describe, expect, it } from 'vitest'
import { bigramQuery, bigramsOf } from '../../src-main/foundation/bigrams.ts'

describe('bigrams of a name', () => {
  it.each([
    ['洗衣机', '洗衣 衣机 机'],
    ['小米 Mi电视', '小米 米 mi 电视 视'],
    ['WHITE HANGING T-LIGHT', 'white hanging t light'],
    ['Café １２Ａ', 'cafe 12a'],
    ['买买提·艾力', '买买 买提 提 艾力 力'],
    ['  ·—  ', ''],
  ])('%s', (name, grams) => {
    expect(bigramsOf(name)).toBe(grams)
  })

  it.each([
    ['洗衣机', '"洗衣" "衣机"'],
    ['张', '"张"*'],
    ['white t-light', '"white"* "t"* "light"*'],
    ['"; DROP', '"drop"*'],
    ['——', ''],
  ])('query of %s', (text, query) => {
    expect(bigramQuery(text)).toBe(query)
  })
})
