import type { Page } from 'playwright-core'
import { signFor } from './approve.ts'
import { countPrints, goTo, press, waitForPrintDialog } from './desk-pages.ts'
import type { DeskClient } from './desk.ts'

/** A sale of which one unit goes back to the floor and one must be scrapped. */
export const WOOL_AND_MILK = [
  { name: '羊毛衫', paid_amount: 20_000 },
  { name: '盒装牛奶', paid_amount: 500 },
] as const

/** Takes one unit of each of these lines back, signed where that is needed. Resolves with id and number of the refund. */
export async function takeUnitsBack(
  client: DeskClient,
  receiptId: number,
  lineIds: readonly number[],
  condition: 'sealed' | 'opened' | 'used' | 'faulty' = 'opened',
) {
  const asked = {
    receiptId,
    reason: 'size' as const,
    lines: lineIds.map((saleLineId) => ({
      saleLineId,
      units: 1,
      condition,
      packagingIntact: true,
    })),
  }
  const { amount } = await client.refunds.preview(asked)
  const refund = { ...asked, expectedAmount: amount }
  return client.refunds.record({ ...refund, approvalIds: await signFor(client, refund) })
}

/** The place and destination of the goods on screen. */
export const heading = (page: Page, text: string) => page.locator('.goods-place', { hasText: text })

/** Prints the labels of a refund's two units, one for the floor and one to be scrapped, and reads where they go. */
export async function labelTwoUnits(page: Page, refundId: number): Promise<void> {
  await goTo(page, `#/refunds/${refundId}`)
  await page.getByRole('heading', { name: '商品去向' }).waitFor()
  await page.getByText('待送：回卖场').waitFor()
  await page.getByText('待送：报废').waitFor()
  await page.getByText('食品、药品收回后不得再售').waitFor()
  const printed = await countPrints(page)
  await press(page, 'Alt+b')
  await waitForPrintDialog(page, printed + 1)
  await page.getByText('已打印 2 张标签').waitFor()
}

/** On the page of the goods: what is to go back to the floor is there now, and leaves the list. */
export async function putOnFloor(page: Page, name: string): Promise<void> {
  const row = page.locator('.pick-row', { hasText: name })
  await row.click()
  await page.locator('.panel-head', { hasText: name }).waitFor()
  await heading(page, '待送：回卖场').waitFor()
  await press(page, 'Control+Enter')
  await row.waitFor({ state: 'detached' })
}
