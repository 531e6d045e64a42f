import { describe, expect, it } from 'vitest'
import { addTallies, formatTally, readTally } from '../support/tally.ts'

describe('the closing line', () => {
  it('sums up suites and can be read back', () => {
    const sum = addTallies([
      { passed: 2, failed: 0, skipped: 1, skips: ['a (no display)'], unsteady: [] },
      { passed: 3, failed: 1, skipped: 0, skips: [], unsteady: ['b'] },
    ])
    expect(formatTally(sum)).toBe('5 passed, 1 failed, 1 skipped')
    expect(readTally(`noise\nskipped: a (no display)\nunsteady: b\n${formatTally(sum)}\n`)).toEqual(
      sum,
    )
  })

  it('is the last one of an output', () => {
    expect(
      readTally('1 passed, 0 failed, 0 skipped\n2 passed, 0 failed, 0 skipped\n')?.passed,
    ).toBe(2)
    expect(readTally('Tests 3 passed (3)\n')).toBeNull()
  })
})
