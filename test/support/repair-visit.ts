import type { Page } from 'playwright-core'
import { computeCheckCharacter } from '../../src-main/foundation/check-character.ts'
import { confirmThrice, countPrints, goTo, press, waitForPrintDialog } from './desk-pages.ts'
import { scan } from './keyboard.ts'

/** The step of a repair that is done now. */
export const now = (page: Page) => page.locator('.repair-step-now')

/** Waits until the form has gone and the goods are there. */
export const arrived = (page: Page, where: string) => now(page).getByText(where).waitFor()

/** The sale page with one line chosen, its reason answered: what goes wrong with it is the maker's fault. */
export async function openFaultyLine(
  page: Page,
  sale: { id: number; lineIds: readonly number[] },
  line: number,
): Promise<void> {
  await goTo(page, `#/sales/${sale.id}?lines=${sale.lineIds[line] ?? 0}`)
  await page.locator('.rights-panel[aria-busy=false]').waitFor()
  await press(page, '1')
}

/** Types the intake of a fridge that is repaired for free, confirms it thrice at once, and waits for its three papers. */
export async function takeFridgeIn(page: Page): Promise<{ id: number }> {
  await press(page, 'F7')
  await page.locator('.repair-verdict-word', { hasText: '免费维修' }).waitFor()
  await page.locator('.repair-verdict .rights-question').waitFor()
  await page.locator('.repair-verdict', { hasText: '依据：' }).waitFor()
  // Nothing unusual was found: the question is gone, and the clerk types.
  await press(page, '1')
  await page.locator('.repair-verdict .rights-question').waitFor({ state: 'detached' })
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
  await page.keyboard.type('不制冷，压缩机一直响')
  await press(page, 'Tab', 'Tab', 'Tab')
  await page.keyboard.type('左门有划痕')
  await press(page, 'Tab')
  await page.keyboard.type('搁架')
  await press(page, 'Enter')
  await page.keyboard.type('说明书')
  await press(page, 'Enter')
  await page.locator('.chip', { hasText: '搁架' }).waitFor()
  await page.locator('.chip', { hasText: '说明书' }).waitFor()
  await press(page, 'Alt+d')
  await page.getByLabel('密码或资料备注').fill('2580')
  const printed = await countPrints(page)
  await confirmThrice(page)
  await page.locator('.repair-tell', { hasText: '这次维修不收费' }).waitFor()
  // Sheet, stub and labels.
  await waitForPrintDialog(page, printed + 3)
  const [, id] = /#\/repairs\/(\d+)/.exec(page.url()) ?? []
  return { id: Number(id) }
}

/** To the maker, waiting for a part, worked on, back and looked over: ready for the customer. */
export async function mendAtMaker(page: Page): Promise<void> {
  await press(page, 'Control+Enter')
  await page.getByLabel('名称', { exact: true }).fill('清澜电器售后')
  await press(page, 'Control+Enter')
  await arrived(page, '在外维修')
  await press(page, 'Alt+w')
  await page.getByLabel('等什么配件').fill('启动器')
  await press(page, 'Control+Enter')
  await page.getByRole('button', { name: '配件到了' }).waitFor()
  await press(page, 'Alt+w')
  await page.getByText('启动器 到了').waitFor()
  await press(page, 'Control+Enter')
  await page.getByRole('button', { name: '等配件' }).waitFor()
  await press(page, 'Alt+r')
  await page.getByLabel('实际故障').fill('启动器损坏')
  await page.getByLabel('做了什么').fill('更换启动器')
  await press(page, 'Alt+b')
  await page.getByLabel('配件名称').fill('启动器')
  await press(page, 'Control+Enter')
  await page.getByRole('heading', { name: '维修记录' }).waitFor()
  await press(page, 'Control+Enter')
  await page.getByText('取回 清澜 对开门冰箱').waitFor()
  await press(page, 'Control+Enter')
  await arrived(page, '回店待验收')
  await press(page, 'Control+Enter')
  await page.getByText('通电试一遍').waitFor()
  await press(page, 'Control+Enter')
  await arrived(page, '可以取')
}

/** One character wrong, then a code that is none of this ticket, then the stub's own, scanned: the goods go back. */
export async function handBackWithCodes(page: Page, code: string): Promise<void> {
  const other = code.startsWith('AAAAA') ? 'CCCCC' : 'AAAAA'
  await press(page, 'Control+Enter')
  await signOnPaper(page)
  await page.getByLabel('取机码').fill(`${other}1`)
  await press(page, 'Control+Enter')
  await page.getByRole('alert').getByText('看错或输错了一位').waitFor()
  await page.getByLabel('取机码').fill(other + computeCheckCharacter(other))
  await press(page, 'Control+Enter')
  await page.getByRole('alert').getByText('取机码不对，还可以试 4 次').waitFor()
  await scan(page, code)
  await page.waitForFunction(
    (wanted) => document.querySelector<HTMLInputElement>('.repair-code')?.value.startsWith(wanted),
    code,
  )
  await press(page, 'Control+Enter')
  await arrived(page, '已交还')
  await page.getByText('全部办完，已结案').waitFor()
  await page.locator('.repair-tell', { hasText: '已交还' }).waitFor()
}

/** The customer has signed the paper. */
export async function signOnPaper(page: Page): Promise<void> {
  await page.locator('.signature-pad').focus()
  await press(page, 'Alt+z')
  await page.locator('.signature-paper').waitFor()
}
