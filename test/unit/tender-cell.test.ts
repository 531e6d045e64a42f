import { expect, it } from 'vitest'
import { readTenderParts } from '../../src-main/imports/tender-cell.ts'

it.each([
  [
    '优惠券 30.00 + 微信 569.00',
    [
      ['优惠券', 30],
      ['微信', 569],
    ],
  ],
  [
    '现金:100;支付宝:59.9',
    [
      ['现金', 100],
      ['支付宝', 59.9],
    ],
  ],
  [
    '现金￥1,000.00、银行卡￥299.00元',
    [
      ['现金', 1000],
      ['银行卡', 299],
    ],
  ],
  [
    '微信 -20.00 + 券 -5.00',
    [
      ['微信', -20],
      ['券', -5],
    ],
  ],
])('%s', (cell, parts) => {
  expect(readTenderParts(cell)).toEqual(
    parts.map(([label, yuan]) => ({ label, micro: Math.round(Number(yuan) * 1_000_000) })),
  )
})

it.each(['微信', '微信 569.00', '微信 + 现金', '微信 + 现金 20', '100 + 200', ''])(
  '%s is a label, not a sum',
  (cell) => {
    expect(readTenderParts(cell)).toBeNull()
  },
)
