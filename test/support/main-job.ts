import type { Page } from 'playwright-core'
import { countPrintDialogs, goTo, press, waitForPaper, waitForPrintDialog } from './desk-pages.ts'
import { scan, typeSlowly } from './keyboard.ts'
import { signIn } from './web-desk.ts'

const PIN = '2580'

/** A till's export: preamble, semicolons, a bag and totals, as they come. */
export const TILL_EXPORT = `江城购物中心 销售明细;;;;;;;
小票号;销售时间;条码;商品名称;数量;单价;实收金额;支付方式
A20001;2026-11-20 19:42:05;6901234567892;步云里 短靴 37 黑;1;599.00;599.00;支付宝
A20001;2026-11-20 19:42:05;6901234567915;羊毛袜;2;30.00;60.00;支付宝
A20001;2026-11-20 19:42:05;;购物袋;1;0.50;0.50;支付宝
A20002;2026-11-20 20:10:00;6901234567922;电饭煲 4L;1;399.00;399.00;微信
合计;;;;5;;1058.50;
`

/** What is left of the day's work in the figures of its report. */
export interface WorkedDay {
  card: string
  slip: string
  complaint: string
}

/**
 * The main job of the desk, from an empty data folder to the report of the day, by keyboard and scanner: the same
 * in a browser and in Electron. The till's export must lie at `file`.
 */
export async function workMainJob(page: Page, file: string): Promise<WorkedDay> {
  await countPrintDialogs(page)
  await setUpStore(page)
  await importSales(page, file)
  await openSaleByScan(page, 'A20001')
  const card = await issueCard(page)
  await openSaleByScan(page, 'A20001')
  const slip = await takeBack(page)
  const complaint = await recordComplaint(page)
  await readReport(page, complaint)
  return { card, slip, complaint }
}

async function setUpStore(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '开台' }).waitFor()
  await page.locator('input:focus').waitFor()
  await typeSlowly(page, '江城购物中心')
  await page.getByLabel('姓名').fill('李静')
  await page.getByLabel('PIN', { exact: true }).fill(PIN)
  await page.getByLabel('再输入一次 PIN').fill(PIN)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: '登录服务台' }).waitFor()
  await signIn(page, { code: '001', pin: PIN })
}

async function importSales(page: Page, file: string): Promise<void> {
  await goTo(page, '#/imports')
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('表头在第 2 行').waitFor()
  await press(page, 'Control+Enter')
  await page.getByText('还没有写入').waitFor()
  await press(page, 'Control+Enter')
  await page.getByText('导入完成').waitFor()
}

async function openSaleByScan(page: Page, receiptNo: string): Promise<void> {
  await scan(page, receiptNo)
  await page.locator('.sale-table').waitFor()
}

async function issueCard(page: Page): Promise<string> {
  await press(page, 'ArrowDown', 'Space', 'F3')
  await page.getByRole('heading', { name: '开信誉卡' }).waitFor()
  await page.getByLabel('整机保修').fill('12')
  await page.locator('.term-end', { hasText: '2027年11月20日' }).waitFor()
  await press(page, 'Control+Enter')
  await page.getByText('卡已开好').waitFor()
  await waitForPaper(page)
  await press(page, 'F9')
  await waitForPrintDialog(page)
  return numberIn(page, /XY-\d{4}-\d{6}-\d{4}-[0-9A-Z]/)
}

async function takeBack(page: Page): Promise<string> {
  await press(page, 'ArrowDown', 'ArrowDown', 'Space', 'F4')
  await page.locator('.sum-figure:not(.sum-waiting)', { hasText: '¥30.00' }).waitFor()
  await press(page, '3', 'Control+Enter')
  await page.locator('h1', { hasText: /TH-/ }).waitFor()
  await waitForPaper(page)
  await press(page, 'F9')
  await waitForPrintDialog(page, 2)
  return numberIn(page, /TH-\d{4}-\d{6}-\d{4}-[0-9A-Z]/)
}

async function recordComplaint(page: Page): Promise<string> {
  await press(page, 'F8')
  await page.locator('.complaint-form').waitFor()
  await press(page, '2')
  await page.getByRole('button', { name: '服务态度', pressed: true }).waitFor()
  await page.getByLabel('顾客怎么说').fill('排队等了二十分钟')
  await press(page, 'Control+Enter')
  const number = await page.locator('.recorded-number').innerText()
  await press(page, 'Escape')
  return number
}

async function readReport(page: Page, complaint: string): Promise<void> {
  await goTo(page, '#/reports/day')
  // The paper of the page before is still there for a moment, and so are its keys.
  await page.locator('.report-page canvas[data-painted]').waitFor()
  await press(page, 'Alt+t')
  await page.getByText(complaint).first().waitFor()
  await page.getByText('排队等了二十分钟').first().waitFor()
}

async function numberIn(page: Page, form: RegExp): Promise<string> {
  const text = await page.locator('h1').innerText()
  const number = form.exec(text)?.[0]
  if (!number) throw new Error(`no document number in “${text}”`)
  return number
}
