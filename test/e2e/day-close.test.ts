import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press, waitForPaper } from '../support/desk-pages.ts'
import { openHouse } from '../support/open-house.ts'
import { addReceipt, writeSalesImport } from '../support/sold.ts'
import { CLERK, MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk

const FLOOR = { code: '003', name: '周涛', pin: '8642' } as const

const complaint = {
  class: 'service' as const,
  text: '没有人接待',
  context: {
    receiptId: null,
    saleLineId: null,
    cardId: null,
    customerId: null,
    floor: '2F',
    counter: '',
  },
  contact: { name: '', phone: '' },
  outcome: { kind: 'solved' as const, solution: '道歉', satisfied: true },
}

beforeAll(async () => {
  web = await openWebDesk()
  await web.client.staff.add({ ...FLOOR, role: 'floor_manager' })
  const { store } = web.desk.folder
  const sale = await store.write(async (w) => {
    await openHouse(w)
    await writeSalesImport(w)
    return addReceipt(w, {
      receiptNo: 'POS-1',
      businessDate: '2026-11-20',
      lines: [{ name: '羊毛衫', paid_amount: 29_900 }],
    })
  })
  await web.client.refunds.record({
    receiptId: sale.id,
    reason: 'quality',
    expectedAmount: 29_900,
    lines: [
      { saleLineId: sale.lineIds[0] ?? 0, units: 1, condition: 'faulty', packagingIntact: true },
    ],
  })
  await web.client.complaints.record(complaint)
})

afterAll(() => web.close())

describe('the close of a day', () => {
  it('is counted, explained, signed, frozen, reopened and closed again by keyboard', async () => {
    const page = await openAt(web, '#/')
    await press(page, 'Alt+Shift+D')
    await page.getByRole('heading', { name: /^日结/ }).waitFor()
    await page.getByText('未完成，不能日结').waitFor()
    expect(await findA11yProblems(page)).toEqual([])

    await page.getByRole('button', { name: '退货单：看这 1 张' }).focus()
    await press(page, 'Enter')
    await page.getByRole('dialog').getByRole('link', { name: /^TH-/ }).waitFor()
    await press(page, 'Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await press(page, 'Alt+c')
    await page.locator('input.close-number:focus').waitFor()
    await page.keyboard.type('0')
    await page.getByRole('textbox', { name: /差异说明$/ }).waitFor()
    await press(page, 'Enter')
    await page.locator('input:focus:not(.close-number)').fill('柜组先取走了')
    await press(page, 'Enter')
    await page.getByText('清点 0 件').waitFor()

    const notes = page.getByRole('textbox', { name: /的情况说明$/ })
    for (let at = 0; at < (await notes.count()); at += 1) {
      await notes.nth(at).focus()
      await page.keyboard.type('已知，明早处理')
    }
    await page.locator('.is-note, .is-blocks').first().waitFor({ state: 'detached' })

    const sign = async () => {
      await press(page, 'Alt+g')
      await page.locator('.close-signature input:focus').waitFor()
      for (const { code, pin } of [CLERK, FLOOR, MANAGER]) {
        // As fast as a machine types, it would be taken for a scan.
        await page.locator('input:focus').fill(code)
        await press(page, 'Enter')
        await page.locator('input:focus').fill(pin)
        await press(page, 'Enter')
      }
    }
    await sign()
    await press(page, 'Control+Enter', 'Control+Enter')
    await page.locator('h1').getByText('已日结').waitFor()
    await waitForPaper(page)
    // Every page says from now on where things are booked, before anything is committed.
    await page.getByText('现在办理的单据记入 11月22日').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    expect((await web.client.dayCloses.open({ businessDate: '2026-11-21' })).versions).toHaveLength(
      1,
    )
    expect((await web.client.complaints.record(complaint)).number).toContain('-261122-')

    await press(page, 'Alt+r')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').waitFor()
    await page.keyboard.type('隔离区点错了')
    await press(page, 'Control+Enter')
    await page.locator('h1').getByText('已反日结').waitFor()
    await page.getByText('隔离区点错了').waitFor()
    const again = page.getByRole('textbox', { name: /的情况说明$/ })
    for (let at = 0; at < (await again.count()); at += 1) {
      await again.nth(at).focus()
      await page.keyboard.type('已知')
    }
    await sign()
    await press(page, 'Control+Enter')
    await page.locator('h1').getByText('已日结').waitFor()
    await page.getByText('第 1 次').waitFor()
    await goTo(page, '#/')
    await page.getByText('现在办理的单据记入 11月22日').waitFor()
  })

  it.each(LOOKS)('is readable for everybody ($language, $mode)', async (look) => {
    const page = await openAt(web, '#/day-close?date=2026-11-19', look)
    await page.locator('.close-checks').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })
})
