import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import {
  goTo,
  LOOKS,
  openAt,
  press,
  waitForPaper,
  waitForPrintDialog,
} from '../support/desk-pages.ts'
import { scan } from '../support/keyboard.ts'
import { type RepairHands, repairsBy, sellThingsThatBreak } from '../support/repair-desk.ts'
import {
  arrived,
  handBackWithCodes,
  mendAtMaker,
  now,
  openFaultyLine,
  signOnPaper,
  takeFridgeIn,
} from '../support/repair-visit.ts'
import { seedSales } from '../support/seed-sales.ts'
import { MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

const fridge = 0
const kettles = 1
const phone = 2

let web: WebDesk
let at: RepairHands

beforeAll(async () => {
  web = await openWebDesk()
  await seedSales(web.desk.folder.store)
})
beforeEach(async () => {
  const { store } = web.desk.folder
  const sale = await store.write(sellThingsThatBreak)
  const [owner] = await web.client.staff.colleagues()
  at = repairsBy({ client: web.client, ownerId: owner?.id ?? 0, store, sale })
})
afterAll(async () => web.close())

/** A window on the sale with one line chosen, its reason answered. */
async function openSale(line: number): Promise<Page> {
  const page = await openAt(web, '#/')
  await openFaultyLine(page, at.sale, line)
  return page
}

/** The only open repair there is, told by its goods. */
async function repairOf(name: string): Promise<number> {
  const rows = await web.client.repairs.ofReceipt({ receiptId: at.sale.id })
  const row = rows.find(({ goods }) => goods.some((each) => each.name.includes(name)))
  return row?.id ?? 0
}

describe('a free repair', () => {
  it('goes from the sale to the hand-back by keys alone, whatever is pressed twice', async () => {
    const page = await openSale(fridge)
    const { id } = await takeFridgeIn(page)
    expect(await web.client.repairs.ofReceipt({ receiptId: at.sale.id })).toHaveLength(1)
    expect((await at.open(id)).prints).toEqual({ sheet: 1, stub: 1, tag: 1, record: 0 })
    expect(await at.item(id)).toMatchObject({
      appearance: '左门有划痕',
      hasNote: true,
      accessories: [{ name: '搁架' }, { name: '说明书' }],
    })
    await mendAtMaker(page)
    await handBackWithCodes(page, await at.codeOf(id))
    // The record comes out by itself.
    await waitForPrintDialog(page, 4)
    const { state, prints } = await at.open(id)
    expect({ state, record: prints.record }).toEqual({ state: 'closed', record: 1 })
    expect((await at.item(id)).noteErasedAt).not.toBeNull()
  })

  it('opens from the stub in the box, with its code filled in', async () => {
    const { id, number } = await at.takeIn([
      at.sold(phone, { rightsId: await at.decide(phone), accessories: [{ name: '充电器' }] }),
    ])
    await at.mend(id)
    const code = await at.codeOf(id)
    const page = await openAt(web, '#/')
    await scan(page, code)
    await page.getByLabel('取机码').waitFor()
    await expect.poll(() => page.getByLabel('取机码').inputValue()).toBe(code)
    await press(page, 'Escape')
    await goTo(page, '#/')
    await page.locator('[data-home-box]').fill(`${number}/1.1`)
    await press(page, 'Enter')
    await page.locator('h1', { hasText: number }).waitFor()
  })

  it('goes back without a code once a manager signs', async () => {
    const { id } = await at.takeIn([at.sold(phone, { rightsId: await at.decide(phone) })])
    await at.mend(id)
    const page = await openAt(web, `#/repairs/${id}`, { who: { code: '002', pin: '1379' } })
    await arrived(page, '可以取')
    await press(page, 'Control+Enter', 'Alt+n')
    await page.getByLabel('核对了什么证件').fill('身份证 2231')
    await page.getByLabel('批准人代码').fill(MANAGER.code)
    await page.locator('.approver-box input[type=password]').fill(MANAGER.pin)
    await press(page, 'Enter')
    await page.locator('.approver-granted').waitFor()
    await signOnPaper(page)
    await press(page, 'Control+Enter')
    await arrived(page, '已交还')
    expect((await at.open(id)).handBacks).toMatchObject([{ proof: 'manager' }])
  })
})

describe('a paid repair', () => {
  it('is quoted at intake, agreed by phone, and refused beyond the limit', async () => {
    const page = await openSale(kettles)
    await press(page, 'F7')
    await page.locator('.repair-verdict .rights-question').waitFor()
    // Misuse ends a free repair.
    await press(page, '2')
    await page.locator('.repair-verdict-word', { hasText: '收费维修' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
    await page.keyboard.type('摔了一下，底座裂了')
    await page.getByLabel('估价').fill('45')
    await press(page, 'Alt+y', 'Alt+y')
    await press(page, 'Control+Enter')
    await page.locator('.repair-tell').waitFor()
    await expect.poll(() => page.locator('.repair-tell').innerText()).toContain('最多 ¥45.00')
    const id = await repairOf('水壶')
    expect(await at.item(id)).toMatchObject({ acceptance: 'paid_consented' })

    await press(page, 'Alt+r')
    await page.getByLabel('实际故障').fill('底座断裂')
    await page.getByLabel('做了什么').fill('更换底座')
    await press(page, 'Alt+f')
    await page.getByLabel('金额').fill('60')
    await page.getByText('⚠ 顾客同意最多 ¥45.00').waitFor()
    await press(page, 'Control+Enter')
    await page.getByRole('alert').getByText('超过顾客同意的上限').waitFor()
    await page.getByLabel('金额').fill('40')
    await press(page, 'Control+Enter')
    await page.getByRole('heading', { name: '维修记录' }).waitFor()
    // Mended at the desk itself, looked over, paid, handed back.
    await press(page, 'Control+Enter')
    await page.getByText('下一步是验收').waitFor()
    await press(page, 'Control+Enter')
    await arrived(page, '回店待验收')
    await press(page, 'Control+Enter')
    await page.getByText('通电试一遍').waitFor()
    await press(page, 'Control+Enter')
    await arrived(page, '可以取')
    await press(page, 'Control+Enter')
    await page.locator('.ant-modal', { hasText: '请先收款' }).getByText('¥40.00').waitFor()
  })

  it('takes goods in that the store did not sell, and asks for a name first', async () => {
    const page = await openAt(web, '#/repairs')
    await press(page, 'F7')
    await page.locator('.repair-verdict-word', { hasText: '收费维修' }).waitFor()
    await page.getByText('写下商品名称').waitFor()
    await page.getByLabel('商品名称').fill('旧收音机')
    await page.getByLabel(/哪里坏了/).fill('没有声音')
    await press(page, 'Control+Enter')
    await page.locator('.repair-tell').waitFor()
    await expect.poll(() => page.locator('.repair-tell').innerText()).toContain('报价还要您同意')
    await press(page, 'Control+Enter')
    await page.getByLabel('估价').fill('80')
    await press(page, 'Control+Enter')
    await page.getByRole('button', { name: '顾客答复' }).waitFor()
    await press(page, 'Control+Enter')
    await page.getByLabel('谁同意的').fill('周先生')
    await press(page, 'Control+Enter')
    await page.getByText('收费，顾客已同意').first().waitFor()
  })
})

describe('a repair that fails', () => {
  it('twice raises the exchange on the sale page by itself', async () => {
    for (let time = 0; time < 2; time += 1) {
      const { id } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
      await at.mend(id)
      await at.handBack(id)
    }
    const page = await openSale(fridge)
    await page
      .locator('tr[data-line]', { hasText: '对开门冰箱' })
      .locator('.verdict-yes', { hasText: '可换' })
      .waitFor()
    await press(page, 'F7')
    await page.getByText('算上这次，已有 2 次维修没修好').waitFor()
    await page.locator('.repair-verdict .rights-question').waitFor()
    await press(page, '1')
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
    await page.keyboard.type('还是不制冷')
    await press(page, 'Control+Enter')
    await page.locator('.repair-clock-risk', { hasText: '顾客可以换货' }).waitFor()
    await press(page, 'F6')
    await page.getByText('转为换货').waitFor()
    await press(page, 'Control+Enter')
    // The form of the exchange, with the unit in repair chosen on it already.
    await page.locator('.exchange-chosen', { hasText: '对开门冰箱' }).waitFor()
  })
})

describe('what does not go as it should', () => {
  it('is declined, goes back to work, gets a new code, or is somebody’s delay: each by key', async () => {
    const { id } = await at.takeIn([
      at.sold(fridge, { rightsId: await at.decide(fridge) }),
      {
        subject: { kind: 'elsewhere' },
        name: '旧收音机',
        fault: '没有声音',
        quote: { estimate: 8_000, limit: 9_000 },
      },
    ])
    const itemId = (await at.open(id)).items[0]?.id ?? 0
    const to = { holder: 'maker', name: '清澜电器售后' } as const
    const { version } = await web.client.repairs.send({ itemId, version: 1, ...to })
    const done = { actualFault: '启动器损坏', work: '更换启动器' }
    await web.client.repairs.recordWork({ itemId, version, ...done })
    const before = await at.codeOf(id)
    const page = await openAt(web, `#/repairs/${id}`)
    await arrived(page, '在外维修')
    await press(page, 'Alt+x')
    await page.getByRole('dialog').waitFor()
    await press(page, 'ArrowRight', 'Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect((await at.open(id)).items[0]?.delayedBy).not.toBeNull()
    await press(page, 'Alt+j')
    await page.getByRole('dialog').locator('input, textarea').first().fill('取机单丢了')
    await press(page, 'Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await at.codeOf(id)).not.toBe(before)
    await press(page, 'Control+Enter')
    await page.getByText('取回 清澜 对开门冰箱').waitFor()
    await press(page, 'Control+Enter')
    await arrived(page, '回店待验收')
    // Not right: back to work.
    await press(page, 'Control+Enter')
    await page.getByText('通电试一遍').waitFor()
    await press(page, 'ArrowRight')
    await page.getByRole('dialog').locator('textarea').fill('还是响')
    await press(page, 'Control+Enter')
    await arrived(page, '在服务台')
    // The other item: too dear, the customer takes it as it is.
    await press(page, 'Alt+t')
    await page.locator('.repair-tab-current', { hasText: '旧收音机' }).waitFor()
    await press(page, 'Control+Enter')
    await page.getByLabel('谁同意的').waitFor()
    await press(page, 'ArrowRight')
    await press(page, 'Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(
      (await at.open(id)).items.map(({ reception, acceptance }) => [reception, acceptance]),
    ).toEqual([
      ['received', 'free'],
      ['received', 'declined'],
    ])
  })
})

describe('goods without a slip', () => {
  it('are taken in for repair from their proofs, free where the rules say so', async () => {
    const { id: proofSetId, caseId } = await web.client.rights.recordProofs({
      proofs: [
        { kind: 'serial_no', serialNo: 'QL-UNKNOWN-1' },
        { kind: 'payment_bill', amount: 429_900, paidOn: '2026-11-01' },
      ],
      receiptId: null,
      goods: { name: '清澜 对开门冰箱', category: '电冰箱', paid: 429_900, soldOn: '2026-11-01' },
      answer: { reason: 'quality' },
      contact: { name: '周先生', phone: '13812345521' },
    })
    const page = await openAt(web, `#/proofs/${proofSetId}`)
    await page.getByText('收下维修').waitFor()
    await press(page, 'F7')
    await page.locator('.repair-verdict .rights-question').waitFor()
    await page.getByText('没有小票，凭其他证明').waitFor()
    await press(page, '1')
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
    await page.keyboard.type('不制冷')
    await page.locator('.repair-verdict[aria-busy=false]').waitFor()
    const word = await page.locator('.repair-verdict-word').innerText()
    await press(page, 'Control+Enter')
    await page.locator('.repair-tell').waitFor()
    const [, repairId] = /#\/repairs\/(\d+)/.exec(page.url()) ?? []
    const opened = await at.open(Number(repairId))
    expect(opened).toMatchObject({
      caseId,
      items: [{ kind: 'proven', proofSetId, basis: 'rights' }],
    })
    // What was shown before is what was written.
    expect(word).toContain(opened.items[0]?.acceptance === 'free' ? '免费维修' : '收费维修')
  })
})

describe('loan units', () => {
  it('are added, lent and taken back, and keep a repair from closing', async () => {
    const { id, number } = await at.takeIn([at.sold(phone, { rightsId: await at.decide(phone) })])
    const page = await openAt(web, '#/repairs')
    await page.locator('.row', { hasText: number }).waitFor()
    await page.locator('.repair-views').waitFor()
    await press(page, 'Alt+l')
    await page.getByText('还没有备用机').waitFor()
    await press(page, 'Alt+i')
    await page.getByLabel('编号').fill('BY-01')
    await page.getByLabel('名称').fill('备用手机')
    await press(page, 'Control+Enter')
    await page.locator('.row', { hasText: 'BY-01' }).waitFor()
    await goTo(page, `#/repairs/${id}`)
    await arrived(page, '在服务台')
    await press(page, 'Alt+l')
    await page.getByLabel('借哪一台').click()
    await press(page, 'ArrowDown', 'Enter')
    await press(page, 'Control+Enter')
    await page.getByText('收回备用机 BY-01').waitFor()
    await press(page, 'Alt+l')
    await page.getByLabel('收回时的样子').waitFor()
    await press(page, 'Control+Enter')
    await page.locator('.repair-todo', { hasNotText: '收回备用机' }).waitFor()
  })
})

describe('the lists', () => {
  it('show what waits for its customer, and home counts it', async () => {
    const { id, number } = await at.takeIn([at.sold(phone, { rightsId: await at.decide(phone) })])
    await at.mend(id)
    const page = await openAt(web, '#/')
    await page.getByText('可以取的维修').click()
    // Home lists the repair as well: what is waited for is the list it leads to.
    await page.getByRole('list', { name: '可以取' }).getByText(number).waitFor()
    await press(page, '3')
    await page.getByText('没有在外的商品').waitFor()
    await press(page, '1')
    await page.getByRole('list', { name: '未结' }).getByText(number).waitFor()
  })
})

describe('the screens', () => {
  it.each(LOOKS)('have nothing axe objects to in %o', async (look) => {
    const { id } = await at.takeIn([
      at.sold(fridge, {
        rightsId: await at.decide(fridge),
        accessories: [{ name: '搁架' }],
        privateNote: '2580',
      }),
      { subject: { kind: 'elsewhere' }, name: '充电器', fault: '不充电' },
    ])
    const ready = await at.takeIn([at.sold(phone, { rightsId: await at.decide(phone) })])
    await at.mend(ready.id)
    const page = await openAt(web, `#/repairs/new?receipt=${at.sale.id}`, look)
    await page.getByRole('dialog').waitFor()
    expect(await findA11yProblems(page), 'which item').toEqual([])
    await press(page, '1')
    await page.locator('.repair-verdict').waitFor()
    expect(await findA11yProblems(page), 'intake').toEqual([])
    await goTo(page, '#/repairs/new')
    await page.locator('.repair-verdict-paid').waitFor()
    expect(await findA11yProblems(page), 'without a sale').toEqual([])
    await goTo(page, `#/repairs/${id}`)
    await now(page).waitFor()
    expect(await findA11yProblems(page), 'repair').toEqual([])
    await press(page, 'Alt+r')
    await page.getByRole('dialog').waitFor()
    await press(page, 'Alt+b', 'Alt+f')
    expect(await findA11yProblems(page), 'work').toEqual([])
    await press(page, 'Escape', 'F9')
    await waitForPaper(page)
    expect(await findA11yProblems(page), 'papers').toEqual([])
    await press(page, 'Escape')
    await goTo(page, `#/repairs/${ready.id}`)
    await now(page).waitFor()
    await press(page, 'Control+Enter')
    await page.locator('.signature-pad').waitFor()
    expect(await findA11yProblems(page), 'hand-back').toEqual([])
    await press(page, 'Escape')
    for (const hash of ['#/repairs', '#/repairs?view=overdue', '#/repairs/loans']) {
      await goTo(page, hash)
      await page.locator('.panel').first().waitFor()
      expect(await findA11yProblems(page), hash).toEqual([])
    }
    await goTo(page, '#/settings/repairs')
    await page.locator('.ant-input-number').first().waitFor()
    expect(await findA11yProblems(page), 'settings').toEqual([])
  })
})
