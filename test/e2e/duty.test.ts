import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, openAt, press, waitForPaper } from '../support/desk-pages.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let complaintId: number

beforeAll(async () => {
  web = await openWebDesk()
  const [colleague] = await web.client.staff.colleagues()
  const { id } = await web.client.complaints.record({
    class: 'goods',
    text: '鞋底开胶，要求换新',
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '1F',
      counter: '女鞋',
    },
    contact: { name: '王小明', phone: '13812345521' },
    outcome: {
      kind: 'open',
      ownerId: colleague?.id ?? 0,
      promise: { text: '厂家检测后回电', dueAt: '2026-11-21T13:00:00.000Z' },
    },
  })
  complaintId = id
})

afterAll(async () => web.close())

describe('on duty', () => {
  it('answers, pauses and resumes by key on the case, and prints its slip', async () => {
    const page = await openAt(web, `#/complaints/${complaintId}`)
    const clocks = page.locator('.clock-list')
    await clocks.waitFor()
    await press(page, 'Alt+a')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('这次告诉顾客什么').waitFor()
    await press(page, '2')
    await dialog.getByRole('button', { name: '告知处理方案', pressed: true }).waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await dialog.waitFor({ state: 'detached' })
    await clocks.getByText('按时').first().waitFor()
    await press(page, 'Alt+k')
    await dialog.getByText('为什么停下来等').waitFor()
    await press(page, '2', 'Control+Enter')
    await page.getByText('暂停中：等检测报告').waitFor()
    await clocks.getByText('已暂停').first().waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+k')
    await page.getByText('暂停中：等检测报告').waitFor({ state: 'detached' })
    await press(page, 'F9')
    await waitForPaper(page)
    await press(page, 'Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('shows clocks, promises, shifts and diary side by side, and hands a shift over', async () => {
    const page = await openAt(web, '#/clocks?view=all')
    await page.locator('.row-title', { hasText: '开胶' }).waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+y')
    await page.locator('.promise-told', { hasText: '厂家检测后回电' }).waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+j')
    await page.getByLabel('今天发生了什么').fill('三楼扶梯停运')
    await press(page, 'Control+Enter')
    await page.locator('.diary-text', { hasText: '三楼扶梯停运' }).waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+h')
    await page.locator('.shift-lists').getByText('厂家检测后回电').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await waitForPaper(page)
    await goTo(page, '#/settings/hours')
    await page.getByLabel('周一开门').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })
})
