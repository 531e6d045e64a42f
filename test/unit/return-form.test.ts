import { describe, expect, it } from 'vitest'

import {
  followTold,
  noExtras,
  type ReturnValues,
  type Sale,
  startUnits,
  toldOf,
} from '../../src-renderer/ui/return-form.ts'

/** Of a sale, what the forms ask about before anything is chosen. */
function saleOf(paid: readonly number[]): Sale {
  const lines = paid.map((paidAmount, index) => ({
    id: index + 1,
    kind: 'goods',
    units: 1,
    returned: [],
    paidAmount,
  }))
  return { lines } as unknown as Sale
}

const draft: ReturnValues = {
  askedLines: '',
  units: { 1: 1 },
  condition: {},
  packaging: {},
  reason: null,
  note: 'left heel',
  extras: noExtras,
  otherWays: {},
  otherReason: '',
}

describe('a form for returned goods', () => {
  it('starts with the only thing that was paid for, and with nothing where there are several', () => {
    expect(startUnits(saleOf([41_900, 0]), [])).toEqual({ 1: 1 })
    expect(startUnits(saleOf([0]), [])).toEqual({ 1: 1 })
    expect(startUnits(saleOf([41_900, 6_000, 0]), [])).toEqual({})
    expect(startUnits(saleOf([41_900, 0]), [2])).toEqual({ 2: 1 })
  })

  it('takes over what the rights screen was told of each line', () => {
    const answers = {
      all: { condition: 'sealed' as const, complete: true },
      lines: [{ saleLineId: 2, answer: { complete: false } }],
    }
    expect(toldOf(saleOf([41_900, 0]), answers, 'size')).toEqual({
      reason: 'size',
      condition: { 1: 'sealed', 2: 'sealed' },
      packaging: { 1: true, 2: false },
    })
  })

  it('keeps what the clerk changed until the rights screen is told something else', () => {
    const first = toldOf(saleOf([41_900]), { all: { condition: 'sealed' }, lines: [] }, 'size')
    const opened = followTold(draft, first)
    expect(opened).toMatchObject({ reason: 'size', condition: { 1: 'sealed' }, note: 'left heel' })
    const changed = { ...opened, condition: { 1: 'used' as const } }
    expect(followTold(changed, first)).toBe(changed)
    const second = toldOf(saleOf([41_900]), { all: { condition: 'opened' }, lines: [] }, 'quality')
    expect(followTold(changed, second)).toMatchObject({
      reason: 'quality',
      condition: { 1: 'opened' },
      note: 'left heel',
    })
  })
})
