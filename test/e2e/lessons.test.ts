import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press } from '../support/desk-pages.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

const nowhere = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '2F',
  counter: '步云里女鞋',
}

let web: WebDesk
let glued: number

async function complain(text: string, solution: string): Promise<number> {
  const { id } = await web.client.complaints.record({
    class: 'goods',
    text,
    context: nowhere,
    contact: { name: '周梅', phone: '13812345521' },
    outcome: { kind: 'solved', solution, satisfied: true },
  })
  return id
}

beforeAll(async () => {
  web = await openWebDesk()
  glued = await complain(
    '周梅女士反映短靴穿了三天鞋底开胶，电话13812345521，要求换一双。',
    '现场检查属实，按三包为顾客换了同款新鞋。',
  )
  await complain(`${'鞋跟松动，走路有响声。'.repeat(40)}`, '修鞋师傅当场加固。')
  await complain('收银多收三元，价签没有更换。', '退差并更换价签。')
})
afterAll(() => web.close())

describe('past cases', () => {
  it('are found by words, become an example by key alone, and stand on the morning sheet', async () => {
    const page = await openAt(web, '#/lessons/cases')
    await page.locator('input:focus').waitFor()
    await page.keyboard.type('开胶')
    await page.locator('.past-case-row').filter({ hasText: '换了同款新鞋' }).waitFor()
    await expect.poll(() => page.locator('.past-case-row').count()).toBe(1)
    await press(page, 'F8')
    await page.getByLabel('顾客怎么说').fill('鞋底开胶')
    const similar = page.locator('.similar-cases li')
    await similar.filter({ hasText: '都说到：' }).filter({ hasText: '顾客满意' }).waitFor()
    await press(page, 'Escape')
    await goTo(page, `#/complaints/${glued}`)
    await page.getByRole('button', { name: '设为典型案例' }).waitFor()
    await press(page, 'Alt+g')
    await page.getByText('已去掉：电话、姓名').waitFor()
    await page.locator('textarea:focus').waitFor()
    await page.keyboard.type('交款前请顾客看一遍鞋底。')
    await press(page, 'Control+Enter')
    await page.getByText('交款前请顾客看一遍鞋底。').waitFor()
    await expect
      .poll(() => page.locator('.lesson-text').first().innerText())
      .not.toMatch(/周梅|1381/u)
    await press(page, 'F9')
    await page.locator('html[data-printed="1"]').waitFor()
  })

  it.each(LOOKS)('are readable for everybody ($language, $mode)', async (look) => {
    const page = await openAt(web, '#/lessons/cases?q=鞋', look)
    await page.locator('.empty-state').waitFor()
    await page.locator('input:focus').waitFor()
    await page.keyboard.type('跟')
    await page.locator('.past-case-row').first().waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Escape')
    for (const hash of ['#/lessons', `#/lessons/write/${glued}`]) {
      await goTo(page, hash)
      await page.locator('.lesson-takeaway, textarea').first().waitFor()
      expect(await findA11yProblems(page), hash).toEqual([])
    }
  })
})
