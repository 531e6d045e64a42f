import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, openAt, press } from '../support/desk-pages.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let known: number

beforeAll(async () => {
  web = await openWebDesk()
  ;({ id: known } = await web.client.customers.add({
    memberNo: 'V100',
    name: '沈若兰',
    phone: '13812340007',
    address: '',
    note: '',
  }))
  await web.client.staff.add({
    code: '009',
    name: '陈国强',
    phone: '',
    role: 'floor_manager',
    pin: '8642',
  })
})
afterAll(() => web.close())

describe('customers', () => {
  it('are added with who is known already on screen, noted, merged and parted by key', async () => {
    const page = await openAt(web, '#/')
    await press(page, 'Alt+z')
    await page.locator('.customers-search input:focus').waitFor()
    await page.keyboard.type('sheruol')
    await page.locator('.empty-state').waitFor()
    await press(page, 'Alt+a')
    await page.getByLabel('姓名').fill('沈若澜')
    await page.getByLabel('电话').fill('138 1234 0007')
    await page.locator('.customer-taken').filter({ hasText: '电话相同' }).waitFor()
    await press(page, 'Control+Enter')
    await page.getByRole('heading', { name: '沈若澜' }).waitFor()
    await press(page, 'Alt+b')
    await page.locator('textarea:focus').waitFor()
    await page.keyboard.type('喜欢浅色')
    await press(page, 'Control+Enter')
    await page.getByText('喜欢浅色').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+d')
    await page.locator('.pick-row').filter({ hasText: '电话相同' }).click()
    await page.locator('.merge-table').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.locator('.ant-modal input:focus').waitFor()
    await page.keyboard.type('同一电话')
    await press(page, 'Control+Enter')
    await page.getByText('合并进来的资料').waitFor()
    await page.getByRole('button', { name: '撤销合并' }).click()
    await page.locator('.ant-modal input:focus').waitFor()
    await page.keyboard.type('两个人')
    await press(page, 'Control+Enter')
    await page.getByText('合并进来的资料').waitFor({ state: 'detached' })
  })

  it('have their card printed, and are erased under two names', async () => {
    const page = await openAt(web, `#/customers/${known}?tab=paper`, {
      language: 'zh-CN',
      mode: 'dark',
    })
    await page.locator('.pdf-page[data-painted]').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'F9')
    await page.locator('html[data-printed="1"]').waitFor()
    await goTo(page, `#/customers/${known}/data`)
    await page.locator('.pdf-page[data-painted]').waitFor()
    await press(page, 'Alt+x')
    await page.getByLabel('原因').fill('本人书面申请')
    await page.getByLabel('确认人编号').fill('009')
    await page.getByLabel('确认人密码').fill('8642')
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.getByRole('heading', { name: '资料已删除' }).waitFor()
    await page.locator('.pdf-page[data-painted]').waitFor()
    await goTo(page, '#/customers?q=V100')
    await page.locator('.empty-state').waitFor()
  })
})
