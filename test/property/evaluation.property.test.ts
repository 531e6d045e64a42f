import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src-main/foundation/business-date.ts'
import {
  type Evaluated,
  type Figures,
  figuresOf,
  groupFigures,
} from '../../src-main/reports/evaluation-rules.ts'
import { percentOf, type Share } from '../../src-main/foundation/share.ts'

const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays('2026-08-01', days))
const belongs = {
  ownerId: fc.integer({ min: 1, max: 4 }),
  ownerName: fc.constant('赵敏'),
  floor: fc.constantFrom('', '1F', '2F', '10F'),
  class: fc.constantFrom('goods', 'service', 'price'),
}

const evaluated: fc.Arbitrary<Evaluated> = fc.record({
  received: fc.array(
    fc.record({
      ...belongs,
      recordedOn: day,
      atOnce: fc.boolean(),
      sameDay: fc.boolean(),
      repeats: fc.boolean(),
    }),
  ),
  solved: fc.array(
    fc
      .record({
        ...belongs,
        openedOn: day,
        took: fc.nat(60),
        satisfied: fc.option(fc.boolean()),
        points: fc.option(fc.integer({ min: 1, max: 5 })),
        reopened: fc.boolean(),
      })
      .map(({ took, ...each }) => ({ ...each, solvedOn: addDays(each.openedOn, took) })),
  ),
  promises: fc.array(
    fc.record({
      ownerId: belongs.ownerId,
      ownerName: belongs.ownerName,
      floor: belongs.floor,
      dueOn: day,
      kept: fc.boolean(),
    }),
  ),
})

const shares = [
  'atOnce',
  'sameDay',
  'repeats',
  'content',
  'inFifteenDays',
  'reopened',
  'kept',
] as const

const total = (groups: readonly Figures[], of: (figures: Figures) => number) =>
  groups.reduce((sum, each) => sum + of(each), 0)

describe('figures of a period', () => {
  it('never count more than they are of, and say nothing in percent of fewer than twenty', () => {
    fc.assert(
      fc.property(evaluated, (all) => {
        const figures = figuresOf(all)
        for (const name of shares) {
          const { count, of } = figures[name]
          expect(count).toBeGreaterThanOrEqual(0)
          expect(count).toBeLessThanOrEqual(of)
          expect(percentOf({ count, of }) === null).toBe(of < 20)
        }
        expect(figures.content.of + figures.notAsked).toBe(figures.solved)
      }),
    )
  })

  it('add up to the whole by owner, floor and month', () => {
    fc.assert(
      fc.property(evaluated, fc.constantFrom('owner', 'floor', 'month'), (all, by) => {
        const whole = figuresOf(all)
        const groups = groupFigures(all, by)
        expect(total(groups, ({ received }) => received)).toBe(whole.received)
        expect(total(groups, ({ points }) => points.sum)).toBe(whole.points.sum)
        for (const name of shares) {
          const sum: Share = {
            count: total(groups, (each) => each[name].count),
            of: total(groups, (each) => each[name].of),
          }
          expect(sum).toEqual(whole[name])
        }
        expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length)
      }),
    )
  })

  it('have a median no longer than what nine in ten do not exceed, both of days that were', () => {
    fc.assert(
      fc.property(evaluated, (all) => {
        const { days, solved } = figuresOf(all)
        expect(days === null).toBe(solved === 0)
        if (days) expect(days.median).toBeLessThanOrEqual(days.ninetieth)
      }),
    )
  })
})
