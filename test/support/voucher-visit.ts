import type { Page } from 'playwright-core'
import {
  confirmThrice,
  countPrints,
  goTo,
  press,
  waitForPaper,
  waitForPrintDialog,
} from './desk-pages.ts'
import { scan } from './keyboard.ts'

/**
 * Takes socks back for a voucher in the name of the customer, confirmed thrice at once, and prints it. `sale` has the
 * socks of `seedSales`. Resolves with the numbers of refund and voucher.
 */
export async function refundAsVoucher(page: Page, sale: number) {
  await goTo(page, `#/refunds/new?receipt=${sale}`)
  await page.locator('.refund-table').waitFor()
  await scan(page, '6901234567915')
  await press(page, '1', 'Alt+w')
  await page.locator('.other-form').waitFor()
  // As it was paid, cash, a voucher: by keys, as at the counter.
  await press(page, 'Enter', 'ArrowDown', 'ArrowDown', 'Enter')
  await page.getByLabel('申请原因').fill('顾客下次还来')
  await page.getByLabel('持有人姓名').fill('周梅')
  await page.getByText('请把持有人的姓名和电话填全').first().waitFor()
  await page.getByLabel('持有人电话').fill('138 1234 5521')
  await page.locator('.sum-figure:not(.sum-waiting)').waitFor()
  await confirmThrice(page)
  await page.locator('.slip-tell', { hasText: '不用去收银台' }).waitFor()
  const refund = await numberOf(page, /TH-0001-\d{6}-\d{4}-[0-9A-Z]/)
  await press(page, 'Alt+v')
  await page.locator('h1', { hasText: /PZ-0001-/ }).waitFor()
  await page.locator('.facts', { hasText: '周梅' }).waitFor()
  const voucher = await numberOf(page, /PZ-0001-\d{6}-\d{4}-[0-9A-Z]/)
  await waitForPaper(page)
  const printed = await countPrints(page)
  await press(page, 'F9')
  await waitForPrintDialog(page, printed + 1)
  await page.getByText('已打印 1 份').waitFor()
  await press(page, 'Control+ArrowUp')
  await page.locator('h1', { hasText: refund }).waitFor()
  return { refund, voucher }
}

/** Two scans and one key, from anywhere: the voucher with `code` pays a till's receipt of 20 yuan, and `rest` is left. */
export async function payWithVoucher(page: Page, code: string, rest: string): Promise<void> {
  await goTo(page, '#/vouchers')
  await page.locator('.row').first().waitFor()
  await press(page, 'Alt+u')
  await page.getByRole('dialog').waitFor()
  await scan(page, code)
  await page.locator('.voucher-found').waitFor()
  await scan(page, '0312000000009001')
  await page.getByLabel('抵付金额').fill('20')
  await confirmThrice(page)
  await page.locator('.voucher-amount', { hasText: rest }).waitFor()
}

async function numberOf(page: Page, form: RegExp): Promise<string> {
  const text = await page.locator('h1').innerText()
  return form.exec(text)?.[0] ?? ''
}
