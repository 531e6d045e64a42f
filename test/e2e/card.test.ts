import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import {
  goTo,
  LOOKS,
  openAt,
  press,
  waitForPaper,
  waitForPrintDialog,
} from '../support/desk-pages.ts'
import { scan, typeSlowly } from '../support/keyboard.ts'
import { seedSales, type SeededSales } from '../support/seed-sales.ts'
import { CLERK, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let sales: SeededSales

beforeAll(async () => {
  web = await openWebDesk()
  sales = await seedSales(web.desk.folder.store)
})

afterAll(async () => web.close())

async function issueCard(unitNo: number): Promise<number> {
  const draft = await web.client.cards.draft({ receiptId: sales.shoes })
  const unit = draft.units.find((each) => each.name === '羊毛袜' && each.unitNo === unitNo)
  if (!unit) throw new Error('no socks in the seed')
  const { paidAmount: _, serialTracked: __, blocked: ___, cardNumber: ____, ...terms } = unit
  const { id } = await web.client.cards.issue({
    receiptId: sales.shoes,
    consumer: draft.consumer,
    paperLanguage: 'zh',
    units: [{ ...terms, unitMonths: 3 }],
  })
  return id
}

describe('issuing a card', () => {
  it('goes from the sale to the printed paper by keyboard, and counts every copy', async () => {
    const page = await openAt(web, `#/sales/${sales.shoes}`)
    await page.locator('.sale-table').waitFor()
    await press(page, 'ArrowDown', 'Space', 'F3')
    await page.getByRole('heading', { name: '开信誉卡' }).waitFor()
    await page.getByLabel('整机保修').fill('12')
    await page.locator('.term-end', { hasText: '2027年11月12日' }).waitFor()
    await press(page, 'Control+Enter')
    await page.getByText('卡已开好').waitFor()
    await expect.poll(() => page.locator('h1').innerText()).toMatch(/XY-0001-261121-0001-[0-9A-Z]/)
    await expect.poll(() => page.locator('.card-facts').innerText()).toContain('还剩 356 天')
    await waitForPaper(page)
    await press(page, 'F9')
    await waitForPrintDialog(page)
    await page.getByText('已打印 1 次').waitFor()
    await press(page, 'F9')
    await page.getByText('第 1 份副本').waitFor()
    await page.getByText('已打印 2 次').waitFor()
  })

  it('says what is missing beside the field, and keeps what was typed over Esc', async () => {
    const page = await openAt(web, `#/cards/new?receipt=${sales.socks}`)
    await page.getByLabel('提供方名称').fill('浪莎针织售后部')
    await press(page, 'Control+Enter')
    await page.locator('.field-problem', { hasText: '请填写整机保修月数' }).waitFor()
    await press(page, 'Escape')
    await page.locator('.sale-table').waitFor()
    await press(page, 'F3')
    await page.getByRole('heading', { name: '开信誉卡' }).waitFor()
    await expect.poll(() => page.getByLabel('提供方名称').inputValue()).toBe('浪莎针织售后部')
    await page.getByLabel('整机保修').fill('6')
    await page.locator('.term-end', { hasText: '2027年5月18日' }).waitFor()
  })

  it('takes a scanned serial number into its field and nowhere else', async () => {
    const page = await openAt(web, `#/cards/new?receipt=${sales.socks}`)
    const serial = page.getByLabel('序列号')
    await serial.focus()
    await scan(page, 'SN20261121001')
    await page.waitForFunction(() =>
      [...document.querySelectorAll('input')].some((input) => input.value === 'SN20261121001'),
    )
    await expect.poll(() => serial.inputValue()).toBe('SN20261121001')
    expect(page.url()).toContain('#/cards/new')
  })
})

describe('a card', () => {
  it('opens its sale when it is scanned, wherever the clerk is', async () => {
    const cardId = await issueCard(1)
    const { number } = await web.client.cards.open({ cardId })
    const page = await openAt(web, '#/complaints')
    await page.getByRole('heading', { name: '个案' }).waitFor()
    await scan(page, number)
    await page.waitForURL(new RegExp(`#/sales/${sales.shoes}`))
    await page.getByRole('link', { name: number }).first().click()
    await page.locator('h1', { hasText: `信誉卡 ${number}` }).waitFor()
    await press(page, 'Control+ArrowUp')
    await page.waitForURL(new RegExp(`#/sales/${sales.shoes}`))
  })

  it('is voided with a reason by whoever may, and says so for ever', async () => {
    const cardId = await issueCard(2)
    const clerk = await openAt(web, `#/cards/${cardId}`, { who: CLERK })
    await clerk.getByRole('heading', { name: '信誉卡' }).waitFor()
    await expect.poll(() => clerk.getByRole('button', { name: '作废' }).count()).toBe(0)

    const page = await openAt(web, `#/cards/${cardId}`)
    await page.getByRole('button', { name: '作废' }).waitFor()
    await press(page, 'Delete')
    await page.getByRole('dialog').waitFor()
    await page.getByLabel('作废原因').focus()
    await typeSlowly(page, 'ab')
    await page.getByLabel('作废原因').fill('写错了商品')
    await press(page, 'Control+Enter')
    await page.getByText('这张卡已作废：写错了商品').waitFor()
  })

  it('has nothing for axe to complain about, in both languages and colours', async () => {
    for (const look of LOOKS) {
      const page = await openAt(web, `#/cards/new?receipt=${sales.shoes}`, look)
      await page.locator('.terms').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await goTo(page, '#/cards/1')
      await waitForPaper(page)
      expect(await findA11yProblems(page)).toEqual([])
      await goTo(page, '#/cards')
      await page.locator('.row').first().waitFor()
      expect(await findA11yProblems(page)).toEqual([])
    }
  })
})
