import { availableParallelism } from 'node:os'
import { packageCommand, runCommand } from './support/run-command.ts'
import { emptyTally, formatTally } from './support/tally.ts'

/** Everything that is known without running the product; two at a time, the slowest first. */
const STEPS: { name: string; command: [string, ...string[]] }[] = [
  { name: 'lint', command: packageCommand('oxlint/bin/oxlint', '--type-aware') },
  { name: 'types', command: packageCommand('typescript/bin/tsc', '--noEmit') },
  {
    name: 'architecture',
    command: packageCommand(
      'vitest/vitest.mjs',
      'run',
      '--project=unit',
      '--reporter=dot',
      'test/unit/architecture.test.ts',
    ),
  },
  { name: 'dead code', command: packageCommand('knip/bin/knip.js', '--no-progress') },
  { name: 'format', command: packageCommand('oxfmt/bin/oxfmt', '--check', '.') },
]

const tally = emptyTally()
const waiting = [...STEPS]

async function work(): Promise<void> {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const { code, output, seconds } = await runCommand(step.command)
    const took = `${seconds.toFixed(1)} s`
    if (code === 0) {
      tally.passed += 1
      console.log(`ok    ${step.name} (${took})`)
    } else {
      tally.failed += 1
      console.log(`FAIL  ${step.name} (${took})\n${output.trimEnd()}\n`)
    }
  }
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))
console.log(`check: ${formatTally(tally)}`)
process.exitCode = tally.failed > 0 ? 1 : 0
