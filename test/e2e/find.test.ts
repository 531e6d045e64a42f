import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { openAt, press } from '../support/desk-pages.ts'
import { compose, pickCandidate, scan, typeSlowly } from '../support/keyboard.ts'
import { seedSales, type SeededSales } from '../support/seed-sales.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let sales: SeededSales

beforeAll(async () => {
  web = await openWebDesk()
  sales = await seedSales(web.desk.folder.store)
})

afterAll(async () => web.close())

async function openSignedIn(language: 'zh-CN' | 'en' = 'zh-CN'): Promise<Page> {
  const page = await openAt(web, '#/', { language })
  await page.locator('[data-home-box]').waitFor()
  return page
}

const shoesTitle = { name: '小票 0312000000004821' }

describe('the scanner', () => {
  it('opens the sale from home, whatever was being typed there', async () => {
    const page = await openSignedIn()
    await page.locator('[data-home-box]').fill('王小')
    await scan(page, '0312000000004821')
    await page.getByRole('heading', shoesTitle).waitFor()
    expect(page.url()).toContain(`#/sales/${sales.shoes}`)
  })

  it('gives a field its text back and its place in it', async () => {
    const page = await openSignedIn()
    await page.keyboard.press('Alt+1')
    await page.goto(`${web.host.address.split('?')[0]}#/settings/store`)
    const name = page.getByLabel('店名')
    await name.waitFor()
    await name.focus()
    const before = await name.inputValue()
    await scan(page, 'ZZ99887766')
    await page.getByText('没有找到“ZZ99887766”').waitFor()
    await press(page, 'Escape')
    await page.goto(`${web.host.address.split('?')[0]}#/settings/store`)
    await expect.poll(() => name.inputValue()).toBe(before)
  })

  it('works without a terminator where nothing is being typed', async () => {
    const page = await openSignedIn()
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await scan(page, '0312000000004900', { end: 'none' })
    await page.getByRole('heading', { name: '小票 0312000000004900' }).waitFor()
  })

  it('asks to switch the input method off when it has eaten the scan', async () => {
    const page = await openSignedIn()
    await scan(page, 'DF37000918', { ime: true })
    await page.getByText('请切换到英文输入法后重扫').waitFor()
    await expect.poll(() => page.locator('[data-home-box]').inputValue()).toBe('')
    await scan(page, 'DF37000918')
    await page.getByRole('heading', shoesTitle).waitFor()
  })
})

describe('typing', () => {
  it('does not submit with the Enter that picks a candidate', async () => {
    const page = await openSignedIn()
    const box = page.locator('[data-home-box]')
    await box.focus()
    await compose(page, 'wangxiaoming')
    await pickCandidate(page, '王小明')
    await page.waitForTimeout(200)
    await expect.poll(() => box.inputValue()).toBe('王小明')
    expect(page.url()).not.toContain('/find')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /王小明|王\*\*/ }).waitFor()
  })

  it('shows groups for an ambiguous word; arrows and Enter open one', async () => {
    const page = await openSignedIn()
    await page.locator('[data-home-box]:focus').waitFor()
    await typeSlowly(page, '4')
    await page.locator('[data-home-box]').fill('羊毛袜')
    await page.keyboard.press('Enter')
    await page.locator('.find-groups .row, .page-header').first().waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })

  it('lists receipts that end alike, best first, with the first one ready for Enter', async () => {
    const page = await openSignedIn()
    await page.locator('[data-home-box]').fill('03120000')
    await page.keyboard.press('Enter')
    await page.locator('.find-groups .row').first().waitFor()
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href'))
    await expect.poll(focused).toMatch(/^#\/sales\//)
    const first = await focused()
    await press(page, 'ArrowDown')
    await expect.poll(focused).not.toBe(first)
    await press(page, 'Enter')
    await page.getByRole('heading', { name: /小票 0312/ }).waitFor()
    await press(page, 'Escape')
    await page.getByRole('heading', { name: /查找/ }).waitFor()
  })

  it('teaches when nothing is found, in both languages', async () => {
    const page = await openSignedIn('en')
    await page.locator('[data-home-box]').fill('no-such-thing')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing found for "no-such-thing"').waitFor()
    await press(page, 'Control+l')
    await page.getByText('没有找到“no-such-thing”').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'F2')
    await page.locator('#top-box:focus').waitFor()
    await press(page, 'Control+a')
    await typeSlowly(page, '5521')
    await page.keyboard.press('Enter')
    await page.getByText('138****5521').first().waitFor()
    expect(await page.content()).not.toContain('13812345521')
  })
})
