import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayNumber } from '../../src-main/foundation/business-date.ts'
import { nextState } from '../../src-main/foundation/state-machine.ts'
import { daysInRepair, repairSpans } from '../../src-main/policy/clocks.ts'
import { decideRights } from '../../src-main/policy/rules.ts'
import { acceptances, outcomes } from '../../src-main/repairs/contract.ts'
import {
  acceptanceMachine,
  costOfWork,
  dueOf,
  receptionMachine,
  repairDays,
  repairFacts,
  repairsAskedFor,
  unionDays,
  type UnitRepair,
  waitedDays,
} from '../../src-main/repairs/rules.ts'
import { factsOf, rulesOf } from '../support/policy-rules.ts'

const sold = '2026-01-10'
const days = (max: number) => fc.integer({ min: 0, max })

interface Drawn {
  gap: number
  length: number | null
  readyAfter: number | null
  waits: { from: number; length: number | null }[]
  part: string | null
  acceptance: UnitRepair['acceptance']
  outcome: 'repaired' | 'unrepairable' | 'no_fault' | 'withdrawn'
  delayedBy: UnitRepair['delayedBy']
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  gap: days(120),
  length: fc.option(days(100)),
  readyAfter: fc.option(days(100)),
  waits: fc.array(fc.record({ from: days(100), length: fc.option(days(60)) }), { maxLength: 4 }),
  part: fc.constantFrom(null, 'unit', 'compressor', 'thermostat'),
  acceptance: fc.constantFrom(...acceptances),
  outcome: fc.constantFrom('repaired', 'unrepairable', 'no_fault', 'withdrawn'),
  delayedBy: fc.constantFrom(null, 'repairer', 'other'),
})

/** Repairs of one unit, one after another as the desk lets them be; only the last can still be under way. */
const history = fc
  .record({ repairs: fc.array(drawn, { maxLength: 5 }), age: days(700) })
  .map(({ repairs, age }) => {
    const today = addDays(sold, age)
    const units: UnitRepair[] = []
    let free = sold
    for (const one of repairs) {
      const receivedOn = addDays(free, one.gap)
      if (receivedOn > today) break
      const end = one.length === null ? null : addDays(receivedOn, one.length)
      const isOver = end !== null && end <= today
      const ready = one.readyAfter === null ? null : addDays(receivedOn, one.readyAfter)
      const last = isOver ? end : today
      units.push({
        itemId: units.length + 1,
        saleLineId: 1,
        unitNo: 1,
        part: one.part,
        reception: isOver ? 'handed_back' : ready !== null && ready <= today ? 'ready' : 'received',
        acceptance: one.acceptance,
        basis: one.acceptance === 'undecided' ? null : 'rights',
        receivedOn,
        readyOn: isOver ? end : ready !== null && ready <= today ? ready : null,
        endedOn: isOver ? end : null,
        outcome: isOver || (ready !== null && ready <= today) ? one.outcome : null,
        delayedBy: one.delayedBy,
        waits: one.waits.flatMap(({ from, length }) => {
          const startedOn = addDays(receivedOn, from)
          if (startedOn > last) return []
          const endedOn = length === null ? null : addDays(startedOn, length)
          return [{ startedOn, endedOn: endedOn !== null && endedOn <= last ? endedOn : null }]
        }),
      })
      if (!isOver) break
      free = end
    }
    return { today, units }
  })

/** Days counted the slow way: one by one. */
function daysOneByOne(spans: readonly { from: string; to: string }[]): number {
  const seen = new Set<number>()
  for (const { from, to } of spans) {
    for (let day = dayNumber(from); day < dayNumber(to); day += 1) seen.add(day)
  }
  return seen.size
}

describe('days of repair', () => {
  it('count every day once, however spans overlap', () => {
    const span = fc.record({ from: days(300), length: fc.option(days(90)) })
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), days(400), (drawnSpans, age) => {
        const today = addDays(sold, age)
        const spans = drawnSpans.map(({ from, length }) => {
          const start = addDays(sold, from)
          return { from: start, to: length === null ? null : addDays(start, length) }
        })
        expect(unionDays(spans, today)).toBe(
          daysOneByOne(spans.map(({ from, to }) => ({ from, to: to ?? today }))),
        )
      }),
    )
  })

  it('add to the term exactly the days in repair and waiting for parts, no day twice', () => {
    fc.assert(
      fc.property(history, ({ today, units }) => {
        const facts = repairFacts(units, { today, claimed: false })
        const owed = units.filter(({ acceptance }) => ['free', 'undecided'].includes(acceptance))
        const spans = owed.flatMap(({ receivedOn, endedOn, readyOn, waits }) => {
          const from = receivedOn ?? today
          const to = endedOn ?? readyOn ?? today
          const within = waits.map(({ startedOn, endedOn: until }) => ({
            from: startedOn,
            to: until !== null && until < to ? until : to,
          }))
          return [{ from, to }, ...within]
        })
        expect(daysInRepair(repairSpans(facts, today), sold)).toBe(daysOneByOne(spans))
        for (const unit of owed) {
          expect(waitedDays(unit, today)).toBeLessThanOrEqual(repairDays(unit, today))
        }
      }),
    )
  })
})

