import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press, waitForPaper } from '../support/desk-pages.ts'
import { takeUnitsBack } from '../support/goods-visit.ts'
import { typeSlowly } from '../support/keyboard.ts'
import { openHouse } from '../support/open-house.ts'
import { addReceipt, writeSalesImport } from '../support/sold.ts'
import { MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

const VENDOR = '佛山澜石厨房电器有限公司'

let web: WebDesk
let caseId = 0

beforeAll(async () => {
  web = await openWebDesk()
  const sale = await web.desk.folder.store.write(async (w) => {
    await writeSalesImport(w)
    await openHouse(w)
    return addReceipt(w, {
      receiptNo: 'V1',
      lines: [{ name: '电饭煲 4升', vendor: VENDOR, clerk: '曾文华', paid_amount: 39_900 }],
    })
  })
  const { id } = await takeUnitsBack(web.client, sale.id, sale.lineIds, 'faulty')
  caseId = (await web.client.refunds.open({ refundId: id })).caseId
})
afterAll(() => web.close())

describe('what a vendor bears of a case', () => {
  it('goes from notice over talks and signatures to the closed list of the month, by key alone', async () => {
    const page = await openAt(web, `#/cases/${caseId}?tab=vendors`, { who: MANAGER })
    await page.getByText(`还没有向 ${VENDOR} 追偿`).waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    const state = (text: string) => page.locator('.panel-head .tag', { hasText: text })
    const dialog = page.getByRole('dialog')
    /** A dialog is worked in once its first field has the focus. */
    const opened = async (keys: string) => {
      await press(page, keys)
      await dialog.locator(':focus').waitFor()
    }

    await opened('Alt+k')
    await dialog.getByLabel('情况说明').fill('内胆涂层起泡脱落，已当面查验。')
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await state('未发函').waitFor()

    await opened('Alt+s')
    await dialog.getByLabel('对方经办人').fill('王志远')
    await press(page, 'Control+Enter')
    await state('已告知').waitFor()

    await opened('Alt+t')
    await dialog.getByLabel('说了什么').fill('愿意承担八成')
    await dialog.getByLabel('谈到的金额').fill('319.20')
    await press(page, 'Control+Enter')
    await state('协商中').waitFor()
    expect(await findA11yProblems(page)).toEqual([])

    await press(page, 'Alt+w')
    await waitForPaper(page)
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Escape')
    await dialog.waitFor({ state: 'detached' })

    await opened('Alt+u')
    await dialog.getByLabel('对方签字人').fill('王志远')
    await dialog.locator('.signature-pad').focus()
    await press(page, 'Alt+z')
    await dialog.locator('.signature-paper').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await state('已同意').waitFor()
    await page.getByText('王志远 已在纸上签字').waitFor()

    await opened('Alt+f')
    await dialog.getByLabel('承运人').fill('顺丰')
    await dialog.getByLabel('运单号').fill('SF1234567890')
    await press(page, 'Control+Enter')
    await page.getByText('顺丰 SF1234567890').waitFor()
    await press(page, 'Alt+c')
    await page.locator('.tag', { hasText: '已到' }).waitFor()

    await goTo(page, '#/deductions')
    await page.locator('.vendor-sum', { hasText: '319.20' }).waitFor()
    await press(page, 'Control+Enter')
    await dialog.waitFor()
    await press(page, 'Control+Enter')
    await page.locator('.row .tag', { hasText: '已结单' }).waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+s')
    await dialog.waitFor()
    const saving = page.waitForEvent('download')
    await press(page, '2', 'Control+Enter')
    expect((await saving).suggestedFilename()).toMatch(/^KK\w+-2026-11-.*-gb18030\.csv$/)

    await goTo(page, '#/vendors')
    await press(page, 'Alt+f')
    await typeSlowly(page, '澜石')
    const row = page.locator('.row', { hasText: VENDOR })
    await row.focus()
    await press(page, 'Enter')
    await page.getByRole('heading', { name: '扣款台账' }).waitFor()
    await page.locator('.vendor-table', { hasText: 'KK-' }).waitFor()
    await opened('Alt+e')
    await dialog.getByLabel('联系人').fill('王志远')
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.getByText('第 1 版 李静').waitFor()
  })

  it('is readable in every look', async () => {
    for (const look of LOOKS) {
      const page = await openAt(web, `#/cases/${caseId}?tab=vendors`, look)
      await page.locator('.vendor-split').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      for (const [hash, part] of [
        ['#/vendors', '.row-list'],
        ['#/vendors?view=ended', '.row-list'],
        ['#/deductions', '.vendor-table'],
      ] as const) {
        await goTo(page, hash)
        await page.locator(part).first().waitFor()
        expect(await findA11yProblems(page)).toEqual([])
      }
    }
  })
})
