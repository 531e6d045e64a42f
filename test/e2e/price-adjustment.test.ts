import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { LOOKS, openAt, press, waitForPaper } from '../support/desk-pages.ts'
import { promisePriceDrop } from '../support/price-rule.ts'
import { seedSales, type SeededSales } from '../support/seed-sales.ts'
import { CLERK, MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let sales: SeededSales

beforeAll(async () => {
  web = await openWebDesk()
  sales = await seedSales(web.desk.folder.store)
  await web.desk.folder.store.write(async (w) => {
    const manager = await w
      .selectFrom('operator')
      .select('id')
      .where('code', '=', MANAGER.code)
      .executeTakeFirstOrThrow()
    await promisePriceDrop(w, manager.id)
    // The week of the promise runs from the sale: yesterday's.
    await w
      .updateTable('receipt')
      .set({ business_date: '2026-11-20' })
      .where('id', '=', sales.shoes)
      .execute()
    await w
      .updateTable('product')
      .set({ list_price: 2_500, source: 'catalogue' })
      .where('sku', '=', 'SOCK-3')
      .execute()
  })
})
afterAll(async () => web.close())

const FIGURE = '.sum-figure:not(.sum-waiting)'

describe('a price adjustment', () => {
  it('takes one key from the sale, is filled in by the rule and prints its own slip', async () => {
    const page = await openAt(web, `#/sales/${sales.shoes}`, { who: CLERK })
    await page.locator('.sale-table').waitFor()
    await press(page, 'Alt+b')
    await page.locator(FIGURE, { hasText: '¥10.00' }).waitFor()
    expect(await page.getByLabel('羊毛袜 退多少差价').inputValue()).toBe('10.00')
    await page.getByText('本店买贵退差规定').waitFor()
    await press(page, 'Control+Enter')
    await page.locator('h1', { hasText: /价格调整单.*TJ-0001-261121-0001-/ }).waitFor()
    await page.getByText('商品不退，只退差价').waitFor()
    await waitForPaper(page)
    await press(page, 'Control+ArrowUp')
    await page.locator('.sale-table').waitFor()
    await press(page, 'Alt+h')
    await page.getByText('价格调整单').first().waitFor()
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
