import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { openAt, press } from '../support/desk-pages.ts'
import { scan } from '../support/keyboard.ts'
import { seedSales, type SeededSales } from '../support/seed-sales.ts'
import { openWebDesk, type PageOptions, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let sales: SeededSales

beforeAll(async () => {
  web = await openWebDesk()
  sales = await seedSales(web.desk.folder.store)
})

afterAll(async () => web.close())

async function openSale(receiptId: number, options?: PageOptions): Promise<Page> {
  const page = await openAt(web, `#/sales/${receiptId}`, options)
  await page.locator('.sale-table').waitFor()
  return page
}

describe('a sale', () => {
  it('tells what was sold, paid and by whom, without the whole phone number', async () => {
    const page = await openSale(sales.shoes)
    const head = page.locator('.page-header')
    for (const fact of ['11月12日 周四 19:42', '售出 9 天', '138****5521', '支付宝 ¥659.50']) {
      await expect.poll(() => head.innerText()).toContain(fact)
    }
    expect(await page.content()).not.toContain('13812345521')
    const socks = page.locator('tr', { hasText: '羊毛袜' })
    await expect.poll(() => socks.innerText()).toContain('¥60.00')
    await expect.poll(() => socks.innerText()).toContain('可退 2')
    await expect
      .poll(() => page.locator('tr', { hasText: '购物袋' }).innerText())
      .toContain('非商品')
  })

  it('has nothing for axe to complain about, in both languages and colours', async () => {
    for (const options of [
      { language: 'zh-CN', mode: 'light' },
      { language: 'en', mode: 'dark' },
    ] as const) {
      const page = await openSale(sales.shoes, options)
      expect(await findA11yProblems(page)).toEqual([])
    }
  })

  it('takes the lines chosen by keyboard along to refund, card and complaint', async () => {
    const page = await openSale(sales.shoes)
    const [first, , third] = await page
      .locator('tr[data-line]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-line')))
    await press(page, 'ArrowDown')
    await press(page, 'Space')
    await press(page, 'ArrowDown')
    await press(page, 'ArrowDown')
    await press(page, 'Space')
    await page.getByText('已选 2 行').waitFor()
    for (const [key, room] of [
      ['F4', 'refunds'],
      ['F3', 'cards'],
    ] as const) {
      await press(page, key)
      await page.waitForURL(new RegExp(`#/${room}/new`))
      const query = new URLSearchParams(page.url().split('?').at(-1))
      expect(query.get('receipt')).toBe(String(sales.shoes))
      expect(query.get('lines')).toBe(`${first},${third}`)
      await page.locator('tr[data-line]').first().waitFor({ state: 'detached' })
      await page.locator('.page').waitFor()
      await press(page, 'Escape')
      await page.getByText('已选 2 行').waitFor()
    }
    await press(page, 'F8')
    await page.getByRole('dialog').waitFor()
    await press(page, 'Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('已选 2 行').waitFor()
  })

  it('picks the line whose barcode or serial number is scanned, and finds anything else', async () => {
    const page = await openSale(sales.shoes)
    await scan(page, '6901234567915')
    await page.getByText('已选 1 行').waitFor()
    await expect.poll(() => page.getByRole('checkbox', { name: /羊毛袜/ }).isChecked()).toBe(true)
    await scan(page, 'DF37000918')
    await page.getByText('已选 2 行').waitFor()
    await scan(page, '0312000000004900')
    await page.getByRole('heading', { name: '小票 0312000000004900' }).waitFor()
  })

  it('sends a till return to its sale instead of refunding it twice', async () => {
    const page = await openSale(sales.tillReturn, { language: 'en' })
    const refund = page.getByRole('button', { name: 'Refund' })
    await expect.poll(() => refund.isDisabled()).toBe(true)
    await press(page, 'F4')
    expect(page.url()).toContain(`#/sales/${sales.tillReturn}`)
    await page.getByRole('link', { name: '0312000000004900' }).click()
    await page.getByRole('heading', { name: 'Receipt 0312000000004900' }).waitFor()
  })

  it('says clearly when the receipt is not in this store', async () => {
    const page = await openAt(web, '#/sales/999999')
    await page.getByRole('alert').getByText('找不到这张小票').waitFor()
  })
})
