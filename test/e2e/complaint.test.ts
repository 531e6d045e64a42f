import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press } from '../support/desk-pages.ts'
import { compose, pickCandidate, scan, typeSlowly } from '../support/keyboard.ts'
import { seedSales, type SeededSales } from '../support/seed-sales.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let sales: SeededSales

beforeAll(async () => {
  web = await openWebDesk()
  sales = await seedSales(web.desk.folder.store)
})

afterAll(async () => web.close())

async function openForm(page: Page): Promise<void> {
  await press(page, 'F8')
  await page.locator('.class-tiles').waitFor()
}

const openComplaints = () => web.client.complaints.list({ state: 'open' })
async function anyOwner(): Promise<number> {
  const [colleague] = await web.client.staff.colleagues()
  return colleague?.id ?? 0
}

/** A long complaint that waits for its owner. */
async function recordOpenComplaint(): Promise<number> {
  const { id } = await web.client.complaints.record({
    class: 'dignity',
    text: '长'.repeat(400),
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '1F',
      counter: '化妆品',
    },
    contact: { name: '', phone: '' },
    outcome: {
      kind: 'open',
      ownerId: await anyOwner(),
      promise: { text: '经理回电', dueAt: '2026-11-21T13:00:00.000Z' },
    },
  })
  return id
}

const complaintsOfDay = () =>
  web.client.complaints.list({ state: 'day', businessDate: '2026-11-21' })

