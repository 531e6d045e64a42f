import { describe, expect, it } from 'vitest'
import {
  chooseUnits,
  copyTerms,
  type DraftUnit,
  termsOfDraft,
} from '../../src-renderer/cards/card-form.ts'
import { findMissing, startValues } from '../../src-renderer/complaints/complaint-form.ts'
import {
  assignField,
  fieldOfColumn,
  type Mapping,
  readDateOrder,
  writeDecimal,
} from '../../src-renderer/imports/import-form.ts'
import { askOf, missingOf, type RefundValues } from '../../src-renderer/refunds/refund-form.ts'
import { dueInstant } from '../../src-renderer/ui/promise-form.ts'
import {
  conditionOf,
  noExtras,
  reasonKeys,
  reasonOf,
  type Sale,
} from '../../src-renderer/ui/return-form.ts'

const unit = (part: Partial<DraftUnit>): DraftUnit => ({
  saleLineId: 1,
  unitNo: 1,
  brand: '',
  model: '',
  name: '电饭煲',
  serialNo: '',
  batchNo: '',
  origin: '',
  installedOn: null,
  unitMonths: null,
  partMonths: null,
  mainParts: '',
  provider: 'store',
  providerName: '',
  providerPhone: '',
  scope: '',
  costBearer: 'store',
  paidAmount: 39900,
  serialTracked: false,
  blocked: null,
  cardNumber: null,
  ...part,
})

describe('the card form', () => {
  it('ticks the lines asked for, else what the catalogue gives a term, else the only unit', () => {
    const units = [
      unit({ saleLineId: 1, unitMonths: 12 }),
      unit({ saleLineId: 2 }),
      unit({ saleLineId: 3, unitMonths: 6, blocked: 'returned' }),
    ]
    expect(chooseUnits(units, [2])).toEqual(['2:1'])
    expect(chooseUnits(units, [])).toEqual(['1:1'])
    expect(chooseUnits([unit({})], [])).toEqual(['1:1'])
    expect(chooseUnits([unit({}), unit({ unitNo: 2 })], [])).toEqual([])
    expect(chooseUnits([unit({ blocked: 'has_card' })], [1])).toEqual([])
  })

  it('copies terms to another piece without what belongs to that piece', () => {
    const from = termsOfDraft(unit({ unitMonths: 24, serialNo: 'A1', scope: '整机' }))
    const to = termsOfDraft(unit({ serialNo: 'B2', name: '另一件' }))
    expect(copyTerms(from, to)).toMatchObject({
      unitMonths: 24,
      scope: '整机',
      serialNo: 'B2',
      name: '另一件',
    })
  })
})

describe('the complaint form', () => {
  const noon = new Date('2026-11-21T04:00:00.000Z')
  const night = new Date('2026-11-21T14:30:00.000Z')
  const zone = 'Asia/Shanghai'

  it('turns quick picks into instants of the store, and none into one that has passed', () => {
    expect(dueInstant('today', null, noon, zone)).toBe('2026-11-21T13:00:00.000Z')
    expect(dueInstant('today', null, night, zone)).toBeNull()
    expect(dueInstant('tomorrow', null, night, zone)).toBe('2026-11-22T02:00:00.000Z')
    expect(dueInstant('pick', '2026-11-21T15:30', noon, zone)).toBe('2026-11-21T07:30:00.000Z')
    expect(dueInstant('pick', null, noon, zone)).toBeNull()
  })

  it('asks for one thing at a time, and for owner and promise only when it stays open', () => {
    const values = startValues('')
    expect(findMissing(values, null)).toBe('class')
    expect(findMissing({ ...values, class: 'goods' }, null)).toBe('text')
    const solved = { ...values, class: 'goods' as const, text: '开胶' }
    expect(findMissing(solved, null)).toBeNull()
    expect(findMissing({ ...solved, outcome: 'open' }, null)).toBe('owner')
    expect(findMissing({ ...solved, outcome: 'open', ownerId: 1 }, null)).toBe('promiseText')
    const promised = { ...solved, outcome: 'open' as const, ownerId: 1, promiseText: '回电' }
    expect(findMissing(promised, null)).toBe('due')
    expect(findMissing(promised, noon.toISOString())).toBeNull()
  })
})

