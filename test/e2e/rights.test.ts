import type { Page } from 'playwright-core'
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
import { scan } from '../support/keyboard.ts'
import { seedSales, type SeededSales } from '../support/seed-sales.ts'
import { addReceipt } from '../support/sold.ts'
import { CLERK, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let sales: SeededSales
let fresh: { id: number; lineIds: number[] }
let food: { id: number; lineIds: number[] }
let long: { id: number; lineIds: number[] }
let car: { id: number; lineIds: number[] }

const LONG_NAME = '手工编织加厚羊毛混纺双面呢中长款系带修身大衣 '.repeat(4)

beforeAll(async () => {
  web = await openWebDesk()
  sales = await seedSales(web.desk.folder.store)
  await web.desk.folder.store.write(async (w) => {
    fresh = await addReceipt(w, {
      receiptNo: '0312000000004950',
      businessDate: '2026-11-18',
      lines: [{ name: '电热水壶 1.7L', paid_amount: 19_900 }],
    })
    food = await addReceipt(w, {
      receiptNo: '0312000000004952',
      businessDate: '2026-11-20',
      lines: [{ name: '纯牛奶 250ml', paid_amount: 650 }],
    })
    car = await addReceipt(w, {
      receiptNo: '0312000000004953',
      businessDate: '2026-11-10',
      lines: [{ name: '家用汽车 1.5T 两厢', paid_amount: 8_990_000 }],
    })
    long = await addReceipt(w, {
      receiptNo: '0312000000004951',
      businessDate: '2026-11-18',
      lines: Array.from({ length: 20 }, (_, index) => ({
        name: `${LONG_NAME}${index + 1}`,
        paid_amount: 99_900 + index,
      })),
    })
  })
})

afterAll(async () => web.close())

async function openRights(receiptId: number, visit: Parameters<typeof openAt>[2] = {}) {
  const page = await openAt(web, `#/sales/${receiptId}`, visit)
  await page.locator('.rights-panel[aria-busy=false]').waitFor()
  return page
}

const row = (page: Page, name: string) => page.locator('tr[data-line]', { hasText: name })
const question = (page: Page, text: string) => page.locator('legend', { hasText: text })
const sentence = (page: Page) => page.locator('.rights-sentence')

/** Answers what is asked before a question with its first answer. */
async function answerUntil(page: Page, text: string): Promise<void> {
  const legend = page.locator('.rights-question legend')
  for (let asked = 0; asked < 6; asked += 1) {
    await page.locator('.rights-panel[aria-busy=false]').waitFor()
    const now = await legend.innerText()
    if (now === text) return
    await press(page, '1')
    await page.locator('.rights-question legend', { hasNotText: now }).waitFor()
  }
}

describe('the rights screen', () => {
  it('answers before it asks: a fault and a change of mind, line by line', async () => {
    const page = await openRights(fresh.id)
    const text = await row(page, '电热水壶').innerText()
    expect(text).toContain('质量')
    expect(text).toMatch(/✓\s*可退/)
    expect(text).toMatch(/✗\s*不能退/)
    await question(page, '什么问题？').waitFor()
  })

  it('takes one digit for why, and the verdict, the sentence and the basis follow', async () => {
    const page = await openRights(fresh.id)
    await press(page, '1')
    await row(page, '电热水壶').getByText('可退 ¥199.00').waitFor()
    await sentence(page).getByText('质量问题：').waitFor()
    await expect.poll(() => sentence(page).innerText()).toContain('退 ¥199.00')
    await expect.poll(() => sentence(page).innerText()).toMatch(/11月25日 周三（还剩 4 天）/)
    await expect.poll(() => page.locator('.rights-law').innerText()).toContain('依据：')
    await press(page, 'Control+z')
    await question(page, '什么问题？').waitFor()
    await press(page, '3')
    await row(page, '电热水壶').getByText('不能退').waitFor()
  })

  it('keeps the answers over Esc and reload, and asks again for another sale', async () => {
    const page = await openRights(fresh.id)
    await press(page, '1')
    await row(page, '电热水壶').getByText('可退 ¥199.00').waitFor()
    await page.reload()
    await row(page, '电热水壶').getByText('可退 ¥199.00').waitFor()
    await goTo(page, `#/sales/${sales.shoes}`)
    await question(page, '什么问题？').waitFor()
  })

  it('answers for the chosen lines alone', async () => {
    const page = await openRights(sales.shoes)
    await scan(page, '6901234567915')
    await page.getByText('已选 1 行').waitFor()
    await press(page, '1')
    await row(page, '羊毛袜').getByText('可换').first().waitFor()
    await expect.poll(() => row(page, '短靴').innerText()).toContain('无理由')
    await expect.poll(() => page.locator('.rights-line').innerText()).toContain('羊毛袜')
  })

  it('asks what a car has run and what failed on it, and counts by both', async () => {
    const page = await openRights(car.id)
    await press(page, '1')
    await answerUntil(page, '车跑了多少公里？')
    await page.getByLabel('车跑了多少公里？').fill('1500')
    await press(page, 'Enter')
    await page.locator('.rights-line').getByText('1,500 公里').waitFor()
    await answerUntil(page, '车坏的是哪里？')
    await press(page, '3')
    await page.locator('.rights-line').getByText('转向、制动').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await row(page, '家用汽车').getByText('可退 ¥89,900.00').waitFor()
  })

  it('takes facts that are rarely asked by key, and the answer follows', async () => {
    const page = await openRights(fresh.id)
    await press(page, '3')
    await row(page, '电热水壶').getByText('不能退').waitFor()
    await press(page, 'Alt+m')
    const dialog = page.getByRole('dialog', { name: /补充情况/ })
    await dialog.waitFor()
    // The third answer of the first fact: ordered online.
    for (const _ of [1, 2, 3]) await press(page, '1')
    await press(page, '2')
    await press(page, '2')
    await dialog.getByRole('radio', { name: '网购', checked: true }).waitFor({ state: 'attached' })
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.locator('.rights-line').getByText('网购').waitFor()
    await page.locator('.rights-line').getByText('12315 平台').waitFor()
    await answerUntil(page, '下单时顾客确认过不宜退货吗？')
    await press(page, '1')
    await row(page, '电热水壶').getByText('不能退').waitFor()
  })

  it('does not take a scan for an answer', async () => {
    const page = await openRights(sales.shoes)
    await scan(page, '0312000000004950')
    await row(page, '电热水壶').waitFor()
    await question(page, '什么问题？').waitFor()
  })

  it('shows what a court may add as a warning, never as advice', async () => {
    const page = await openRights(fresh.id)
    await press(page, '7')
    const warning = page.locator('.rights-warning')
    await warning.waitFor()
    await expect.poll(() => warning.innerText()).toContain('不是法律意见')
    await expect.poll(() => warning.innerText()).toContain('¥597.00')
    await goTo(page, `#/sales/${food.id}`)
    await question(page, '什么问题？').waitFor()
    await press(page, '8')
    await warning.getByText('¥1,000.00').waitFor()
  })

  it('has the trace one key away, with every rule and its source', async () => {
    const page = await openRights(fresh.id)
    await press(page, '1')
    await row(page, '电热水壶').getByText('可退 ¥199.00').waitFor()
    await press(page, 'F1')
    const trace = page.locator('.rights-trace')
    await trace.locator('.tag-good').first().waitFor()
    await expect.poll(() => trace.locator('li').count()).toBeGreaterThan(3)
    await press(page, 'Escape')
    await trace.waitFor({ state: 'detached' })
    await row(page, '电热水壶').waitFor()
  })

  it('needs no scrolling for a slip of three lines at 1366×768', async () => {
    const page = await openRights(sales.shoes)
    await page.setViewportSize({ width: 1366, height: 768 })
    for (const keys of [[], ['1'], ['1'], ['Control+z', 'Control+z', '7']]) {
      await press(page, ...keys)
      await page.locator('.rights-panel[aria-busy=false]').waitFor()
      const room = await page.locator('.page-body').evaluate((body) => ({
        content: body.scrollHeight,
        shown: body.clientHeight,
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }))
      expect(room.content, keys.join(' ')).toBeLessThanOrEqual(room.shown)
      expect(room.wide).toBeLessThanOrEqual(0)
    }
  })

  it('keeps the question in sight on a slip of twenty lines with very long names', async () => {
    const page = await openRights(long.id)
    await expect.poll(() => page.locator('tr[data-line]').count()).toBe(20)
    const panel = await page.locator('.rights-choices').boundingBox()
    const foot = await page.locator('.page-foot').boundingBox()
    expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeLessThanOrEqual(foot?.y ?? 0)
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(wide).toBeLessThanOrEqual(0)
  })

  it('says clearly when the desk cannot answer', async () => {
    const page = await openAt(web, '#/')
    await page.route('**/rpc/rights/ofReceipt**', (route) => route.abort())
    await goTo(page, `#/sales/${fresh.id}`)
    await page.getByRole('alert').first().waitFor()
    await row(page, '电热水壶').waitFor()
  })

  it('has nothing for axe to complain about, in both languages and colours', async () => {
    for (const look of LOOKS) {
      const page = await openRights(sales.shoes, look)
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, '7')
      await page.locator('.rights-warning').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'F1')
      await page.locator('.rights-trace li').first().waitFor()
      expect(await findA11yProblems(page)).toEqual([])
    }
  })
})

