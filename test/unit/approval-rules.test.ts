import { describe, expect, it } from 'vitest'
import {
  type ApprovalKind,
  approvalMachine,
  type Asked,
  findMismatch,
  kindsOf,
  type Limit,
  type Matrix,
  maySettle,
  neededApproval,
  nextRole,
  requireSoundMatrix,
} from '../../src-main/approvals/rules.ts'
import { subjectHash } from '../../src-main/approvals/subject.ts'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { findFlaws, nextState } from '../../src-main/foundation/state-machine.ts'

const limits: Limit[] = [
  { kind: 'normal', role: 'clerk', upTo: 50_000 },
  { kind: 'normal', role: 'floor_manager', upTo: 500_000 },
  { kind: 'normal', role: 'store_manager', upTo: null },
  { kind: 'no_slip', role: 'floor_manager', upTo: 500_000 },
  { kind: 'no_slip', role: 'store_manager', upTo: null },
  { kind: 'goodwill', role: 'clerk', upTo: 5_000 },
  { kind: 'goodwill', role: 'floor_manager', upTo: 50_000 },
  { kind: 'goodwill', role: 'store_manager', upTo: null },
  { kind: 'high_value', role: 'store_manager', upTo: null },
]
const matrix: Matrix = {
  currency: 'CNY',
  limits,
  goodwillPerDay: 20_000,
  highValueFrom: 1_000_000,
}

const ask = (part: Partial<Asked>) =>
  neededApproval(
    { kinds: ['normal'], amount: 0, currency: 'CNY', requesterRole: 'clerk', ...part },
    matrix,
  )

describe('who must decide', () => {
  it.each([
    ['a clerk up to the limit, inclusive', { amount: 50_000 }, null],
    ['a clerk one fen above', { amount: 50_001 }, 'floor_manager'],
    ['a clerk far above', { amount: 500_001 }, 'store_manager'],
    [
      'a floor manager at the desk, alone',
      { amount: 500_000, requesterRole: 'floor_manager' },
      null,
    ],
    ['a floor manager above', { amount: 500_001, requesterRole: 'floor_manager' }, 'store_manager'],
    ['a store manager, whatever it is', { amount: 9e12, requesterRole: 'store_manager' }, null],
    ['no slip, whatever the amount', { amount: 0, kinds: ['no_slip'] }, 'floor_manager'],
    [
      'the strictest of several kinds',
      { amount: 100, kinds: ['normal', 'no_slip'] },
      'floor_manager',
    ],
    ['the command line as a clerk', { amount: 50_000, requesterRole: 'system' }, null],
    ['the command line above', { amount: 50_001, requesterRole: 'system' }, 'floor_manager'],
    [
      'an amount that is of high value',
      { amount: 1_000_000, requesterRole: 'floor_manager' },
      'store_manager',
    ],
    [
      'another currency, which compares with no limit',
      { amount: 1, currency: 'USD' },
      'store_manager',
    ],
    ['a kind no role may decide', { amount: 1, kinds: ['risk_flag'] }, 'store_manager'],
    [
      'a kind no role may decide, even of the highest',
      { amount: 1, kinds: ['risk_flag'], requesterRole: 'store_manager' },
      'store_manager',
    ],
  ] as [string, Partial<Asked>, string | null][])('%s', (_what, part, role) => {
    expect(ask(part)?.role ?? null).toBe(role)
  })

  it('counts what is left of the day for goodwill, and for goodwill only', () => {
    expect(ask({ kinds: ['goodwill'], amount: 5_000, goodwillLeft: 5_000 })).toBeNull()
    expect(ask({ kinds: ['goodwill'], amount: 5_000, goodwillLeft: 4_999 })).toEqual({
      role: 'floor_manager',
      kind: 'goodwill',
      limit: 4_999,
    })
    expect(ask({ kinds: ['normal'], amount: 5_000, goodwillLeft: 0 })).toBeNull()
  })

  it('says of which kind, and how far one may go alone', () => {
    expect(ask({ amount: 60_000 })).toEqual({
      role: 'floor_manager',
      kind: 'normal',
      limit: 50_000,
    })
    expect(ask({ amount: 60_000, kinds: ['no_slip'] })).toMatchObject({ limit: 0 })
  })

  it('names the kinds in one order, with high value added by the amount', () => {
    const kinds: ApprovalKind[] = ['no_slip', 'normal', 'no_slip']
    expect(kindsOf({ kinds, amount: 1, currency: 'CNY' }, matrix)).toEqual(['normal', 'no_slip'])
    expect(kindsOf({ kinds, amount: 1_000_000, currency: 'CNY' }, matrix)).toContain('high_value')
    expect(kindsOf({ kinds, amount: 1_000_000, currency: 'USD' }, matrix)).not.toContain(
      'high_value',
    )
  })

  it('lets a role settle only what it covers in every kind', () => {
    const both = { kinds: ['normal', 'goodwill'] as const, amount: 60_000, currency: 'CNY' }
    expect(maySettle('floor_manager', both, matrix)).toBe(false)
    expect(maySettle('floor_manager', { ...both, amount: 50_000 }, matrix)).toBe(true)
    expect(maySettle('clerk', { ...both, amount: 5_000 }, matrix)).toBe(true)
  })

  it('climbs one level at a time', () => {
    expect(nextRole('clerk')).toBe('floor_manager')
    expect(nextRole('floor_manager')).toBe('store_manager')
    expect(nextRole('store_manager')).toBeUndefined()
  })
})

