import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press, waitForPrintDialog } from '../support/desk-pages.ts'
import { heading, labelTwoUnits, takeUnitsBack, WOOL_AND_MILK } from '../support/goods-visit.ts'
import { scan, typeSlowly } from '../support/keyboard.ts'
import { openHouse } from '../support/open-house.ts'
import { addReceipt, type SoldLine, writeSalesImport } from '../support/sold.ts'
import { CLERK, MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let receipts = 0

beforeAll(async () => {
  web = await openWebDesk()
  await web.desk.folder.store.write(async (w) => {
    await writeSalesImport(w)
    await openHouse(w)
  })
})
afterAll(() => web.close())

/** Goods that came back: a refund of one line of one unit each. */
async function takeBack(lines: SoldLine[], condition?: Parameters<typeof takeUnitsBack>[3]) {
  receipts += 1
  const receiptNo = `B${receipts}`
  const sale = await web.desk.folder.store.write((w) => addReceipt(w, { receiptNo, lines }))
  return takeUnitsBack(web.client, sale.id, sale.lineIds, condition)
}

describe('after a refund', () => {
  it('the clerk sees where the goods go, and prints the labels by key', async () => {
    const { id } = await takeBack([...WOOL_AND_MILK])
    const page = await openAt(web, '#/')
    await labelTwoUnits(page, id)
    expect(await findA11yProblems(page)).toEqual([])
  })
})

describe('goods that came back', () => {
  it('go where they were sent by one key, elsewhere by a digit and a reason', async () => {
    const page = await openAt(web, '#/', { who: CLERK })
    await page.getByText('退回商品待送').waitFor()
    await press(page, 'Alt+q')
    await heading(page, '待送：回卖场').waitFor()
    await press(page, 'Control+Enter')
    await heading(page, '待送：报废').waitFor()
    await press(page, 'Alt+d')
    const floor = page.getByRole('button', { name: /回卖场/ })
    await floor.waitFor()
    await expect.poll(() => floor.isDisabled()).toBe(true)
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, '2')
    await page.getByRole('dialog').locator('input:focus').waitFor()
    await typeSlowly(page, '批号要查')
    await press(page, 'Control+Enter')
    await heading(page, '待送：隔离待查').waitFor()
    await page.getByText('批号要查').waitFor()
    await press(page, 'F9')
    await waitForPrintDialog(page)
    await press(page, 'Control+Enter')
    await page.getByText('台面上没有待送的商品').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, '2')
    await heading(page, '隔离中').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })

  it('of some value are scrapped with the signature of somebody above', async () => {
    await takeBack([{ name: '真皮大衣', paid_amount: 800_000 }], 'used')
    const page = await openAt(web, '#/goods', { who: CLERK })
    await heading(page, '待送：隔离待查').waitFor()
    await press(page, 'Control+Enter')
    await page.getByText('台面上没有待送的商品').waitFor()
    await press(page, '2')
    await page.locator('.pick-row', { hasText: '真皮大衣' }).click()
    await page.locator('.panel-head', { hasText: '真皮大衣' }).waitFor()
    await press(page, 'Alt+d')
    await page.locator('.goods-choice').first().waitFor()
    await press(page, '4')
    await page.getByLabel('为什么').fill('霉烂，无法再售')
    await page.locator('.approver-box').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+a')
    await typeSlowly(page, MANAGER.code)
    await press(page, 'Enter')
    await typeSlowly(page, MANAGER.pin)
    await press(page, 'Enter')
    await page.locator('.approver-granted').waitFor()
    await press(page, 'Control+Enter')
    await page.locator('.pick-row', { hasText: '真皮大衣' }).waitFor({ state: 'detached' })
    await press(page, '5')
    await page.locator('.pick-row', { hasText: '真皮大衣' }).waitFor()
    await page.getByText(`批准：${MANAGER.name}`).waitFor()
  })

  it('are opened by their label, here and from anywhere', async () => {
    const { id, number } = await takeBack([{ name: '羊绒围巾', paid_amount: 30_000 }])
    const label = `${number.replaceAll('-', '')}.1`
    const page = await openAt(web, '#/goods/gone')
    await page.locator('.goods-tools').waitFor()
    await scan(page, label)
    await heading(page, '待送：回卖场').waitFor()
    await page.locator('.panel-head', { hasText: '羊绒围巾' }).waitFor()
    await goTo(page, '#/')
    await page.locator('[data-home-box]').waitFor()
    await scan(page, label)
    await page.waitForURL((url) => url.hash.startsWith(`#/refunds/${id}`))
  })

  it('wait for the vendor, who signs for them by name', async () => {
    await takeBack([{ name: '电热水壶', vendor: '沸时', paid_amount: 9_900 }], 'faulty')
    const page = await openAt(web, '#/goods', { who: CLERK })
    await page.locator('.pick-row', { hasText: '电热水壶' }).click()
    await heading(page, '待送：退供应商').waitFor()
    await press(page, 'Control+Enter')
    await page.locator('.pick-row', { hasText: '电热水壶' }).waitFor({ state: 'detached' })
    await press(page, '3')
    await heading(page, '待供应商取').waitFor()
    await press(page, 'Control+Enter')
    await page.getByLabel('谁取走的').fill('沸时 王师傅')
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.getByText('没有等供应商取的商品').waitFor()
    await press(page, '5')
    await page.locator('.pick-row', { hasText: '电热水壶' }).click()
    await page.getByText('沸时 王师傅').waitFor()
  })

  it('are filtered, and look right in both languages and both lights', async () => {
    await takeBack([{ name: '羊毛衫'.repeat(30), serial_no: 'S9'.repeat(20), paid_amount: 9_900 }])
    for (const look of LOOKS) {
      const page = await openAt(web, '#/goods', look)
      await page.locator('.pick-row').first().waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Alt+f')
      await page.locator('input:focus').waitFor()
      await typeSlowly(page, 'S9S9')
      await page.locator('.pick-row', { hasText: 'S9S9' }).waitFor()
      await page.locator('.pick-row').nth(1).waitFor({ state: 'detached' })
      expect(await findA11yProblems(page)).toEqual([])
      await page.keyboard.type('zz')
      await page.locator('.empty-state').waitFor()
    }
  })
})
