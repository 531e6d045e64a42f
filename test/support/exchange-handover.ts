import type { Locator, Page } from 'playwright-core'
import { confirmThrice, countPrints, press, waitForPrintDialog } from './desk-pages.ts'
import type { ExchangeGoods } from './exchange-goods.ts'
import { FIGURE, readNumber, scanNew } from './exchange-swap.ts'
import { scan, typeSlowly } from './keyboard.ts'

/** A step of the handover that is done. */
export const DONE = '.handover-done'

/** Fills in a fridge for the larger one, the serial numbers scanned, up to the settled difference. */
export async function fillFridgeExchange(
  page: Page,
  { fridge, shelf }: ExchangeGoods,
  newSerial: string,
): Promise<void> {
  await scan(page, fridge.receiptNo)
  await page.locator('.sale-table').waitFor()
  await press(page, 'F6')
  await page.locator('.exchange-panes').waitFor()
  await press(page, '1')
  await scanNew(page, shelf.largeFridge)
  await page.getByText('请扫新货的序列号').waitFor()
  await scanNew(page, newSerial)
  await page.getByPlaceholder('扫旧货序列号').focus()
  await typeSlowly(page, fridge.serialNo)
  await page.locator(FIGURE, { hasText: '+¥1,000.00' }).waitFor()
  await page.locator('.exchange-sum', { hasText: '顾客补差价' }).waitFor()
}

/**
 * Confirms the exchange on screen, three times in one moment, as an impatient hand does; its slip comes out. Resolves
 * with its number.
 */
export async function recordExchange(page: Page): Promise<string> {
  const printed = await countPrints(page)
  await confirmThrice(page)
  const number = await readNumber(page)
  await page.locator('.handover-line').waitFor()
  await waitForPrintDialog(page, printed + 1)
  return number
}

/** Steps 1 and 2: the old goods with everything that belongs to them, then their papers. */
export async function takeOldBack(page: Page): Promise<void> {
  await press(page, '1')
  await page.locator(DONE).first().waitFor()
  await press(page, '2')
  await page.locator('.handover-form').waitFor()
  await press(page, 'Control+Enter')
  await page.locator(DONE).nth(1).waitFor()
}

/** Step 3: the new unit is looked at before the customer. */
export async function checkNew(page: Page, newSerial: string): Promise<void> {
  await press(page, '3')
  await page.getByLabel('新货序列号').waitFor()
  await scanNew(page, newSerial)
  await press(page, 'Control+Enter')
  await page.locator(DONE).nth(2).waitFor()
}

/** Step 4: the new papers are given; the new card comes out in the same step. */
export async function givePapers(page: Page): Promise<void> {
  const printed = await countPrints(page)
  await press(page, '4')
  await page.locator(DONE).nth(3).waitFor()
  await waitForPrintDialog(page, printed + 1)
}

/** Step 5: somebody of the family takes the goods; both sign on the screen, and the form comes out. */
export async function signOnScreen(page: Page): Promise<void> {
  const printed = await countPrints(page)
  await press(page, '5')
  await page.locator('canvas.signature-pad').first().waitFor()
  await page.locator('.ant-radio-button-wrapper', { hasText: '家人' }).click()
  await page.getByLabel('收货人姓名').fill('张丽')
  await page.getByLabel('收货人电话').fill('13900001111')
  for (const pad of await page.locator('canvas.signature-pad').all()) await draw(page, pad)
  await page.locator('.signature-drawn').nth(1).waitFor()
  await press(page, 'Control+Enter')
  await page.getByText('已办结：双方已签字').waitFor()
  await waitForPrintDialog(page, printed + 1)
}

/** All five steps, to both signatures. */
export async function handOverFridge(page: Page, newSerial: string): Promise<void> {
  await takeOldBack(page)
  await checkNew(page, newSerial)
  await givePapers(page)
  await signOnScreen(page)
}

/** Writes a wave on a pad with the mouse. */
async function draw(page: Page, pad: Locator): Promise<void> {
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('the pad is not there')
  const at = (step: number) => ({
    x: box.x + 30 + step * 8,
    y: box.y + box.height / 2 + 24 * Math.sin(step / 2 + box.x),
  })
  await page.mouse.move(at(0).x, at(0).y)
  await page.mouse.down()
  for (let step = 1; step <= 24; step += 1) await page.mouse.move(at(step).x, at(step).y)
  await page.mouse.up()
}
