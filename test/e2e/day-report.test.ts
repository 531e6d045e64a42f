import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../documents/support/read-pdf.ts'
import { findA11yProblems } from '../support/axe.ts'
import {
  goTo,
  LOOKS,
  openAt,
  press,
  waitForPaper,
  waitForPrintDialog,
} from '../support/desk-pages.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk

const NOWHERE = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '2F',
  counter: '女鞋',
}

beforeAll(async () => {
  web = await openWebDesk()
  const [colleague] = await web.client.staff.colleagues()
  await web.client.complaints.record({
    class: 'service',
    text: '试衣间排队太久',
    context: NOWHERE,
    contact: { name: '刘女士', phone: '' },
    outcome: { kind: 'solved', solution: '加开一间试衣间', satisfied: true },
  })
  await web.client.complaints.record({
    class: 'goods',
    text: '羽绒服漏绒',
    context: { ...NOWHERE, floor: '' },
    contact: { name: '', phone: '' },
    outcome: {
      kind: 'open',
      ownerId: colleague?.id ?? 0,
      promise: { text: '送检后答复', dueAt: '2026-11-22T02:00:00.000Z' },
    },
  })
})

afterAll(async () => web.close())

describe('the complaint report of a day', () => {
  it('shows the paper, prints it and saves it as the same PDF', async () => {
    const page = await openAt(web, '#/reports')
    await page.getByText('受理 2 件').waitFor()
    await waitForPaper(page)
    await press(page, 'F9')
    await waitForPrintDialog(page)
    const saving = page.waitForEvent('download')
    await press(page, 'Control+s')
    const download = await saving
    expect(download.suggestedFilename()).toMatch(/2026-11-21.*\.pdf$/)
    const pdf = await readPdf(new Uint8Array(await readFile(await download.path())))
    const text = pdf.text.replaceAll('\n', '')
    for (const fact of ['顾客投诉日报表', '试衣间排队太久', '羽绒服漏绒', '送检后答复']) {
      expect(text).toContain(fact)
    }
  })

  it('gives the same figures as tables, for whoever cannot see a picture of paper', async () => {
    const page = await openAt(web, '#/reports')
    await waitForPaper(page)
    await press(page, 'Alt+t')
    await page.locator('.totals').first().waitFor()
    await expect
      .poll(() => page.locator('.total', { hasText: '当场解决' }).innerText())
      .toMatch(/1$/)
    await expect
      .poll(() => page.locator('.total', { hasText: '次日到期承诺' }).innerText())
      .toMatch(/\d$/)
    const complaints = page.getByRole('region', { name: '投诉明细（2 件）' })
    await expect.poll(() => complaints.innerText()).toContain('羽绒服漏绒')
    await expect
      .poll(() => page.getByRole('region', { name: '楼层 × 类别' }).innerText())
      .toContain('未注明')
    await complaints.getByRole('link').first().click()
    await page.waitForURL(/#\/complaints\/\d+/)
    await goTo(page, '#/reports/day?date=2026-11-21&view=tables')
    const floors = page.getByRole('region', { name: '楼层 × 类别' })
    await floors.getByRole('row', { name: '未注明' }).getByRole('link').click()
    await page.getByText('羽绒服漏绒').waitFor()
  })

  it('is honest about a day on which nothing happened', async () => {
    const page = await openAt(web, '#/reports/day?date=2026-11-10&view=tables')
    await page.getByText('这一天没有登记投诉。').waitFor()
    await page.getByText('没有待兑现的承诺。').waitFor()
    await press(page, 'Alt+t')
    await waitForPaper(page)
    await page.getByRole('button', { name: '11月10日 周二 没有记录' }).waitFor()
  })

  it('has nothing for axe to complain about, in both languages and colours', async () => {
    for (const look of LOOKS) {
      const page = await openAt(web, '#/reports', look)
      await waitForPaper(page)
      expect(await findA11yProblems(page)).toEqual([])
      await goTo(page, '#/reports/day?date=2026-11-21&view=tables')
      await page.locator('.totals').first().waitFor()
      expect(await findA11yProblems(page)).toEqual([])
    }
  })
})
