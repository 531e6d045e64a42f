import { afterAll, beforeAll, describe, it, expect } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, openAt, press } from '../support/desk-pages.ts'
import { CLERK, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk

beforeAll(async () => {
  web = await openWebDesk()
})

afterAll(async () => web.close())

async function complain(floor: string): Promise<number> {
  const [colleague] = await web.client.staff.colleagues()
  const { id } = await web.client.complaints.record({
    class: 'goods',
    text: `${floor} 鞋底开胶`,
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor,
      counter: '女鞋',
    },
    contact: { name: '', phone: '' },
    outcome: {
      kind: 'open',
      ownerId: colleague?.id ?? 0,
      promise: { text: '回电', dueAt: '2026-11-21T13:00:00.000Z' },
    },
  })
  return id
}

describe('the board', () => {
  it('follows what another window does, goes into its lists by key, and hangs on a wall', async () => {
    await complain('2F')
    const wall = await openAt(web, '#/board')
    const tile = (name: string) => wall.locator('.board-tile', { hasText: name })
    await tile('在办个案').locator('.board-count', { hasText: /^1$/ }).waitFor()
    await wall.locator('.board-fresh', { hasText: '实时' }).waitFor()
    expect(await findA11yProblems(wall)).toEqual([])

    const desk = await openAt(web, '#/complaints', { who: CLERK })
    await desk.locator('.complaint-row', { hasText: '2F' }).waitFor()
    const second = await complain('3F')
    await tile('在办个案').locator('.board-count', { hasText: /^2$/ }).waitFor()
    await desk.locator('.complaint-row', { hasText: '3F' }).waitFor()
    await goTo(desk, `#/complaints/${second}`)
    await desk.locator('.clock-list').waitFor()
    await press(desk, 'Alt+a')
    await desk.getByRole('dialog').waitFor()
    await press(desk, 'Control+Enter')
    await desk.getByRole('dialog').waitFor({ state: 'detached' })

    await press(wall, 'Alt+w')
    await wall.locator('.rail').waitFor({ state: 'hidden' })
    expect(await findA11yProblems(wall)).toEqual([])
    await press(wall, 'Control+Shift+L')
    await wall.locator('.lock').waitFor()
    await complain('2F')
    await tile('在办个案').locator('.board-count', { hasText: /^3$/ }).waitFor()
    await wall.locator('.board-urgent .row-title').first().waitFor({ state: 'detached' })
    await wall.locator('.lock input').fill('2580')
    await wall.locator('.lock input').press('Enter')
    await wall.locator('.lock').waitFor({ state: 'detached' })
    await press(wall, 'Escape')
    await wall.locator('.rail').waitFor()
    await press(wall, '3')
    await wall.locator('.complaint-row', { hasText: '2F' }).first().waitFor()
    await wall.getByText('未结 3 件').waitFor()
    expect(await findA11yProblems(wall)).toEqual([])
    await goTo(wall, '#/board/waiting')
    await wall.getByText('没有等您处理的个案').waitFor()
  })

  it('says when the connection is lost, keeps its numbers, and is right again afterwards', async () => {
    const page = await openAt(web, '#/board')
    await page.locator('.board-tile').first().waitFor()
    await page.route('**/rpc/boards/now**', (route) => route.abort())
    await complain('5F')
    await page.locator('.board-lost').waitFor()
    await expect.poll(() => page.locator('.board-tile').count()).toBe(10)
    await expect.poll(() => page.locator('.board-floors', { hasText: '5F' }).count()).toBe(0)
    await page.unroute('**/rpc/boards/now**')
    await complain('5F')
    await page.locator('.board-floors', { hasText: '5F' }).waitFor()
    await page.locator('.board-fresh', { hasText: '实时' }).waitFor()
  })
})

describe('what a manager reads and sets', () => {
  it('goes through the figures of a period by key, and writes the store’s own times', async () => {
    await complain('1F')
    const page = await openAt(web, '#/reports/evaluation')
    await page.locator('.evaluation-table').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+p')
    await page.getByText('还没有签署过自己的规则').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await goTo(page, '#/settings/clocks')
    await page.getByLabel('处理答复（24 小时）').fill('2')
    await page.getByLabel('为什么改').fill('年末客流大')
    await press(page, 'Control+Enter')
    await page.getByText('第 1 版').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })
})
