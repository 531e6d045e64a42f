import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press } from '../support/desk-pages.ts'
import { openHouse } from '../support/open-house.ts'
import { settleByNumber } from '../support/pos-visit.ts'
import { seedSales } from '../support/seed-sales.ts'
import { importText } from '../support/till-import.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk

beforeAll(async () => {
  web = await openWebDesk()
  await seedSales(web.desk.folder.store)
  await web.desk.folder.store.write(openHouse)
})
afterAll(async () => web.close())

const header = '小票号,销售日期,销售时间,收银机号,货号,品名,数量,实收金额,收款方式,原小票号'

const imported = (...rows: string[]) => importText(web.client, `${[header, ...rows].join('\n')}\n`)

let sales = 0

/** A sale of scarves at 129.00 by Alipay. */
async function sell(units: number) {
  sales += 1
  const no = `S${String(sales).padStart(4, '0')}`
  await imported(`${no},2026-11-20,10:00,01,W1,羊毛围巾,${units},${129 * units}.00,支付宝,`)
  const { exact } = await web.client.sales.find({ text: no })
  const { id: receiptId, lines } = await web.client.sales.open({ receiptId: exact?.id ?? 0 })
  return { no, receiptId, lines }
}

/** A sale and as many refunds of one scarf each. */
async function refunds(count: number) {
  const { no, receiptId, lines } = await sell(count + 1)
  const slips = []
  for (let made = 0; made < count; made += 1) {
    const { id } = await web.client.refunds.record({
      receiptId,
      reason: 'preference',
      expectedAmount: 12_900,
      lines: [
        { saleLineId: lines[0]?.id ?? 0, units: 1, condition: 'sealed', packagingIntact: true },
      ],
    })
    slips.push(await web.client.refunds.open({ refundId: id }))
  }
  return { no, receiptId, slips }
}

const tillReturn = (no: string, of: string) =>
  `${no},2026-11-21,13:00,01,W1,羊毛围巾,-1,-129.00,支付宝,${of}`

describe('the money of a refund', () => {
  it('is pending on its page until the till’s number is typed', async () => {
    const { slips } = await refunds(1)
    const page = await openAt(web, '#/')
    if (slips[0]) await settleByNumber(page, slips[0])
  })

  it('stands on the first screen until the import brings the till’s refund', async () => {
    const { no, slips } = await refunds(1)
    const page = await openAt(web, '#/')
    const waiting = page.locator('.row-count', { hasText: '等收银台付款' })
    await waiting.waitFor()
    await expect.poll(() => waiting.innerText()).toContain('¥129.00')
    await imported(tillReturn('R0001', no))
    await waiting.waitFor({ state: 'detached' })
    await goTo(page, `#/refunds/${slips[0]?.id}`)
    await page.locator('.pos-instructions').getByText('流水号 R0001').waitFor()
  })
})

describe('the reconciliation', () => {
  it('shows neighbours of one amount to a person, who decides by keys alone', async () => {
    const { no, slips } = await refunds(2)
    await imported(tillReturn('R0011', no), tillReturn('R0012', no))
    const page = await openAt(web, '#/pos')
    await page.locator('.pos-list .row', { hasText: slips[0]?.number ?? '' }).waitFor()
    await page.getByText('有不止一笔可能').waitFor()
    await expect.poll(() => page.locator('.pos-candidates > li').count()).toBe(2)
    await press(page, 'b')
    await page.getByText('把两边对应起来').waitFor()
    await press(page, 'Control+Enter')
    // The other can then be only one.
    await page.getByText('没有等收银台的钱').waitFor()
    await press(page, '3')
    await page.locator('.pos-list .row', { hasText: 'R0012' }).waitFor()
    await expect.poll(() => page.locator('.pos-list').innerText()).toContain('R0011')
    await page.locator('.pos-list .row', { hasText: 'R0012' }).click()
    await press(page, 'Delete')
    await page.getByLabel('为什么撤销').fill('收银员认错了')
    await press(page, 'Control+Enter')
    await page.locator('.pos-list .row', { hasText: 'R0012' }).waitFor({ state: 'detached' })
    await press(page, '1')
    await page.locator('.pos-detail').getByText('撤销对应').waitFor()
  })

  it('cancels what the till will not pay, with a reason', async () => {
    const page = await openAt(web, '#/pos')
    await page.locator('.pos-detail .pos-amount').waitFor()
    await press(page, 'Delete')
    await page.getByLabel('作废原因').fill('顾客改要换货')
    await press(page, 'Control+Enter')
    await page.getByText('没有等收银台的钱').waitFor()
  })

  it('puts a day’s file into the folder of the POS', async () => {
    const folder = path.join(web.desk.folder.dir, 'pos-files')
    mkdirSync(folder)
    const page = await openAt(web, '#/pos')
    await page.getByRole('button', { name: '对账设置' }).click()
    await page.getByLabel('导出文件夹').fill(folder)
    await press(page, 'Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await press(page, 'Alt+x')
    await page.getByRole('button', { name: '写入 POS 文件夹' }).click()
    await page.getByText('已写入').waitFor()
    expect(readdirSync(folder)).toEqual(['pos-instructions-0001-20261121-001.csv'])
  })

  it('has nothing for axe to complain about, in both languages and colours', async () => {
    const { no, slips } = await refunds(2)
    await imported(tillReturn('R0021', no), tillReturn('R0022', no), tillReturn('R0023', ''))
    for (const look of LOOKS) {
      const page = await openAt(web, '#/pos', look)
      await page.locator('.pos-candidates').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, '2')
      await page.locator('.pos-list .row', { hasText: 'R0023' }).click()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, '3')
      await page.locator('.pos-detail').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Alt+x')
      await page.getByRole('dialog').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Escape')
      await page.mouse.move(0, 0)
      await goTo(page, `#/refunds/${slips[0]?.id}`)
      await page.locator('.pos-instructions').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Alt+p')
      await page.getByRole('dialog').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
    }
  })
})

describe('goods a till has taken back', () => {
  it('are neither refunded nor exchanged again before somebody looked', async () => {
    const { no, receiptId } = await refunds(1)
    await imported(tillReturn('R0031', no), tillReturn('R0032', no))
    const { lines } = await web.client.sales.open({ receiptId })
    // The desk's own, and the one more the till tells of.
    expect(lines[0]?.returned).toHaveLength(2)
    const other = await sell(3)
    await imported(tillReturn('R0033', other.no))
    const page = await openAt(web, `#/refunds/new?receipt=${other.receiptId}`)
    await page.locator('.refund-table').waitFor()
    await press(page, '3')
    await page.locator('.till-returns', { hasText: 'R0033' }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: '确认退货' }).isDisabled()).toBe(true)
    await press(page, 'Alt+k', 'Control+Enter')
    await page.locator('h1', { hasText: 'TH-0001' }).waitFor()

    await goTo(page, `#/exchanges/new?receipt=${other.receiptId}&lines=${other.lines[0]?.id}`)
    await page.locator('.till-returns', { hasText: 'R0033' }).waitFor()
    await press(page, 'Alt+k')
    await page.locator('.till-returns.ant-alert-info').waitFor()
  })
})
