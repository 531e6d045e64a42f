import { createRouterClient } from '@orpc/server'
import { openQuietDesk } from './hosted-desk.ts'
import { NEW_STORE } from './new-store.ts'

/** Prints a slip on the printer at the port given, and says each state of its job until it is killed. */
const [dir = '', port = ''] = process.argv.slice(2)
const desk = await openQuietDesk(dir)
const client = createRouterClient(desk.router, { context: { trusted: true } })
await client.settings.setUp(NEW_STORE)
const { printerId } = await client.printers.add({
  name: '小票机',
  kind: 'escpos',
  target: `127.0.0.1:${port}`,
  options: {},
})
await client.printers.testPage({ printerId, format: '80mm', what: 'marks' })
for (;;) {
  const { jobs } = await client.printers.jobs({ view: 'all' })
  process.stdout.write(`${jobs.map(({ state }) => state).join(' ')}\n`)
  await new Promise((resolve) => setTimeout(resolve, 20))
}
