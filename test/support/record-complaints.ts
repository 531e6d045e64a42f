import { randomUUID } from 'node:crypto'
import { createRouterClient } from '@orpc/server'
import { openQuietDesk } from './hosted-desk.ts'
import { NEW_STORE } from './new-store.ts'

/**
 * Records complaints on the data folder given, one after another until it is killed, and prints each one's
 * request id and number once the desk has confirmed it.
 */
const desk = await openQuietDesk(process.argv[2] ?? '')
let requestId: string = randomUUID()
const client = createRouterClient(desk.router, { context: () => ({ trusted: true, requestId }) })
if (!(await client.settings.status()).setUp) await client.settings.setUp(NEW_STORE)

for (;;) {
  requestId = randomUUID()
  const { number } = await client.complaints.record({
    class: 'service',
    text: `等了很久 ${requestId}`,
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '',
      counter: '',
    },
    contact: { name: '', phone: '' },
    outcome: { kind: 'solved', solution: '已道歉', satisfied: null },
  })
  process.stdout.write(`${requestId} ${number}\n`)
}
