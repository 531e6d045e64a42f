import type { Page } from 'playwright-core'
import { confirmThrice, goTo, press } from './desk-pages.ts'

/**
 * Types the till's number for the money of a refund that waits for it: the desk's own number is refused first. `number`
 * is that of the refund.
 */
export async function settleByNumber(
  page: Page,
  { id, number }: { id: number; number: string },
): Promise<void> {
  await goTo(page, `#/refunds/${id}`)
  await page.getByText('等收银台付款').waitFor()
  const panel = page.locator('.pos-instructions')
  await panel
    .getByText(/ZF-0001-\d{6}-/)
    .first()
    .waitFor()
  await press(page, 'Alt+p')
  await page.getByLabel('收银流水号', { exact: true }).fill(number)
  await press(page, 'Control+Enter')
  await page.getByText('是本台单据的号码，不是收银流水号').waitFor()
  await page.getByLabel('收银流水号', { exact: true }).fill('880012')
  await confirmThrice(page)
  await panel.getByText('流水号 880012').waitFor()
  await page.getByText('等收银台付款').waitFor({ state: 'detached' })
}
