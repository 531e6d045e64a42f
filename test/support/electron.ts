import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ElectronApplication, _electron, type Page } from 'playwright-core'
import { findElectron, hasDisplay } from '../../src-main/hosts/electron-runtime.ts'
import { ROOT } from './run-command.ts'

/** Why no Electron can be started here; undefined where one can. */
export function missingForElectron(): string | undefined {
  if (!findElectron()) return "Electron's runtime is not installed"
  return hasDisplay() ? undefined : 'there is no display'
}

export interface ElectronDesk {
  app: ElectronApplication
  page: Page
  dataDir: string
  /** What would have stood in the clerk's way: boxes of the system and of the page, by kind. */
  dialogs: string[]
  /** Takes the power away: the process is gone at once and nothing of it is put in order. */
  cutPower: () => Promise<void>
  /** Ends the app and removes a data folder that was made for it. */
  close: () => Promise<void>
}

export interface LaunchOptions {
  /** An existing data folder; a new one otherwise. */
  dataDir?: string
  args?: readonly string[]
  /** Folder or file with the app to start; the built desk otherwise. */
  app?: string
}

/** Starts the built app with a window, as `npm start` does. */
export async function launchElectron(options: LaunchOptions = {}): Promise<ElectronDesk> {
  const executablePath = findElectron()
  if (!executablePath) throw new Error(missingForElectron())
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'goodwill-electron-'))
  const app = await _electron.launch({
    executablePath,
    args: [options.app ?? ROOT, `--data=${dataDir}`, ...(options.args ?? [])],
    cwd: ROOT,
    // As root Chromium cannot sandbox itself; everybody else tests with the sandbox on.
    chromiumSandbox: process.getuid?.() !== 0,
  })
  const page = await app.firstWindow()
  page.setDefaultTimeout(60_000)
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.type())
    void dialog.dismiss()
  })
  let closed = false
  return {
    app,
    page,
    dataDir,
    dialogs,
    cutPower: async () => {
      closed = true
      const { pid } = app.process()
      const gone = new Promise((resolve) => app.process().once('exit', resolve))
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
      await gone
    },
    close: async () => {
      if (closed) return
      closed = true
      await app.close()
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
