/**
 * Takes the pictures of the README from the demo store: `npm run screenshots`. With a folder (`-- DIR`) it writes every
 * screen there, in both languages and in the dark, to be looked at, or only those named after it. Nothing is compared.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { buildIfStale } from '../src-main/hosts/build.ts'
import { demoManager } from '../src-main/settings/index.ts'
import { launchBrowser } from './support/chromium.ts'
import { demoDay, makeDemoStore } from './support/demo-store.ts'
import { hostOverHttp, openQuietDesk } from './support/hosted-desk.ts'
import { ROOT } from './support/run-command.ts'

const [folder, ...names] = process.argv.slice(2)
const target = path.resolve(folder ?? path.join(ROOT, 'docs', 'screenshots'))
mkdirSync(target, { recursive: true })

const ofReadme = new Set([
  'sale-quality.zh-CN',
  'refund-new.en',
  'exchange-new.zh-CN',
  'goods.en',
  'board.zh-CN',
  'complaint-new.zh-CN',
  'remedy.zh-CN',
  'report.zh-CN',
  'card.dark',
  'rules.en',
  'approvals.zh-CN',
  'figures.zh-CN',
  'settings-papers.en',
])

/** `name` is a screen with its language or look: `sale.en`. */
function isWanted(name: string): boolean {
  if (folder === undefined) return ofReadme.has(name)
  return names.length === 0 || names.some((each) => name === each || name.startsWith(`${each}.`))
}

await buildIfStale()
const demo = await makeDemoStore()
const desk = await openQuietDesk(demo.dir, () => new Date(`${demoDay}T07:30:00.000Z`))
const host = await hostOverHttp(desk)
const browser = await launchBrowser()

interface Shot {
  name: string
  hash: string
  /** What to do on the page before the picture. */
  before?: (page: Page) => Promise<void>
}

try {
  for (const [language, mode] of [
    ['zh-CN', 'light'],
    ['en', 'light'],
    ['zh-CN', 'dark'],
  ] as const) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } })
    await context.addInitScript(
      ([chosenLanguage, chosenMode]) => {
        localStorage.setItem('goodwill.language', chosenLanguage)
        localStorage.setItem('goodwill.appearance', chosenMode)
      },
      [language, mode] as const,
    )
    const page = await context.newPage()
    await page.goto(host.address)
    await page.locator('#sign-in-code').waitFor()
    const suffix = mode === 'dark' ? 'dark' : language
    await shoot(page, `sign-in.${suffix}`)
    await page.locator('#sign-in-code').fill(demoManager.code)
    await page.locator('#sign-in-pin').fill(demoManager.pin)
    await page.locator('#sign-in-pin').press('Enter')
    await page.locator('[data-home-box]').waitFor()
    for (const shot of await listShots()) await take(page, shot, suffix)
    await context.close()
  }
} finally {
  await browser.close()
  await host.close()
  await desk.close()
  demo.remove()
}

async function shoot(page: Page, name: string): Promise<void> {
  if (isWanted(name)) await page.screenshot({ path: path.join(target, `${name}.png`) })
}

async function take(page: Page, shot: Shot, suffix: string): Promise<void> {
  const name = `${shot.name}.${suffix}`
  if (!isWanted(name)) return
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, shot.hash)
  await settle(page)
  await shot.before?.(page)
  await settle(page)
  await shoot(page, name)
  await page.keyboard.press('Escape')
}

async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(400)
  await page.locator('.loading-state').first().waitFor({ state: 'detached' })
  await page.waitForTimeout(600)
}

