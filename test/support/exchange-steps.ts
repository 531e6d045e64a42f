import { createRouterClient } from '@orpc/server'
import { openQuietDesk } from './hosted-desk.ts'
import { NEW_STORE } from './new-store.ts'
import { issueFridgeCard, seedExchangeGoods } from './exchange-goods.ts'
import { takeNextStep } from './handover-case.ts'
import { openHouse } from './open-house.ts'
import { writeSalesImport } from './sold.ts'

/**
 * Works an exchange of a fridge on the data folder given, from wherever it stands, one durable step after the other.
 * Prints each step once the desk has confirmed it and goes on when it is told to, so that it can be killed between any
 * two of them.
 */
const desk = await openQuietDesk(process.argv[2] ?? '')
const client = createRouterClient(desk.router, { context: { trusted: true } })
const told = process.stdin[Symbol.asyncIterator]()

async function say(step: string): Promise<void> {
  process.stdout.write(`${step}\n`)
  await told.next()
}

if (!(await client.settings.status()).setUp) {
  await client.settings.setUp(NEW_STORE)
  await desk.folder.store.write(async (w) => {
    await writeSalesImport(w)
    await openHouse(w, ['refund', 'exchange', 'repair'])
  })
  const goods = await desk.folder.store.write(seedExchangeGoods)
  await issueFridgeCard(client, goods)
  await say('ready')
}

const { exchanges } = await client.exchanges.recent({ limit: 1 })
const id = exchanges[0]?.id ?? (await record())

for (;;) {
  const step = await takeNextStep(client, id)
  if (step === null) break
  await say(step)
}
await say('closed')

/** The fridge that was sold for another of its model. */
async function record(): Promise<number> {
  const sold = await client.sales.find({ text: 'OLD7101' })
  const receiptId = sold.exact?.receiptId ?? 0
  const { lines } = await client.sales.open({ receiptId })
  const shelf = await client.exchanges.goods({ text: 'FRIDGE' })
  const recorded = await client.exchanges.record({
    receiptId,
    reason: 'quality',
    expectedDifference: 0,
    lines: [
      {
        saleLineId: lines[0]?.id ?? 0,
        units: 1,
        condition: 'faulty',
        packagingIntact: true,
        serialNos: ['OLD7101'],
      },
    ],
    given: [{ productId: shelf.exact?.productId ?? 0, serialNo: 'NEW7101' }],
  })
  await say('recorded')
  return recorded.id
}
