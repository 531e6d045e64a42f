import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../support/run-command.ts'

interface Row {
  number: number
  capability: string
  state: string
  where: string
  tests: { file: string; name: string }[]
}

const lines = readFileSync(path.join(ROOT, 'docs', 'capabilities.md'), 'utf8').split('\n')
const rows = lines
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line): Row => {
    const [, number = '', capability = '', state = '', where = '', shown = ''] = line
      .split('|')
      .map((cell) => cell.trim())
    const named = [...shown.matchAll(/`([^`]+\.test\.ts)` "([^"]+)"/g)]
    const tests = named.map(([, file = '', name = '']) => ({ file, name }))
    return { number: Number(number), capability, state, where, tests }
  })

const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** A test's name stands in its file, whatever quotes it is written in. */
function hasTest({ file, name }: { file: string; name: string }): boolean {
  const full = path.join(ROOT, 'test', file)
  return existsSync(full) && readFileSync(full, 'utf8').includes(name)
}

describe('the table of capabilities', () => {
  it('has every row once, in order', () => {
    expect(rows.map((row) => row.number)).toEqual([
      ...between(5, 34),
      ...between(37, 64),
      ...between(79, 91),
      ...between(113, 132),
      ...between(148, 172),
    ])
  })

  it('says of each how far it is and where it lives', () => {
    const vague = rows.filter(
      ({ capability, state, where }) =>
        capability === '' ||
        !['done', 'part', 'open'].includes(state) ||
        (state !== 'open' && ['', '—'].includes(where)),
    )
    expect(vague).toEqual([])
  })

  it('calls nothing done that no test shows', () => {
    expect(rows.filter(({ state, tests }) => state === 'done' && tests.length === 0)).toEqual([])
  })

  it('names tests that exist', () => {
    const missing = rows.flatMap(({ number, tests }) =>
      tests.filter((test) => !hasTest(test)).map((test) => ({ number, ...test })),
    )
    expect(missing).toEqual([])
  })
})
