import { scryptSync } from 'node:crypto'
import { createRouterClient, type RouterClient } from '@orpc/server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import type { CallContext, Desk } from '../../src-main/desk.ts'
import type { DeskContract } from '../../src-main/contract.ts'
import type { WebHost } from '../../src-main/hosts/web/server.ts'
import type { Router } from '@orpc/server'
import { launchBrowser } from './chromium.ts'
import { hostOverHttp, makeTempFolder, openQuietDesk } from './hosted-desk.ts'
import { NEW_STORE } from './new-store.ts'

export const MANAGER = NEW_STORE.manager
export const CLERK = { code: '002', name: '赵敏', pin: '1379' } as const

export interface PageOptions {
  language?: 'zh-CN' | 'en'
  mode?: 'light' | 'dark'
}

/** How a window begins. */
export interface WindowOptions extends PageOptions {
  /** Who is signed in already, as after a reload; nobody unless said. */
  who?: { code: string; pin: string }
  /** Where it begins: home unless said. */
  hash?: string
  /** What must be in place before the desk's own scripts run. */
  prepare?: (page: Page) => Promise<void>
}

/** A desk on a fresh data folder, served to a real browser over the loopback interface. */
export interface WebDesk {
  desk: Desk
  host: WebHost
  /** Calls the router in this process as the command line does. */
  client: RouterClient<Router<DeskContract, CallContext>>
  /** A new window: own session, own language and colours. Script errors in it fail the test that closes the desk. */
  openPage(options?: WindowOptions): Promise<Page>
  close(): Promise<void>
}

/** Starts a desk; `setUp` also makes the store and its two operators. */
export async function openWebDesk({
  setUp = true,
  browserArgs = [] as readonly string[],
} = {}): Promise<WebDesk> {
  const folder = makeTempFolder('e2e')
  const desk = await openQuietDesk(folder.dir)
  const host = await hostOverHttp(desk)
  const client = createRouterClient(desk.router, { context: { trusted: true } })
  if (setUp) {
    await setUpStore(client)
    await lightenPins(desk)
  }
  const browser: Browser = await launchBrowser(browserArgs)
  const open = new Set<BrowserContext>()
  const idle: BrowserContext[] = []
  const troubles: string[] = []

  /** Windows open at once keep nothing in common; one that follows another finds the desk's files in the cache. */
  const takeContext = async (): Promise<BrowserContext> => {
    const context = idle.pop() ?? (await newContext())
    open.add(context)
    closeAfterTest(async (hasFailed) => {
      if (hasFailed) await tellWhatIsOnScreen(context)
      // What a failed test has left behind is for nobody else.
      if (hasFailed || !open.has(context)) return context.close()
      for (const page of context.pages()) await page.close()
      idle.push(context)
    })
    return context
  }
  const newContext = async (): Promise<BrowserContext> => {
    const context = await browser.newContext({ viewport: VIEWPORT })
    context.setDefaultTimeout(PATIENCE_MS)
    return context.once('close', () => open.delete(context))
  }

  return {
    desk,
    host,
    client,
    openPage: async ({ language = 'zh-CN', mode = 'light', who, hash = '', prepare } = {}) => {
      const session = who ? (await client.staff.signIn(who)).token : null
      const context = await takeContext()
      const page = await context.newPage()
      await page.addInitScript(furnishWindow, { language, mode, session, code: who?.code ?? null })
      await prepare?.(page)
      page.on('pageerror', (error) => troubles.push(error.stack ?? error.message))
      await page.goto(host.address + hash)
      return page
    },
    close: async () => {
      for (const context of open) await context.close()
      await browser.close()
      await host.close()
      await desk.close()
      folder.remove()
      if (troubles.length > 0) throw new Error(`script errors in the page:\n${troubles.join('\n')}`)
    },
  }
}

const VIEWPORT = { width: 1280, height: 720 } as const

/** How long a page may take to show something: only what never comes is to fail. */
const PATIENCE_MS = 60_000

/** What the window of a desk in use already knows. Runs in the page before its own scripts, at every load. */
function furnishWindow(known: {
  language: string
  mode: string
  session: string | null
  code: string | null
}): void {
  // A page is many small files; the browser remembers 250 unless told otherwise.
  performance.setResourceTimingBufferSize(5_000)
  if (sessionStorage.getItem('furnished') !== null) return
  sessionStorage.setItem('furnished', 'yes')
  localStorage.clear()
  localStorage.setItem('goodwill.language', known.language)
  localStorage.setItem('goodwill.appearance', known.mode)
  if (known.code !== null) localStorage.setItem('goodwill.lastOperator', known.code)
  if (known.session !== null) sessionStorage.setItem('goodwill.session', known.session)
}

/** A window left open goes on asking the desk for news; one that a whole file shares is closed with its desk. */
function closeAfterTest(close: (hasFailed: boolean) => Promise<void>): void {
  try {
    onTestFinished(({ task }) => close(task.result?.state === 'fail'))
  } catch {
    // Not inside a test: `beforeAll` opened it.
  }
}

const LONGEST_TELLING = 6_000
const TELLING_MS = 8_000

/**
 * A machine that only keeps what was printed must be able to say what a failed test was looking at. A page that does
 * not answer any more must neither hold the run up nor cover why the test failed.
 */
async function tellWhatIsOnScreen(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) {
    const seen = await Promise.race([
      describeScreen(page).catch((error: unknown) => String(error)),
      new Promise<string>((resolve) => setTimeout(resolve, TELLING_MS, 'gives no answer')),
    ])
    console.log(`on screen: ${page.url()}\n${seen.slice(0, LONGEST_TELLING)}`)
  }
}

async function describeScreen(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog')
  const place = (await dialog.count()) > 0 ? dialog.last() : page.locator('body')
  const focus = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))
  return `focus: ${focus}\n${await place.ariaSnapshot({ timeout: TELLING_MS })}`
}

async function setUpStore(client: WebDesk['client']): Promise<void> {
  await client.settings.setUp(NEW_STORE)
  await client.staff.add({
    code: CLERK.code,
    name: CLERK.name,
    phone: '',
    role: 'clerk',
    pin: CLERK.pin,
  })
}

/**
 * Gives both operators the same PIN with a hash that takes a millisecond. How strong hashes are has tests of its own; here
 * every window signs in, and a hash as strong as a store's takes half a second each time.
 */
async function lightenPins(desk: Desk): Promise<void> {
  for (const { code, pin } of [MANAGER, CLERK]) {
    await desk.folder.store.write((w) =>
      w
        .updateTable('operator')
        .set({ pin_hash: hashLightly(pin) })
        .where('code', '=', code)
        .execute(),
    )
  }
}

/** In the shape of `staff/pin.ts`, which goes by the cost a hash names. */
function hashLightly(pin: string): string {
  const salt = Buffer.alloc(16, 7)
  const cost = { N: 16, r: 8, p: 1 }
  const key = scryptSync(pin, salt, 32, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join(
    '$',
  )
}

/** Signs in through the page and waits for the home screen. */
export async function signIn(
  page: Page,
  { code, pin }: { code: string; pin: string } = MANAGER,
): Promise<void> {
  await page.locator('#sign-in-code').fill(code)
  await page.locator('#sign-in-pin').fill(pin)
  await page.locator('#sign-in-pin').press('Enter')
  await page.locator('[data-home-box]').waitFor()
}
