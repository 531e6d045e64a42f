import type { Page } from 'playwright-core'
import type { WriteHandle } from '../../src-main/database/store.ts'
import { confirmThrice, goTo, press, waitForPaper } from './desk-pages.ts'
import { promisePriceDrop } from './price-rule.ts'
import type { SeededSales } from './seed-sales.ts'

/** A store that pays the difference within a week, and socks that cost 5 yuan less than on `soldOn`. */
export async function dropPriceOfSocks(
  w: WriteHandle,
  { shoes }: SeededSales,
  soldOn: string,
): Promise<void> {
  const manager = await w
    .selectFrom('operator')
    .select('id')
    .where('role', '=', 'store_manager')
    .executeTakeFirstOrThrow()
  await promisePriceDrop(w, manager.id)
  await w.updateTable('receipt').set({ business_date: soldOn }).where('id', '=', shoes).execute()
  await w
    .updateTable('product')
    .set({ list_price: 2_500, source: 'catalogue' })
    .where('sku', '=', 'SOCK-3')
    .execute()
}

/** One key from the sale, filled in by the rule, confirmed thrice at once. Resolves with the number of the slip. */
export async function payPriceDrop(page: Page, { shoes }: SeededSales): Promise<string> {
  await goTo(page, `#/sales/${shoes}`)
  await page.locator('.sale-table').waitFor()
  await press(page, 'Alt+b')
  await page.locator('.sum-figure:not(.sum-waiting)', { hasText: '¥10.00' }).waitFor()
  await page.getByText('本店买贵退差规定').waitFor()
  await confirmThrice(page)
  const title = page.locator('h1', { hasText: /价格调整单.*TJ-0001-/ })
  await title.waitFor()
  const number = /TJ-0001-\d{6}-\d{4}-[0-9A-Z]/.exec(await title.innerText())?.[0] ?? ''
  await page.getByText('商品不退，只退差价').waitFor()
  await waitForPaper(page)
  await press(page, 'Control+ArrowUp')
  await page.locator('.sale-table').waitFor()
  await press(page, 'Alt+h')
  await page.getByText('价格调整单').first().waitFor()
  return number
}
