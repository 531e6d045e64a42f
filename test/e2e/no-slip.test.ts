import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { LOOKS, openAt, press } from '../support/desk-pages.ts'
import { scan, typeSlowly } from '../support/keyboard.ts'
import { seedSales } from '../support/seed-sales.ts'
import { CLERK, MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk

beforeAll(async () => {
  web = await openWebDesk()
  await seedSales(web.desk.folder.store)
})

afterAll(async () => web.close())

/** Adds a proof by its digit and fills its first field. */
async function prove(page: Page, digit: string, text: string): Promise<void> {
  const before = await page.locator('.proof-card').count()
  await press(page, digit)
  await page.locator('.proof-card').nth(before).locator('input:focus').waitFor()
  await typeSlowly(page, text)
  await press(page, 'Enter')
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
)

describe('no slip, no card', () => {
  it('finds the sale by other proofs, says how strong they are, and goes on with it', async () => {
    const page = await openAt(web, '#/', { who: CLERK })
    await page.locator('[data-home-box]').waitFor()
    await press(page, 'Alt+n')
    await page.getByText('有什么凭证？').waitFor()
    await prove(page, '4', 'M000123')
    await page.locator('.proof-score', { hasText: '55' }).waitFor()
    await page.getByText('由楼层经理定。').waitFor()
    await prove(page, '2', 'DF37000918')
    await page.locator('.proof-score', { hasText: '88' }).waitFor()
    await page.getByText('由您办理。').waitFor()
    await press(page, 'Control+Enter')
    await page.locator('.proof-banner', { hasText: '88 / 100' }).waitFor()
    await page.locator('tr[data-line]', { hasText: '短靴' }).waitFor()
    await press(page, '1')
    await page.locator('tr', { hasText: '短靴' }).getByText('可换').waitFor()
    await page.getByRole('link', { name: '看凭证' }).click()
    await page.getByText('收下的凭证').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })

  it('takes a scan for a proof and a photo with it', async () => {
    const page = await openAt(web, '#/no-slip')
    await page.getByText('有什么凭证？').waitFor()
    await scan(page, 'DF37000918')
    await page.locator('.proof-card').waitFor()
    await expect
      .poll(() => page.getByRole('textbox', { name: '序列号' }).inputValue())
      .toBe('DF37000918')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'slip.png', mimeType: 'image/png', buffer: png })
    await page.getByText('已附 slip.png').waitFor()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'note.png', mimeType: 'image/png', buffer: Buffer.from('no photo') })
    await page.getByText('note.png 的内容是 TXT，不能存').waitFor()
  })

  it('is never a no: goods nobody found a sale for are decided by what the customer says', async () => {
    const page = await openAt(web, '#/no-slip', { who: CLERK })
    await page.getByText('有什么凭证？').waitFor()
    await prove(page, '7', '带原盒和吊牌')
    await page.getByText('没有对得上的小票').waitFor()
    await page.getByText('由店长定。').waitFor()
    await page.getByRole('textbox', { name: '买了什么' }).fill('电热水壶 1.7L')
    await page.getByLabel('付了多少', { exact: true }).fill('199')
    await page.getByLabel('哪天买的', { exact: true }).fill('2026-11-18')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.locator('.remedies').waitFor()
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    })
    await press(page, '1')
    await page.locator('.remedy-yes', { hasText: '可退' }).getByText('¥199.00').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.getByRole('heading', { name: '无小票凭证：电热水壶 1.7L' }).waitFor()
    await page.locator('.remedy-yes', { hasText: '可退' }).waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })

  it('denies a claim the proofs do not carry: the manager signs the no, and the slip prints', async () => {
    const page = await openAt(web, '#/no-slip', { who: CLERK })
    await page.getByText('有什么凭证？').waitFor()
    await prove(page, '7', '带原盒和吊牌')
    await page.getByRole('textbox', { name: '买了什么' }).fill('电热水壶 1.7L')
    await page.getByLabel('付了多少', { exact: true }).fill('199')
    await page.getByLabel('哪天买的', { exact: true }).fill('2026-11-18')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.locator('.remedies').waitFor()
    await press(page, 'Alt+j')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('顾客要求什么？').waitFor()
    await press(page, '1')
    await dialog.getByText('不足以证明这件商品是在本店购买的').waitFor()
    await dialog.getByText('需要店长').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+a')
    await typeSlowly(page, '001')
    await press(page, 'Tab')
    await typeSlowly(page, MANAGER.pin)
    await press(page, 'Enter')
    await dialog.locator('.approver-granted').waitFor()
    await press(page, 'Control+Enter')
    await page.getByRole('heading', { name: '拒绝受理说明' }).waitFor()
    await page.getByText('没有受理退货：电热水壶 1.7L').waitFor()
    await page.getByText('补充凭证后再来办').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+ArrowUp')
    await page.getByText('收下的凭证').waitFor()
  })

  it('keeps what was taken down over Esc, and has nothing for axe to complain about', async () => {
    for (const look of LOOKS) {
      const page = await openAt(web, '#/no-slip', look)
      await page.locator('.proof-columns').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await prove(page, '2', 'DF37000918')
      await page.locator('.proof-sale').first().waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Escape')
      await page.locator('[data-home-box]').waitFor()
      await press(page, 'Alt+n')
      await page.locator('.proof-card').waitFor()
    }
  })
})
