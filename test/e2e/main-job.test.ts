import { readFile } from 'node:fs/promises'
import iconv from 'iconv-lite'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../documents/support/read-pdf.ts'
import { openAt, press, waitForPaper, waitForPrintDialog } from '../support/desk-pages.ts'
import { scan } from '../support/keyboard.ts'
import { openHouse } from '../support/open-house.ts'
import { CLERK, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk

beforeAll(async () => {
  web = await openWebDesk()
  await web.desk.folder.store.write(openHouse)
})

afterAll(async () => web.close())

const PRODUCTS = `货号,条码,品名,品牌,序列号管理,整机保修月数,主要部件保修月数,主要部件,保修方,保修单位,保修电话
MD-FB40,6902345678903,美的电饭煲 MB-FB40 4L,美的,否,12,36,加热盘,厂家,美的集团,400-889-9315
W-1,6901234567915,羊毛袜 女款,浪莎,否,,,,,,
`

const SALES = `江城购物中心 销售明细表
营业日：2026-11-20
小票号,收银机,销售日期,货号,条码,品名,数量,单价,实收金额,支付方式,楼层,专柜
0312000000004822,02,2026-11-20 10:12:00,MD-FB40,6902345678903,美的电饭煲 MB-FB40 4L,1,399.00,399.00,支付宝,4F,小家电
0312000000004822,02,2026-11-20 10:12:00,W-1,6901234567915,羊毛袜 女款,3,30.00,80.00,支付宝,2F,针织
0312000000004823,02,2026-11-20 11:30:00,W-1,6901234567915,羊毛袜 女款,1,30.00,30.00,现金,2F,针织
合计,,,,,,5,,509.00,,,
`

async function importFile(page: Page, name: string, text: string, taken: number): Promise<void> {
  await page.locator('.drop-zone').waitFor()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: iconv.encode(text, 'gb18030') })
  await page.locator('.column-table').waitFor()
  await press(page, 'Control+Enter')
  await page.getByText('还没有写入').waitFor()
  await press(page, 'Control+Enter')
  await page.getByText(`导入完成，写入 ${taken} 行`).waitFor()
  await press(page, 'Control+Enter')
}

async function savePaper(page: Page) {
  await waitForPaper(page)
  const saving = page.waitForEvent('download')
  await press(page, 'Control+s')
  const pdf = await readPdf(new Uint8Array(await readFile(await (await saving).path())))
  return { ...pdf, text: pdf.text.replaceAll('\n', '') }
}

it('does a whole day: import, scan, card, return, complaint, and the report at its end', async () => {
  const manager = await openAt(web, '#/imports')
  await importFile(manager, '商品.csv', PRODUCTS, 2)
  await importFile(manager, '销售.csv', SALES, 3)
  await manager.close()

  const page = await openAt(web, '#/', { who: CLERK })
  await page.locator('[data-home-box]').waitFor()
  await scan(page, '0312000000004822')
  await page.locator('.sale-table', { hasText: '美的电饭煲' }).waitFor()

  await press(page, 'ArrowDown', 'Space', 'F3')
  await page.locator('.term-end', { hasText: '2027年11月' }).waitFor()
  await press(page, 'Control+Enter')
  await page.getByText('卡已开好').waitFor()
  const cardNumber = (await page.locator('.card-number').first().innerText()).trim()
  await press(page, 'F9')
  await waitForPrintDialog(page)
  const card = await savePaper(page)
  expect(card.text).toContain(cardNumber)
  for (const fact of ['三包凭证', '美的电饭煲', '加热盘', '美的集团', '¥399.00']) {
    expect(card.text).toContain(fact)
  }
  expect(card.text).not.toContain('副本')

  await press(page, 'Control+ArrowUp')
  await page.locator('.sale-table').waitFor()
  await press(page, 'F4')
  await page.locator('.refund-table').waitFor()
  await scan(page, '6901234567915')
  await press(page, '+', '2')
  await page.locator('.sum-figure:not(.sum-waiting)', { hasText: '¥53.34' }).waitFor()
  await press(page, 'Control+Enter')
  await page.locator('.slip-tell', { hasText: '一共退 ¥53.34' }).waitFor()
  await waitForPaper(page)
  await press(page, 'F9')
  await waitForPrintDialog(page, 2)
  const slip = await savePaper(page)
  for (const fact of ['退货单', '羊毛袜', '¥53.34', '顾客签字']) expect(slip.text).toContain(fact)

  await press(page, 'F8')
  await page.locator('.class-tiles').waitFor()
  await press(page, '2')
  await page.getByRole('button', { name: '服务态度', pressed: true }).waitFor()
  await page.getByLabel('顾客怎么说').fill('退货排队四十分钟')
  await press(page, 'Control+Enter')
  const complaintNumber = await page.locator('.recorded-number').innerText()
  await press(page, 'Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  // A scanned card opens its sale; the card is a link there.
  await scan(page, cardNumber)
  await page.locator('.sale-table').waitFor()
  await page.getByRole('link', { name: cardNumber }).first().click()
  await page.locator('h1', { hasText: cardNumber }).waitFor()
  await expect.poll(() => page.getByText(/已打印 \d+ 次/).innerText()).toContain('已打印 1 次')

  await page.getByRole('link', { name: '报表' }).click()
  await page.getByText('受理 1 件').waitFor()
  const report = await savePaper(page)
  for (const fact of [complaintNumber, '退货排队四十分钟', '当场解决', '¥53.34']) {
    expect(report.text).toContain(fact)
  }
  await press(page, 'F9')
  await waitForPrintDialog(page, 3)

  await scan(page, '0312000000004822')
  await page.locator('tr', { hasText: '羊毛袜' }).getByText('已退 2/3').waitFor()
})
