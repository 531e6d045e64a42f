import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
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

async function complain(floor: string, text: string) {
  await web.client.complaints.record({
    class: 'goods',
    text,
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor,
      counter: '女鞋',
    },
    contact: { name: '刘女士', phone: '' },
    outcome: { kind: 'solved', solution: '换新', satisfied: true },
  })
}

beforeAll(async () => {
  web = await openWebDesk()
  await complain('1F', '拉链坏了')
  await complain('2F', '鞋底开胶')
  await complain('2F', '皮面掉色')
})

afterAll(() => web.close())

it('reads a report by keys: period, what is behind a figure, its case, and the file', async () => {
  const page = await openAt(web, '#/reports')
  await page.getByRole('button', { name: '分析' }).waitFor()
  await press(page, 'Alt+a')
  await page.locator('.figures-table').waitFor()
  await page.locator('.report-chart svg text', { hasText: '2F' }).waitFor()
  await press(page, '7')
  await page.waitForFunction(() => window.location.hash.includes('from=2026-01-01'))
  // The address is the report: the same after a reload.
  await page.reload()
  const figure = page.getByRole('link', { name: '2F 受理 2' })
  await figure.focus()
  await press(page, 'Enter')
  const list = page.getByRole('list', { name: '2F · 受理' })
  await list.getByText('鞋底开胶').waitFor()
  await expect.poll(() => list.getByRole('link').count()).toBe(2)
  expect(await findA11yProblems(page)).toEqual([])
  await press(page, 'Escape')
  await list.waitFor({ state: 'detached' })
  await figure.and(page.locator(':focus')).waitFor()

  const saving = page.waitForEvent('download')
  await press(page, 'Alt+s')
  const download = await saving
  expect(download.suggestedFilename()).toMatch(/^投诉分析-楼层-2026-01-01-2026-11-21\.csv$/)
  const csv = await readFile(await download.path(), 'utf8')
  expect(csv.charCodeAt(0)).toBe(0xfeff)
  expect(csv).toMatch(/\n2F,2,/)

  await press(page, 'Enter')
  await list.getByText('鞋底开胶').waitFor()
  await list.locator('a:focus').waitFor()
  await press(page, 'Enter')
  await page.waitForFunction(() => window.location.hash.startsWith('#/complaints/'))
})

it.each(LOOKS)('shows figures and paper for everybody ($language, $mode)', async (look) => {
  const page = await openAt(web, '#/reports/of/complaints?vs=previous&floor=2F', look)
  await page.locator('.figures-table').waitFor()
  expect(await findA11yProblems(page)).toEqual([])
  await press(page, 'Alt+t')
  await waitForPaper(page)
  await press(page, 'F9')
  await waitForPrintDialog(page)
  expect(await findA11yProblems(page)).toEqual([])
  await goTo(page, '#/reports/of/complaints?from=2020-01-01&to=2020-01-31')
  await page.locator('.empty-title').waitFor()
  await expect.poll(() => page.locator('.report-chart').count()).toBe(0)
})