describe('the refund form', () => {
  const empty: RefundValues = {
    askedLines: '',
    units: {},
    condition: {},
    packaging: {},
    reason: null,
    note: '',
    extras: noExtras,
    otherWays: {},
    otherReason: '',
  }
  const line = { kind: 'goods', units: 2, returned: [] }
  const sale = {
    id: 7,
    lines: [
      { ...line, id: 1 },
      { ...line, id: 2 },
    ],
    tenders: [{ id: 5, kind: 'alipay', label: '', amount: 100 }],
  } as unknown as Sale
  const ask = (values: Partial<RefundValues>) => askOf(sale, { ...empty, ...values }, '券')

  it('asks for nothing beside the goods until something is written', () => {
    expect(ask({ units: { 1: 2 }, reason: 'size' })).toEqual({
      receiptId: 7,
      reason: 'size',
      lines: [{ saleLineId: 1, units: 2, condition: 'opened' }],
      charges: [],
      gifts: { rule: null, earned: [] },
      freight: null,
      testFee: null,
      otherTenders: [],
      giftParts: [],
    })
  })

  it('hands freight, gifts and other ways over as they are written', () => {
    const extras = {
      ...noExtras,
      freight: { ...noExtras.freight, amount: 1_200, sharedPercent: 30 },
      earned: 500,
      charges: { 2: true },
      giftParts: { 5: 20, 6: null },
    }
    expect(ask({ extras, otherWays: { 5: 'cash' }, otherReason: ' 已注销 ' })).toMatchObject({
      freight: { amount: 1_200, sharedPpm: 300_000, liable: null },
      gifts: { earned: [{ name: '券', value: 500, cameBack: false }] },
      charges: [{ saleLineId: 2, amount: null }],
      otherTenders: [{ tenderId: 5, to: 'cash', reason: '已注销' }],
      giftParts: [{ tenderId: 5, amount: 20 }],
    })
  })

  it('says what is missing, one thing at a time', () => {
    const missing = (values: Partial<RefundValues>) =>
      missingOf({ ...empty, ...values }, ask(values))
    expect(missing({})).toBe('goods')
    expect(missing({ units: { 1: 1 } })).toBe('reason')
    const other = { units: { 1: 1 }, reason: 'size' as const, otherWays: { 5: 'cash' as const } }
    expect(missing(other)).toBe('form')
    expect(missing({ ...other, otherReason: '已注销' })).toBeNull()
    expect(reasonOf('size')).toBe('size')
    expect(reasonOf('counterfeit')).toBeNull()
  })

  it('has the reasons on 1 to 6 and "other" on 9', () => {
    expect(reasonKeys.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', '9'])
  })

  it('takes the likely condition from the reason until the clerk says another', () => {
    const values: RefundValues = { ...empty, condition: { 2: 'sealed' }, reason: 'quality' }
    expect(conditionOf(values, 1)).toBe('faulty')
    expect(conditionOf(values, 2)).toBe('sealed')
    expect(conditionOf({ ...values, reason: null }, 1)).toBe('opened')
  })
})

describe('the import form', () => {
  const mapping: Mapping = {
    kind: 'sales',
    columns: { receiptNo: 0, date: 1 },
    dateOrder: 'ymd',
    decimalMark: '.',
  }

  it('gives a field to one column and a column to one field', () => {
    const moved = assignField(mapping, 2, 'date')
    expect(moved.columns).toEqual({ receiptNo: 0, date: 2 })
    const replaced = assignField(moved, 0, 'till')
    expect(replaced.columns).toEqual({ date: 2, till: 0 })
    expect(fieldOfColumn(replaced, 0)).toBe('till')
    expect(assignField(replaced, 0, null).columns).toEqual({ date: 2 })
  })

  it('reads the order of day and month only where a date gives it away', () => {
    expect(readDateOrder(['2026-11-21', '20261121'])).toBe('ymd')
    expect(readDateOrder(['21/11/2026 10:00', '03/04/2026'])).toBe('dmy')
    expect(readDateOrder(['11.21.26'])).toBe('mdy')
    expect(readDateOrder(['03/04/2026'])).toBeNull()
  })

  it('writes decimals of the file exactly', () => {
    expect(writeDecimal('9747747.934', 'en')).toBe('9,747,747.934')
    expect(writeDecimal('12345678901234567.89', 'en')).toBe('12,345,678,901,234,567.89')
  })
})
