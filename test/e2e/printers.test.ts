import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, openAt, press, waitForPaper } from '../support/desk-pages.ts'
import { makeTempFolder } from '../support/hosted-desk.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
const folder = makeTempFolder('papers')

beforeAll(async () => {
  web = await openWebDesk()
})
afterAll(async () => {
  await web.close()
  folder.remove()
})

const status = (page: Page) => page.locator('.status-print')

describe('printing', () => {
  it('is set up by keyboard, waits for a person where a paper did not come out, and goes on', async () => {
    const page = await openAt(web, '#/')
    await expect.poll(() => status(page).textContent()).toContain('每次询问')
    await press(page, 'Alt+Shift+P')
    await page.getByText('没有等待的纸').waitFor()
    expect(await findA11yProblems(page)).toEqual([])

    await press(page, '3')
    await page.getByText('还没有设置打印机').waitFor()
    await press(page, 'Insert')
    await page.getByRole('dialog').waitFor()
    await press(page, 'Alt+4')
    await page.getByLabel('文件夹').fill(path.join(folder.dir, 'tray'))
    await page.getByLabel('叫什么').fill('总服务台存档')
    await press(page, 'Alt+p')
    await page.getByText('连不上').waitFor()
    mkdirSync(path.join(folder.dir, 'tray'))
    await press(page, 'Alt+p')
    await page.getByRole('dialog').getByText('就绪').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.getByRole('button', { name: /总服务台存档/ }).waitFor()
    await expect.poll(() => status(page).textContent()).toContain('打印机就绪')

    await press(page, '4')
    await page.getByRole('button', { name: /80 毫米小票/ }).focus()
    await press(page, 'Alt+e')
    const printer = page.getByRole('dialog').getByLabel('打印机', { exact: true })
    await printer.focus()
    await press(page, 'ArrowDown', 'ArrowDown', 'Enter')
    await page.getByLabel('向右移（毫米）').fill('1.5')
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.getByText('右 1.5 下 0.0 毫米').waitFor()

    rmSync(path.join(folder.dir, 'tray'), { recursive: true })
    const { id } = await web.client.vouchers.issueGoodwill({
      amount: 5_000,
      what: '安装等了三次',
      holder: null,
    })
    await goTo(page, `#/vouchers/${id}`)
    await waitForPaper(page)
    await press(page, 'F9')
    await page.getByText('正在送往“总服务台存档”').waitFor()
    await expect.poll(() => status(page).textContent()).toContain('1 张要您看一下')

    await press(page, 'Alt+Shift+P')
    await page.getByText('文件夹不在或不能写入。').first().waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    mkdirSync(path.join(folder.dir, 'tray'))
    await press(page, 'Alt+r')
    await page.getByText('没有等待的纸').waitFor()
    await expect.poll(() => status(page).textContent()).toContain('打印机就绪')
    expect(readdirSync(path.join(folder.dir, 'tray'))).toEqual([
      expect.stringMatching(/^voucher-PZ-.*-80mm\.pdf$/),
    ])
    await press(page, '2')
    await page.getByRole('button', { name: /信用凭证.*已打出/ }).waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })
})
