import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '../../src-main/foundation/business-date.ts'
import { reports } from '../../src-main/reports/figures/catalog.ts'
import type { Cells, Dimension } from '../../src-main/reports/figures/contract.ts'
import type { ComplaintEntry, SolutionEntry } from '../../src-main/reports/figures/ledgers.ts'
import {
  changeOf,
  comparedPeriod,
  flawOfPeriod,
  stretchesIn,
  timeKey,
} from '../../src-main/reports/figures/rules.ts'
import {
  addUpTo,
  type Books,
  canNarrow,
  cellOf,
  emptyTally,
  type Figure,
  keyBy,
  knows,
  narrow,
  type Tally,
} from '../../src-main/reports/figures/tabulate.ts'

const date = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2024-06-01', days))
const period = fc
  .tuple(date, date)
  .map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }))
const about = {
  id: fc.integer({ min: 1, max: 1_000 }),
  on: date,
  floor: fc.constantFrom('', '1F', '2F', '10F'),
  counter: fc.constantFrom('', '1F 女鞋', '2F 女鞋'),
  vendor: fc.constantFrom('', '甲', '乙'),
  brand: fc.constantFrom('', 'A', 'B'),
  category: fc.constantFrom('', '鞋'),
  class: fc.constantFrom('goods', 'service'),
  fault: fc.constantFrom('', 'sole_off'),
  person: fc.constantFrom('1', '2'),
}
const complaint: fc.Arbitrary<ComplaintEntry> = fc.record({
  ...about,
  basis: fc.constantFrom('', 'item'),
  atOnce: fc.boolean(),
  sameDay: fc.boolean(),
  repeats: fc.boolean(),
  cameAgain: fc.boolean(),
  open: fc.boolean(),
})
const solution: fc.Arbitrary<SolutionEntry> = fc.record({
  ...about,
  openedOn: date,
  satisfied: fc.constantFrom(true, false, null),
  points: fc.constantFrom(null, 1, 5),
  reopened: fc.boolean(),
  days: fc.integer({ min: 0, max: 60 }),
})
const books: fc.Arbitrary<Books> = fc.record({
  complaints: fc.array(complaint, { maxLength: 40 }),
  solutions: fc.array(solution, { maxLength: 40 }),
})
const views = reports
  .filter(({ id }) => ['complaints', 'service', 'recomplaints'].includes(id))
  .flatMap(({ figures, by }) => by.map((each) => ({ by: each, figures })))

function tally(figure: Figure, of: Books, by: Dimension): Map<string, Tally> {
  const rows = new Map<string, Tally>()
  figure.tally(of, keyBy(by), (key) => {
    const row = rows.get(key) ?? emptyTally()
    rows.set(key, row)
    return row
  })
  return rows
}

