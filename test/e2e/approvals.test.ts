import { createHash } from 'node:crypto'
import { createRouterClient } from '@orpc/server'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press } from '../support/desk-pages.ts'
import { typeSlowly } from '../support/keyboard.ts'
import { seedSales } from '../support/seed-sales.ts'
import { CLERK, MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
const FLOOR = { code: 'F01', name: '陈国强', pin: '8642' }

beforeAll(async () => {
  web = await openWebDesk()
  await web.client.staff.add({ ...FLOOR, phone: '', role: 'floor_manager' })
})

afterAll(async () => web.close())

/** The router as somebody signed in calls it. */
async function signedIn({ code, pin }: { code: string; pin: string }): Promise<WebDesk['client']> {
  const { token } = await web.client.staff.signIn({ code, pin })
  return createRouterClient(web.desk.router, {
    context: () => ({ reqHeaders: new Headers({ authorization: `Bearer ${token}` }) }),
  })
}

let matters = 0

/** The clerk asks for something over the limit. */
async function ask(amount = 60_000, summary = '短靴 37 黑 · 质量') {
  const clerk = await signedIn(CLERK)
  matters += 1
  const hash = createHash('sha256').update(String(matters)).digest('hex')
  return clerk.approvals.request({
    kinds: ['normal'],
    amount,
    currency: 'CNY',
    subject: { type: 'test', id: `T${matters}`, hash },
    summary,
    reason: '开胶，顾客要求退货',
  })
}

const stateOf = async (approvalId: number) =>
  (await web.client.approvals.open({ approvalId })).state

async function openGift(page: Page, what: string, amount: string): Promise<void> {
  await page.locator('.goodwill-people').waitFor()
  await press(page, 'Insert')
  await page.getByRole('dialog').waitFor()
  await page.getByLabel('给了什么').fill(what)
  await page.getByLabel('金额').fill(amount)
  await page.getByLabel('对谁').focus()
}

describe('the approval box', () => {
  it('stays away within the clerk’s own authority', async () => {
    const page = await openAt(web, '#/approvals/goodwill', { who: CLERK })
    await openGift(page, '停车费', '10')
    await page.getByRole('button', { name: /^给予/ }).and(page.locator(':enabled')).waitFor()
    await expect.poll(() => page.locator('.approver-box').count()).toBe(0)
    await press(page, 'Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.row', { hasText: '停车费' }).waitFor()
  })

  it('takes the approver’s code and PIN in place, by keyboard alone, and says what is wrong', async () => {
    const page = await openAt(web, '#/approvals/goodwill', { who: CLERK })
    await openGift(page, '护理套装', '60')
    await page.locator('.approver-box', { hasText: '需要楼层经理批准' }).waitFor()
    await page.locator('.approver-box', { hasText: '陈国强 F01' }).waitFor()
    const commit = page.getByRole('button', { name: /^给予/ })
    await expect.poll(() => commit.isDisabled()).toBe(true)
    await press(page, 'Alt+a')
    await typeSlowly(page, 'f01')
    await press(page, 'Enter')
    await typeSlowly(page, '1111')
    await press(page, 'Enter')
    await page.locator('.approver-box', { hasText: 'PIN 不对' }).waitFor()
    await page.locator('.approver-box', { hasText: '等楼层经理批准' }).waitFor()
    await expect.poll(() => page.getByLabel('批准人 PIN').inputValue()).toBe('')
    await page.getByLabel('批准人 PIN').focus()
    await typeSlowly(page, FLOOR.pin)
    await press(page, 'Enter')
    await page.locator('.approver-box', { hasText: '陈国强（F01）已批准' }).waitFor()
    await press(page, 'Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.row', { hasText: '护理套装' }).getByText('陈国强 批准').waitFor()
  })

  it('asks on the approver’s own screen, and hears the answer as it comes', async () => {
    const page = await openAt(web, '#/approvals/goodwill', { who: CLERK })
    await openGift(page, '果篮', '80')
    await page.locator('.approver-box').waitFor()
    await press(page, 'Alt+r')
    await page.locator('.approver-box', { hasText: '等楼层经理批准' }).waitFor()

    const floor = await openAt(web, '#/', { who: FLOOR })
    await floor.getByText('待批 1').waitFor()
    await press(floor, 'F10')
    await floor.locator('.approval-detail', { hasText: '果篮' }).waitFor()
    await press(floor, 'Control+Enter')
    await floor.getByRole('dialog').locator('input:focus').waitFor()
    await typeSlowly(floor, FLOOR.pin)
    await press(floor, 'Enter')
    await floor.getByText('没有等您批的').waitFor()
    await page.locator('.approver-box', { hasText: '已批准' }).waitFor()
  })

  it('takes the approval back when the amount changes, and shows a no with its reason', async () => {
    const page = await openAt(web, '#/approvals/goodwill', { who: CLERK })
    await openGift(page, '鲜花', '70')
    await page.locator('.approver-box').waitFor()
    await press(page, 'Alt+r')
    await page.locator('.approver-box', { hasText: '等楼层经理批准' }).waitFor()
    const floor = await signedIn(FLOOR)
    const [first] = await floor.approvals.list({ view: 'for_me' })
    expect(first?.amount).toBe(7_000)
    await page.getByLabel('金额').fill('90')
    await page.getByLabel('对谁').focus()
    await page.locator('.approver-box', { hasText: '需要楼层经理批准' }).waitFor()
    await expect.poll(() => stateOf(first?.id ?? 0)).toBe('void')
    await press(page, 'Alt+r')
    await page.locator('.approver-box', { hasText: '等楼层经理批准' }).waitFor()
    const [second] = await floor.approvals.list({ view: 'for_me' })
    await floor.approvals.deny({
      approvalId: second?.id ?? 0,
      version: second?.version ?? 0,
      reason: '今天送得太多了',
    })
    await page.locator('.approver-box', { hasText: '今天送得太多了' }).waitFor()
    await page.getByLabel('为什么要上报').fill('老顾客，店长认识')
    await press(page, 'Enter')
    await page.locator('.approver-box', { hasText: '等店长批准' }).waitFor()
    const manager = await signedIn(MANAGER)
    const [third] = await manager.approvals.list({ view: 'for_me' })
    await manager.approvals.deny({
      approvalId: third?.id ?? 0,
      version: third?.version ?? 0,
      reason: '下次再说',
    })
    await page.locator('.approver-box', { hasText: '这是最高一级的决定' }).waitFor()
  })
})

describe('a refund beyond the clerk', () => {
  it('waits for the signature in place, and the slip names who gave it', async () => {
    const sales = await seedSales(web.desk.folder.store)
    const page = await openAt(web, `#/sales/${sales.shoes}`, { who: CLERK })
    await page.locator('.sale-table').waitFor()
    await goTo(page, `#/refunds/new?receipt=${sales.shoes}`)
    await page.locator('.refund-table').waitFor()
    await press(page, 'Space', '1')
    await page.locator('.approver-box', { hasText: '需要楼层经理批准' }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: '确认退货' }).isDisabled()).toBe(true)
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+a')
    await typeSlowly(page, FLOOR.code)
    await press(page, 'Enter')
    await typeSlowly(page, FLOOR.pin)
    await press(page, 'Enter')
    await page.locator('.approver-box', { hasText: '陈国强（F01）已批准' }).waitFor()
    await press(page, 'Control+Enter')
    await page.locator('.slip-tell').waitFor()
    const { refunds } = await web.client.sales.open({ receiptId: sales.shoes })
    const slip = await web.client.refunds.open({ refundId: refunds[0]?.id ?? 0 })
    expect(slip.approvedBy).toEqual([expect.objectContaining({ approverCode: 'F01' })])
  })
})

