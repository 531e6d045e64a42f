import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

/** Each round is a process of its own: what counts is the first time, before anything is compiled. */
const rounds = 9

interface Stalls {
  reading: number
  listing: number
  choices: number
}

const names: Record<keyof Stalls, string> = {
  reading: 'reading the shipped rules at start',
  listing: 'the first list of rules',
  choices: 'the first view of choices',
}

const bench: Bench = {
  name: 'rules',
  run(): Promise<Figure[]> {
    const program = path.join(import.meta.dirname, 'first-rules.ts')
    const runs = Array.from({ length: rounds }, () => {
      const printed = execFileSync(process.execPath, [program], { encoding: 'utf8' })
      return JSON.parse(printed) as Stalls
    })
    const baseline = { name: 'longest stall allowed', value: 25 }
    const stalls = (part: keyof Stalls) => runs.map((run) => run[part])
    const parts = Object.keys(names) as (keyof Stalls)[]
    return Promise.resolve(
      parts.flatMap((part) => [
        figure(
          `longest stall, ${names[part]}, median`,
          quantile(stalls(part), 0.5),
          'ms',
          baseline,
          'at most 1×',
        ),
        figure(`… worst of ${rounds}`, Math.max(...stalls(part)), 'ms', baseline),
      ]),
    )
  },
}

export default bench
