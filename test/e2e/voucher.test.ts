import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { spellVoucherCode } from '../../src-main/foundation/voucher-code.ts'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press, waitForPaper } from '../support/desk-pages.ts'
import { scan } from '../support/keyboard.ts'
import { numbersOnFile } from '../support/numbers-on-file.ts'
import { openHouse } from '../support/open-house.ts'
import { seedSales, type SeededSales } from '../support/seed-sales.ts'
import { payWithVoucher, refundAsVoucher } from '../support/voucher-visit.ts'
import { CLERK, MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let sales: SeededSales
/** The manager, whom no day's budget holds. */
let manager: WebDesk['client']

beforeAll(async () => {
  web = await openWebDesk()
  const { token } = await web.client.staff.signIn(MANAGER)
  manager = createRouterClient(web.desk.router, {
    context: () => ({ reqHeaders: new Headers({ authorization: `Bearer ${token}` }) }),
  })
  sales = await seedSales(web.desk.folder.store)
  await web.desk.folder.store.write(openHouse)
})
afterAll(async () => web.close())

const holder = { name: '周梅', phone: '13812345521' }

/** A voucher of 50.00 and its code, as the customer has it on paper. */
async function give(to: { name: string; phone: string } | null = holder) {
  const { id, number } = await manager.vouchers.issueGoodwill({
    amount: 5_000,
    what: '安装等了三次',
    holder: to,
  })
  return { id, number, code: await codeOf(id) }
}

function codeOf(id: number): Promise<string> {
  return web.desk.folder.store.read(async (r) => {
    const row = await r
      .selectFrom('voucher')
      .select('code')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return row.code
  })
}

const open = (voucherId: number) => web.client.vouchers.open({ voucherId })

/** The manager signs in the dialog that is open. */
async function signInPlace(page: Page): Promise<void> {
  await press(page, 'Alt+a')
  await page.getByLabel('批准人代码').fill(MANAGER.code)
  await page.getByLabel('批准人 PIN').fill(MANAGER.pin)
  await press(page, 'Enter')
  await page.locator('.approver-granted').waitFor()
}

describe('a voucher', () => {
  it('is what a refund gives instead of money, and is printed at once', async () => {
    const page = await openAt(web, '#/')
    const { refund, voucher } = await refundAsVoucher(page, sales.shoes)
    const { store } = web.desk.folder
    expect(await numbersOnFile(store, 'refund')).toEqual([refund])
    expect(await numbersOnFile(store, 'voucher')).toEqual([voucher])
  })

  it('is used with two scans and one key, in part, and says when it is not enough', async () => {
    const { id, code } = await give()
    const page = await openAt(web, '#/', { who: CLERK })
    await payWithVoucher(page, code, '¥30.00')
    expect((await open(id)).movements.map(({ kind }) => kind)).toEqual(['issue', 'redeem'])
    expect((await open(id)).movements.at(-1)).toMatchObject({ kind: 'redeem', amount: -2_000 })
    await press(page, 'Alt+u')
    await page.getByLabel('兑换码').fill(spellVoucherCode(code).toLowerCase())
    await page.locator('.voucher-found').waitFor()
    await page.getByLabel('收银小票号').fill('0312000000009002')
    await page.getByLabel('抵付金额').fill('40')
    await press(page, 'Control+Enter')
    await page.getByRole('alert').filter({ hasText: '只剩 ¥30.00' }).waitFor()
    await page.getByRole('alert').filter({ hasText: '0312000000009001' }).waitFor()
  })

  it('opens by its scanned code from anywhere and needs no second scan', async () => {
    const { id, number, code } = await give()
    const page = await openAt(web, '#/')
    await scan(page, code)
    await page.locator('h1', { hasText: number }).waitFor()
    await press(page, 'Alt+u')
    await page.locator('.voucher-found', { hasText: number }).waitFor()
    await scan(page, '0312000000009003')
    await press(page, 'Control+Enter')
    await page.locator('h1', { hasText: '已用完' }).waitFor()
    expect(await open(id)).toMatchObject({ state: 'spent', balance: 0 })
    await press(page, 'Alt+u')
    await page.getByText('这张凭证已用完。').waitFor()
  })

  it('photographed and brought again is refused with when and where it was used', async () => {
    const { code } = await give(null)
    await web.client.vouchers.redeem({ scan: code, amount: 5_000, receiptNo: 'P-77', till: '07' })
    const page = await openAt(web, '#/vouchers', { who: CLERK })
    await page.getByRole('toolbar').waitFor()
    await press(page, 'Alt+u')
    await page.getByRole('dialog').waitFor()
    await scan(page, code)
    const told = page.locator('.voucher-refused')
    await told.waitFor()
    await expect.poll(() => told.innerText()).toContain('2026-11-21 14:00')
    await expect.poll(() => told.innerText()).toContain('07 · P-77')
    await expect.poll(() => page.getByRole('button', { name: '记下使用' }).isDisabled()).toBe(true)
  })

  it('reported lost is dead at once and goes on under a new code; a bearer’s cannot be', async () => {
    const { id, number, code } = await give()
    const page = await openAt(web, `#/vouchers/${id}`, { who: CLERK })
    await page.locator('h1', { hasText: number }).waitFor()
    await press(page, 'Alt+l')
    await page.getByLabel('挂失人电话').fill('138 1234 5521')
    await page.getByLabel('原因').fill('钱包丢了')
    await press(page, 'Control+Enter')
    await page.locator('.voucher-from', { hasText: `挂失补发 ${number}` }).waitFor()
    expect((await open(id)).state).toBe('lost')
    const { replacedBy } = await open(id)
    expect(await codeOf(replacedBy?.id ?? 0)).not.toBe(code)
    const bearer = await give(null)
    await goTo(page, `#/vouchers/${bearer.id}`)
    await page.locator('h1', { hasText: bearer.number }).waitFor()
    await press(page, 'Alt+l')
    await page.getByText('不记名凭证不能挂失。').waitFor()
  })

  it('is declared void with a reason and the manager’s signature', async () => {
    const { id, number } = await give()
    const page = await openAt(web, `#/vouchers/${id}`, { who: CLERK })
    await page.locator('h1', { hasText: number }).waitFor()
    await press(page, 'Delete')
    await page.getByLabel('原因', { exact: true }).fill('开错了')
    await signInPlace(page)
    await press(page, 'Control+Enter')
    await page.locator('h1', { hasText: '已作废' }).waitFor()
    expect(await open(id)).toMatchObject({ state: 'void', balance: 0 })
  })

  it('is paid out by the till: a scan, a reason and a signature where no rule grants it', async () => {
    const { id, number, code } = await give()
    const page = await openAt(web, `#/vouchers/${id}`, { who: CLERK })
    await page.locator('h1', { hasText: number }).waitFor()
    await press(page, 'Alt+c')
    await page.getByText('没有规定给这项兑付').waitFor()
    await scan(page, code)
    await page.getByLabel('原因', { exact: true }).fill('余额用不上')
    await signInPlace(page)
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.locator('h1', { hasText: '已用完' }).waitFor()
    await page.locator('.pos-instructions', { hasText: '¥50.00' }).waitFor()
    expect((await open(id)).instructions).toMatchObject([{ amount: 5_000, state: 'pending' }])
  })

  it('is given out of goodwill by key alone, beyond the day with a signature', async () => {
    const page = await openAt(web, '#/vouchers', { who: CLERK })
    await page.getByRole('toolbar').waitFor()
    await press(page, 'Alt+g')
    await page.getByLabel('金额', { exact: true }).fill('80')
    await page.getByLabel('为什么').fill('排队太久')
    await page.locator('.approver-needed').waitFor()
    await signInPlace(page)
    await press(page, 'Control+Enter')
    await page.locator('.voucher-amount', { hasText: '¥80.00' }).waitFor()
    await page.getByText('李静 批准').waitFor()
  })

  it('is found by the tail of a phone number and filtered by state', async () => {
    const { number } = await give({ name: '上官婉儿', phone: '13987650321' })
    const page = await openAt(web, '#/vouchers')
    await page.getByLabel('查凭证').fill('0321')
    await page.locator('.row', { hasText: number }).waitFor()
    await page.getByLabel('查凭证').fill('没有这个人')
    await page.getByText('没有符合的凭证').waitFor()
  })

  it.each(LOOKS)('is readable for everybody ($language, $mode)', async (look) => {
    const { id, code } = await give({ name: '周梅', phone: '13812345521' })
    await web.client.vouchers.redeem({ scan: code, amount: 1_000, receiptNo: 'Z'.repeat(60) })
    const page = await openAt(web, `#/vouchers/${id}`, look)
    await waitForPaper(page)
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+l')
    await page.getByRole('dialog').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Escape')
    await goTo(page, '#/vouchers')
    await page.locator('.row').first().waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Alt+u')
    await page.getByRole('dialog').waitFor()
    await scan(page, code)
    await page.locator('.voucher-found').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Escape', 'Alt+g')
    await page.getByRole('dialog').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })
})