describe('limits', () => {
  const full: Limit[] = (
    [
      'normal',
      'no_slip',
      'abnormal',
      'goodwill',
      'compensation',
      'high_value',
      'risk_flag',
      'other_tender',
    ] as const
  ).map((kind) => ({ kind, role: 'store_manager', upTo: null }))

  const refusalOf = (wrong: Limit[]): string => {
    try {
      requireSoundMatrix(wrong)
      return ''
    } catch (error) {
      return isRefusal(error) ? error.reason : 'a bug'
    }
  }

  it('are sound when every kind ends with the store manager', () => {
    expect(refusalOf(full)).toBe('')
    const floor: Limit = { kind: 'normal', role: 'floor_manager', upTo: 0 }
    expect(refusalOf([...full, { kind: 'normal', role: 'clerk', upTo: 0 }, floor])).toBe('')
  })

  it.each([
    ['a kind without a top', full.slice(1), 'approvals.limits_without_top'],
    [
      'a top with a limit',
      full.map((each) => ({ ...each, upTo: 10_000_000 })),
      'approvals.limits_without_top',
    ],
    [
      'a role twice',
      [
        ...full,
        { kind: 'normal', role: 'clerk', upTo: 1 },
        { kind: 'normal', role: 'clerk', upTo: 2 },
      ],
      'approvals.limits_twice',
    ],
    [
      'a smaller limit above',
      [
        ...full,
        { kind: 'normal', role: 'clerk', upTo: 2 },
        { kind: 'normal', role: 'floor_manager', upTo: 1 },
      ],
      'approvals.limits_not_rising',
    ],
    [
      'a role left out above one that may',
      [...full, { kind: 'normal', role: 'clerk', upTo: 2 }],
      'approvals.limits_not_rising',
    ],
  ] as [string, Limit[], string][])('%s', (_what, wrong, reason) => {
    expect(refusalOf(wrong)).toBe(reason)
  })
})

describe('the life of an approval', () => {
  it('has no unreachable state and no step named twice', () => {
    expect(findFlaws(approvalMachine)).toEqual({ unreachable: [], ambiguous: [] })
  })

  it('ends used or void, and lets nothing be granted twice', () => {
    for (const action of ['request', 'grant', 'deny', 'escalate', 'void', 'use'] as const) {
      expect(nextState(approvalMachine, 'used', action)).toBeUndefined()
      expect(nextState(approvalMachine, 'void', action)).toBeUndefined()
    }
    expect(nextState(approvalMachine, 'granted', 'grant')).toBeUndefined()
    expect(nextState(approvalMachine, 'requested', 'use')).toBeUndefined()
    expect(nextState(approvalMachine, 'denied', 'grant')).toBeUndefined()
    expect(nextState(approvalMachine, 'denied', 'escalate')).toBe('escalated')
  })
})

describe('using an approval', () => {
  const subject = { type: 'refund', id: '7', hash: subjectHash({ lines: [1] }) }
  const approval = { kinds: ['normal', 'no_slip'] as const, amount: 1, currency: 'CNY', subject }

  it('fits what it was given for, and what asks for less', () => {
    expect(findMismatch(approval, approval)).toBeNull()
    expect(findMismatch(approval, { ...approval, kinds: ['normal'] })).toBeNull()
  })

  it.each([
    ['another case', { subject: { ...subject, id: '8' } }, 'subject'],
    ['another kind of thing', { subject: { ...subject, type: 'exchange' } }, 'subject'],
    ['other lines', { subject: { ...subject, hash: subjectHash({ lines: [2] }) } }, 'facts'],
    ['another amount', { amount: 2 }, 'facts'],
    ['another currency', { currency: 'USD' }, 'facts'],
    ['one more kind', { kinds: ['normal', 'no_slip', 'risk_flag'] }, 'facts'],
  ] as const)('does not fit %s', (_what, part, mismatch) => {
    expect(findMismatch(approval, { ...approval, ...part })).toBe(mismatch)
  })

  it('knows facts by their content, not by the order of their names', () => {
    expect(subjectHash({ a: 1, b: [{ c: null, d: 'x' }] })).toBe(
      subjectHash({ b: [{ d: 'x', c: null }], a: 1 }),
    )
    expect(subjectHash([1, 2])).not.toBe(subjectHash([2, 1]))
    expect(subjectHash({ a: '1' })).not.toBe(subjectHash({ a: 1 }))
  })
})
