import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, businessDateOf } from '../../src-main/foundation/business-date.ts'
import { codeOnFile, workOnFolder } from '../support/closed-store.ts'
import { countPrintDialogs, goTo } from '../support/desk-pages.ts'
import { type ElectronDesk, launchElectron, missingForElectron } from '../support/electron.ts'
import { labelTwoUnits, putOnFloor, takeUnitsBack, WOOL_AND_MILK } from '../support/goods-visit.ts'
import { makeTempFolder } from '../support/hosted-desk.ts'
import { NEW_STORE } from '../support/new-store.ts'
import { numbersOnFile } from '../support/numbers-on-file.ts'
import { openHouse } from '../support/open-house.ts'
import { chooseFile, FAKE_CAMERA, photographAndUnplug, tiles } from '../support/photo-visit.ts'
import { recordScratch } from '../support/scratch.ts'
import { jpeg } from '../support/pictures.ts'
import { settleByNumber } from '../support/pos-visit.ts'
import { dropPriceOfSocks, payPriceDrop } from '../support/price-visit.ts'
import { sellThingsThatBreak } from '../support/repair-desk.ts'
import {
  handBackWithCodes,
  mendAtMaker,
  openFaultyLine,
  takeFridgeIn,
} from '../support/repair-visit.ts'
import { seedSales } from '../support/seed-sales.ts'
import { addReceipt, writeSalesImport } from '../support/sold.ts'
import { payWithVoucher, refundAsVoucher } from '../support/voucher-visit.ts'
import { signIn } from '../support/web-desk.ts'

const missing = missingForElectron()

/** Sales, a refund whose money and goods wait, and a complaint without photos. */
function seedStore(dataDir: string) {
  return workOnFolder(dataDir, async (desk, client) => {
    await client.settings.setUp(NEW_STORE)
    const { store } = desk.folder
    const [wool, thingsThatBreak] = await store.write(async (w) => {
      await writeSalesImport(w)
      await openHouse(w)
      const lines = [...WOOL_AND_MILK]
      return [
        await addReceipt(w, { receiptNo: 'B1', lines }),
        await sellThingsThatBreak(w),
      ] as const
    })
    const sales = await seedSales(store)
    const yesterday = addDays(businessDateOf(new Date(), NEW_STORE), -1)
    await store.write((w) => dropPriceOfSocks(w, sales, yesterday))
    const refund = await takeUnitsBack(client, wool.id, wool.lineIds)
    return { sales, thingsThatBreak, refund, complaintId: await recordScratch(client) }
  })
}

describe('the remedies in Electron, by the keys of the browser', () => {
  const folder = makeTempFolder('electron-remedies')
  let electron: ElectronDesk
  let seeded: Awaited<ReturnType<typeof seedStore>>
  const refunds: string[] = []

  beforeAll(async () => {
    if (missing) return
    seeded = await seedStore(folder.dir)
    refunds.push(seeded.refund.number)
    electron = await launchElectron({ dataDir: folder.dir, args: [FAKE_CAMERA] })
    await signIn(electron.page, NEW_STORE.manager)
    await countPrintDialogs(electron.page)
  })

  afterAll(async () => {
    await electron?.close()
    folder.remove()
  })

  it('a repair goes from the sale to the hand-back', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { page } = electron
    await openFaultyLine(page, seeded.thingsThatBreak, 0)
    const { id } = await takeFridgeIn(page)
    await mendAtMaker(page)
    await handBackWithCodes(page, codeOnFile(folder.dir, { repairId: id }))
  })

  it('a price that fell is paid back, what comes back then is a voucher, and it pays', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    const { page } = electron
    refunds.push(await payPriceDrop(page, seeded.sales))
    const { refund, voucher } = await refundAsVoucher(page, seeded.sales.shoes)
    refunds.push(refund)
    await payWithVoucher(page, codeOnFile(folder.dir, { voucher }), '¥5.00')
  })

  it('money that waits for the till is settled by its number', async ({ skip }) => {
    skip(missing !== undefined, missing)
    await settleByNumber(electron.page, seeded.refund)
  })

  it('goods get their labels and go where they were sent', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { page } = electron
    await labelTwoUnits(page, seeded.refund.id)
    await goTo(page, '#/goods')
    await putOnFloor(page, '羊毛衫')
  })

  it('photos come from a file and from a camera that may be unplugged', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { page } = electron
    await goTo(page, `#/complaints/${seeded.complaintId}`)
    await page.locator('.photo-box').waitFor()
    await chooseFile(page, folder.dir, 'door.jpg', jpeg)
    await tiles(page).first().waitFor()
    await photographAndUnplug(page)
    await tiles(page).nth(1).waitFor()
  })

  it('nobody else sees through the camera, and the desk itself does not hear', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const heard = await electron.page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(
        () => 'given',
        (error: DOMException) => error.name,
      ),
    )
    expect(heard).toBe('NotAllowedError')
    const other = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<p>somebody else</p>')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const seen = await electron.app.evaluate(async ({ BrowserWindow }, address) => {
      const window = new BrowserWindow({ show: false })
      await window.loadURL(address)
      const outcome: unknown = await window.webContents.executeJavaScript(
        'navigator.mediaDevices.getUserMedia({ video: true }).then(() => "given", ({ name }) => name)',
      )
      window.destroy()
      return outcome
    }, `http://127.0.0.1:${port}/`)
    expect(seen).toBe('NotAllowedError')
    other.close()
  })

  it('and everything is on file once when the window is closed', async ({ skip }) => {
    skip(missing !== undefined, missing)
    await electron.close()
    expect(electron.dialogs).toEqual([])
    await workOnFolder(folder.dir, async (desk, client) => {
      const { store } = desk.folder
      expect(await numbersOnFile(store, 'refund')).toEqual(refunds)
      expect(await numbersOnFile(store, 'repair')).toHaveLength(1)
      expect(await numbersOnFile(store, 'voucher')).toHaveLength(1)
      expect(await client.settings.verify()).toMatchObject({ ok: true })
    })
  })
})
