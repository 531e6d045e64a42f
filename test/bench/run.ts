import { readdirSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench, Figure } from './figure.ts'

/** Runs the benches named on the command line, or all, one after another; `--json` prints figures for scripts. */
const { values: flags, positionals: asked } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})

const here = import.meta.dirname
const names = readdirSync(here)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''))
  .sort()

const unknown = asked.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}; there are ${names.join(', ')}`)
  process.exit(2)
}

const results: { bench: string; figures: Figure[]; failure?: string }[] = []
for (const name of asked.length > 0 ? asked : names) {
  if (!flags.json) console.log(`── ${name}`)
  const result = await runOne(name)
  results.push(result)
  if (!flags.json) console.log(result.failure ?? formatTable(result.figures))
}

if (flags.json) {
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? '',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  }
  console.log(JSON.stringify({ machine, results }, null, 2))
}
process.exit(results.some((result) => result.failure) ? 1 : 0)

async function runOne(name: string): Promise<(typeof results)[number]> {
  try {
    const module = (await import(path.join(here, `${name}.bench.ts`))) as { default: Bench }
    return { bench: name, figures: await module.default.run() }
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { bench: name, figures: [], failure }
  }
}

function formatTable(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [
    one.name,
    `${formatNumber(one.value)} ${one.unit}`,
    one.baselineName,
    `${formatNumber(one.baselineValue)} ${one.unit}`,
    `${one.ratio.toFixed(2)}×`,
    one.target ?? '',
  ])
  const table = [['figure', 'value', 'baseline', 'baseline value', 'ratio', 'target'], ...rows]
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  )
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function formatNumber(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}
