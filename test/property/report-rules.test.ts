import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complaintClasses } from '../../src-main/complaints/contract.ts'
import { sumMoney } from '../../src-main/foundation/money.ts'
import { countByClass, countByFloor, totalComplaints } from '../../src-main/reports/rules.ts'

const complaints = fc.array(
  fc.record({
    class: fc.constantFrom(...complaintClasses),
    floor: fc.constantFrom('', '1F', '2F', '10F', 'B1', '负一层'),
    open: fc.boolean(),
    solvedOnSpot: fc.boolean(),
    satisfied: fc.constantFrom(true, false, null),
  }),
  { maxLength: 300 },
)

describe('the figures of a day report', () => {
  it('all tell the same number of complaints', () => {
    fc.assert(
      fc.property(complaints, (rows) => {
        const totals = totalComplaints(rows)
        const byClass = countByClass(rows, complaintClasses)
        const byFloor = countByFloor(rows, complaintClasses)
        const open = rows.filter((row) => row.open).length
        expect(sumMoney(byClass.map((row) => row.count))).toBe(totals.received)
        expect(sumMoney(byFloor.map((row) => row.total))).toBe(totals.received)
        expect(totals.closedSameDay + open).toBe(totals.received)
        expect(totals.satisfied + totals.dissatisfied + totals.notAsked).toBe(totals.closedSameDay)
        for (const floor of byFloor) {
          expect(sumMoney(floor.counts.map((row) => row.count))).toBe(floor.total)
        }
        for (const row of byClass) {
          const counts = byFloor.flatMap((floor) => floor.counts)
          const same = counts.filter((each) => each.class === row.class)
          expect(sumMoney(same.map((each) => each.count))).toBe(row.count)
        }
      }),
    )
  })
})
