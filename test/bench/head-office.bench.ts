import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openTestDesk } from '../support/desk.ts'
import { exportNext } from '../support/head-office.ts'
import { addManyCases } from '../support/many-cases.ts'
import { type Bench, type Figure, figure } from './figure.ts'

const cases = 60_000

interface Stall {
  /** The longest the desk could not answer, milliseconds; what else the machine does is in it. */
  waited: number
  /** The most work of the desk's own thread between two turns, milliseconds of core time. */
  worked: number
}

async function stallOf(work: () => Promise<unknown>): Promise<Stall> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  let worked = 0
  let going = true
  let before = ownCore()
  const look = () => {
    const now = ownCore()
    worked = Math.max(worked, now - before)
    before = now
    if (going) setImmediate(look)
  }
  delay.enable()
  setImmediate(look)
  await work()
  going = false
  delay.disable()
  return { waited: delay.max / 1e6, worked }
}

function ownCore(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

const bench: Bench = {
  name: 'head-office',
  async run(): Promise<Figure[]> {
    const test = await openTestDesk()
    const folder = mkdtempSync(path.join(os.tmpdir(), 'goodwill-bench-out-'))
    try {
      await addManyCases(test, { cases, open: 400 })
      // As the screen does before anybody presses a key.
      await test.manager.client.headOffice.exports()
      const idle = await stallOf(() => new Promise((resolve) => setTimeout(resolve, 3_000)))
      const began = performance.now()
      const first = await stallOf(() => exportNext(test, { folder }))
      const took = performance.now() - began
      const next = await stallOf(() => exportNext(test, { folder, target: 'other' }))
      const limit = { name: 'limit', value: 25 }
      const nothing = { name: 'longest stall doing nothing, 3 s', value: idle.waited }
      const target = '< 25 ms'
      return [
        figure('longest stall, first export of 60k cases', first.waited, 'ms', nothing, target),
        figure('the most work in one go, core time', first.worked, 'ms', limit, target),
        figure('longest stall, all of it for another target', next.waited, 'ms', nothing, target),
        figure('the most work in one go there, core time', next.worked, 'ms', limit, target),
        figure('first export of 60k cases', took, 'ms', { name: 'a minute', value: 60_000 }),
      ]
    } finally {
      await test.close()
      rmSync(folder, { recursive: true })
    }
  },
}

export default bench