describe('a plain refund', () => {
  it('takes at most six key actions from the scan to the printed slip', async () => {
    const page = await openAt(web, '#/', { who: CLERK })
    await page.locator('[data-home-box]').waitFor()
    let actions = 0
    const act = async (work: () => Promise<void>) => {
      actions += 1
      await work()
    }
    await act(() => scan(page, '0312000000004950'))
    await page.locator('.rights-panel[aria-busy=false]').waitFor()
    await act(() => press(page, '1'))
    await row(page, '电热水壶').getByText('可退 ¥199.00').waitFor()
    await act(() => press(page, 'F4'))
    await page.locator('.sum-figure:not(.sum-waiting)', { hasText: '¥199.00' }).waitFor()
    await act(() => press(page, 'Control+Enter'))
    await page.locator('.slip-tell').waitFor()
    await waitForPaper(page)
    await act(() => press(page, 'F9'))
    await waitForPrintDialog(page)
    expect(actions).toBeLessThanOrEqual(6)
  })
})

describe('a claim denied', () => {
  it('prints what, why and what is left to do, from the keyboard alone', async () => {
    const page = await openRights(sales.socks)
    await press(page, '3')
    await row(page, '羊毛袜').getByText('不能退').waitFor()
    await press(page, 'Alt+j')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await press(page, '1')
    await dialog.getByText('拨打 12315').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await dialog.getByLabel('顾客怎么说').fill('颜色不喜欢')
    await press(page, 'Control+Enter')
    await page.locator('h1', { hasText: /JS-0001-261121-0001-/ }).waitFor()
    await waitForPaper(page)
    await press(page, 'F9')
    await waitForPrintDialog(page)
    expect(await findA11yProblems(page)).toEqual([])
  })
})
