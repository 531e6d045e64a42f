import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import {
  confirmThrice,
  goTo,
  LOOKS,
  openAt,
  press,
  waitForPaper,
  waitForPrintDialog,
} from '../support/desk-pages.ts'
import { scan } from '../support/keyboard.ts'
import { openHouse } from '../support/open-house.ts'
import { seedSales, type SeededSales } from '../support/seed-sales.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let sales: SeededSales

beforeAll(async () => {
  web = await openWebDesk()
  sales = await seedSales(web.desk.folder.store)
  await web.desk.folder.store.write(openHouse)
})

afterAll(async () => web.close())

/** The figure the customer waits for. */
const FIGURE = '.sum-figure:not(.sum-waiting)'

describe('a refund', () => {
  it('takes four actions from the sale to the slip, and tells what happens next', async () => {
    const page = await openAt(web, `#/sales/${sales.shoes}`)
    await page.locator('.sale-table').waitFor()
    await press(page, 'ArrowDown', 'Space', 'F4')
    await page.locator(FIGURE, { hasText: '¥599.00' }).waitFor()
    await press(page, '1', 'Control+Enter')
    await page.locator('h1', { hasText: /TH-0001-261121-0001-/ }).waitFor()
    const tell = page.locator('.slip-tell')
    await expect.poll(() => tell.innerText()).toContain('一共退 ¥599.00')
    await expect.poll(() => tell.innerText()).toContain('支付宝 ¥599.00，原路退回')
    await waitForPaper(page)
    await press(page, 'F9')
    await waitForPrintDialog(page)
    const chosen = page.locator('.format-choice .ant-segmented-item-selected')
    await press(page, 'Alt+s', 'Alt+s')
    await waitForPaper(page)
    await expect.poll(() => chosen.innerText()).toContain('A5')
    await press(page, 'Alt+s', 'Alt+s', 'Alt+Shift+s')
    await waitForPaper(page)
    await expect.poll(() => chosen.innerText()).toContain('241')
    await expect.poll(() => page.locator('.paper-language').innerText()).toContain('中文')
    await press(page, 'Control+ArrowUp')
    await page.locator('tr', { hasText: '短靴' }).getByText('已退 1/1').waitFor()
    // What goes back on one receipt in a day counts together: the tests after this one begin anew.
    await voidLatest()
  })

  it('counts units with + and −, lets a scan choose the line, and never more than are left', async () => {
    const page = await openAt(web, `#/refunds/new?receipt=${sales.shoes}`)
    await page.locator('.refund-table').waitFor()
    await scan(page, '6901234567915')
    await page.locator(FIGURE, { hasText: '¥30.00' }).waitFor()
    await press(page, '+')
    await page.locator(FIGURE, { hasText: '¥60.00' }).waitFor()
    await press(page, '+')
    await expect
      .poll(() => page.locator('tr[aria-current] .stepper-count').innerText())
      .toContain('2 / 2')
    await press(page, '-')
    await page.locator(FIGURE, { hasText: '¥30.00' }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: '确认退货' }).isDisabled()).toBe(true)
    await page.getByText('按数字选退货原因').waitFor()
  })

  it('keeps the draft over Esc and is committed once however often Ctrl+Enter is pressed', async () => {
    const page = await openAt(web, `#/refunds/new?receipt=${sales.shoes}`)
    await page.locator('.refund-table').waitFor()
    await scan(page, '6901234567915')
    await press(page, '3')
    await page.getByLabel('说明').fill('颜色不喜欢')
    await press(page, 'Escape')
    await page.locator('.sale-table').waitFor()
    await press(page, 'F4')
    await page.locator(FIGURE, { hasText: '¥30.00' }).waitFor()
    await expect.poll(() => page.getByLabel('说明').inputValue()).toBe('颜色不喜欢')
    await confirmThrice(page)
    await page.locator('.slip-tell').waitFor()
    expect((await sockLine()).returned).toHaveLength(1)
    await voidLatest()
  })

  it('refuses a till return and says so before anything is asked', async () => {
    const page = await openAt(web, `#/refunds/new?receipt=${sales.tillReturn}`)
    await page.getByText('这张小票没有可退的商品了').waitFor()
  })

  it('is voided on its own day and the goods can come back again', async () => {
    const { id } = await web.client.refunds.record({
      receiptId: sales.shoes,
      reason: 'size',
      note: '',
      expectedAmount: 3000,
      lines: [await oneSock()],
    })
    const page = await openAt(web, `#/refunds/${id}`)
    await page.locator('h1', { hasText: 'TH-0001' }).waitFor()
    await press(page, 'Delete')
    await page.getByLabel('作废原因').fill('点错了行')
    await press(page, 'Control+Enter')
    await page.getByText('这张退货单已作废：点错了行').waitFor()
    const { returned } = await sockLine()
    expect(returned).toEqual([])
  })

  it('shows how the figure comes about while freight and gifts are settled by keys alone', async () => {
    const page = await openAt(web, `#/refunds/new?receipt=${sales.shoes}`)
    await page.locator('.refund-table').waitFor()
    await scan(page, '6901234567915')
    await press(page, '2', 'Alt+e')
    await page.getByLabel('往返运费').and(page.locator(':focus')).waitFor()
    await page.keyboard.type('12.5')
    await press(page, 'Tab', 'ArrowDown', 'ArrowDown', 'Enter')
    await page.locator(FIGURE, { hasText: '¥17.50' }).waitFor()
    await expect.poll(() => page.locator('.money-strip').innerText()).toContain('运费（顾客承担）')
    await expect
      .poll(() => page.locator('.sum-capitals').innerText())
      .toContain('人民币壹拾柒元伍角')
  })

  it('opens a claim on the carrier with the refund and closes it', async () => {
    const { id } = await web.client.refunds.record({
      receiptId: sales.shoes,
      reason: 'damaged',
      expectedAmount: 4_200,
      lines: [{ ...(await oneSock()), condition: 'damaged' }],
      freight: { amount: 1_200, paidBy: 'customer', carrier: '顺达快运', waybill: 'SD-1' },
    })
    const page = await openAt(web, '#/')
    await page.getByText('承运索赔 顺达快运').click()
    await page.getByText('等承运方赔付').waitFor()
    await expect.poll(() => page.locator('.slip-tell').innerText()).toContain('运费等垫付款 ¥12.00')
    await press(page, 'Alt+f')
    await page.getByLabel('实际赔付').fill('42')
    await press(page, 'Control+Enter')
    await page.locator('.carrier-claim', { hasText: '实际赔付 ¥42.00' }).waitFor()
    const refund = await web.client.refunds.open({ refundId: id })
    expect(refund.carrierClaim).toMatchObject({ state: 'settled', receivedAmount: 4_200 })
    await web.client.refunds.void({ refundId: id, reason: '试一试', version: 1 })
  })

  it('pays another way with the form filled in, and says who has to agree', async () => {
    const page = await openAt(web, `#/refunds/new?receipt=${sales.shoes}`)
    await page.locator('.refund-table').waitFor()
    await scan(page, '6901234567915')
    await press(page, '3', 'Alt+w')
    await page.getByLabel('支付宝 改退成').and(page.locator(':focus')).waitFor()
    await press(page, 'ArrowDown', 'ArrowDown', 'Enter')
    await page.getByText('要经理批准', { exact: true }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: '确认退货' }).isDisabled()).toBe(true)
    await page.getByLabel('申请原因').fill('换手机号了')
    await press(page, 'Control+Enter')
    await page.locator('.slip-tell').waitFor()
    const slip = await web.client.refunds.open({ refundId: await latestRefund() })
    expect(slip.tenders).toMatchObject([
      { kind: 'cash', insteadOf: { kind: 'alipay', needs: 'manager', reason: '换手机号了' } },
    ])
    await web.client.refunds.void({ refundId: slip.id, reason: '试一试', version: 1 })
  })

  it('leads to the price adjustment where the customer keeps the goods', async () => {
    const page = await openAt(web, `#/refunds/new?receipt=${sales.shoes}`)
    await page.locator('.refund-table').waitFor()
    await scan(page, '6901234567915')
    await press(page, '6')
    await page.getByText('商品不退、只退差价的').waitFor()
    await press(page, 'Alt+b')
    await page.getByLabel('羊毛袜 退多少差价').waitFor()
  })

  it('has nothing for axe to complain about, in both languages and colours', async () => {
    for (const look of LOOKS) {
      const page = await openAt(web, `#/refunds/new?receipt=${sales.shoes}`, look)
      await page.locator('.refund-table').waitFor()
      await press(page, 'Space', '2')
      await page.locator(FIGURE).waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Alt+e', 'Alt+w')
      await page.locator('.extras-parts').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await goTo(page, '#/refunds/1')
      await waitForPaper(page)
      expect(await findA11yProblems(page)).toEqual([])
    }
  })
})

async function latestRefund(): Promise<number> {
  const { refunds } = await web.client.sales.open({ receiptId: sales.shoes })
  const standing = refunds.filter((each) => each.state === 'recorded')
  return Math.max(...standing.map((each) => each.id))
}

async function voidLatest(): Promise<void> {
  const refundId = await latestRefund()
  await web.client.refunds.void({ refundId, reason: '试一试', version: 1 })
}

async function sockLine() {
  const { lines } = await web.client.sales.open({ receiptId: sales.shoes })
  const line = lines.find((each) => each.name === '羊毛袜')
  if (!line) throw new Error('no socks in the seed')
  return line
}

async function oneSock() {
  return {
    saleLineId: (await sockLine()).id,
    units: 1,
    condition: 'opened' as const,
    packagingIntact: true,
  }
}
