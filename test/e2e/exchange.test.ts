import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { confirmThrice, goTo, LOOKS, openAt, press, waitForPaper } from '../support/desk-pages.ts'
import {
  type ExchangeGoods,
  issueFridgeCard,
  seedExchangeGoods,
} from '../support/exchange-goods.ts'
import { writeSalesImport } from '../support/sold.ts'
import {
  DONE,
  fillFridgeExchange,
  handOverFridge,
  recordExchange,
} from '../support/exchange-handover.ts'
import { FIGURE, scanNew, swapBoots } from '../support/exchange-swap.ts'
import { stepUntil } from '../support/handover-case.ts'
import { openHouse } from '../support/open-house.ts'
import { CLERK, MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let goods: ExchangeGoods

beforeAll(async () => {
  web = await openWebDesk()
  await web.desk.folder.store.write((w) => writeSalesImport(w))
  await web.desk.folder.store.write((w) => openHouse(w, ['refund', 'exchange', 'repair']))
})

/** Fresh slips for each test: what was exchanged once cannot be exchanged again. */
beforeEach(async () => {
  goods = await web.desk.folder.store.write(seedExchangeGoods)
})

afterAll(async () => web.close())

/** Opens the exchange of a sale and waits until it can be worked. */
async function openExchange(receiptId: number, visit: Parameters<typeof openAt>[2] = {}) {
  const page = await openAt(web, `#/exchanges/new?receipt=${receiptId}`, visit)
  await page.locator('.exchange-panes').waitFor()
  return page
}

async function recordBoots(): Promise<number> {
  const { boots } = goods
  const shelf = await web.client.exchanges.goods({ text: goods.shelf.boots38 })
  const draft = {
    receiptId: boots.receiptId,
    reason: 'size' as const,
    lines: [
      { saleLineId: boots.lineId, units: 1, condition: 'opened' as const, packagingIntact: true },
    ],
    given: [{ productId: shelf.exact?.productId ?? 0 }],
  }
  const { id } = await web.client.exchanges.record({ ...draft, expectedDifference: 0 })
  return id
}

/** A fridge for a fridge, with the old one's card. */
async function recordFridge(newSerial: string, withCard = false): Promise<number> {
  const { fridge } = goods
  if (withCard) await issueFridgeCard(web.client, goods)
  const shelf = await web.client.exchanges.goods({ text: goods.shelf.fridge })
  const { id } = await web.client.exchanges.record({
    receiptId: fridge.receiptId,
    reason: 'quality',
    expectedDifference: 0,
    lines: [
      {
        saleLineId: fridge.lineId,
        units: 1,
        condition: 'faulty',
        packagingIntact: true,
        serialNos: [fridge.serialNo],
      },
    ],
    given: [{ productId: shelf.exact?.productId ?? 0, serialNo: newSerial }],
  })
  return id
}

describe('a plain size swap', () => {
  it('takes six actions, from the slip to the handover signed on paper', async () => {
    const page = await openAt(web, '#/')
    const { actions } = await swapBoots(page, goods)
    expect(actions).toBe(6)
    await expect.poll(() => page.locator(DONE).count()).toBe(5)
    const [last] = (await web.client.exchanges.recent({ limit: 1 })).exchanges
    expect(last).toMatchObject({ state: 'handed_over', difference: 0 })
  })

  it('fits a screen of 1366 by 768 without scrolling', async () => {
    const page = await openExchange(goods.boots.receiptId)
    await page.setViewportSize({ width: 1366, height: 768 })
    await press(page, '2')
    await scanNew(page, goods.shelf.boots38)
    await page.locator(FIGURE, { hasText: '¥0.00' }).waitFor()
    const overflow = await page
      .locator('.page-body')
      .evaluate((body) => body.scrollHeight - body.clientHeight)
    expect(overflow).toBeLessThanOrEqual(0)
  })
})

describe('the exchange screen', () => {
  it('jumps from taking back to giving, and says who pays what', async () => {
    const page = await openExchange(goods.boots.receiptId)
    await expect
      .poll(() => page.locator('.exchange-active').getAttribute('aria-label'))
      .toBe('给出')
    await press(page, '3')
    await scanNew(page, goods.shelf.coat)
    await page.locator(FIGURE, { hasText: '+¥300.00' }).waitFor()
    await page.locator('.exchange-sum', { hasText: '顾客补差价' }).waitFor()
    await page.locator('.exchange-sum', { hasText: '人民币叁佰元整' }).waitFor()
    await press(page, 'ArrowLeft')
    await page.locator('.exchange-active[aria-label="收回"]').waitFor()
    await press(page, 'Space')
    await page.getByText('先扫要收回的旧货').waitFor()
    await scanNew(page, goods.boots.barcode)
    await page.locator(FIGURE, { hasText: '+¥300.00' }).waitFor()
  })

  it('finds goods by name and among the other sizes, by keyboard', async () => {
    const page = await openExchange(goods.boots.receiptId)
    await page.locator('.exchange-candidate').nth(1).waitFor()
    await press(page, 'ArrowDown', 'Space')
    await page.locator('.exchange-chosen', { hasText: '38' }).waitFor()
    await press(page, '-')
    await press(page, 'Alt+g')
    await page.keyboard.type('羊毛大衣')
    await page.locator('.exchange-candidate', { hasText: '羊毛大衣' }).waitFor()
    await press(page, 'Enter')
    await page.locator('.exchange-chosen', { hasText: '羊毛大衣' }).waitFor()
    await press(page, 'Alt+g')
    await page.keyboard.type('孤品围巾')
    await page.getByText('目录里没有“孤品围巾”').waitFor()
    await press(page, 'Enter')
    await page.getByLabel('孤品围巾 的单价').fill('88')
    await page.locator(FIGURE, { hasText: '+¥388.00' }).waitFor()
  })

  it('wants the serial number of the new fridge, and refuses the old one as new', async () => {
    const page = await openExchange(goods.fridge.receiptId)
    await press(page, '1')
    await scanNew(page, goods.shelf.fridge)
    await page.getByText('请扫新货的序列号').waitFor()
    await scanNew(page, goods.fridge.serialNo)
    await page.getByText(`${goods.fridge.serialNo} 是要收回的旧货的序列号`).waitFor()
    await scanNew(page, `NEW${goods.fridge.serialNo}`)
    const serialNo = page.getByLabel('清澜 510 升对开门冰箱 的新序列号')
    await expect.poll(() => serialNo.inputValue()).toBe(`NEW${goods.fridge.serialNo}`)
    await page.locator(FIGURE, { hasText: '¥0.00' }).waitFor()
  })

  it('keeps the draft over Esc and records once however often Ctrl+Enter is pressed', async () => {
    const page = await openAt(web, `#/sales/${goods.boots.receiptId}`)
    await page.locator('.sale-table').waitFor()
    await press(page, 'F6')
    await page.locator('.exchange-panes').waitFor()
    await press(page, '2')
    await scanNew(page, goods.shelf.boots38)
    await page.locator(FIGURE, { hasText: '¥0.00' }).waitFor()
    await page.getByLabel('说明').fill('想要大一码')
    await press(page, 'Escape')
    await page.locator('.sale-table').waitFor()
    await press(page, 'F6')
    await page.locator('.exchange-chosen', { hasText: '38' }).waitFor()
    await expect.poll(() => page.getByLabel('说明').inputValue()).toBe('想要大一码')
    await page.locator(FIGURE, { hasText: '¥0.00' }).waitFor()
    const before = (await web.client.exchanges.recent({ limit: 100 })).exchanges.length
    await confirmThrice(page)
    await page.locator('.handover-line').waitFor()
    const after = (await web.client.exchanges.recent({ limit: 100 })).exchanges.length
    expect(after).toBe(before + 1)
  })

  it('lets one of two desks have the unit, and tells the other', async () => {
    const page = await openExchange(goods.boots.receiptId)
    await press(page, '2')
    await scanNew(page, goods.shelf.boots38)
    await page.locator(FIGURE, { hasText: '¥0.00' }).waitFor()
    const id = await recordBoots()
    const { number } = await web.client.exchanges.open({ exchangeId: id })
    await press(page, 'Control+Enter')
    await page.locator('.refusal', { hasText: number }).waitFor()
    expect((await web.client.exchanges.recent({ limit: 2 })).exchanges[0]?.id).toBe(id)
  })

  it('orders what is out of stock, with a promise, and goes on when it arrives', async () => {
    const page = await openExchange(goods.fridge.receiptId)
    await press(page, '1')
    await scanNew(page, goods.shelf.fridge)
    await page.locator('.exchange-chosen', { hasText: '冰箱' }).nth(1).waitFor()
    await press(page, 'Alt+o')
    await page.getByText('订货要有负责人、承诺内容和时间').waitFor()
    await page.getByText('明天 10:00').click()
    await page
      .getByLabel('扫旧货序列号')
      .or(page.getByPlaceholder('扫旧货序列号'))
      .fill(goods.fridge.serialNo)
    await page.getByText('核对两边商品和差额后').waitFor()
    await press(page, 'Control+Enter')
    await page.getByText('答应到货：').waitFor()
    await press(page, 'Control+Enter')
    const serial = page.getByLabel('清澜 510 升对开门冰箱 的新序列号')
    await serial.waitFor()
    await serial.fill(`ARR${goods.fridge.serialNo}`)
    await press(page, 'Control+Enter')
    await page.locator('.handover-line').waitFor()
  })
})

describe('the handover', () => {
  it('is ticked step by step with the keys 1 to 5, for dearer goods, and signed on the screen', async () => {
    await issueFridgeCard(web.client, goods)
    const page = await openAt(web, '#/')
    const newSerial = `N${goods.fridge.serialNo}`
    await fillFridgeExchange(page, goods, newSerial)
    const number = await recordExchange(page)
    await handOverFridge(page, newSerial)
    const [exchange, before] = (await web.client.exchanges.recent({ limit: 2 })).exchanges
    expect(exchange).toMatchObject({ number, state: 'handed_over', difference: 100_000 })
    expect(before?.number).not.toBe(number)
    const signed = await web.client.handovers.ofExchange({ exchangeId: exchange?.id ?? 0 })
    expect(signed.signatures.map((each) => each.way)).toEqual(['drawn', 'drawn'])
    expect(signed.receiver).toMatchObject({ who: 'family', name: '张丽' })
    expect(signed.card?.number).toMatch(/^XY-/)
    await goTo(page, `#/cards/${signed.card?.id}`)
    await page.getByText('替换原卡').waitFor()
  })

  it('names the card of another item, and keeps what was typed', async () => {
    const id = await recordFridge(`C${goods.fridge.serialNo}`, true)
    goods = await web.desk.folder.store.write(seedExchangeGoods)
    const other = await issueFridgeCard(web.client, goods)
    const page = await openAt(web, `#/exchanges/${id}`)
    await page.locator('.handover-line').waitFor()
    await press(page, '2')
    await page.locator('.handover-form').waitFor()
    await scanNew(page, other.number)
    await press(page, 'Control+Enter')
    await page.locator('.refusal', { hasText: `${other.number} 不是` }).waitFor()
    await expect.poll(() => page.getByLabel('扫收回的卡（可不扫）').inputValue()).toBe(other.number)
  })

  it('goes on where it stood, on any desk', async () => {
    const id = await recordBoots()
    await stepUntil(web.client, id, 'papers_back')
    const page = await openAt(web, '#/')
    await page.getByText('待签的换货交接').waitFor()
    await goTo(page, `#/exchanges/${id}`)
    await page.locator(DONE).nth(1).waitFor()
    await expect.poll(() => page.locator(DONE).count()).toBe(2)
    await page.getByText('下一步：按 3 验新货').waitFor()
  })

  it('is waived by the store manager alone, with the exposure in view', async () => {
    const { fridge } = goods
    const id = await recordFridge(`W${fridge.serialNo}`)
    const page = await openAt(web, `#/exchanges/${id}`, { who: CLERK })
    await page.locator('.handover-line').waitFor()
    await press(page, 'Alt+w')
    await page.locator('.waiver-exposure', { hasText: '¥7,998.00' }).waitFor()
    await page.getByLabel('为什么豁免').fill('旧机三日内由物流上门取回，延误由本店承担')
    await expect
      .poll(() => page.getByRole('button', { name: '豁免并结案' }).isDisabled())
      .toBe(true)
    await page.getByLabel('批准人代码').fill(MANAGER.code)
    await page.getByLabel('批准人 PIN').fill(MANAGER.pin)
    await press(page, 'Enter')
    await page.locator('.approver-granted').waitFor()
    await press(page, 'Control+Enter')
    await page.getByText('已办结：店长书面豁免').waitFor()
    const { waiver } = await web.client.handovers.ofExchange({ exchangeId: id })
    expect(waiver).toMatchObject({ amount: 799_800 })
  })

  it('leaves no void once the goods are given', async () => {
    const id = await recordBoots()
    await stepUntil(web.client, id, 'papers_given')
    const page = await openAt(web, `#/exchanges/${id}`)
    await page.locator('.handover-line').waitFor()
    await expect.poll(() => page.getByRole('button', { name: '作废' }).isDisabled()).toBe(true)
  })
})

describe('an exchange on record', () => {
  it('is voided on its own day, and the goods can come back again', async () => {
    const id = await recordBoots()
    const page = await openAt(web, `#/exchanges/${id}`)
    await page.locator('.handover-line').waitFor()
    await press(page, 'Delete')
    await page.getByLabel('作废原因').fill('点错了行')
    await press(page, 'Control+Enter')
    await page.getByText('这张换货单已作废：点错了行').waitFor()
    const { lines } = await web.client.sales.open({ receiptId: goods.boots.receiptId })
    expect(lines[0]?.returned).toEqual([])
  })

  it.each(LOOKS)(
    'has nothing for axe to complain about: form and lists ($language)',
    async (look) => {
      await recordFridge(`A${goods.fridge.serialNo}`)
      const page = await openExchange(goods.boots.receiptId, look)
      await press(page, '3')
      await scanNew(page, goods.shelf.coat)
      await page.locator(FIGURE, { hasText: '¥300.00' }).waitFor()
      await press(page, 'Alt+o')
      await page.locator('.exchange-order').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await goTo(page, '#/exchanges')
      await page.locator('.exchange-lists .row').first().waitFor()
      expect(await findA11yProblems(page)).toEqual([])
    },
  )

  it.each(LOOKS)(
    'has nothing for axe to complain about: the handover ($language)',
    async (look) => {
      const id = await recordFridge(`B${goods.fridge.serialNo}`, true)
      const page = await openAt(web, `#/exchanges/${id}`, look)
      await waitForPaper(page)
      for (const step of ['2', '3']) {
        await press(page, step)
        await page.locator('.handover-form').waitFor()
        expect(await findA11yProblems(page)).toEqual([])
        await press(page, 'Escape')
      }
      await press(page, 'Alt+w')
      await page.locator('.waiver-exposure').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Escape')
      await stepUntil(web.client, id)
      await page.getByText(/已办结：双方已签字|Done: signed by both/).waitFor()
      expect(await findA11yProblems(page)).toEqual([])
    },
  )
})
