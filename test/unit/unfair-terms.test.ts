import { describe, expect, it } from 'vitest'
import { findUnfairTerm } from '../../src-main/foundation/unfair-terms.ts'

describe('terms a store may not print', () => {
  it.each([
    ['本活动最终解释权归本商场所有', 'interpretation'],
    ['最 终 解 释 权 归本店', 'interpretation'],
    ['最終解釋權歸本店所有', 'interpretation'],
    ['本店保留一切解释权', 'interpretation'],
    ['We reserve the right of final interpretation.', 'interpretation'],
    ['特价商品，概不退换', 'rights'],
    ['特價商品恕不退換', 'rights'],
    ['售出商品，不退不换', 'rights'],
    ['不 退、不 换', 'rights'],
    ['内衣不退货', 'rights'],
    ['打折商品只换不退！', 'rights'],
    ['丢失小票不予办理退换', 'rights'],
    ['Ｎｏ　ｒｅｆｕｎｄｓ', 'rights'],
    ['NO-REFUND on specials', 'rights'],
    ['All sales are final', 'rights'],
    ['Non-refundable', 'rights'],
    ['钱款当面点清，离柜概不负责', 'liability'],
    ['We are not responsible for defects', 'liability'],
    ['本人放弃一切投诉和索赔', 'complaint'],
    ['领取赔偿后不得投诉', 'complaint'],
  ])('%s', (text, law) => {
    expect(findUnfairTerm(text)).toMatchObject({ law })
  })

  it.each([
    '',
    '七天无理由退货，定做商品除外，以购物时确认的为准。',
    '请保管好小票和本卡，退换货时出示可以更快办理。',
    '如对处理结果不满意，可拨打 12315 投诉。',
    '质量问题十五日内可以换货，保修一年。',
    '定做的商品没有质量问题时需店长同意。',
    'Keep this slip: with it a return takes a minute.',
    'Not satisfied? Ask for the duty manager or call 12315.',
    'Refunds go back the way you paid.',
  ])('lets pass: %s', (text) => {
    expect(findUnfairTerm(text)).toBeNull()
  })
})