/** The sale with a refund or a card on it shows most; ids come from the store, never from here. */
async function listShots(): Promise<Shot[]> {
  const ids = await desk.folder.store.read(async (r) => ({
    sale: await r
      .selectFrom('card')
      .innerJoin('sale_line', 'sale_line.receipt_id', 'card.receipt_id')
      .select(({ fn }) => ['card.receipt_id as id', fn.countAll<number>().as('lines')])
      .groupBy('card.receipt_id')
      .orderBy('lines', 'desc')
      .executeTakeFirstOrThrow(),
    /** A sale of something with a serial number that has no card yet. */
    free: await r
      .selectFrom('sale_line')
      .leftJoin('card_line', 'card_line.sale_line_id', 'sale_line.id')
      .select(['sale_line.receipt_id as id', 'sale_line.id as line'])
      .where('sale_line.kind', '=', 'goods')
      .where('sale_line.serial_no', '<>', '')
      .where('card_line.id', 'is', null)
      .orderBy('sale_line.id', 'desc')
      .executeTakeFirstOrThrow(),
    card: await r.selectFrom('card').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow(),
    refund: await r.selectFrom('refund').select('id').executeTakeFirstOrThrow(),
    complaint: await r
      .selectFrom('complaint')
      .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
      .select('complaint.id')
      .where('case_file.state', '=', 'open')
      .executeTakeFirstOrThrow(),
    settled: await r
      .selectFrom('settlement')
      .select('complaint_id as id')
      .orderBy('settlement.id')
      .executeTakeFirstOrThrow(),
    offered: await r
      .selectFrom('settlement')
      .select('complaint_id as id')
      .where('state', '=', 'offered')
      .executeTakeFirstOrThrow(),
    customer: await r
      .selectFrom('customer_note')
      .select('customer_id as id')
      .executeTakeFirstOrThrow(),
    twin: await r
      .selectFrom('customer')
      .select('id')
      .where('member_no', 'is', null)
      .where('note', '<>', '')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow(),
  }))
  return [
    { name: 'home', hash: '/' },
    { name: 'find', hash: '/find?q=zh' },
    { name: 'sale', hash: `/sales/${ids.sale.id}` },
    {
      name: 'sale-quality',
      hash: `/sales/${ids.sale.id}`,
      before: async (page) => {
        await page.waitForTimeout(200)
        await page.keyboard.press('1')
      },
    },
    { name: 'card-new', hash: `/cards/new?receipt=${ids.free.id}` },
    { name: 'card', hash: `/cards/${ids.card.id}` },
    {
      name: 'refund-new',
      hash: `/refunds/new?receipt=${ids.sale.id}`,
      before: async (page) => {
        await page.keyboard.press('Space')
        // Keys on each other's heels would be a scan.
        await page.waitForTimeout(200)
        await page.keyboard.press('1')
      },
    },
    { name: 'refund', hash: `/refunds/${ids.refund.id}` },
    {
      name: 'exchange-new',
      hash: `/exchanges/new?receipt=${ids.sale.id}`,
      before: async (page) => {
        await page.keyboard.press('Space')
        await page.waitForTimeout(200)
        await page.keyboard.press('1')
        await page.waitForTimeout(600)
      },
    },
    { name: 'vouchers', hash: '/vouchers' },
    { name: 'goods', hash: '/goods' },
    { name: 'reconcile', hash: '/pos' },
    {
      name: 'complaint-new',
      hash: `/sales/${ids.sale.id}`,
      before: (page) => page.keyboard.press('F8'),
    },
    { name: 'complaint', hash: `/complaints/${ids.complaint.id}` },
    { name: 'complaints', hash: '/complaints' },
    {
      name: 'complaint-answer',
      hash: `/complaints/${ids.complaint.id}`,
      before: (page) => page.keyboard.press('Alt+A'),
    },
    { name: 'promises', hash: '/promises?view=all' },
    { name: 'promises-kept', hash: '/promises?view=rate' },
    { name: 'shifts', hash: '/shifts' },
    { name: 'diary', hash: '/shifts/diary' },
    {
      name: 'complaint-slip',
      hash: `/complaints/${ids.complaint.id}`,
      before: async (page) => {
        await page.keyboard.press('F9')
        await page.waitForTimeout(1500)
      },
    },
    { name: 'clocks', hash: '/clocks?view=all' },
    { name: 'alerts', hash: '/alerts' },
    { name: 'customers', hash: '/customers' },
    { name: 'customer', hash: `/customers/${ids.customer.id}` },
    { name: 'customer-purchases', hash: `/customers/${ids.customer.id}?tab=purchases` },
    {
      name: 'customer-edit',
      hash: `/customers/${ids.twin.id}`,
      before: (page) => page.keyboard.press('Alt+E'),
    },
    { name: 'customer-merge', hash: `/customers/${ids.twin.id}/merge` },
    { name: 'customer-compare', hash: `/customers/${ids.twin.id}/merge?with=3` },
    { name: 'remedy', hash: `/complaints/${ids.settled.id}?tab=remedy` },
    { name: 'remedy-offered', hash: `/complaints/${ids.offered.id}?tab=remedy` },
    { name: 'agreements', hash: '/agreements' },
    { name: 'compensations', hash: '/compensations' },
    { name: 'complaint-evidence', hash: `/complaints/${ids.complaint.id}?tab=evidence` },
    { name: 'board', hash: '/board' },
    { name: 'board-wall', hash: '/board?wall=1' },
    { name: 'board-waiting', hash: '/board/waiting' },
    { name: 'figures', hash: '/reports/of/complaints?from=2026-09-01&to=2026-11-20' },
    {
      name: 'figures-compared',
      hash: '/reports/of/service?from=2026-10-01&to=2026-11-20&vs=previous',
    },
    {
      name: 'figures-behind',
      hash: '/reports/of/complaints?from=2026-09-01&to=2026-11-20&by=class&col=received',
    },
    {
      name: 'figures-paper',
      hash: '/reports/of/returns?from=2026-09-01&to=2026-11-20&view=paper',
    },
    { name: 'evaluation', hash: '/reports/evaluation?from=2026-09-01&to=2026-11-20' },
    {
      name: 'evaluation-card',
      hash: '/reports/evaluation?view=card&from=2026-09-01&to=2026-11-20',
      before: (page) => page.waitForTimeout(2500),
    },
    { name: 'evaluation-rules', hash: '/reports/evaluation?view=rules' },
    { name: 'settings-clocks', hash: '/settings/clocks' },
    {
      name: 'repair-new',
      hash: `/repairs/new?receipt=${ids.free.id}&lines=${ids.free.line}`,
      before: async (page) => {
        await page.locator('.repair-verdict').waitFor()
      },
    },
    { name: 'repairs', hash: '/repairs' },
    { name: 'loan-units', hash: '/repairs/loans' },
    { name: 'rules', hash: '/policy/rules/cn.sb-07' },
    { name: 'approvals', hash: '/approvals' },
    { name: 'report', hash: `/reports/day?date=${demoDay}` },
    { name: 'imports', hash: '/imports' },
    { name: 'settings', hash: '/settings' },
    { name: 'printers', hash: '/printers' },
    { name: 'printers-ways', hash: '/printers?view=routes' },
    { name: 'day-close', hash: `/day-close?date=${demoDay}` },
    { name: 'settings-papers', hash: '/settings/papers' },
    { name: 'verify', hash: '/verify' },
    { name: 'head-office', hash: '/reports/head-office' },
    { name: 'settings-hours', hash: '/settings/hours' },
  ]
}
