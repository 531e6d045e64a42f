import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press } from '../support/desk-pages.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let complaintId: number

beforeAll(async () => {
  web = await openWebDesk()
  const [owner] = await web.client.staff.colleagues()
  const { id } = await web.client.complaints.record({
    class: 'counterfeit',
    text: '说这块表是假的，要找记者。',
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '1F',
      counter: '钟表',
    },
    contact: { name: '王小明', phone: '13812345521' },
    risks: ['media'],
    outcome: {
      kind: 'open',
      ownerId: owner?.id ?? 1,
      promise: { text: '明天答复', dueAt: '2099-01-01T06:00:00.000Z' },
    },
  })
  complaintId = id
})
afterAll(() => web.close())

describe('risk and evidence', () => {
  it('by key alone: told, escalated, frozen, packed with progress, released', async () => {
    const page = await openAt(web, `#/complaints/${complaintId}?tab=evidence`)
    await page.getByText('等店长决定').waitFor()
    await page.locator('.alert-row', { hasText: '个案有风险：媒体介入' }).first().waitFor()
    await press(page, 'Alt+x')
    await page.getByRole('dialog').locator('input:focus').waitFor()
    await page.keyboard.type('民初 118 号')
    await page.getByLabel('为什么').fill('顾客已起诉')
    await press(page, 'Control+Enter')
    await page.locator('.page-header .tag-risk', { hasText: '证据冻结 民初 118 号' }).waitFor()
    await press(page, 'Alt+v')
    await page.getByRole('dialog').locator('input:focus').waitFor()
    await page.keyboard.type('法院调取')
    await press(page, 'Control+Enter')
    await page.getByText(/ZJ-\d{4}-\d{6}-0001-[0-9A-Z] 已做好/u).waitFor()
    await page.locator('.evidence-list', { hasText: '法院调取' }).waitFor()
    await page.locator('canvas').first().waitFor()
    await press(page, 'Alt+x')
    await page.getByRole('dialog').locator('input:focus').waitFor()
    await page.keyboard.type('原告撤诉')
    await press(page, 'Control+Enter')
    await page.getByText('没有冻结。').waitFor()
    await press(page, '1')
    await page.locator('.timeline', { hasText: '制作证据包' }).waitFor()
    await page.locator('.timeline', { hasText: '冻结期间补记' }).waitFor()
    await press(page, 'Control+i')
    await page.locator('h1', { hasText: '消息' }).waitFor()
    await page.locator('.alert-row').first().waitFor()
    await press(page, 'Alt+k')
    await page.getByRole('dialog').locator('input:focus').waitFor()
    await page.keyboard.type('我来答复记者')
    await press(page, 'Control+Enter')
    await press(page, 'Alt+d')
    await page.locator('.alert-row', { hasText: '我来答复记者' }).waitFor()
  })

  it.each(LOOKS)('are readable for everybody ($language, $mode)', async (look) => {
    const page = await openAt(web, `#/complaints/${complaintId}?tab=evidence`, look)
    await page.locator('.evidence-columns .alert-row').first().waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await goTo(page, '#/alerts')
    await page.locator('.duty-list, .empty-state, .alert-row').first().waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })
})
