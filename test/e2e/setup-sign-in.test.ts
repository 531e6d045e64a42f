import { afterEach, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { typeSlowly } from '../support/keyboard.ts'
import { CLERK, MANAGER, openWebDesk, signIn, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk

afterEach(async () => web.close())

describe('a new data folder', () => {
  it('is set up by keyboard alone, then asks for the manager just made', async () => {
    web = await openWebDesk({ setUp: false })
    const page = await web.openPage()
    await page.getByRole('heading', { name: '开台' }).waitFor()
    expect(await findA11yProblems(page)).toEqual([])

    await page.locator('input:focus').waitFor()
    await typeSlowly(page, '新华百货')
    await page.keyboard.press('Control+Enter')
    await page.getByText('请设一个符合要求的 PIN').waitFor()

    await page.getByLabel('姓名').fill('李静')
    await page.getByLabel('PIN', { exact: true }).fill(MANAGER.pin)
    await page.getByLabel('再输入一次 PIN').fill('9999')
    await page.keyboard.press('Control+Enter')
    await page.getByText('两次输入的 PIN 不一样').waitFor()
    expect(await findA11yProblems(page)).toEqual([])

    await page.reload()
    await expect.poll(() => page.getByLabel('店名').inputValue()).toBe('新华百货')
    await expect.poll(() => page.getByLabel('PIN', { exact: true }).inputValue()).toBe('')

    await page.getByLabel('PIN', { exact: true }).fill(MANAGER.pin)
    await page.getByLabel('再输入一次 PIN').fill(MANAGER.pin)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: '登录服务台' }).waitFor()
    await page.getByText('新华百货').waitFor()
    await signIn(page)
    await page.getByText('李静 · 店长').waitFor()
  })

  it('refuses a PIN anybody would try first', async () => {
    web = await openWebDesk({ setUp: false })
    const page = await web.openPage({ language: 'en' })
    await page.getByLabel('Store name').fill('Newhua')
    await page.getByLabel('Name', { exact: true }).fill('Li Jing')
    await page.getByLabel('PIN', { exact: true }).fill('1234')
    await page.getByLabel('PIN once more').fill('1234')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').getByText('too easy to guess').waitFor()
  })
})

describe('sign-in', () => {
  it('says how many tries are left, and locks the code after five wrong PINs', async () => {
    web = await openWebDesk()
    const page = await web.openPage()
    const pin = page.locator('#sign-in-pin')
    await page.locator('#sign-in-code').fill(CLERK.code)
    for (const left of [4, 3, 2, 1]) {
      await pin.fill('9753')
      await pin.press('Enter')
      await page.getByRole('alert').getByText(`还可以再试 ${left} 次`).waitFor()
      await expect.poll(() => pin.inputValue()).toBe('')
    }
    expect(await findA11yProblems(page)).toEqual([])
    await pin.fill('9753')
    await pin.press('Enter')
    await page.getByRole('alert').getByText('已锁定').waitFor()
    await pin.fill(CLERK.pin)
    await pin.press('Enter')
    await page.getByRole('alert').getByText('已锁定').waitFor()
    await signIn(page, MANAGER)
  })

  it('names an unknown code in English too', async () => {
    web = await openWebDesk()
    const page = await web.openPage({ language: 'en' })
    await page.locator('#sign-in-code').fill('777')
    await page.locator('#sign-in-pin').fill('2580')
    await page.locator('#sign-in-pin').press('Enter')
    await page.getByRole('alert').getByText('No active operator has the code 777').waitFor()
  })
})

describe('the lock', () => {
  it('covers the screen after idle time and gives it back as it was', async () => {
    web = await openWebDesk()
    const page = await web.openPage()
    await page.clock.install()
    await signIn(page)
    await page.locator('[data-home-box]').fill('没打完的字')
    await page.clock.runFor(11 * 60_000)
    const lock = page.getByRole('dialog', { name: '服务台已锁定' })
    await lock.waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect.poll(() => lock.isVisible()).toBe(true)

    await typeSlowly(page, '9753')
    await page.keyboard.press('Enter')
    await lock.getByRole('alert').getByText('还可以再试 4 次').waitFor()
    await page.locator('#lock-pin').fill(MANAGER.pin)
    await page.keyboard.press('Enter')
    await lock.waitFor({ state: 'hidden' })
    await expect.poll(() => page.locator('[data-home-box]').inputValue()).toBe('没打完的字')
  })

  it('survives a reload and lets another operator take over', async () => {
    web = await openWebDesk()
    const page = await web.openPage()
    await signIn(page)
    const told = page.waitForResponse(/staff\/lock$/)
    await page.keyboard.press('Control+Shift+L')
    await page.getByRole('dialog', { name: '服务台已锁定' }).waitFor()
    await told
    await page.reload()
    await page.getByRole('dialog', { name: '服务台已锁定' }).waitFor()
    await page.getByRole('button', { name: '换人登录' }).click()
    await signIn(page, CLERK)
    await page.getByText('赵敏 · 店员').waitFor()
  })

  it('lies over an open form and gives it back with every word', async () => {
    web = await openWebDesk()
    const page = await web.openPage()
    await signIn(page)
    await page.keyboard.press('F8')
    const form = page.getByRole('dialog', { name: '记投诉' })
    const words = form.getByRole('textbox', { name: '顾客怎么说' })
    await words.fill('鞋子穿三天开胶')
    await page.keyboard.press('Control+Shift+L')
    const lock = page.getByRole('dialog', { name: '服务台已锁定' })
    await lock.waitFor()
    await page.keyboard.press('F8')
    await page.keyboard.press('Control+Enter')
    await page.locator('#lock-pin').fill(MANAGER.pin)
    await page.keyboard.press('Enter')
    await lock.waitFor({ state: 'detached' })
    await expect.poll(() => words.inputValue()).toBe('鞋子穿三天开胶')
  })
})
