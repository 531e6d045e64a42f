import fs from 'node:fs'
import module from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, Menu, type MessagePortMain, shell } from 'electron'
import { isRefusal, type RefusalParams } from '../../foundation/errors.ts'
import { chooseDataFolder } from '../data-folder.ts'
import { renderNoticePage } from '../notice-page.ts'
import { LANGUAGES, say, sayRefusal, systemLanguage } from '../words.ts'
import type { PortDesk } from './desk-port.ts'
import { acceptPorts } from './ipc.ts'
import { WindowPrinters } from './print-window.ts'
import { registerDeskScheme, serveDeskPages, TROUBLE_PATH } from './pages.ts'
import { DESK_HOST, DESK_PAGE, DESK_SCHEME } from './security.ts'
import { guardWebContents, openDeskWindow, type Trouble } from './window.ts'

const here = path.dirname(fileURLToPath(import.meta.url))
const PAGES = path.join(here, '..', 'renderer')
const PRELOAD = path.join(here, '..', 'preload', 'preload.cjs')

/** The bundler's server, when the desk is being worked on. */
const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
const devOrigin = devServer && new URL(devServer).origin

const demo = app.commandLine.hasSwitch('demo')
const dataDir = chooseDataFolder({
  data: app.commandLine.getSwitchValue('data') || undefined,
  demo,
})

const printers = new WindowPrinters()
let mainWindow: BrowserWindow | undefined
let trouble: Trouble & { refusal?: { reason: string; params: RefusalParams } } = { kind: 'bug' }
let openDesk: Promise<PortDesk> | undefined
/** What happens before the log is open waits here. */
const early: [string, Record<string, unknown>][] = []

// An addon named from outside is for unpackaged runs only (`database/sqlite.ts`).
if (app.isPackaged) delete process.env['GOODWILL_SQLITE_BINDING']
const shellDir = chooseShellFolder()
app.setPath('userData', shellDir)
app.setPath('sessionData', path.join(shellDir, 'shell'))
// Compiled code of the desk's own modules is kept beside the pages' caches.
module.enableCompileCache?.(path.join(shellDir, 'shell', 'code'))
registerDeskScheme()
// As root Chromium cannot sandbox, and enabling it here would override the switch and kill every page.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
if (app.requestSingleInstanceLock()) run()
else app.quit()

/**
 * Where Chromium keeps its own files: in the data folder or, where that cannot be used, in a folder of this run, so
 * that there is a window in which the desk can say what is wrong.
 */
function chooseShellFolder(): string {
  try {
    fs.mkdirSync(dataDir, { recursive: true })
    fs.accessSync(dataDir, fs.constants.W_OK)
    return dataDir
  } catch {
    return fs.mkdtempSync(path.join(os.tmpdir(), 'goodwill-desk-'))
  }
}

function run(): void {
  process.on('uncaughtException', (error) => fail({ kind: 'bug', message: error.message }, error))
  process.on('unhandledRejection', (error) => log('unhandled-rejection', { error: String(error) }))
  app.on('web-contents-created', (_event, contents) => guardWebContents(contents, devOrigin))
  app.on('second-instance', () => {
    if (mainWindow?.isMinimized()) mainWindow.restore()
    mainWindow?.focus()
  })
  app.on('window-all-closed', () => app.quit())
  app.on('child-process-gone', (_event, details) => log('child-process-gone', { ...details }))
  quitAfterClosingDesk()
  acceptPorts({ devOrigin, log, serve })
  void app.whenReady().then(() => {
    if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
    serveDeskPages(PAGES, renderTroublePage, (token) => printers.readPaper(token))
    mainWindow = openDeskWindow({
      page: devServer ?? DESK_PAGE,
      preload: PRELOAD,
      devOrigin,
      onTrouble: showTrouble,
      log,
    })
    openDesk = startDesk()
  })
}

/** Opens a file with the program of the system for it; `openPath` answers with what went wrong. */
async function openFile(file: string): Promise<boolean> {
  return (await shell.openPath(file)) === ''
}

/** Loaded after the window is there, because it brings the database, the rooms and their libraries. */
function startDesk(): Promise<PortDesk> {
  const opening = import('./desk-port.ts').then((module) =>
    module.openPortDesk(dataDir, demo, printers, openFile),
  )
  opening.then(
    (desk) => {
      for (const [event, details] of early.splice(0)) desk.log(event, details)
    },
    (error: unknown) => {
      openDesk = undefined
      failToStart(error)
    },
  )
  return opening
}

/** A page that is opened again after a failed start tries to open the data once more. */
async function serve(port: MessagePortMain): Promise<void> {
  openDesk ??= startDesk()
  const desk = await openDesk
  desk.serve(port)
}

function log(event: string, details: Record<string, unknown>): void {
  if (!openDesk) early.push([event, details])
  else openDesk.then((desk) => desk.log(event, details)).catch(() => undefined)
}

/** The data folder is released before the process ends, so that the next start finds it free. */
function quitAfterClosingDesk(): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed || !openDesk) return
    event.preventDefault()
    closed = true
    openDesk
      .then((desk) => desk.close())
      .catch(() => undefined)
      .finally(() => app.exit())
  })
}

function failToStart(error: unknown): void {
  if (isRefusal(error)) {
    trouble = { kind: 'start', refusal: { reason: error.reason, params: error.params } }
    if (mainWindow) showTrouble(mainWindow, trouble)
  } else {
    fail({ kind: 'start', message: error instanceof Error ? error.message : String(error) }, error)
  }
}

function fail(what: Trouble, error: unknown): void {
  log('failed', { error: error instanceof Error ? error.stack : String(error) })
  if (mainWindow) showTrouble(mainWindow, what)
}

function showTrouble(window: BrowserWindow, what: Trouble): void {
  trouble = what
  if (window.isDestroyed()) return
  window.loadURL(`${DESK_SCHEME}://${DESK_HOST}${TROUBLE_PATH}`).catch(() => undefined)
}

function renderTroublePage(): string {
  const { kind, message = '', refusal } = trouble
  return renderNoticePage({
    titles: LANGUAGES.map((language) => say(language, 'trouble.heading')),
    texts: LANGUAGES.flatMap((language) => [
      say(language, `trouble.${kind}`, {
        message: refusal ? sayRefusal(language, refusal.reason, refusal.params) : message,
      }),
      say(language, 'trouble.details', { folder: path.join(dataDir, 'logs') }),
    ]),
    link: { href: DESK_PAGE, text: say(systemLanguage(app.getLocale()), 'trouble.again') },
  })
}