describe('figures', () => {
  it('add up over their rows, and the list behind each is as long as it says', () => {
    fc.assert(
      fc.property(books, fc.constantFrom(...views), (of, { by, figures }) => {
        for (const figure of figures.filter(({ ledger }) => knows(ledger, by))) {
          const rows = tally(figure, of, by)
          const whole = emptyTally()
          figure.tally(of, keyBy(by), () => whole)
          const sum = (read: (tally: Tally) => number) =>
            [...rows.values()].reduce((total, each) => total + read(each), 0)
          expect(sum(({ count }) => count)).toBe(whole.count)
          expect(sum((each) => each.of)).toBe(whole.of)
          expect(whole.count).toBeLessThanOrEqual(whole.of)
          for (const [row, each] of rows) {
            expect(figure.list(of, keyBy(by), { row, part: 'count' })).toHaveLength(each.count)
            expect(figure.list(of, keyBy(by), { row, part: 'of' })).toHaveLength(each.of)
          }
          const cell = cellOf(figure, whole)
          if (figure.kind === 'share') expect(cell).toEqual({ count: whole.count, of: whole.of })
        }
      }),
      { numRuns: 60 },
    )
  })

  it('of a period are those of its two parts together', () => {
    fc.assert(
      fc.property(books, date, fc.constantFrom(...views), (of, cut, { figures }) => {
        const part = (keep: (on: string) => boolean): Books => ({
          complaints: (of.complaints ?? []).filter(({ on }) => keep(on)),
          solutions: (of.solutions ?? []).filter(({ on }) => keep(on)),
        })
        for (const figure of figures.filter(({ adds }) => adds)) {
          const total = (books: Books) => {
            const whole = emptyTally()
            figure.tally(
              books,
              () => '',
              () => whole,
            )
            return [whole.count, whole.of, whole.sum]
          }
          const early = total(part((on) => on <= cut))
          const late = total(part((on) => on > cut))
          expect(early.map((each, at) => each + (late[at] ?? 0))).toEqual(total(of))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('narrowed to one name count what stands in its row', () => {
    fc.assert(
      fc.property(fc.array(complaint, { maxLength: 40 }), (entries) => {
        for (const floor of new Set(entries.map((each) => each.floor ?? ''))) {
          expect(canNarrow('complaints', { floor })).toBe(true)
          expect(narrow(entries, { floor })).toEqual(entries.filter((each) => each.floor === floor))
        }
      }),
    )
  })
})

describe('reasons by frequency', () => {
  it('come to all of them at the last, and each to itself and whatever came oftener', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100)), (counts) => {
        const rows = counts.map((units) => ({ cells: { units } as Cells }))
        addUpTo(rows, 'units')
        const all = counts.reduce((sum, count) => sum + count, 0)
        const sums = rows
          .toSorted((a, b) => Number(b.cells['units']) - Number(a.cells['units']))
          .map(({ cells }) => cells['upTo'] as { count: number; of: number })
        let soFar = 0
        for (const [at, count] of counts.toSorted((a, b) => b - a).entries()) {
          soFar += count
          expect(sums[at]).toEqual({ count: soFar, of: all })
        }
        expect(soFar).toBe(all)
      }),
    )
  })
})

describe('a period', () => {
  it('has every day of it in exactly one of its stretches, in order', () => {
    fc.assert(
      fc.property(period, fc.constantFrom('day', 'month', 'quarter'), (of, by) => {
        const stretches = stretchesIn(by, of)
        expect(new Set(stretches).size).toBe(stretches.length)
        expect(stretches).toEqual(stretches.toSorted())
        expect(stretches[0]).toBe(timeKey(by, of.from))
        expect(stretches.at(-1)).toBe(timeKey(by, of.to))
      }),
    )
  })

  it('is held against one of the same length just before it', () => {
    fc.assert(
      fc.property(period, (of) => {
        const before = comparedPeriod(of, { kind: 'previous' })
        expect(before.to).toBe(addDays(of.from, -1))
        const lengths = [of, before].map(({ from, to }) => daysBetween(from, to))
        const isWhole = of.from.endsWith('-01') && addDays(of.to, 1).endsWith('-01')
        if (!isWhole) expect(lengths[0]).toBe(lengths[1])
        else expect(before.from.endsWith('-01')).toBe(true)
      }),
    )
  })

  it('of whole months is held against whole months', () => {
    const march = { from: '2026-03-01', to: '2026-03-31' }
    expect(comparedPeriod(march, { kind: 'previous' })).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    })
    const february = { from: '2025-02-01', to: '2025-02-28' }
    expect(comparedPeriod(february, { kind: 'year_before' })).toEqual({
      from: '2024-02-01',
      to: '2024-02-29',
    })
  })

  it.each([
    [{ from: '2026-11-21', to: '2026-11-20' }, 'backwards'],
    [{ from: '2026-11-20', to: '2026-11-22' }, 'in_future'],
    [{ from: '1996-11-21', to: '2026-11-21' }, 'too_long'],
    [{ from: '2016-11-22', to: '2026-11-21' }, null],
  ])('%o: %s', (of, flaw) => {
    expect(flawOfPeriod(of, '2026-11-21')).toBe(flaw)
  })
})

describe('a change', () => {
  it('has a percentage only where twenty stood behind it', () => {
    expect(changeOf('count', { now: 30, before: 20, behind: 0 })).toEqual({ by: 10, percent: 50 })
    expect(changeOf('count', { now: 30, before: 19, behind: 0 })).toEqual({ by: 11, percent: null })
    expect(changeOf('money', { now: 300, before: 200, behind: 19 })).toEqual({
      by: 100,
      percent: null,
    })
    expect(
      changeOf('share', {
        now: { count: 15, of: 20 },
        before: { count: 10, of: 20 },
        behind: 0,
      }),
    ).toEqual({ by: 25, percent: null })
    expect(changeOf('days', { now: null, before: 3, behind: 0 })).toEqual({
      by: null,
      percent: null,
    })
  })
})
