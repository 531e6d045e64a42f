import type { Page } from 'playwright-core'
import { countPrints, press, waitForPrintDialog } from './desk-pages.ts'
import type { ExchangeGoods } from './exchange-goods.ts'
import { scan } from './keyboard.ts'

/** The difference, settled. */
export const FIGURE = '.exchange-sum .sum-figure:not(.sum-waiting)'

/** A scan after whatever was typed before it has settled. */
export async function scanNew(page: Page, code: string): Promise<void> {
  await page.waitForTimeout(150)
  await scan(page, code)
}

/**
 * Swaps boots for the next size, from the home page to both signatures on paper: the same in a browser and in
 * Electron. Resolves with the number of key actions it took and the number of the exchange.
 */
export async function swapBoots(
  page: Page,
  goods: ExchangeGoods,
): Promise<{ actions: number; number: string }> {
  let actions = 0
  const act = async (work: Promise<void>) => {
    actions += 1
    await work
  }
  await act(scan(page, goods.boots.receiptNo))
  await page.locator('.sale-table').waitFor()
  await act(press(page, 'F6'))
  await page.locator('.exchange-panes').waitFor()
  await act(press(page, '2'))
  await act(scanNew(page, goods.shelf.boots38))
  await page.locator(FIGURE, { hasText: '¥0.00' }).waitFor()
  await page.locator('.exchange-sum', { hasText: '等价换，不收不退' }).waitFor()
  const printed = await countPrints(page)
  await act(press(page, 'Control+Enter'))
  const number = await readNumber(page)
  // Slip and form come out by themselves: both are signed on paper now.
  await waitForPrintDialog(page, printed + 2)
  await page.locator('.handover-step').first().waitFor()
  await act(press(page, 'Control+Enter'))
  await page.getByText('已办结：双方已签字').waitFor()
  return { actions, number }
}

/** The number of the exchange on screen. */
export async function readNumber(page: Page): Promise<string> {
  const title = page.locator('h1', { hasText: /HH-0001-\d{6}-/ })
  await title.waitFor()
  return /HH-0001-\d{6}-\d{4}-[0-9A-Z]/.exec(await title.innerText())?.[0] ?? ''
}
