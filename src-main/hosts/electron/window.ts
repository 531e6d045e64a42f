import { BrowserWindow, dialog, type WebContents } from 'electron'
import type { LogEvent } from '../log.ts'
import { say, systemLanguage } from '../words.ts'
import { isDeskUrl, isNavigationAllowed, isPermissionAllowed } from './security.ts'

/** A second crash within this time is not answered with another reload. */
const CRASH_WINDOW_MS = 60_000

/** Chromium's code for a load that another load replaced: not a failure. */
const LOAD_ABORTED = -3

export type Trouble = { kind: 'crashed' | 'load' | 'preload' | 'start' | 'bug'; message?: string }

export interface WindowOptions {
  page: string
  preload: string
  devOrigin: string | undefined
  /** Shows the page that says what went wrong. */
  onTrouble(window: BrowserWindow, trouble: Trouble): void
  log: LogEvent
}

/** Opens the desk's window and starts loading its page; resolves nothing, waits for nothing. */
export function openDeskWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 1024,
    minHeight: 640,
    title: '信誉台 Goodwill Desk',
    backgroundColor: '#F6F7F5',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  watchWindow(window, options)
  keepDrafts(window)
  // A failed load is answered by did-fail-load; the promise says nothing more.
  window.loadURL(options.page).catch(() => undefined)
  return window
}

/** Applies to every page and frame the app will ever have, whoever opens it. */
export function guardWebContents(contents: WebContents, devOrigin: string | undefined): void {
  const refuseForeign = (event: { preventDefault(): void; url: string }): void => {
    if (!isNavigationAllowed(event.url, devOrigin)) event.preventDefault()
  }
  contents.on('will-navigate', refuseForeign)
  contents.on('will-redirect', refuseForeign)
  contents.on('will-frame-navigate', (event) => {
    // A PDF preview shows a blob the page made itself, inside a frame.
    const own =
      !event.isMainFrame && event.url.startsWith('blob:') && isOwnBlob(event.url, devOrigin)
    if (!own && !isNavigationAllowed(event.url, devOrigin)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.session.setPermissionRequestHandler((asking, permission, answer, details) => {
    const address = details.requestingUrl || asking.getURL()
    answer(isPermissionAllowed(permission, address, { devOrigin, details }))
  })
  contents.session.setPermissionCheckHandler((_asking, permission, origin, details) =>
    isPermissionAllowed(permission, origin, { devOrigin, details }),
  )
}

/** Milliseconds after which what somebody has just done is on disk. */
const KEEP_DRAFTS_AFTER_MS = 300

/** What a hand does that changes no draft. */
const IDLE_INPUT: ReadonlySet<string> = new Set([
  'mouseMove',
  'mouseEnter',
  'mouseLeave',
  'mouseWheel',
])

/**
 * Has drafts written to disk right after each action, so that a power cut leaves the form as it stood. Left to itself
 * Chromium waits five seconds, and minutes where a page stores often.
 */
function keepDrafts({ webContents }: BrowserWindow): void {
  let pending: NodeJS.Timeout | undefined
  let again = false
  const write = (): void => {
    webContents.session.flushStorageData()
    pending = again ? setTimeout(write, KEEP_DRAFTS_AFTER_MS) : undefined
    again = false
  }
  webContents.on('input-event', (_event, input) => {
    if (IDLE_INPUT.has(input.type)) return
    if (pending) again = true
    else pending = setTimeout(write, KEEP_DRAFTS_AFTER_MS)
  })
  webContents.once('destroyed', () => clearTimeout(pending))
}

function isOwnBlob(address: string, devOrigin: string | undefined): boolean {
  return isDeskUrl(address.slice('blob:'.length), devOrigin)
}

function watchWindow(window: BrowserWindow, options: WindowOptions): void {
  const { webContents } = window
  let lastCrash = Number.NEGATIVE_INFINITY

  webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return
    options.log('render-process-gone', { ...details })
    const again = performance.now() - lastCrash < CRASH_WINDOW_MS
    lastCrash = performance.now()
    if (again) options.onTrouble(window, { kind: 'crashed' })
    else webContents.reload()
  })
  webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (!isMainFrame || code === LOAD_ABORTED) return
    options.log('did-fail-load', { code, description, url })
    options.onTrouble(window, { kind: 'load' })
  })
  webContents.on('preload-error', (_event, path, error) => {
    options.log('preload-error', { path, error: error.message })
    options.onTrouble(window, { kind: 'preload' })
  })
  window.on('unresponsive', () => {
    options.log('unresponsive', {})
    void askAboutUnresponsive(window)
  })
}

/** The page itself cannot say anything now, so the system's dialog does, in both languages. */
async function askAboutUnresponsive(window: BrowserWindow): Promise<void> {
  const both = (key: string): string => `${say('zh-CN', key)}\n${say('en', key)}`
  const language = systemLanguage()
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: both('unresponsive.message'),
    detail: both('unresponsive.detail'),
    buttons: [say(language, 'unresponsive.wait'), say(language, 'unresponsive.reload')],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1 && !window.isDestroyed()) {
    window.webContents.forcefullyCrashRenderer()
    window.webContents.reload()
  }
}
