import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, openAt, press } from '../support/desk-pages.ts'
import { makeTempFolder } from '../support/hosted-desk.ts'
import { makePng } from '../support/pictures.ts'
import { MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
beforeAll(async () => {
  web = await openWebDesk()
})
afterAll(async () => web.close())

const folder = makeTempFolder('paper-settings')
afterAll(() => folder.remove())

const logo = path.join(folder.dir, 'our sign.png')
const noLogo = path.join(folder.dir, 'notes.png')
writeFileSync(noLogo, 'a text that calls itself a picture')
writeFileSync(
  logo,
  makePng({ width: 300, height: 120, isInk: (x, y) => (x - 150) ** 2 / 4 + (y - 60) ** 2 < 2_500 }),
)

describe('the papers of a store', () => {
  it('are set up with keys beside a live example, and forbidden words and bad files are refused', async () => {
    const page = await openAt(web, '#/settings/papers?of=refund_slip', { who: MANAGER })
    const example = page.getByRole('region', { name: '退货单样张' })
    await example.locator('canvas[data-painted]').waitFor()
    const words = page.getByRole('group', { name: '结尾的话' }).getByLabel('中文')
    await words.fill('特价商品概不退换')
    await page.getByRole('alert').getByText('不退换').first().waitFor()
    await expect
      .poll(() => page.getByRole('button', { name: /保存为新版本/ }).isDisabled())
      .toBe(true)
    await words.fill('地铁二号线 B 口出站即到')
    const stamp = page.getByRole('switch', { name: '印盖章处' })
    await stamp.focus()
    await page.keyboard.press('Space')
    await page.getByRole('checkbox', { name: '原付款方式' }).press('Space')
    expect(await findA11yProblems(page)).toEqual([])
    // The draft is there again after a reload.
    await page.reload()
    await page.getByText('草稿，尚未保存').waitFor()
    await expect.poll(() => words.inputValue()).toBe('地铁二号线 B 口出站即到')
    await press(page, 'Control+Enter')
    await page.getByText('第 1 版').waitFor()
    const { papers } = await web.client.papers.designs()
    const slip = papers.find(({ place }) => place === 'refund_slip')
    expect(slip?.value).toMatchObject({
      words: { zh: '地铁二号线 B 口出站即到' },
      stamp: { on: true },
      fields: { 'refund.originalTenders': false },
    })

    await goTo(page, '#/settings/papers?of=sign')
    await page.getByText('还没有店标').waitFor()
    const input = page.locator('input[type=file]')
    await input.setInputFiles(noLogo)
    await page.getByRole('alert').getByText('不是图片').waitFor()
    await input.setInputFiles(logo)
    await page.getByRole('img', { name: '店标' }).waitFor()
    await page.getByRole('radio', { name: /用小点/ }).check()
    await page.getByText('还没有店标').waitFor({ state: 'detached' })
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.getByText('第 1 版').waitFor()
    const { sign } = await web.client.papers.designs()
    expect(sign.value).toMatchObject({ onRolls: 'dots', logo: { colour: { width: 300 } } })
  })
})