describe('F8', () => {
  it('records a solved complaint with five keys and one line, and gives the page below back', async () => {
    const page = await openAt(web, `#/sales/${sales.shoes}`)
    await page.locator('.sale-table').waitFor()
    await press(page, 'ArrowDown', 'Space')
    await page.getByText('已选 1 行').waitFor()
    await press(page, 'F8')
    await page.locator('.context-chip', { hasText: '0312000000004821' }).waitFor()
    await page.locator('.context-line', { hasText: '步云里 短靴' }).waitFor()
    await press(page, '1')
    await page.getByRole('button', { name: '商品质量', pressed: true }).waitFor()
    await page.getByLabel('顾客怎么说').and(page.locator(':focus')).waitFor()
    await typeSlowly(page, 'ab')
    await page.getByLabel('顾客怎么说').fill('鞋底开胶')
    await press(page, 'Control+Enter')
    const number = await page.locator('.recorded-number').innerText()
    expect(number).toMatch(/^TS-0001-261121-\d{4}-[0-9A-Z]$/)
    await press(page, 'Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('已选 1 行').waitFor()
    const [row] = await complaintsOfDay()
    expect(row).toMatchObject({ number, class: 'goods', text: '鞋底开胶', solvedOnSpot: true })
    expect(row).toMatchObject({ floor: '2F', counter: '女鞋' })
  })

  it('keeps the draft over Esc and a reload, and takes a scan for what it is about', async () => {
    const page = await openAt(web, '#/complaints')
    await page.getByRole('heading', { name: '个案' }).waitFor()
    await openForm(page)
    await press(page, '2')
    // A digit acts only once no scan can follow it.
    await page.getByRole('button', { name: '服务态度', pressed: true }).waitFor()
    await page.getByLabel('顾客怎么说').fill('等了半小时没人理')
    await scan(page, '0312000000004900')
    await page.locator('.context-chip', { hasText: '0312000000004900' }).waitFor()
    await expect.poll(() => page.getByLabel('顾客怎么说').inputValue()).toBe('等了半小时没人理')
    await press(page, 'Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('heading', { name: '个案' }).waitFor()
    await press(page, 'F8')
    await page.getByRole('dialog').waitFor()
    await expect.poll(() => page.getByLabel('顾客怎么说').inputValue()).toBe('等了半小时没人理')
    await page.getByRole('button', { name: '服务态度', pressed: true }).waitFor()
    await page.getByRole('button', { name: '去掉小票' }).click()
    await page.locator('.context-chip').waitFor({ state: 'detached' })
  })

  it('does not record on the Enter that picks a candidate, nor class or outcome while typing', async () => {
    const page = await openAt(web, '#/complaints')
    await page.getByRole('heading', { name: '个案' }).waitFor()
    const before = (await complaintsOfDay()).length
    await openForm(page)
    await press(page, '3')
    await page.getByRole('button', { name: '价格', pressed: true }).waitFor()
    const field = page.getByLabel('顾客怎么说')
    await field.focus()
    await compose(page, 'jia qian')
    await pickCandidate(page, '价签')
    await typeSlowly(page, '12')
    await expect.poll(() => field.inputValue()).toContain('价签12')
    await page.getByRole('button', { name: '价格', pressed: true }).waitFor()
    expect((await complaintsOfDay()).length).toBe(before)
  })

  it('asks for what is missing in place', async () => {
    const page = await openAt(web, '#/complaints', { language: 'en' })
    await page.getByRole('heading', { name: 'Cases' }).waitFor()
    await press(page, 'F8')
    await page.getByRole('dialog').waitFor()
    await press(page, 'Control+Enter')
    await page.locator('.class-field').getByText('Choose a class first').waitFor()
  })
})

describe('listening first', () => {
  it('takes notes before fields, keeps them over Esc, fills in later, and calls the manager', async () => {
    const page = await openAt(web, '#/complaints')
    await page.getByRole('heading', { name: '个案' }).waitFor()
    await openForm(page)
    await press(page, 'Alt+l')
    const notes = page.locator('.statement-big')
    await notes.waitFor()
    await notes.fill('收银台多扫了一件\n\t顾客姓王，很急')
    await press(page, 'Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await press(page, 'F8')
    await notes.waitFor()
    await expect.poll(() => notes.inputValue()).toBe('收银台多扫了一件\n\t顾客姓王，很急')
    await press(page, 'Control+Enter')
    await page.locator('.class-tiles').waitFor()
    await press(page, '2')
    await page.getByRole('button', { name: '服务态度', pressed: true }).waitFor()
    await page.locator('.guide-panel').getByText('让您受委屈了').waitFor()
    await press(page, 'Alt+m')
    await page.getByText('严重', { exact: true }).click()
    await press(page, 'F8')
    await page.locator('.due-at').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.locator('.recorded-number').waitFor()
    await press(page, 'Control+Enter')
    await page.getByText('结案前要有').first().waitFor()
    await press(page, 'Alt+j')
    await page.getByLabel('为什么').fill('顾客要见经理')
    await press(page, 'Control+Enter')
    await page.getByRole('button', { name: '到了' }).click()
    await page.locator('.timeline', { hasText: '到场，用时' }).waitFor()
    await press(page, 'Alt+e')
    await page.getByLabel('顾客希望怎样解决').fill('退差额并道歉')
    await press(page, 'Control+Enter')
    await page.locator('.timeline', { hasText: '补充资料' }).waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    const open = await web.client.complaints.list({ state: 'open' })
    const recorded = open.find(({ text }) => text.startsWith('收银台多扫'))
    expect(recorded).toMatchObject({ class: 'service', severity: 'serious' })
    // The next tests begin with a list of their own.
    const complaint = await web.client.complaints.open({ complaintId: recorded?.id ?? 0 })
    const { id: complaintId, version } = await web.client.complaints
      .change({
        complaintId: complaint.id,
        details: { demand: 'apology' },
        version: complaint.version,
      })
      .then((changed) => ({ id: complaint.id, ...changed }))
    await web.client.complaints.solve({
      complaintId,
      solution: '已道歉',
      satisfied: true,
      version,
    })
  })
})

describe('a complaint to follow up', () => {
  it('goes from promise to solved, with every step in its timeline', async () => {
    const page = await openAt(web, `#/sales/${sales.shoes}`)
    await page.locator('.sale-table').waitFor()
    await openForm(page)
    await press(page, '4')
    await page.getByRole('button', { name: '安全', pressed: true }).waitFor()
    await page.getByLabel('顾客怎么说').fill('扶梯口地面湿滑')
    await press(page, 'F8')
    await page.locator('.due-at', { hasText: '11月22日 周日 10:00' }).waitFor()
    await press(page, 'Control+Enter')
    await page.locator('.tell', { hasText: '11月22日 周日 10:00 之前，电话答复处理结果' }).waitFor()
    await press(page, 'Control+Enter')
    await page.locator('h1', { hasText: '安全' }).waitFor()
    await press(page, 'Alt+p')
    await page.getByRole('dialog').waitFor()
    await page.getByLabel('答应顾客什么').fill('保洁主管当面道歉')
    await page.getByText('今天下班前（21:00）').click()
    await press(page, 'Control+Enter')
    await page.locator('.promises li', { hasText: '保洁主管当面道歉' }).waitFor()
    await press(page, 'Control+Enter')
    await page.getByRole('dialog').waitFor()
    await page.getByLabel('怎么解决的').fill('已擦干并放置警示牌')
    await press(page, 'Tab', '4')
    const points = page.getByRole('dialog').getByRole('button', { pressed: true })
    await points.getByText('满意').first().waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.locator('.page-header').getByText('已结案').waitFor()
    const timeline = await page.locator('.timeline').innerText()
    for (const step of ['登记投诉', '保洁主管当面道歉', '承诺已兑现', '已擦干并放置警示牌']) {
      expect(timeline).toContain(step)
    }
    expect(await openComplaints()).toEqual([])
  })

  it('marks what is serious with a key each, in red on the case, and tells it anew later', async () => {
    const page = await openAt(web, '#/complaints')
    await page.getByRole('heading', { name: '个案' }).waitFor()
    await openForm(page)
    await press(page, '4')
    await page.getByRole('button', { name: '安全', pressed: true }).waitFor()
    await page.getByLabel('顾客怎么说').fill('电饭煲漏电，要找记者')
    await press(page, 'Alt+1', 'Alt+4')
    await page.getByRole('button', { name: '人身伤害', pressed: true }).waitFor()
    await press(page, 'F8')
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.locator('.recorded-number').waitFor()
    await press(page, 'Escape')
    const row = page.locator('.complaint-row', { hasText: '漏电' })
    await row.locator('.tag-risk', { hasText: '媒体介入' }).waitFor()
    await row.click()
    await page.locator('.page-header .tag-risk, .tag-risk', { hasText: '人身伤害' }).waitFor()
    await press(page, 'Alt+r')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('有没有这些情况？').waitFor()
    await press(page, 'Alt+1', 'Alt+3')
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.getByText('取消：媒体介入').waitFor()
    await page.getByText('标记：12315 / 监管').waitFor()
  })

  it('holds the whole visit: goods, an offer, an earlier complaint, and a repair in the same case', async () => {
    const earlier = await recordOpenComplaint()
    const { number } = await web.client.complaints.open({ complaintId: earlier })
    const id = await recordOpenComplaint()
    const page = await openAt(web, `#/complaints/${id}`)
    await page.locator('.timeline').waitFor()
    await press(page, 'Alt+l')
    const { receiptNo, lines } = await web.client.sales.open({ receiptId: sales.shoes })
    await page.getByLabel('查小票、信誉卡或维修单').fill(receiptNo)
    await page.getByRole('button', { name: `${receiptNo} 的商品` }).click()
    const goods = lines[0]?.name ?? ''
    await page.getByRole('checkbox', { name: goods }).check()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.locator('.timeline', { hasText: '补充资料' }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await press(page, 'Alt+u')
    await page.getByLabel('以前投诉的编号或内容').first().fill(number)
    await page.getByRole('radio', { name: number }).check()
    await press(page, 'Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.timeline', { hasText: number }).waitFor()
    await press(page, 'Alt+v')
    await page.getByLabel('承诺了什么').fill('送购物券')
    await page.getByLabel('金额').fill('30')
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.panel', { hasText: '口头承诺' }).getByText('送购物券').first().waitFor()
    const { caseId, receipt, firstNumber } = await web.client.complaints.open({ complaintId: id })
    expect({ receiptNo: receipt?.receiptNo, firstNumber }).toEqual({
      receiptNo,
      firstNumber: number,
    })
    for (const [key, where] of [
      ['F4', /refunds\/new.*case=/],
      ['F6', /exchanges\/new.*case=/],
      ['F7', /repairs\/new.*case=/],
    ] as const) {
      await goTo(page, `#/complaints/${id}`)
      await page.locator('.timeline').waitFor()
      await press(page, key)
      await page.waitForURL(where)
      expect(page.url()).toContain(`case=${caseId}`)
    }
  })

  it('stands in the list of open cases and in that of its day', async () => {
    const id = await recordOpenComplaint()
    const page = await openAt(web, '#/complaints')
    await page.locator('.complaint-row', { hasText: '人格尊严' }).first().waitFor()
    await page.locator(`.complaint-row[href$="/complaints/${id}"]`).focus()
    await press(page, 'Enter')
    await page.waitForURL(new RegExp(`#/complaints/${id}`))
    await page.locator('.timeline').waitFor()
    await press(page, 'Escape')
    await page.getByRole('heading', { name: '个案' }).waitFor()
    await press(page, 'Alt+d')
    await page.getByLabel('营业日').waitFor()
    await page.locator('.complaint-row', { hasText: '人格尊严' }).first().waitFor()
  })
})

describe('steps and scripts', () => {
  it('are written anew by a manager, compared and brought back', async () => {
    const page = await openAt(web, '#/complaints/guides?of=metering')
    const steps = page.getByLabel('先做什么').first()
    await steps.waitFor()
    const before = await steps.inputValue()
    await steps.fill('先复秤')
    await page.getByLabel('改了什么，为什么').fill('柜台有公平秤')
    await press(page, 'Control+Enter')
    await page.getByText('第 2 版').first().waitFor()
    await page.getByRole('button', { name: '与使用中的版本比较' }).click()
    await page.locator('.guides-diff .guides-added', { hasText: '先复秤' }).waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await page.getByRole('button', { name: '恢复这一版' }).click()
    await press(page, 'Control+Enter')
    await page.getByText('第 3 版').first().waitFor()
    await expect.poll(() => steps.inputValue()).toBe(before)
    const versions = await web.client.complaints.guideVersions({ subject: 'metering' })
    expect(versions.map(({ note }) => note)).toEqual(['恢复第 1 版', '柜台有公平秤', ''])
  })
})

describe('the cases', () => {
  it('have nothing for axe to complain about, in both languages and colours', async () => {
    const id = await recordOpenComplaint()
    for (const look of LOOKS) {
      const page = await openAt(web, '#/complaints', look)
      await page.locator('.complaint-row').first().waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await goTo(page, `#/complaints/${id}`)
      await page.locator('.timeline').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'F8')
      await page.getByRole('dialog').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'F8')
      await page.locator('.due-at').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
    }
  })
})
