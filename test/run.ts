import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { packageCommand, runCommand } from './support/run-command.ts'
import { addTallies, emptyTally, formatTally, readTally, type Tally } from './support/tally.ts'

/**
 * Runs the suites named on the command line, or everything a change must pass, and closes with one line
 * that sums them up. `electron` needs Electron's runtime and a display and is only run when named.
 */
const SUITES = {
  check: () => runScript('test/check.ts'),
  core: () => runVitest('unit', 'property', 'database', 'documents', 'contract', 'fault'),
  build: runBuild,
  e2e: () => runVitest('e2e'),
  electron: async () => addTallies([await runBuild(), await runVitest('electron')]),
} satisfies Record<string, () => Promise<Tally>>

const EVERYTHING = ['check', 'core', 'build', 'e2e'] as const

const tallyShape = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  skips: z.array(z.string()),
  unsteady: z.array(z.string()),
})

async function runScript(file: string): Promise<Tally> {
  const { code, output } = await runCommand([process.execPath, file], { show: true })
  return readTally(output) ?? crashed(code)
}

async function runBuild(): Promise<Tally> {
  const { code } = await runCommand([process.execPath, 'src-main/hosts/build.ts'], { show: true })
  return code === 0 ? { ...emptyTally(), passed: 1 } : crashed(code)
}

async function runVitest(...projects: string[]): Promise<Tally> {
  const folder = mkdtempSync(path.join(tmpdir(), 'goodwill-tally-'))
  const file = path.join(folder, 'tally.json')
  try {
    const { code } = await runCommand(
      packageCommand(
        'vitest/vitest.mjs',
        'run',
        '--passWithNoTests',
        '--reporter=default',
        '--reporter=./test/support/tally-reporter.ts',
        ...projects.map((name) => `--project=${name}`),
      ),
      { show: true, env: { GOODWILL_TALLY: file } },
    )
    const tally = tallyShape.parse(JSON.parse(readFileSync(file, 'utf8')))
    // Vitest can fail without a failed test, for example on an error after the last one.
    return code !== 0 && tally.failed === 0 ? addTallies([tally, crashed(code)]) : tally
  } catch (error) {
    console.log(String(error))
    return crashed(1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function crashed(code: number): Tally {
  return { ...emptyTally(), [code === 0 ? 'passed' : 'failed']: 1 }
}

function isSuite(name: string): name is keyof typeof SUITES {
  return name in SUITES
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !isSuite(name))
if (unknown.length > 0) {
  console.error(`no such suite: ${unknown.join(', ')}; there are ${Object.keys(SUITES).join(', ')}`)
  process.exit(2)
}

const tallies: Tally[] = []
for (const name of asked.length > 0 ? asked.filter(isSuite) : EVERYTHING) {
  console.log(`\n── ${name}`)
  tallies.push(await SUITES[name]())
}
const sum = addTallies(tallies)
console.log()
for (const skip of sum.skips) console.log(`skipped: ${skip}`)
for (const name of sum.unsteady) console.log(`unsteady: ${name}`)
console.log(formatTally(sum))
process.exitCode = sum.failed > 0 ? 1 : 0
