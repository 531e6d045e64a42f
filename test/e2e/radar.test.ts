import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press, waitForPaper } from '../support/desk-pages.ts'
import { addProduct, addReceipt, writeSalesImport } from '../support/sold.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let sale: number
const saleDay = '2026-11-05'

beforeAll(async () => {
  web = await openWebDesk()
  const boots = await web.desk.folder.store.write(async (w) => {
    await writeSalesImport(w)
    const boot = await addProduct(w, { sku: 'B1', name: '女式短靴', brand: '步云里' })
    const shoe = await addProduct(w, { sku: 'S1', name: '女式单鞋', brand: '远足' })
    const sell = (no: string, productId: number, units: number) =>
      addReceipt(w, {
        receiptNo: no,
        businessDate: saleDay,
        lines: [
          {
            name: productId === boot ? '女式短靴' : '女式单鞋',
            product_id: productId,
            paid_amount: 39_900 * units,
            units,
            qty_milli: units * 1_000,
            floor: '2F',
            counter: productId === boot ? '步云里女鞋' : '远足女鞋',
            vendor: productId === boot ? '温州步云里' : '远足',
          },
        ],
      })
    await sell('S-1', shoe, 900)
    const sold = []
    for (let at = 0; at < 6; at += 1) sold.push(await sell(`B-${at}`, boot, 5))
    return sold
  })
  sale = boots[5]?.id ?? 0
  for (const { id, lineIds } of boots.slice(0, 4)) {
    await web.client.complaints.record({
      class: 'goods',
      text: `靴子穿了没几天鞋底就开胶了。${'顾客说每天只穿半天，没有进过水。'.repeat(12)}`,
      context: {
        receiptId: id,
        saleLineId: lineIds[0] ?? null,
        cardId: null,
        customerId: null,
        floor: '',
        counter: '',
      },
      contact: { name: '', phone: '' },
      outcome: { kind: 'solved', solution: '换了一双。', satisfied: true },
    })
  }
})
afterAll(() => web.close())

describe('the quality radar', () => {
  it('is gone through by keys alone: from a finding to an incident, goods off sale and a corrective action', async () => {
    const page = await openAt(web, '#/')
    await press(page, 'Shift+F8')
    await page.getByText('女式短靴 · 开胶').first().waitFor()
    await page.getByText('售后第').first().waitFor()

    await press(page, 'Control+Enter')
    await page.getByRole('dialog').waitFor()
    await press(page, 'Control+Enter')
    await page.locator('.pick-current').filter({ hasText: '下架' }).waitFor()

    await press(page, 'Alt+o')
    await page.getByRole('button', { name: '立事件，并入 4 起' }).waitFor()
    await press(page, 'Control+Enter')
    await page.getByRole('heading', { name: '并入的个案 · 4' }).waitFor()

    await press(page, 'Alt+x')
    await page.getByLabel('下架原因').fill('连续开胶，等待检测')
    await page.getByText('2F 步云里女鞋').first().waitFor()
    await press(page, 'Control+Enter')
    await page.getByText('0 / 1 柜台已签收').waitFor()
    await waitForPaper(page)
    await press(page, 'Control+Enter')
    await page.getByLabel('签收人').fill('柜长小刘')
    await page.getByLabel('撤下件数').fill('12')
    await press(page, 'Control+Enter')
    await page.getByText('柜长小刘 签收，撤下 12 件').waitFor()

    await goTo(page, `#/sales/${sale}`)
    const warnings = page.locator('.goods-warnings')
    await warnings.getByText('已下架').waitFor()
    await warnings.getByText('质量事件').waitFor()

    await goTo(page, '#/radar/incidents')
    await page.getByText('女式短靴 开胶').click()
    await page.getByRole('heading', { name: '并入的个案 · 4' }).waitFor()
    await press(page, 'Alt+j')
    await page.locator('[role=dialog] input:focus').waitFor()
    await page.keyboard.type('到货抽检')
    await page.getByLabel('根本原因').fill('胶水固化不足')
    await page.getByLabel('做什么').fill('每箱抽两双做剥离检查')
    await press(page, 'Control+Enter')
    await page.getByRole('heading', { name: '到货抽检' }).waitFor()
    await press(page, 'Control+Enter')
    await page.getByLabel('完成凭据').fill('检测报告 7 号')
    await press(page, 'Control+Enter')
    await page.getByText('前后对比').waitFor()
  })

  it.each(LOOKS)('is readable for everybody ($language, $mode)', async (look) => {
    const page = await openAt(web, '#/radar', look)
    await page.locator('.pick-current').waitFor()
    await page.locator('.radar-list li').first().waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    const screens: [string, string][] = [
      ['#/radar/incidents', '.row'],
      ['#/radar/stops', '.pick-current'],
      ['#/radar/recalls', '.empty-state'],
      ['#/radar/actions', '.row'],
      ['#/incidents/1', '.timeline'],
      ['#/actions/1', '.radar-figures'],
      ['#/complaints/1?tab=quality', '.radar-form'],
    ]
    for (const [hash, sign] of screens) {
      await goTo(page, hash)
      await page.locator(sign).first().waitFor()
      expect(await findA11yProblems(page), hash).toEqual([])
    }
  })
})
