import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildForPage } from '../support/page-script.ts'
import {
  callOverHttp,
  hostOverHttp,
  makeTempFolder,
  openQuietDesk,
} from '../support/hosted-desk.ts'
import { NEW_STORE } from '../support/new-store.ts'
import { Caller } from '../support/calls.ts'
import { type Diary, lookAround } from '../support/day-at-the-desk.ts'
import { type ElectronDesk, launchElectron, missingForElectron } from '../support/electron.ts'

const missing = missingForElectron()

/** What the page script of this suite leaves on the window. */
interface PageWithDay {
  workADay(): Promise<{ diary: Diary; token: string; receiptId: number }>
}

describe('the desk in Electron', () => {
  const folder = makeTempFolder('electron')
  let desk: ElectronDesk

  beforeAll(async () => {
    if (missing) return
    desk = await launchElectron({ dataDir: folder.dir })
  })

  afterAll(async () => {
    await desk?.close()
    folder.remove()
  })

  it('shows the set-up of a new store in a page of its own origin', async ({ skip }) => {
    skip(missing !== undefined, missing)
    await desk.page.getByRole('heading', { name: '开台' }).waitFor()
    expect(await desk.page.evaluate(() => window.location.origin)).toBe('app://desk')
  })

  it('gives the page nothing of Node', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const seen = await desk.page.evaluate(() => ({
      require: typeof Reflect.get(window, 'require'),
      process: typeof Reflect.get(window, 'process'),
      module: typeof Reflect.get(window, 'module'),
      bridge: Object.keys(Reflect.get(window, 'goodwillDesk') as object).sort(),
    }))
    expect(seen).toEqual({
      require: 'undefined',
      process: 'undefined',
      module: 'undefined',
      bridge: ['host', 'platform'],
    })
    const preferences = await desk.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const contents = window?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      const { sandbox, contextIsolation, nodeIntegration, webviewTag } =
        contents.getLastWebPreferences()
      return { sandbox, contextIsolation, nodeIntegration, webviewTag }
    })
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    })
  })

  it('goes nowhere else, opens nothing and runs no foreign script', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { page } = desk
    const before = page.url()
    const opened = await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = 'https://example.com/'
      document.body.append(link)
      link.click()
      link.remove()
      return window.open('https://example.com/') === null
    })
    expect(opened).toBe(true)
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.foreign = true'
      document.body.append(script)
      script.remove()
      await new Promise((resolve) => setTimeout(resolve, 200))
      return Reflect.get(window, 'foreign') === true
    })
    expect(ran).toBe(false)
    expect(page.url()).toBe(before)
    expect(desk.app.windows()).toHaveLength(1)
    const outside = await page.evaluate(async () => {
      const got = await fetch('app://desk/%2e%2e/main/main.js')
      return got.status
    })
    expect(outside).toBe(404)
  })

  it('may see through a camera, and has no permission that no desk needs', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const states = await desk.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[]
      const found = await Promise.all(names.map((name) => navigator.permissions.query({ name })))
      return found.map(({ state }) => state)
    })
    expect(states).toEqual(['denied', 'denied', 'granted', 'denied'])
  })

  it('tells a second process who has the data folder', async ({ skip }) => {
    skip(missing !== undefined, missing)
    await expect(openQuietDesk(folder.dir)).rejects.toMatchObject({
      reason: 'desk.folder_in_use',
      params: { host: 'electron' },
    })
  })

  it('answers like the browser host on the same store', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const script = await buildForPage(path.join(import.meta.dirname, 'day-in-a-page.ts'))
    await desk.page.evaluate(script)
    const { diary, receiptId } = await desk.page.evaluate(() =>
      (window as unknown as PageWithDay).workADay(),
    )
    expect(diary['set-up again']).toMatchObject({
      error: { code: 'REFUSED', data: { reason: 'settings.already_set_up' } },
    })
    expect(diary['refund']).toMatchObject({ answer: { amount: 3000 } })
    await desk.close()

    const quiet = await openQuietDesk(folder.dir, () => new Date())
    const host = await hostOverHttp(quiet)
    const caller = new Caller()
    const http = callOverHttp(host, caller)
    const { manager } = NEW_STORE
    caller.token = (await http.staff.signIn({ code: manager.code, pin: manager.pin })).token
    const seen = await lookAround(http, receiptId)
    for (const [step, answer] of Object.entries(seen)) {
      // The version of the app and the instant on the paper are those of the process.
      if (step === 'status' || step === 'paper') continue
      expect({ [step]: diary[step] }).toEqual({ [step]: answer })
    }
    await host.close()
    await quiet.close()
  })
})

describe('an Electron that cannot open its data', () => {
  it('says why, in both languages, and opens once the cause is gone', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const folder = makeTempFolder('taken')
    const owner = await openQuietDesk(folder.dir)
    const desk = await launchElectron({ dataDir: folder.dir })
    await desk.page.getByText('信誉台打不开这个页面').waitFor()
    const words = await desk.page.locator('main').innerText()
    expect(words).toContain('Goodwill Desk could not open this page')
    expect(words).toContain(String(process.pid))
    await owner.close()
    await desk.page.getByRole('link').click()
    await desk.page.getByRole('heading', { name: '开台' }).waitFor()
    await desk.close()
    folder.remove()
  })
})

describe('an Electron given a data folder that is none', () => {
  it('says so in its window', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const folder = makeTempFolder('no-folder')
    const file = path.join(folder.dir, 'file')
    writeFileSync(file, '')
    const desk = await launchElectron({ dataDir: file })
    await desk.page.getByText('信誉台打不开这个页面').waitFor()
    await expect.poll(() => desk.page.locator('main').innerText()).toContain(file)
    await desk.close()
    folder.remove()
  })
})

describe('a page that dies', () => {
  it('comes back by itself once, and then says what happened', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const folder = makeTempFolder('crash')
    const { app, page, close } = await launchElectron({ dataDir: folder.dir })
    await page.getByRole('heading', { name: '开台' }).waitFor()
    /** Kills the page's process; resolves with the address that is loaded in its place. */
    const crash = (): Promise<string> =>
      app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        const loaded = new Promise<void>((resolve) =>
          contents?.once('did-finish-load', () => resolve()),
        )
        contents?.forcefullyCrashRenderer()
        await loaded
        return contents?.getURL() ?? ''
      })
    expect(await crash()).toBe('app://desk/index.html')
    expect(await crash()).toBe('app://desk/trouble')
    await close()
    folder.remove()
  })
})
