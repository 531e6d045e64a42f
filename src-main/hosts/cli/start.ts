import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale, PROJECT_ROOT } from '../build.ts'
import { isRefusal } from '../../foundation/errors.ts'
import { chooseDataFolder } from '../data-folder.ts'
import { downloadElectron, findElectron, hasDisplay } from '../electron-runtime.ts'
import { say, sayRefusal, systemLanguage } from '../words.ts'
import { describeParseError } from './usage.ts'

/** An Electron that ends with an error this soon never showed its window. */
const STILLBORN_MS = 15_000

enableCompileCache()
const language = systemLanguage()
const tell = (key: string, params?: Record<string, string | number>): void =>
  console.log(say(language, `start.${key}`, params))

const { values: flags } = readFlags()
if (flags.help) {
  tell('help')
  process.exit(0)
}
const dataDir = chooseDataFolder(flags)
const port = readPort(flags.port ?? '0')
try {
  await buildIfStale(() => tell('building'))
  if (flags.demo && !existsSync(path.join(dataDir, 'desk.sqlite'))) tell('makingDemo')
  if (flags.browser || !(await runInElectron())) await serveInBrowser()
} catch (error) {
  if (!isRefusal(error)) throw error
  console.error(sayRefusal(language, error.reason, error.params))
  process.exitCode = 1
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        demo: { type: 'boolean', default: false },
        data: { type: 'string' },
        port: { type: 'string' },
        browser: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    const { key, params } = describeParseError(error)
    console.error(say(language, `cli.usage.${key}`, params))
    tell('help')
    return process.exit(2)
  }
}

function readPort(given: string): number {
  const value = Number(given)
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value
  console.error(say(language, 'cli.usage.value', { what: '--port', value: given }))
  return process.exit(2)
}

/** Runs the desk in Electron until its window is closed; false, with the reason told, where that cannot be. */
async function runInElectron(): Promise<boolean> {
  if (!hasDisplay()) return decline('noDisplay')
  if (!findElectron()) {
    tell('downloading')
    if (!(await downloadElectron())) return decline('noRuntime')
  }
  const electron = findElectron()
  if (!electron) return decline('noRuntime')
  const asRoot = process.getuid?.() === 0
  if (asRoot) tell('rootSandbox')
  const started = performance.now()
  const code = await runElectron(electron, [
    ...(asRoot ? ['--no-sandbox'] : []),
    PROJECT_ROOT,
    `--data=${dataDir}`,
    ...(flags.demo ? ['--demo'] : []),
  ])
  if (code !== 0 && performance.now() - started < STILLBORN_MS) {
    return decline('electronFailed', { code })
  }
  process.exitCode = code
  return true
}

function decline(key: string, params?: Record<string, string | number>): false {
  tell(key, params)
  return false
}

function runElectron(electron: string, args: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(electron, args, { stdio: 'inherit' })
    // Ctrl+C reaches both processes; this one stays until Electron has closed the data folder.
    const stay = (): void => undefined
    process.on('SIGINT', stay)
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.on('error', () => resolve(127))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

async function serveInBrowser(): Promise<void> {
  const { serveDesk } = await import('../web/serve.ts')
  await serveDesk({
    dataDir,
    demo: flags.demo,
    port,
    onReady: (address) => {
      tell('browser', { address })
      tell('stop')
    },
  })
}
