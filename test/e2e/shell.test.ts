import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, openAt, press } from '../support/desk-pages.ts'
import { typeSlowly } from '../support/keyboard.ts'
import { CLERK, openWebDesk, signIn, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk

beforeAll(async () => {
  web = await openWebDesk()
})

afterAll(async () => web.close())

describe('the shell', () => {
  it('shows day, desk and operator, and teaches while nothing is there', async () => {
    const page = await openAt(web, '#/')
    const status = page.locator('.status-line')
    for (const fact of ['11月21日 周六', '江城购物中心', '0001 号服务台', '李静 · 店长']) {
      await expect.poll(() => status.innerText()).toContain(fact)
    }
    await page.getByText('扫一张小票试试').waitFor()
    await page.getByText('还没有销售数据').waitFor()
  })

  it('fits 1280×720 without sideways scrolling, in both languages', async () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const page = await openAt(web, '#/', { language })
      for (const hash of ['#/', '#/find?q=4821', '#/settings/store', '#/settings/operators']) {
        await goTo(page, hash)
        await page.locator('.page-body').waitFor()
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth > window.innerWidth,
        )
        expect(wider, `${language} ${hash}`).toBe(false)
      }
    }
  })

  it('has nothing for axe to complain about on home and in the settings, in both colours', async () => {
    for (const options of [
      { language: 'zh-CN', mode: 'dark' },
      { language: 'en', mode: 'light' },
    ] as const) {
      const page = await openAt(web, '#/', options)
      for (const hash of [
        '#/',
        '#/settings/machine',
        '#/settings/store',
        '#/settings/operators',
        '#/settings/papers',
        '#/settings/refunds',
        '#/settings/data',
        '#/nowhere',
      ]) {
        await goTo(page, hash)
        await page.locator('.page-body').waitFor()
        await page.waitForFunction(() => document.querySelector('.loading-state') === null)
        expect(await findA11yProblems(page), hash).toEqual([])
      }
    }
  })

  it('lists the keys that work now; ? opens, Esc closes, and the page keeps its place', async () => {
    const page = await openAt(web, '#/settings/store')
    await page.locator('.settings').waitFor()
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await press(page, '?')
    const sheet = page.getByRole('dialog', { name: '现在可用的按键' })
    await sheet.waitFor()
    for (const words of ['到查找框', '锁定', '保存']) await sheet.getByText(words).first().waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Escape')
    await sheet.waitFor({ state: 'hidden' })
    expect(page.url()).toContain('#/settings/store')
    await press(page, 'Escape')
    await page.waitForURL(/#\/$/)
  })

  it('goes round by keyboard: each room of the rail by its key, the box by F2 from anywhere', async () => {
    const page = await openAt(web, '#/')
    const rail = await page.locator('.rail-item').evaluateAll((items) =>
      items.map((item) => ({
        target: item.getAttribute('href'),
        keys: item.getAttribute('aria-keyshortcuts') ?? '',
      })),
    )
    expect(rail.map(({ keys }) => keys)).toContain('Alt+1')
    for (const { target, keys } of rail) {
      await press(page, keys)
      await page.waitForURL((url) => url.hash === target)
    }
    await press(page, 'F2')
    await page.waitForFunction(() => document.activeElement?.id === 'top-box')
  })

  it('changes language and colours at once and keeps them', async () => {
    const page = await openAt(web, '#/')
    await press(page, 'Control+l')
    await page.getByText('To do now').waitFor()
    await page.locator('html[lang=en]').waitFor()
    await goTo(page, '#/settings/machine')
    await page.getByText('Dark', { exact: true }).click()
    await page.locator('html[data-mode=dark]').waitFor()
    await page.reload()
    await page.getByText('As the system').waitFor()
    await page.locator('html[data-mode=dark]').waitFor()
  })
})

describe('settings', () => {
  it('let a manager add an operator, who can then sign in, and switch one off', async () => {
    const page = await openAt(web, '#/settings/operators')
    await page.getByText(CLERK.name).waitFor()
    await press(page, 'Insert')
    const dialog = page.getByRole('dialog', { name: '添加操作员' })
    await dialog.locator('input:focus').waitFor()
    await typeSlowly(page, '003')
    await dialog.getByLabel('姓名').fill('周楼层')
    await dialog.getByText('楼层经理').click()
    await dialog.getByLabel('PIN').fill('8642')
    await press(page, 'Control+Enter')
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('cell', { name: '周楼层', exact: true }).waitFor()

    const other = await web.openPage()
    await signIn(other, { code: '003', pin: '8642' })
    await other.getByText('周楼层 · 楼层经理').waitFor()

    await page.getByRole('button', { name: /修改.周楼层/ }).click()
    await page.getByRole('dialog', { name: '修改操作员' }).getByRole('switch').click()
    await press(page, 'Control+Enter')
    await page.getByText('已停用').waitFor()
    await other.reload()
    await other.getByRole('heading', { name: '登录服务台' }).waitFor()
  })

  it('show a clerk only what a clerk may change', async () => {
    const page = await openAt(web, '#/settings/operators', { who: CLERK })
    await page.locator('.settings-nav').waitFor()
    // The rules are for everybody to read; the limits of approvals are changed by managers alone.
    const links = await page.locator('.settings-link').allInnerTexts()
    expect(links).toEqual(['本机', '门店', '规则'])
  })

  it('back the data up and prove it whole', async () => {
    const page = await openAt(web, '#/settings/data')
    await page.getByRole('button', { name: '立即备份' }).click()
    await page.getByText('备份完成并已验证').waitFor()
    await page.getByRole('button', { name: '立即检查' }).click()
    await page.getByText('数据完好').waitFor()
  })
})

describe('trouble', () => {
  it('tells a stale page what to do and leaves the data alone', async () => {
    const page = await openAt(web, '#/')
    await page.context().clearCookies()
    await page.reload()
    await expect.poll(() => page.locator('main').innerText()).toContain('上一次运行')
  })

  it('keeps what is typed while the connection is lost', async () => {
    const page = await openAt(web, '#/')
    await page.locator('[data-home-box]').fill('没打完')
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some((entry) => entry.name.includes('find-page')),
    )
    await page.context().setOffline(true)
    await page.locator('[data-home-box]').press('Enter')
    await page.getByRole('alert').getByText('连不上服务台程序').first().waitFor()
    await page.context().setOffline(false)
    await page.getByText('没有找到“没打完”').waitFor()
    await page.getByText('连不上服务台程序').first().waitFor({ state: 'detached' })
  })
})