describe('the approvals page', () => {
  it('lists what waits, says no with a reason, and keeps the whole story', async () => {
    const { id } = await ask(70_000, '羊毛大衣 L 驼色')
    const other = await ask(80_000, '电饭煲 4L')
    const page = await openAt(web, '#/approvals', { who: FLOOR })
    await page.locator('.pick-row', { hasText: '羊毛大衣' }).click()
    await page.locator('.approval-detail', { hasText: '羊毛大衣' }).waitFor()
    await press(page, 'ArrowDown')
    await page.locator('.approval-detail', { hasText: '电饭煲' }).waitFor()
    await press(page, 'ArrowUp', 'Delete')
    await page.getByRole('dialog').waitFor()
    await page.getByRole('dialog').getByLabel('理由').fill('有明显穿着痕迹')
    await press(page, 'Control+Enter')
    await page.locator('.pick-row', { hasText: '羊毛大衣' }).waitFor({ state: 'detached' })
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await stateOf(id)).toBe('denied')
    await press(page, 'Alt+u')
    await page.getByRole('dialog').getByLabel('理由').fill('金额接近上限，请店长定')
    await press(page, 'Control+Enter')
    await page.locator('.pick-row', { hasText: '电饭煲' }).waitFor({ state: 'detached' })
    expect(await stateOf(other.id)).toBe('escalated')
    await press(page, '3')
    await page.locator('.pick-row', { hasText: '羊毛大衣' }).click()
    await page.locator('.approval-events', { hasText: '有明显穿着痕迹' }).waitFor()
  })

  it('records an unauthorised private settlement, which waits for the store manager', async () => {
    const page = await openAt(web, '#/approvals/offers', { who: CLERK })
    await page.getByText('没有口头承诺').waitFor()
    await press(page, 'Insert')
    await page.getByRole('dialog').waitFor()
    await page.getByLabel('承诺了什么').fill('私下答应赔付两万，不再投诉')
    await page.getByLabel('金额').fill('20000')
    await page.getByLabel('对谁').fill('刘先生')
    await press(page, 'Control+Enter')
    const row = page.locator('tr', { hasText: '私下答应赔付' })
    await row.getByText('越权').waitFor()
    await row.getByText('¥20,000.00').waitFor()
    const manager = await openAt(web, '#/approvals', { who: MANAGER })
    await manager.locator('.pick-row', { hasText: '私下答应赔付' }).waitFor()
  })

  it('lets the store manager change the limits, keeps every version, and others only read', async () => {
    const page = await openAt(web, '#/settings/store')
    await page.getByRole('link', { name: '审批权限' }).click()
    const cell = page.getByLabel('普通 · 店员', { exact: true })
    await cell.waitFor()
    await expect.poll(() => cell.inputValue()).toBe('500.00')
    await cell.fill('300')
    await page.getByLabel('这一版为什么改').fill('年底收紧')
    await press(page, 'Control+Enter')
    await page.locator('.limits-versions', { hasText: '年底收紧' }).waitFor()
    const { limits } = await web.client.approvals.matrix()
    expect(limits).toContainEqual({ kind: 'normal', role: 'clerk', upTo: 30_000 })
    await page.getByRole('button', { name: '照第 1 版填' }).click()
    await press(page, 'Control+Enter')
    await page.locator('.limits-versions', { hasText: '恢复第 1 版' }).waitFor()
    expect((await web.client.approvals.matrix()).limits).toContainEqual({
      kind: 'normal',
      role: 'clerk',
      upTo: 50_000,
    })
    const reader = await openAt(web, '#/approvals/limits', { who: CLERK })
    await reader.getByText('只有店长可以改审批权限').waitFor()
    await expect.poll(() => reader.locator('.limits-table input').count()).toBe(0)
  })

  it('says so when nothing waits', async () => {
    const page = await openAt(web, '#/approvals/for-me', { who: FLOOR, language: 'en' })
    await page.getByText('Nothing waits for you').waitFor()
  })

  it('has nothing for axe to complain about, in both languages and colours', async () => {
    await ask(90_000, '长'.repeat(180))
    for (const look of LOOKS) {
      const page = await openAt(web, '#/approvals/for-me', look)
      await page.locator('.approval-detail').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Control+Enter')
      await page.getByRole('dialog').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Escape')
      for (const view of ['history', 'offers', 'goodwill', 'limits']) {
        await goTo(page, `#/approvals/${view}`)
        await page.locator('.page-header').waitFor()
        await page.waitForFunction(() => document.querySelector('.loading-state') === null)
        expect(await findA11yProblems(page), view).toEqual([])
      }
      const clerk = await openAt(web, '#/approvals/goodwill', { ...look, who: CLERK })
      await clerk.locator('.goodwill-people').waitFor()
      await press(clerk, 'Insert')
      await clerk.getByRole('dialog').waitFor()
      await clerk.getByRole('dialog').locator('input').first().fill('护理套装')
      await clerk.getByRole('dialog').locator('input').nth(1).fill('300')
      await clerk.getByRole('dialog').locator('input').nth(2).focus()
      await clerk.locator('.approver-box').waitFor()
      expect(await findA11yProblems(clerk)).toEqual([])
    }
  })
})
