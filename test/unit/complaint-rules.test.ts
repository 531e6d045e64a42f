import { describe, expect, it } from 'vitest'
import { caseDeedNames } from '../../src-main/cases/contract.ts'
import {
  type CaseDeed,
  caseDeeds,
  dutyCallMachine,
  handOverMachine,
  mayDeed,
  type Standing,
} from '../../src-main/cases/rules.ts'
import { complaintKinds, kindRules, largestStatement } from '../../src-main/complaints/contract.ts'
import {
  type Candidate,
  chooseFirst,
  complaintMachine,
  findMissing,
  firstUnrecorded,
  type Known,
  statementTrouble,
} from '../../src-main/complaints/rules.ts'
import { nextState } from '../../src-main/foundation/state-machine.ts'

const known = (...fields: (keyof Known)[]): Known => ({
  class: fields.includes('class'),
  place: fields.includes('place'),
  receipt: fields.includes('receipt'),
  contact: fields.includes('contact'),
  desired: fields.includes('desired'),
  demand: fields.includes('demand'),
  solution: fields.includes('solution'),
})

describe('a statement', () => {
  it('is taken with everything people write', () => {
    for (const text of ['鞋', ' 前后有空白 \n', '𠮷野家\t𣲷', '\ue001\r\n', '👨‍👩‍👧', 'a\u0000b']) {
      expect(statementTrouble(text)).toBeNull()
    }
  })

  it('is not empty, whatever blanks it is made of', () => {
    for (const text of ['', ' ', '\n\t', '\u3000\u00a0'])
      expect(statementTrouble(text)).toBe('empty')
  })

  it('has at most a mebibyte of UTF-8, to the byte', () => {
    expect(statementTrouble('a'.repeat(largestStatement))).toBeNull()
    expect(statementTrouble('a'.repeat(largestStatement + 1))).toBe('too_long')
    const threes = Math.floor(largestStatement / 3)
    expect(statementTrouble('话'.repeat(threes) + 'a'.repeat(largestStatement % 3))).toBeNull()
    expect(statementTrouble('话'.repeat(threes + 1))).toBe('too_long')
    expect(statementTrouble('𠮷'.repeat(largestStatement / 4))).toBeNull()
    expect(statementTrouble(`${'𠮷'.repeat(largestStatement / 4)}é`)).toBe('too_long')
  })

  it('with half a letter in it could not be kept as it is', () => {
    expect(statementTrouble('前\ud842后')).toBe('broken')
    expect(statementTrouble('\udfb7')).toBe('broken')
  })
})

describe('what a kind asks for', () => {
  it('lets an ordinary complaint be closed with its class alone', () => {
    expect(findMissing({ kind: 'complaint', severity: 'ordinary' }, known('class'))).toEqual([])
    expect(firstUnrecorded('complaint', known())).toBe('class')
  })

  it('wants of a serious one what the store’s form wants, and lets people stay unnamed', () => {
    expect(findMissing({ kind: 'complaint', severity: 'serious' }, known('class'))).toEqual([
      { field: 'place', must: false },
      { field: 'contact', must: false },
      { field: 'desired', must: true },
      { field: 'demand', must: true },
    ])
  })

  it('needs an answer to an enquiry, a place for a tip, and the slip of a cashier error', () => {
    const must = (kind: (typeof complaintKinds)[number]) =>
      findMissing({ kind, severity: 'ordinary' }, known())
        .filter((each) => each.must)
        .map(({ field }) => field)
    expect(must('enquiry')).toEqual(['solution'])
    expect(must('opinion')).toEqual([])
    expect(must('staff_tip')).toEqual(['place', 'solution'])
    expect(must('exit_alarm')).toEqual(['place', 'solution'])
    expect(must('cashier_error')).toEqual(['receipt', 'solution'])
    expect(firstUnrecorded('staff_tip', known('class'))).toBe('place')
  })

  it('is stated for every kind, and never asks to record what it does not ask to close', () => {
    expect(Object.keys(kindRules)).toEqual([...complaintKinds])
  })
})

