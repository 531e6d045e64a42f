import { describe, expect, it } from 'vitest'
import words from '../../resources/rights/line-words.json' with { type: 'json' }
import { chinaCalendar } from '../../src-main/foundation/holidays.ts'
import { DeskRefusal } from '../../src-main/foundation/errors.ts'
import type { Verdict } from '../../src-main/policy/facts.ts'
import {
  answerFor,
  factsOf,
  paidForUnits,
  type RightsContext,
  type RightsLine,
  type RightsSale,
  shelfPrice,
  tagsOf,
  unitsLeft,
  wayOnsOf,
} from '../../src-main/rights/rules.ts'

const line: RightsLine = {
  id: 7,
  kind: 'goods',
  name: '羊毛袜',
  sku: 'SOCK-3',
  brand: '浪莎',
  categoryWords: '袜子',
  counter: '针织',
  promo: '',
  units: 3,
  qtyMilli: 3_000,
  listAmount: 9_000,
  paidAmount: 8_000,
  listPrice: 3_500,
  returned: [],
  allowances: [],
  card: null,
  repairs: [],
}

const sale: RightsSale = {
  exchange: null,
  id: 1,
  receiptNo: '4821',
  kind: 'sale',
  businessDate: '2026-11-12',
  currency: 'CNY',
  memberNo: '',
  customerId: null,
  tier: null,
  paidByVoucher: false,
  mirrorOf: null,
  lines: [line],
}

const context: RightsContext = {
  today: '2026-11-21',
  calendar: chinaCalendar,
  currency: 'CNY',
  words,
  categoryOf: ({ category }) => (category === '袜子' ? { code: 'socks', tags: ['hygiene'] } : null),
}

const ask = (answer = {}, units = 3, of = line) => factsOf(sale, of, { units, answer }, context)

function refusalOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof DeskRefusal) return error.reason
    throw error
  }
  return 'none'
}

describe('facts of a line', () => {
  it('are what the sale, the catalogue and the answers say, and nothing is guessed', () => {
    const facts = ask()
    expect(facts.line).toMatchObject({
      category: 'socks',
      tags: ['hygiene'],
      paid: 8_000,
      units: 3,
      unitsSold: 3,
      unitsReturned: 0,
      currentPrice: 10_500,
    })
    expect(facts.dates).toEqual({
      sold: '2026-11-12',
      delivered: null,
      installed: null,
      exchanged: null,
    })
    expect([facts.reason, facts.condition, facts.complete, facts.findings, facts.part]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
    expect(facts.proof).toEqual({
      receipt: true,
      memberCard: false,
      medical: false,
      repairRecords: false,
    })
  })

  it('take the installation date of the card where nobody says another', () => {
    const card = {
      unitMonths: 12,
      partMonths: 36,
      startsOn: '2026-11-14',
      installedOn: '2026-11-14',
    }
    expect(ask({}, 3, { ...line, card }).dates.installed).toBe('2026-11-14')
    expect(ask({ installedOn: '2026-11-15' }, 3, { ...line, card }).dates.installed).toBe(
      '2026-11-15',
    )
  })

  it('refuse days before the sale or still to come, and more units than are out', () => {
    expect(refusalOf(() => ask({ deliveredOn: '2026-11-11' }))).toBe('rights.before_sale')
    expect(refusalOf(() => ask({ installedOn: '2026-11-22' }))).toBe('rights.in_future')
    expect(refusalOf(() => ask({}, 4))).toBe('rights.more_than_left')
    expect(refusalOf(() => ask({ deliveredOn: '2026-11-12' }))).toBe('none')
  })

  it('count a lost slip as no receipt', () => {
    expect(ask({ receipt: false }).proof.receipt).toBe(false)
  })
})

describe('what was paid for units still out', () => {
  const back = { ...line, returned: [{ unitNo: 1, amount: 2_667, number: 'TH-1' }] }

  it('is the share of each unit, and all that is left for all of them', () => {
    expect([1, 2, 3].map((units) => paidForUnits(line, units))).toEqual([2_667, 5_334, 8_000])
    expect([1, 2].map((units) => paidForUnits(back, units))).toEqual([2_667, 5_333])
    expect(unitsLeft(back)).toBe(2)
  })

  it('is never more than a till has left over', () => {
    const overpaid = { ...line, returned: [{ unitNo: 1, amount: 9_000, number: 'TH-1' }] }
    expect(paidForUnits(overpaid, 2)).toBe(0)
  })
})

describe('a line says of itself', () => {
  it.each([
    [{ name: '护理套装', promo: '满500赠', paidAmount: 0, listAmount: 3_900 }, ['gift']],
    [{ name: '护理套装', promo: '', paidAmount: 0, listAmount: 3_900 }, ['gift']],
    [{ name: '羽绒服', promo: '特价清仓', paidAmount: 9_900, listAmount: 19_900 }, ['special']],
    [{ name: '羽绒服', promo: '', paidAmount: 9_900, listAmount: 19_900 }, []],
    [
      { name: '西服 定制', promo: '会员价', paidAmount: 1, listAmount: 1 },
      ['member_price', 'made_to_order'],
    ],
    [{ name: 'Mug', promo: 'CLEARANCE', paidAmount: 1, listAmount: 1 }, ['special']],
  ])('%j is %j', (of, tags) => {
    expect(tagsOf(of, words)).toEqual(tags)
  })
})

describe('the shelf price', () => {
  it('is for the same units, also of weighed goods', () => {
    expect(shelfPrice(line, 2)).toBe(7_000)
    expect(shelfPrice({ ...line, units: 1, qtyMilli: 535, listPrice: 1_999 }, 1)).toBe(1_069)
    expect(shelfPrice({ ...line, listPrice: null }, 1)).toBeNull()
  })
})

describe('answers', () => {
  it('of a line go before those for all', () => {
    const answers = {
      all: { reason: 'size' as const, complete: true },
      lines: [{ saleLineId: 7, answer: { reason: 'quality' as const } }],
    }
    expect(answerFor(answers, 7)).toEqual({ reason: 'quality', complete: true })
    expect(answerFor(answers, 8)).toEqual({ reason: 'size', complete: true })
  })
})

describe('after a no', () => {
  const refused = (key: string): Pick<Verdict, 'remedies'> =>
    ({
      remedies: [
        { remedy: 'refund', allowed: false, open: [], because: [], reasons: [{ key, params: {} }] },
        { remedy: 'repair', allowed: true, until: '2027-11-12' },
      ],
    }) as unknown as Pick<Verdict, 'remedies'>
  const kinds = (key: string, reason: 'quality' | 'preference', country = 'CN') =>
    wayOnsOf(refused(key), { claim: 'refund', reason, country }).map((each) => each.kind)

  it('every other remedy, then a test, the manager and the authority remain', () => {
    expect(kinds('reason.window_over', 'quality')).toEqual([
      'repair',
      'test',
      'manager',
      'hotline_12315',
    ])
  })

  it('better proof is offered where proof is what lacks, and no test of a matter of taste', () => {
    expect(kinds('reason.needs_receipt', 'preference', 'GB')).toEqual([
      'repair',
      'more_proof',
      'manager',
      'authority',
    ])
  })
})