describe('a history of repairs', () => {
  const rules = rulesOf('CN-33')

  it('never shortens what a customer may have', () => {
    fc.assert(
      fc.property(history, fc.boolean(), ({ today, units }, claimed) => {
        const plain = { today, dates: { sold }, reason: 'quality' as const, part: 'unit' }
        const before = decideRights(factsOf({ ...plain, repairs: [] }), rules)
        const repairs = repairFacts(units, { today, claimed })
        const after = decideRights(factsOf({ ...plain, repairs }), rules)
        for (const had of before.remedies) {
          // What is free now need not be paid for any more.
          if (!had.allowed || had.remedy === 'paid_repair') continue
          const has = after.remedies.find(({ remedy }) => remedy === had.remedy)
          expect(has?.allowed).toBe(true)
          if (!has?.allowed || has.until === null) continue
          expect(has.until >= (had.until ?? '')).toBe(true)
          expect(has.fee.amount).toBeLessThanOrEqual(had.fee.amount)
        }
        for (const [at, clock] of before.clocks.entries()) {
          expect((after.clocks[at]?.endsOn ?? '9999') >= (clock.endsOn ?? '')).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('counts no repair as failed that the customer paid for, and none that is still under way and new', () => {
    fc.assert(
      fc.property(history, fc.boolean(), ({ today, units }, claimed) => {
        const facts = repairFacts(units, { today, claimed })
        expect(facts.length).toBe(
          units.filter(({ acceptance }) => ['free', 'undecided'].includes(acceptance)).length,
        )
        for (const fact of facts) if (fact.handedBack === null) expect(fact.failed).toBe(false)
      }),
    )
  })

  it('counts at least as many failures when the goods are brought again', () => {
    const failures = (units: readonly UnitRepair[], today: string, claimed: boolean) =>
      repairFacts(units, { today, claimed }).filter(({ failed }) => failed).length
    fc.assert(
      fc.property(history, ({ today, units }) => {
        expect(failures(units, today, true)).toBeGreaterThanOrEqual(failures(units, today, false))
      }),
    )
  })

  it('is that of one unit: the repairs of its twins never come with it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 3 }),
        fc.option(fc.integer({ min: 1, max: 3 })),
        (unitNos, units, unitNo) => {
          const repairs = unitNos.map((each, at) => ({ ...blank, itemId: at + 1, unitNo: each }))
          const asked = repairsAskedFor(repairs, { unitsSold: 3, units, unitNo })
          expect(new Set(asked.map((each) => each.unitNo)).size).toBeLessThanOrEqual(1)
          if (unitNo !== null) expect(asked.every((each) => each.unitNo === unitNo)).toBe(true)
        },
      ),
    )
  })
})

const blank: UnitRepair = {
  itemId: 1,
  saleLineId: 1,
  unitNo: 1,
  part: null,
  reception: 'received',
  acceptance: 'free',
  basis: 'rights',
  receivedOn: sold,
  readyOn: null,
  endedOn: null,
  outcome: null,
  delayedBy: null,
  waits: [],
}

describe('the money of a repair', () => {
  const work = fc.record({
    minutes: days(3_000),
    hourFee: days(50_000),
    fees: fc.array(
      fc.record({
        kind: fc.constantFrom('material', 'labour', 'transport', 'inspection', 'other'),
        amount: days(500_000),
      }),
      { maxLength: 6 },
    ),
  })

  it('is nothing without consent, and never more than the fees', () => {
    fc.assert(
      fc.property(
        fc.array(work, { maxLength: 4 }),
        fc.constantFrom(...acceptances),
        fc.constantFrom(...outcomes, null),
        (works, acceptance, outcome) => {
          const costs = works.map(costOfWork)
          const due = dueOf({ acceptance, outcome }, costs)
          const fees = costs.reduce((sum, { all }) => sum + all, 0)
          expect(due).toBeGreaterThanOrEqual(0)
          expect(due).toBeLessThanOrEqual(fees)
          if (acceptance !== 'paid_consented') expect(due).toBe(0)
          else if (outcome === 'repaired') expect(due).toBe(fees)
        },
      ),
    )
  })
})

describe('any course of steps', () => {
  it('hands goods back only after somebody looked them over, and works only by consent', () => {
    const step = fc.constantFrom(
      ...receptionMachine.transitions.map(({ action }) => action),
      ...acceptanceMachine.transitions.map(({ action }) => action),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let reception = receptionMachine.initial
        let acceptance = acceptanceMachine.initial
        for (const action of steps) {
          const moved = nextState(receptionMachine, reception, action as never)
          const answered = nextState(acceptanceMachine, acceptance, action as never)
          if (moved === 'handed_back') expect(reception).toBe('ready')
          if (answered === 'paid_consented') expect(acceptance).toBe('paid')
          reception = moved ?? reception
          acceptance = answered ?? acceptance
        }
      }),
    )
  })
})
