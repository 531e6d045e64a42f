import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Seen } from '../support/calls.ts'
import { workOnFolder } from '../support/closed-store.ts'
import { countPrintDialogs, goTo, press } from '../support/desk-pages.ts'
import { type ElectronDesk, launchElectron, missingForElectron } from '../support/electron.ts'
import {
  type ExchangeGoods,
  issueFridgeCard,
  seedExchangeGoods,
} from '../support/exchange-goods.ts'
import { writeSalesImport } from '../support/sold.ts'
import { fillFridgeExchange, handOverFridge, recordExchange } from '../support/exchange-handover.ts'
import { FIGURE, readNumber, scanNew, swapBoots } from '../support/exchange-swap.ts'
import { makeTempFolder } from '../support/hosted-desk.ts'
import { NEW_STORE } from '../support/new-store.ts'
import { numbersOnFile } from '../support/numbers-on-file.ts'
import { openHouse } from '../support/open-house.ts'
import { buildForPage } from '../support/page-script.ts'
import { CLERK, signIn } from '../support/web-desk.ts'

const missing = missingForElectron()
const NEW_SERIAL = 'NEW610'

/** What the page script of this suite leaves on the window. */
interface PageWithSecondDesk {
  raceToRecord(who: { code: string; pin: string }, exchange: object, barcode: string): Promise<Seen>
}

describe('exchanges in Electron', () => {
  const folder = makeTempFolder('electron-exchange')
  let electron: ElectronDesk
  /** Slips of two customers. */
  let goods: ExchangeGoods
  let others: ExchangeGoods
  const numbers: string[] = []

  beforeAll(async () => {
    if (missing) return
    await workOnFolder(folder.dir, async (desk, client) => {
      await client.settings.setUp(NEW_STORE)
      await client.staff.add({ ...CLERK, phone: '', role: 'clerk' })
      await desk.folder.store.write(async (w) => {
        await writeSalesImport(w)
        await openHouse(w, ['refund', 'exchange', 'repair'])
        goods = await seedExchangeGoods(w)
        others = await seedExchangeGoods(w)
      })
      await issueFridgeCard(client, goods)
    })
    electron = await launchElectron({ dataDir: folder.dir })
    await signIn(electron.page, NEW_STORE.manager)
    await countPrintDialogs(electron.page)
  })

  afterAll(async () => {
    await electron?.close()
    folder.remove()
  })

  it('swap a size in six actions', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { actions, number } = await swapBoots(electron.page, goods)
    numbers.push(number)
    expect(actions).toBe(6)
  })

  it('give dearer goods, confirmed three times at once, signed on the screen', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { page } = electron
    await goTo(page, '#/')
    await fillFridgeExchange(page, goods, NEW_SERIAL)
    numbers.push(await recordExchange(page))
    await handOverFridge(page, NEW_SERIAL)
  })

  it('of one unit at two desks are told apart: one wins, the other reads who was first', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    const { page } = electron
    const { boots, shelf } = others
    await page.evaluate(
      await buildForPage(path.join(import.meta.dirname, 'second-desk-in-page.ts')),
    )
    await goTo(page, `#/exchanges/new?receipt=${boots.receiptId}`)
    await page.locator('.exchange-panes').waitFor()
    await press(page, '2')
    await scanNew(page, shelf.boots38)
    await page.locator(FIGURE, { hasText: '¥0.00' }).waitFor()
    const line = { saleLineId: boots.lineId, units: 1, condition: 'opened', packagingIntact: true }
    const seen = await page.evaluate(
      ([who, exchange, barcode]) =>
        (window as unknown as PageWithSecondDesk).raceToRecord(who, exchange, barcode),
      [
        { code: CLERK.code, pin: CLERK.pin },
        { receiptId: boots.receiptId, reason: 'size', lines: [line], expectedDifference: 0 },
        shelf.boots38,
      ] as const,
    )
    if ('answer' in seen) {
      const { number } = seen.answer as { number: string }
      numbers.push(number)
      await page.locator('.refusal', { hasText: number }).waitFor()
      await page.locator('.refusal', { hasText: CLERK.name }).waitFor()
    } else {
      numbers.push(await readNumber(page))
      expect(seen.error.data).toMatchObject({
        reason: 'refunds.unit_already_returned',
        params: { number: numbers.at(-1), place: `0001 · ${NEW_STORE.manager.name}` },
      })
    }
  })

  it('are on file, signed, when the window is closed', async ({ skip }) => {
    skip(missing !== undefined, missing)
    await electron.close()
    expect(electron.dialogs).toEqual([])
    await workOnFolder(folder.dir, async (desk, client) => {
      expect(await numbersOnFile(desk.folder.store, 'exchange')).toEqual(numbers)
      for (const number of numbers) {
        const { exact } = await client.sales.find({ text: number })
        expect(exact?.label).toBe(number)
      }
      expect(await client.settings.verify()).toMatchObject({ ok: true })
    })
  })
})
