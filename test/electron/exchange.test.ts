import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { PARITY_STORE } from '../support/day-at-the-desk.ts'
import { countPrintDialogs } from '../support/desk-pages.ts'
import { launchElectron, missingForElectron } from '../support/electron.ts'
import {
  type ExchangeGoods,
  seedExchangeGoods,
  writeSalesImport,
} from '../support/exchange-goods.ts'
import { swapBoots } from '../support/exchange-swap.ts'
import { makeTempFolder, openQuietDesk } from '../support/hosted-desk.ts'
import { openHouse } from '../support/open-house.ts'
import { signIn } from '../support/web-desk.ts'

const missing = missingForElectron()

/** A store with a pair of boots to be exchanged. */
async function seedStore(dataDir: string): Promise<ExchangeGoods> {
  const desk = await openQuietDesk(dataDir, () => new Date())
  const client = createRouterClient(desk.router, { context: { trusted: true } })
  await client.settings.setUp(PARITY_STORE)
  const goods = await desk.folder.store.write(async (w) => {
    await writeSalesImport(w)
    await openHouse(w, ['refund', 'exchange', 'repair'])
    return seedExchangeGoods(w)
  })
  await desk.close()
  return goods
}

describe('a size swap in Electron', () => {
  it('takes six actions and is on file, signed, when the window is closed', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const folder = makeTempFolder('electron-exchange')
    const goods = await seedStore(folder.dir)
    const electron = await launchElectron({ dataDir: folder.dir })
    await signIn(electron.page, PARITY_STORE.manager)
    await countPrintDialogs(electron.page)
    const { actions, number } = await swapBoots(electron.page, goods)
    expect(actions).toBe(6)
    await electron.close()

    const desk = await openQuietDesk(folder.dir, () => new Date())
    const client = createRouterClient(desk.router, { context: { trusted: true } })
    const [exchange] = (await client.exchanges.recent({ limit: 1 })).exchanges
    expect(exchange).toMatchObject({ number, state: 'handed_over', difference: 0 })
    const form = await client.handovers.ofExchange({ exchangeId: exchange?.id ?? 0 })
    expect(form).toMatchObject({ state: 'signed', missing: [] })
    expect(await client.settings.verify()).toMatchObject({ ok: true })
    await desk.close()
    folder.remove()
  })
})
