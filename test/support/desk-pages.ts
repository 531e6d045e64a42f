import type { Page } from 'playwright-core'
import { HOSTED_NOW } from './hosted-desk.ts'
import { untilPainted } from './keyboard.ts'
import { MANAGER, type PageOptions, type WebDesk } from './web-desk.ts'

interface Visit extends PageOptions {
  /** Who signs in; the manager unless said otherwise. */
  who?: { code: string; pin: string }
}

/** The looks every screen is judged in: each language and each theme once. */
export const LOOKS = [
  { language: 'zh-CN', mode: 'light' },
  { language: 'en', mode: 'dark' },
] as const satisfies readonly PageOptions[]

/**
 * A signed-in window on `hash`, living in the same moment as the desk, whose print dialog only counts. That somebody
 * can sign in by hand has tests of its own.
 */
export async function openAt(
  web: WebDesk,
  hash: string,
  { who = MANAGER, ...look }: Visit = {},
): Promise<Page> {
  const page = await web.openPage({
    ...look,
    who,
    hash,
    prepare: async (fresh) => {
      await fresh.addInitScript(moveClock, HOSTED_NOW.getTime())
      await fresh.emulateMedia({ reducedMotion: 'reduce' })
    },
  })
  await waitForDesk(page)
  await countPrintDialogs(page)
  return page
}

/** Waits until a page of the desk is on screen: its own, not what stands for it while its code is on the way. */
export async function waitForDesk(page: Page): Promise<void> {
  await page.locator('[data-address]:not(:has(> main[aria-busy="true"]))').waitFor()
}

/** The system's print dialog cannot be driven; that it was opened is what the desk can know. */
export async function countPrintDialogs(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.print = () => {
      document.documentElement.dataset['printed'] = String(
        Number(document.documentElement.dataset['printed'] ?? 0) + 1,
      )
    }
  })
}

/**
 * Lets the page's calendar start at `now` and run on. Playwright's own clock also replaces the time stamps of key
 * events, and by those the desk tells a scanner from a person.
 */
function moveClock(now: number): void {
  const RealDate = Date
  const shift = now - RealDate.now()
  window.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[]) =>
      Reflect.construct(target, given.length === 0 ? [RealDate.now() + shift] : given),
    get: (target, name) =>
      name === 'now' ? () => RealDate.now() + shift : Reflect.get(target, name),
  })
}

/** Goes to an address of the desk without reloading it, and waits until the page there, not the last one, has the keys. */
export async function goTo(page: Page, hash: string): Promise<void> {
  const before = await addressOnScreen(page)
  await page.evaluate((target) => {
    window.location.hash = target
  }, hash)
  const target = hash.replace(/^#/, '') || '/'
  await page.waitForFunction(
    ([old, wanted]) => {
      const address = document.querySelector('[data-address]')?.getAttribute('data-address')
      return address === wanted || address !== old
    },
    [before, target] as const,
  )
}

function addressOnScreen(page: Page): Promise<string | null> {
  return page.locator('[data-address]').getAttribute('data-address')
}

/** How often the print dialog has been opened on this page. */
export async function countPrints(page: Page): Promise<number> {
  return Number(await page.locator('html').getAttribute('data-printed'))
}

/** Waits until the print dialog has been opened `times` times. */
export async function waitForPrintDialog(page: Page, times = 1): Promise<void> {
  await page.locator(`html[data-printed="${times}"]`).waitFor()
}

/** Waits until the paper is on screen. */
export async function waitForPaper(page: Page): Promise<void> {
  await page.locator('canvas[data-painted]').waitFor()
}

/**
 * Keys as a person presses them: not while a button still turns, long enough after one another not to look like a scan,
 * and not before what is on screen has been painted. The desk tells every window of a change before the one that asked
 * for it has its answer: what a test waits for may be there while a dialog over it is not gone yet.
 */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  await page.locator('.ant-btn-loading').first().waitFor({ state: 'detached', timeout: 60_000 })
  for (const key of keys) {
    await page.waitForTimeout(90)
    await untilPainted(page)
    await page.keyboard.press(key)
  }
}

/** The confirming key thrice before the desk can have answered. */
export async function confirmThrice(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (let time = 0; time < 3; time += 1) {
      window.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true }),
      )
    }
  })
}
