import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { nextState } from '../../src-main/foundation/state-machine.ts'
import {
  type BackUnit,
  exposuresOf,
  type GivenUnit,
  type HandoverFacts,
  handoverMachine,
  isReadyFor,
  isSimple,
  missingOf,
  requireNewSerial,
  requireOldSerial,
  totalOf,
} from '../../src-main/exchanges/handover/rules.ts'

const as = <Is extends string>(is: Is, reason = '') => ({ is, reason })
const open = { is: null, reason: '' }

const oldFridge: BackUnit = {
  saleLineId: 7,
  unitNo: 1,
  name: '冰箱',
  soldSerialNo: 'OLD-1',
  value: 429_900,
  liveCard: { id: 3, number: 'XY-0001-261109-0001-A' },
  goods: as('back'),
  accessories: as('complete'),
  serialNo: 'OLD-1',
  card: as('back'),
  cardNumber: 'XY-0001-261109-0001-A',
  manual: as('back'),
  invoice: as('stamped'),
}
const newFridge: GivenUnit = {
  lineId: 11,
  unitNo: 1,
  name: '冰箱',
  expectedSerialNo: 'NEW-1',
  needsSerial: true,
  value: 429_900,
  serialNo: 'NEW-1',
  seal: as('opened_before_customer'),
  appearance: as('sound'),
  manual: as('given'),
  accessories: as('complete'),
}
const complete: HandoverFacts = {
  back: [oldFridge],
  given: [newFridge],
  isGiven: true,
  receiver: { who: 'self', name: '', phone: '' },
  signed: ['customer', 'store'],
}

const lacking = (facts: Partial<HandoverFacts>) =>
  missingOf({ ...complete, ...facts }).map(({ step, what }) => `${step} ${what}`)
const withBack = (part: Partial<BackUnit>) => lacking({ back: [{ ...oldFridge, ...part }] })
const withNew = (part: Partial<GivenUnit>) => lacking({ given: [{ ...newFridge, ...part }] })

describe('what a form lacks', () => {
  it('is nothing where everything is settled', () => {
    expect(missingOf(complete)).toEqual([])
  })

  it('is everything, in the order of the steps, on a fresh form', () => {
    const fresh = lacking({
      back: [
        { ...oldFridge, goods: open, accessories: open, card: open, manual: open, invoice: open },
      ],
      given: [
        {
          ...newFridge,
          serialNo: '',
          seal: open,
          appearance: open,
          manual: open,
          accessories: open,
        },
      ],
      isGiven: false,
      receiver: { who: null, name: '', phone: '' },
      signed: [],
    })
    expect(fresh).toEqual([
      'goods_back goods',
      'goods_back accessories',
      'papers_back card',
      'papers_back manual',
      'papers_back invoice',
      'new_checked serial',
      'new_checked seal',
      'new_checked appearance',
      'papers_given new_manual',
      'papers_given new_accessories',
      'papers_given give',
      'signed customer_signature',
      'signed store_signature',
    ])
  })

  it('takes a reason for papers and accessories that are not there', () => {
    expect(withBack({ manual: as('missing') })).toEqual(['papers_back manual'])
    expect(withBack({ manual: as('missing', '  ') })).toEqual(['papers_back manual'])
    expect(withBack({ manual: as('missing', '顾客扔了') })).toEqual([])
    expect(withBack({ card: as('missing', '顾客说丢了') })).toEqual([])
    expect(withBack({ invoice: as('missing', '小票丢失，有会员记录') })).toEqual([])
    expect(withNew({ seal: as('was_open', '样机') })).toEqual([])
    expect(withNew({ appearance: as('flawed') })).toEqual(['new_checked appearance'])
  })

  it('takes no reason for goods that did not come back: that takes a waiver', () => {
    expect(withBack({ goods: as('missing', '下次带来') })).toEqual(['goods_back goods_not_back'])
  })

  it('does not believe that there never was a card where one is live', () => {
    expect(withBack({ card: as('none') })).toEqual(['papers_back card'])
    expect(withBack({ card: as('none'), liveCard: null })).toEqual([])
  })

  it('wants to know who else than the customer took the goods', () => {
    expect(lacking({ receiver: { who: 'family', name: '', phone: '' } })).toEqual([
      'signed receiver_name',
      'signed receiver_phone',
    ])
    expect(lacking({ receiver: { who: 'agent', name: '王五', phone: '13900000000' } })).toEqual([])
  })

  it('lets the new goods out only when all before them is settled', () => {
    const facts = { ...complete, isGiven: false, signed: [] }
    expect(isReadyFor('papers_given', missingOf(facts))).toBe(true)
    const unstamped = { ...facts, back: [{ ...oldFridge, invoice: open }] }
    expect(isReadyFor('papers_given', missingOf(unstamped))).toBe(false)
  })
})

