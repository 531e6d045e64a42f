/** What a suite came to; every runner of the project reports in this form. */
export interface Tally {
  passed: number
  failed: number
  skipped: number
  /** One line per skipped test: its name and why. */
  skips: string[]
  /** Tests that failed at the first try and passed at the second: to be looked into. */
  unsteady: string[]
}

export function emptyTally(): Tally {
  return { passed: 0, failed: 0, skipped: 0, skips: [], unsteady: [] }
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce<Tally>(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
      skips: [...sum.skips, ...one.skips],
      unsteady: [...sum.unsteady, ...one.unsteady],
    }),
    emptyTally(),
  )
}

/** The closing line that scripts read. */
export function formatTally(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`
}

/** Reads the last closing line of a runner's output; null when it has none. */
export function readTally(output: string): Tally | null {
  const lines = [...output.matchAll(/^(?:\w+: )?(\d+) passed, (\d+) failed, (\d+) skipped\s*$/gm)]
  const last = lines.at(-1)
  if (!last) return null
  return {
    passed: Number(last[1]),
    failed: Number(last[2]),
    skipped: Number(last[3]),
    skips: readList(output, /^skipped: (.*)$/gm),
    unsteady: readList(output, /^unsteady: (.*)$/gm),
  }
}

function readList(output: string, line: RegExp): string[] {
  return [...output.matchAll(line)].map((match) => match[1] ?? '')
}