describe('which complaint another one repeats', () => {
  const earlier = (change: Partial<Candidate>): Candidate => ({
    complaintId: 1,
    firstId: null,
    businessDate: '2026-11-01',
    basis: 'customer',
    ...change,
  })

  it('is one of the same item before one of the same customer, and that before the same cause', () => {
    const candidates = [
      earlier({ complaintId: 9, basis: 'cause' }),
      earlier({ complaintId: 5, basis: 'item' }),
      earlier({ complaintId: 8, basis: 'customer' }),
    ]
    expect(chooseFirst(candidates, '2026-11-21', 30)).toEqual({
      firstId: 5,
      basis: 'item',
      days: 20,
    })
  })

  it('is the first of its chain, counted from the last', () => {
    const candidates = [
      earlier({ complaintId: 2, businessDate: '2026-10-01' }),
      earlier({ complaintId: 7, firstId: 2, businessDate: '2026-11-10' }),
    ]
    expect(chooseFirst(candidates, '2026-11-21', 30)).toEqual({
      firstId: 2,
      basis: 'customer',
      days: 11,
    })
  })

  it('is none before the store’s days, to the day, and none at all where there are none', () => {
    const [one] = [earlier({ businessDate: '2026-10-22' })]
    expect(chooseFirst([one], '2026-11-21', 30)).not.toBeNull()
    expect(chooseFirst([one], '2026-11-22', 30)).toBeNull()
    expect(chooseFirst([earlier({ businessDate: '2026-11-21' })], '2026-11-21', 0)).toBeNull()
    expect(chooseFirst([], '2026-11-21', 30)).toBeNull()
  })
})

describe('the tables of a case', () => {
  it('open a solved complaint again, and solve no solved one', () => {
    expect(nextState(complaintMachine, 'solved', 'reopen')).toBe('open')
    expect(nextState(complaintMachine, 'solved', 'solve')).toBeUndefined()
    expect(nextState(complaintMachine, 'open', 'reopen')).toBeUndefined()
  })

  it('answer an offer and a call once', () => {
    for (const action of ['accept', 'decline', 'take_back', 'lapse'] as const) {
      const answered = nextState(handOverMachine, 'offered', action)
      expect(answered).toBeDefined()
      if (answered) expect(nextState(handOverMachine, answered, 'accept')).toBeUndefined()
    }
    expect(nextState(dutyCallMachine, 'called', 'arrive')).toBe('arrived')
    expect(nextState(dutyCallMachine, 'arrived', 'call_off')).toBeUndefined()
  })

  it('say who may do what', () => {
    const table: Record<CaseDeed, Record<Exclude<Standing, 'anyone'> | 'bystander', boolean>> = {
      offer: row('owner', 'manager'),
      accept: row('offered_to'),
      decline: row('offered_to'),
      take_back: row('owner', 'offered_by', 'manager'),
      reassign: row('manager'),
      ask_second: row('owner', 'manager'),
      end_second: row('owner', 'second', 'manager'),
      call: row('owner', 'second', 'offered_to', 'offered_by', 'manager', 'bystander'),
      answer_call: row('owner', 'second', 'offered_to', 'offered_by', 'manager', 'bystander'),
      note: row('owner', 'second', 'offered_to', 'offered_by', 'manager', 'bystander'),
    }
    for (const [deed, may] of Object.entries(table)) {
      for (const [standing, allowed] of Object.entries(may)) {
        const standings = standing === 'bystander' ? [] : [standing as Standing]
        expect([deed, standing, mayDeed(deed as CaseDeed, standings)]).toEqual([
          deed,
          standing,
          allowed,
        ])
      }
    }
    expect(Object.keys(caseDeeds)).toEqual([...caseDeedNames])
  })
})

function row(...who: string[]) {
  const is = (each: string) => who.includes(each)
  return {
    owner: is('owner'),
    second: is('second'),
    offered_to: is('offered_to'),
    offered_by: is('offered_by'),
    manager: is('manager'),
    bystander: is('bystander'),
  }
}