describe('a step that one key may tick', () => {
  const plain: HandoverFacts = {
    ...complete,
    back: [{ ...oldFridge, liveCard: null, card: open, manual: open, invoice: open }],
    given: [{ ...newFridge, needsSerial: false, serialNo: '', seal: open, appearance: open }],
  }

  it('has nothing to scan, to name or to draw', () => {
    expect(isSimple('papers_back', plain)).toBe(true)
    expect(isSimple('papers_back', complete)).toBe(false)
    expect(isSimple('new_checked', plain)).toBe(true)
    expect(isSimple('new_checked', complete)).toBe(false)
    expect(isSimple('signed', plain)).toBe(false)
  })

  it('is not one where something was found wanting before', () => {
    const flawed = {
      ...plain,
      given: [{ ...newFridge, needsSerial: false, appearance: as('flawed', '污渍') }],
    }
    expect(isSimple('new_checked', flawed)).toBe(false)
  })
})

describe('what an open form may cost', () => {
  const kinds = (facts: Partial<HandoverFacts>) =>
    exposuresOf({ ...complete, ...facts }, []).map(({ kind, amount }) => [kind, amount])

  it('is nothing for a complete form', () => {
    expect(kinds({})).toEqual([])
  })

  it('is the value of what did not come back, once, whether goods or card', () => {
    expect(kinds({ back: [{ ...oldFridge, goods: as('missing', '在家') }] })).toEqual([
      ['not_recovered', 429_900],
    ])
    expect(kinds({ back: [{ ...oldFridge, card: as('missing', '丢了') }] })).toEqual([
      ['not_recovered', 429_900],
    ])
    expect(kinds({ back: [{ ...oldFridge, goods: as('missing', '在家'), card: open }] })).toEqual([
      ['not_recovered', 429_900],
    ])
  })

  it('is the value of new goods nobody signed for', () => {
    expect(kinds({ signed: ['store'] })).toEqual([['not_signed', 429_900]])
    expect(kinds({ signed: ['customer'] })).toEqual([])
  })

  it('adds what law adds to the price', () => {
    const statutory = [{ kind: 'statutory' as const, name: '冰箱', amount: 859_800 }]
    const all = exposuresOf({ ...complete, signed: [] }, statutory)
    expect(totalOf(all)).toBe(429_900 + 859_800)
  })
})

describe('serial numbers', () => {
  const reasonOf = (read: () => unknown): string => {
    try {
      read()
    } catch (error) {
      if (isRefusal(error)) return error.reason
      throw error
    }
    return ''
  }

  it('are refused where old and new are swapped', () => {
    expect(reasonOf(() => requireOldSerial(oldFridge, 'NEW-1', [newFridge]))).toBe(
      'handover.serial_is_new',
    )
    expect(reasonOf(() => requireNewSerial(newFridge, 'old-1', complete))).toBe(
      'handover.serial_is_old',
    )
  })

  it('are those the exchange was recorded with', () => {
    expect(reasonOf(() => requireOldSerial(oldFridge, 'OLD-2', [newFridge]))).toBe(
      'handover.serial_not_sold',
    )
    expect(reasonOf(() => requireNewSerial(newFridge, 'NEW-2', complete))).toBe(
      'handover.serial_not_recorded',
    )
    expect(requireOldSerial(oldFridge, ' ＯＬＤ-1 ', [newFridge])).toBe('OLD-1')
  })

  it('of two new units are two', () => {
    const second = { ...newFridge, unitNo: 2, expectedSerialNo: '', serialNo: '' }
    const facts = { ...complete, given: [newFridge, second] }
    expect(reasonOf(() => requireNewSerial(second, 'NEW-1', facts))).toBe('handover.serial_twice')
    expect(requireNewSerial(second, 'NEW-9', facts)).toBe('NEW-9')
  })

  it('may stay unread where there is none to read', () => {
    expect(requireOldSerial({ ...oldFridge, soldSerialNo: '' }, '', [])).toBe('')
  })
})

describe('the table of a form', () => {
  it('lets nothing be undone once the goods are given', () => {
    expect(nextState(handoverMachine, 'open', 'void')).toBe('void')
    expect(nextState(handoverMachine, 'given', 'void')).toBeUndefined()
    expect(nextState(handoverMachine, 'open', 'sign')).toBeUndefined()
    expect(nextState(handoverMachine, 'signed', 'waive')).toBeUndefined()
  })
})
