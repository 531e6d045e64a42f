import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { LOOKS, openAt, press } from '../support/desk-pages.ts'
import { numbersOnFile } from '../support/numbers-on-file.ts'
import { dropPriceOfSocks, payPriceDrop } from '../support/price-visit.ts'
import { seedSales, type SeededSales } from '../support/seed-sales.ts'
import { CLERK, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let sales: SeededSales

beforeAll(async () => {
  web = await openWebDesk()
  sales = await seedSales(web.desk.folder.store)
  // The week of the promise runs from the sale: yesterday's.
  await web.desk.folder.store.write((w) => dropPriceOfSocks(w, sales, '2026-11-20'))
})
afterAll(async () => web.close())

const FIGURE = '.sum-figure:not(.sum-waiting)'

describe('a price adjustment', () => {
  it('takes one key from the sale, is filled in by the rule and prints its own slip', async () => {
    const page = await openAt(web, '#/', { who: CLERK })
    const number = await payPriceDrop(page, sales)
    expect(await numbersOnFile(web.desk.folder.store, 'refund')).toEqual([number])
    const sale = await web.client.sales.open({ receiptId: sales.shoes })
    expect(sale.lines.every((line) => line.returned.length === 0)).toBe(true)
  })

  it('at a price seen elsewhere asks for the manager', async () => {
    const page = await openAt(web, `#/refunds/price?receipt=${sales.shoes}`, { who: CLERK })
    await page.getByLabel('步云里 短靴 37 黑 看到的单价').fill('499')
    await page.locator(FIGURE, { hasText: '¥100.00' }).waitFor()
    await page.locator('.approver-needed').waitFor()
    await press(page, 'Escape')
    await page.locator('.sale-table').waitFor()
  })

  it.each(LOOKS)('is readable for everybody ($language, $mode)', async (look) => {
    const page = await openAt(web, `#/refunds/price?receipt=${sales.shoes}`, look)
    await page.locator('.refund-table').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })
})
