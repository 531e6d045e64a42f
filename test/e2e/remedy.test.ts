import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { factsOf } from '../../src-main/investigations/causes.ts'
import { findA11yProblems } from '../support/axe.ts'
import {
  goTo,
  LOOKS,
  openAt,
  press,
  waitForPaper,
  waitForPrintDialog,
} from '../support/desk-pages.ts'
import { CLERK, MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

const nowhere = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '2F',
  counter: '步云里女鞋',
}

let web: WebDesk
let complaintId: number

beforeAll(async () => {
  web = await openWebDesk()
  const [owner] = await web.client.staff.colleagues()
  const { id } = await web.client.complaints.record({
    class: 'goods',
    text: '送到家的短靴鞋盒压坏，鞋面有一道划痕，要求补偿并给个说法。',
    context: nowhere,
    contact: { name: '周梅', phone: '13812345521' },
    outcome: {
      kind: 'open',
      ownerId: owner?.id ?? 0,
      promise: { text: '电话答复', dueAt: '2026-12-31T13:00:00.000Z' },
    },
  })
  complaintId = id
  await web.client.investigations.addOutlay({
    complaintId,
    kind: 'travel',
    what: '来回打车',
    amount: 4_600,
    paidOn: '2026-01-02',
    sha256: null,
  })
  const [, ...others] = factsOf('goods')
  for (const { id: fact } of others) {
    await web.client.investigations.settleFact({
      complaintId,
      fact,
      state: 'settled',
      text: '已核实，有签收照片。',
    })
  }
})
afterAll(() => web.close())

/** What stands over the tab is sent with the one key of every dialog, and gone once the desk has it. */
async function send(page: Page): Promise<void> {
  await press(page, 'Control+Enter')
  await page.locator('.ant-modal-container').waitFor({ state: 'hidden' })
}

const dialog = (page: Page) => page.locator('.ant-modal-container')

describe('findings and remedy', () => {
  it('go from the last fact to the payment, the slip and the letter, by keys', async () => {
    const page = await openAt(web, `#/complaints/${complaintId}`, { who: CLERK })
    await page.locator('.case-tabs').waitFor()
    await press(page, '2')
    await page.locator('.flow-step[aria-current]').filter({ hasText: '核实事实' }).waitFor()

    await press(page, 'Alt+f')
    await page.locator('textarea:focus').waitFor()
    await page.keyboard.type('11 月 20 日送货上门，签收时鞋盒已压坏')
    await send(page)
    await press(page, 'Alt+w')
    await page.getByLabel('原因分类').focus()
    await page.keyboard.type('运输')
    await press(page, 'Enter')
    await page.getByLabel('原因分析').fill('送货途中受压，出库时外箱完好。')
    await dialog(page).getByText('只影响外观').click()
    await dialog(page).getByText('投诉成立').click()
    await send(page)
    await press(page, 'Alt+d')
    await page.getByText('已有结论').waitFor()

    await press(page, 'Alt+n')
    await page.getByLabel('一句话说清').fill('补偿 100 元')
    await page.getByLabel('内容 1').fill('鞋面划痕')
    await page.getByLabel('金额 1').fill('100')
    await page.getByLabel('承担方名称 1').fill('顺行物流')
    await page.locator('.approver-needed').waitFor()
    await press(page, 'Alt+a')
    await page.locator('.approver-box input:focus').waitFor()
    await page.keyboard.type(MANAGER.code)
    await press(page, 'Tab')
    await page.keyboard.type(MANAGER.pin)
    await press(page, 'Enter')
    await page.locator('.approver-granted').waitFor()
    await send(page)
    await page.getByText('等顾客答复').waitFor()

    await press(page, 'Alt+y')
    await dialog(page).getByText('接受：补偿 100 元').click()
    await send(page)
    await page.getByText('落实中').waitFor()
    await page.getByText('还剩').waitFor()
    await press(page, 'Alt+m')
    await dialog(page).getByText('收银台用现金付给顾客').waitFor()
    await send(page)
    await page.locator('.flow-step[aria-current]').filter({ hasText: '完成' }).waitFor()
    await page.getByText('待付款').waitFor()
    await press(page, 'Alt+b')
    await waitForPaper(page)
    await press(page, 'F9')
    await waitForPrintDialog(page)
    await press(page, 'Escape')

    await press(page, 'Alt+a')
    await page.getByLabel('职务').fill('店长')
    await page.getByLabel('签发人 PIN').fill(MANAGER.pin)
    await send(page)
    await page.getByText('店长 李静 签发').waitFor()

    await goTo(page, '#/compensations')
    const row = page.locator('.ledger-table tbody tr')
    await row.filter({ hasText: '顺行物流' }).filter({ hasText: '¥100.00' }).waitFor()
    await expect.poll(() => row.count()).toBe(1)
  })

  it.each(LOOKS)('are readable for everybody ($language, $mode)', async (look) => {
    const page = await openAt(web, `#/complaints/${complaintId}?tab=remedy`, look)
    await page.locator('.option-agreed').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+n')
    await dialog(page).waitFor()
    expect(await findA11yProblems(page), 'proposal').toEqual([])
    await press(page, 'Escape')
    await goTo(page, '#/compensations')
    await page.locator('.ledger-table').waitFor()
    expect(await findA11yProblems(page), 'ledger').toEqual([])
  })
})
