import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PROJECT_ROOT } from './build.ts'

/** Downloading takes minutes on a slow line; a line that gives nothing for this long gives nothing. */
const DOWNLOAD_LIMIT_MS = 10 * 60_000

const PACKAGE = path.join(PROJECT_ROOT, 'node_modules', 'electron')

/** Path of Electron's executable, or undefined where its runtime is not installed. */
export function findElectron(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const name = readIfThere(path.join(PACKAGE, 'path.txt'))
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  const file = override
    ? path.join(override, name ?? executableName())
    : name && path.join(PACKAGE, 'dist', name)
  return file && existsSync(file) ? file : undefined
}

/** Runs the installer of the `electron` package; true when the runtime is there afterwards. */
export function downloadElectron(): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(PACKAGE, 'install.js')], { stdio: 'ignore' })
    const limit = setTimeout(() => child.kill(), DOWNLOAD_LIMIT_MS)
    child.on('error', () => resolve(false))
    child.on('close', () => {
      clearTimeout(limit)
      resolve(findElectron() !== undefined)
    })
  })
}

/** Whether a window could be shown. */
export function hasDisplay(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return true
  return Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY'])
}

function executableName(): string {
  if (process.platform === 'win32') return 'electron.exe'
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
