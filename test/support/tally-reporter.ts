import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import { emptyTally } from './tally.ts'

/** Writes the run's tally to the file named by GOODWILL_TALLY, for `test/run.ts` to add up. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const file = process.env['GOODWILL_TALLY']
    if (!file) return
    const tally = emptyTally()
    tally.failed += errors.length
    for (const module of modules) {
      // A file that does not load has no tests to fail.
      if (module.errors().length > 0) tally.failed += 1
      for (const test of module.children.allTests()) {
        const result = test.result()
        if (test.diagnostic()?.flaky) tally.unsteady.push(test.fullName)
        if (result.state === 'passed') tally.passed += 1
        else if (result.state === 'failed') tally.failed += 1
        else {
          const why = result.state === 'skipped' && result.note ? result.note : 'no reason given'
          tally.skipped += 1
          tally.skips.push(`${test.fullName} (${why})`)
        }
      }
    }
    writeFileSync(file, JSON.stringify(tally))
  }
}
