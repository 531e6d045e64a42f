import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press } from '../support/desk-pages.ts'
import { makeTempFolder } from '../support/hosted-desk.ts'
import { ownRule } from '../support/house-rules.ts'
import { CLERK, MANAGER, openWebDesk, type WebDesk } from '../support/web-desk.ts'

const today = '2026-11-21'

let web: WebDesk
beforeAll(async () => {
  web = await openWebDesk()
})
afterAll(async () => web.close())

const { id: _id, version: _version, ...house } = ownRule()
const promise = (change: Record<string, unknown> = {}) => ({
  ...house,
  validFrom: today,
  ...change,
})

/** A rule of the store, drafted from the machine itself; only a person can sign it. */
const draft = (change: Record<string, unknown> = {}) =>
  web.client.policy.save({ ruleId: null, version: null, rule: promise(change) })
const open = (ruleId: string) => web.client.policy.open({ ruleId })

async function sign(page: Page, note = ''): Promise<void> {
  const dialog = page.getByRole('dialog')
  if (note) await dialog.getByLabel('原因').fill(note)
  await dialog.getByLabel('本人 PIN').fill(MANAGER.pin)
  await press(page, 'Control+Enter')
  await dialog.waitFor({ state: 'detached' })
}

/** Takes the field the moment it is there, before anything that waits for the screen to settle. */
async function focusAtOnce(page: Page, field: string): Promise<void> {
  await page.evaluate((selector) => {
    const observer = new MutationObserver(() => {
      const found = document.querySelector<HTMLElement>(selector)
      if (!found) return
      observer.disconnect()
      found.focus()
    })
    observer.observe(document.body, { childList: true, subtree: true })
  }, field)
}

