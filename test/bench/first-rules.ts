import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readPolicyFiles } from '../../src-main/policy/files.ts'
import { openTestDesk } from '../support/desk.ts'

/**
 * A process that has done nothing yet reads the rules, opens a desk and lists them for the first time. Prints the
 * longest time its main thread was away in each part, in milliseconds.
 */
const delay = monitorEventLoopDelay({ resolution: 1 })

const reading = await longestStall(delay, () => readPolicyFiles())
const desk = await openTestDesk()
// What the first call of any room costs is no cost of the rules.
await desk.manager.client.settings.read()
const listing = await longestStall(delay, () => desk.manager.client.policy.list({}))
const choices = await longestStall(delay, () => desk.manager.client.policy.choices())
await desk.close()
console.log(JSON.stringify({ reading, listing, choices }))

async function longestStall(
  monitor: ReturnType<typeof monitorEventLoopDelay>,
  work: () => Promise<unknown>,
): Promise<number> {
  await pause(20)
  monitor.reset()
  monitor.enable()
  // The clock of the monitor has to tick once before and once after.
  await pause(5)
  await work()
  await pause(5)
  monitor.disable()
  return monitor.max / 1e6
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