describe('the rules', () => {
  it('are found from the settings by keyboard, by words and by what is open', async () => {
    const page = await openAt(web, '#/settings')
    const entry = page.getByRole('link', { name: '规则' })
    await entry.focus()
    await page.keyboard.press('Enter')
    const list = page.getByRole('region', { name: '规则列表' })
    await list.getByRole('link').first().waitFor()
    await page.getByLabel('搜索：条文、依据、编号、商品').fill('钟表')
    await page.getByRole('checkbox', { name: '由本店决定' }).press('Space')
    const rows = list.getByRole('link')
    await expect.poll(() => rows.count()).toBe(1)
    await rows.first().focus()
    await page.keyboard.press('Enter')
    await page.getByText('没有可靠的数值：').waitFor()
    await page.getByText('部分商品修理更换退货责任规定').first().waitFor()
  })

  it('a new promise is written, tried, signed, changed and rolled back with keys', async () => {
    const page = await openAt(web, '#/policy/rules')
    await page.getByRole('region', { name: '规则列表' }).getByRole('link').first().waitFor()
    await press(page, 'Insert')
    await page.getByLabel('条文（中文）').fill('三十天内不满意可以退')
    await page.getByLabel('条文（英文）').fill('Not happy within 30 days: money back')
    await page.getByLabel('依据（中文）').fill('本店退换货规定')
    await page.getByLabel('依据（英文）').fill('Store returns policy')
    await page.getByText('还缺：来源').waitFor()
    await page.getByLabel('来源').fill('店务会 2026-11')
    await page.getByLabel('到第几天').fill('30')
    await press(page, 'Control+Enter')
    await page.getByRole('heading', { name: '三十天内不满意可以退' }).waitFor()
    const { rules } = await web.client.policy.list({ text: '三十天' })
    const id = rules[0]?.id ?? ''
    expect((await open(id)).state).toBe('draft')

    await press(page, 'Alt+t')
    await page.getByText('未签发版本当作已签发').waitFor()
    await page.getByLabel('来意').focus()
    await press(page, 'Enter', 'ArrowDown', 'ArrowDown', 'Enter')
    await page.locator('.policy-verdict li').first().getByText('12月21日').waitFor()
    await press(page, 'Escape')
    await page.getByRole('heading', { name: '三十天内不满意可以退' }).waitFor()

    // Who is in the field of the PIN before the dialog has settled stays there: it must not be typed into the note.
    await focusAtOnce(page, 'input[type=password]')
    await press(page, 'Control+Enter')
    await page.getByLabel('本人 PIN').waitFor()
    await press(page, ...MANAGER.pin)
    await expect.poll(() => page.getByLabel('本人 PIN').inputValue()).toBe(MANAGER.pin)
    await sign(page)
    await page.locator('.policy-open .tag-good', { hasText: '生效中' }).waitFor()
    expect((await open(id)).versions[0]?.signed?.by).toBe(MANAGER.name)

    await press(page, 'Alt+e')
    await page.getByLabel('到第几天').fill('10')
    await press(page, 'Control+Enter')
    await page.getByText('有新版待签发').first().waitFor()
    expect((await open(id)).rule).toMatchObject({ version: 1, window: { to: 30 } })
    await press(page, 'Control+Enter')
    await sign(page)
    await page.getByText('10 天内').first().waitFor()

    await page.getByRole('button', { name: '回到这一版 · 第 1 版' }).press('Enter')
    await sign(page, '顾客意见')
    await page.getByText('30 天内').first().waitFor()
    expect((await open(id)).versions[0]).toMatchObject({ version: 3, originVersion: 1 })

    await page.getByRole('button', { name: '撤回 · 第 3 版' }).press('Enter')
    await sign(page, '活动结束')
    // It had not held for a day: the version before goes on.
    await page.getByText('10 天内').first().waitFor()
    expect((await open(id)).versions[0]?.withdrawn?.note).toBe('活动结束')
  })

  it('less than law is refused where it is written, with the law by name, and the draft stays', async () => {
    const page = await openAt(web, '#/policy/write')
    await page.getByLabel('条文（中文）').fill('自行车三天内有毛病可以退')
    await page.getByLabel('条文（英文）').fill('Bicycles: three days')
    await page.getByLabel('依据（中文）').fill('本店规定')
    await page.getByLabel('依据（英文）').fill('Store policy')
    await page.getByLabel('来源').fill('告示')
    await page.getByLabel('质量问题').check()
    await page.getByLabel('到第几天').fill('3')
    await press(page, 'Control+Enter')
    const alert = page.getByRole('alert').filter({ hasText: '比法定规则弱' })
    await alert.waitFor()
    await expect.poll(() => alert.innerText()).toMatch(/cn\..*问题出在“(期限|运费|扣费|要求)/s)
    await page.reload()
    await expect
      .poll(() => page.getByLabel('条文（中文）').inputValue())
      .toBe('自行车三天内有毛病可以退')
    await page.evaluate(() => localStorage.removeItem('goodwill.draft.policy-rule-new'))
  })

  it('what a shipped rule leaves open is decided as a rule of the store', async () => {
    const page = await openAt(web, '#/policy/rules/cn.term.clock-watch')
    await page.getByText('没有可靠的数值：').waitFor()
    await press(page, 'Alt+e')
    await page.getByRole('heading', { name: '由本店决定' }).waitFor()
    await page.getByLabel('条文（中文）').fill('钟表整机保修十二个月')
    await page.getByLabel('条文（英文）').fill('Clocks and watches: 12 months')
    await page.getByLabel('整机保修（月）').fill('12')
    await page.getByLabel('来源').fill('店务会')
    await press(page, 'Control+Enter')
    await page.getByText('12 个月').first().waitFor()
    await goTo(page, '#/policy/rules/cn.term.clock-watch')
    await page.getByText('本店的规则：').waitFor()
  })

  it('a wrong PIN signs nothing and says so', async () => {
    const { id } = await draft({ text: { zh: '错误密码的规则', en: 'Wrong PIN' } })
    const page = await openAt(web, `#/policy/rules/${id}`)
    await page.getByRole('heading', { name: '错误密码的规则' }).waitFor()
    await press(page, 'Control+Enter')
    await page.getByLabel('本人 PIN').fill('9999')
    await press(page, 'Control+Enter')
    await page.getByRole('dialog').getByRole('alert').waitFor()
    await press(page, 'Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect((await open(id)).unsigned).toBe(true)
  })

  it('a clerk reads them and changes nothing', async () => {
    const page = await openAt(web, '#/policy/rules/cn.sb-07', { who: CLERK })
    await page.getByText('规则内容').first().waitFor()
    await expect.poll(() => page.getByRole('button', { name: '新建规则' }).count()).toBe(0)
    await press(page, 'Alt+t')
    await page.getByRole('heading', { name: '试一试' }).waitFor()
    await goTo(page, '#/policy/write')
    await page.getByText('只有店长可以改规则。').waitFor()
  })
})

describe('place, profiles and files', () => {
  it('a profile is picked, signed with its day, and counts', async () => {
    const page = await openAt(web, '#/policy/choices')
    await page.getByRole('radio', { name: /^B / }).check()
    await press(page, 'Control+Enter')
    await sign(page)
    await page.locator('.policy-events', { hasText: '鞋类三包 B' }).waitFor()
    const choices = await web.client.policy.choices()
    expect(choices.today.profiles).toEqual({ 'cn-footwear': 'b' })
  })

  it('a profile that gives less than the law here is refused before it is signed', async () => {
    const page = await openAt(web, '#/policy/choices')
    await page.getByLabel('省份').click()
    await press(page, 'ArrowDown')
    await press(page, 'Enter')
    await page.getByRole('switch', { name: /全部启用：北京市/ }).click()
    await page.getByRole('radio', { name: /^B / }).check()
    const told = page.getByRole('alert').filter({ hasText: '方案 b 在本店不能选用' })
    await told.waitFor()
    await expect.poll(() => told.textContent()).toContain('cn-11.no-fee')
    await press(page, 'Control+Enter')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    expect(await findA11yProblems(page)).toEqual([])
    await page.getByRole('radio', { name: /^C / }).check()
    await told.waitFor({ state: 'detached' })
  })

  it('a file of the chain is shown against what is here and signed whole', async () => {
    const folder = makeTempFolder('policy')
    const file = path.join(folder.dir, 'chain.json')
    const rule = { ...promise({ layer: 'chain' }), id: 'chain.returns', version: 1 }
    const title = { zh: '总部规则', en: 'Chain rules' }
    const write = (rules: unknown[]) =>
      writeFileSync(file, JSON.stringify({ format: 1, id: 'chain', title, extends: [], rules }))
    const page = await openAt(web, '#/policy/file')
    write([{ ...rule, surprise: 1 }])
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('alert').filter({ hasText: 'surprise' }).waitFor()
    write([rule])
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('chain.returns').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await press(page, 'Control+Enter')
    await sign(page)
    expect((await open('chain.returns')).state).toBe('in_force')
    folder.remove()
  })
})

describe.each(LOOKS)(
  'in $language and $mode, long texts included, axe finds nothing on',
  (look) => {
    let page: Page
    let longRule = ''
    beforeAll(async () => {
      const long = {
        zh: '很长的规则条文，'.repeat(40),
        en: 'A very long sentence of a rule. '.repeat(12),
      }
      longRule = (await draft({ text: long, basis: long })).id
      page = await openAt(web, '#/policy/rules', look)
    })

    it.each([
      '#/policy/rules',
      '#/policy/rules/cn.term.clock-watch',
      '#/policy/rules/LONG',
      '#/policy/rules/nothing.here',
      '#/policy/write',
      '#/policy/write/LONG',
      '#/policy/write?decide=cn.term.clock-watch',
      '#/policy/try',
      '#/policy/choices',
      '#/policy/file',
    ])('%s', async (address) => {
      await goTo(page, address.replace('LONG', longRule))
      await page.waitForFunction(() => document.querySelector('.loading-state, .ant-spin') === null)
      expect(await findA11yProblems(page)).toEqual([])
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth > window.innerWidth,
      )
      expect(overflow).toBe(false)
    })
  },
)
