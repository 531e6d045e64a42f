import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import packageInfo from '../../package.json' with { type: 'json' }

/** Everything needed to start a Chromium of this machine. */
export interface ChromiumChoice {
  executablePath: string
  args: string[]
  env: Record<string, string>
}

const BUNDLED_VERSION = packageInfo.devDependencies['@sparticuz/chromium']

/** Set by the e2e suite's set-up, so that workers neither search nor unpack again. */
const CHOICE_VARIABLE = 'GOODWILL_CHROMIUM_CHOICE'

/** Starts a Chromium: `GOODWILL_CHROMIUM`, an installed Chrome, Edge or Chromium, or the one that npm brought. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const { executablePath, args: own, env } = await chooseChromium()
  const args = [...own, ...more]
  return chromium.launch({ executablePath, args, env: { ...definedEnv(), ...env } })
}

/** Finds or unpacks a Chromium, once per run. */
export async function chooseChromium(): Promise<ChromiumChoice> {
  const known = process.env[CHOICE_VARIABLE]
  if (known) return JSON.parse(known) as ChromiumChoice
  const installed = findInstalled()
  const choice: ChromiumChoice = installed
    ? { executablePath: installed, args: sandboxArgs(), env: {} }
    : await unpackBundled()
  process.env[CHOICE_VARIABLE] = JSON.stringify(choice)
  return choice
}

/** Chromium refuses to sandbox itself for root. */
function sandboxArgs(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

function findInstalled(): string | undefined {
  const given = process.env['GOODWILL_CHROMIUM']
  if (given) {
    if (!existsSync(given)) throw new Error(`GOODWILL_CHROMIUM names no file: ${given}`)
    return given
  }
  return knownPlaces().find((file) => existsSync(file))
}

function knownPlaces(): string[] {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ]
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
      (name) => process.env[name] ?? [],
    )
    const files = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ]
    return roots.flatMap((root) => files.map((file) => path.join(root, file)))
  }
  return [
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/microsoft-edge',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
  ]
}

/**
 * Unpacks the headless Chromium of the `@sparticuz/chromium` package into a folder named by its version.
 * The package unpacks into the temporary folder and trusts what it finds there, so it gets one of its own.
 */
async function unpackBundled(): Promise<ChromiumChoice> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('no Chrome, Edge or Chromium found; name one in GOODWILL_CHROMIUM')
  }
  const home = path.join(os.tmpdir(), `goodwill-chromium-${BUNDLED_VERSION}`)
  if (!existsSync(home)) await unpackInto(home)
  const executablePath = path.join(home, 'chromium')
  const env: Record<string, string> = {}
  if (isMissingLibraries(executablePath)) env['LD_LIBRARY_PATH'] = path.join(home, 'al2023', 'lib')
  if (!existsSync('/etc/fonts/fonts.conf')) env['FONTCONFIG_PATH'] = path.join(home, 'fonts')
  // Runs as one process would be the package's default; tests want crashes and frames as on a real desk.
  const args = [
    ...sandboxArgs(),
    '--font-render-hinting=none',
    '--use-gl=angle',
    '--use-angle=swiftshader',
  ]
  return { executablePath, args, env }
}

async function unpackInto(home: string): Promise<void> {
  const { default: bundled, inflate } = await import('@sparticuz/chromium')
  const partial = `${home}.${process.pid}`
  mkdirSync(partial, { recursive: true })
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = partial
  try {
    await bundled.executablePath()
    const bin = path.dirname(
      path.dirname(new URL(import.meta.resolve('@sparticuz/chromium')).pathname),
    )
    await inflate(path.join(bin, 'bin', 'al2023.tar.br'))
    // The font list names the folder the package would have used by itself.
    const fonts = path.join(partial, 'fonts', 'fonts.conf')
    const list = readFileSync(fonts, 'utf8')
    writeFileSync(fonts, list.replaceAll('/tmp/fonts', path.join(home, 'fonts')))
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  try {
    renameSync(partial, home)
  } catch (error) {
    // Another run was faster; its copy is as good.
    if (!existsSync(home)) throw error
    rmSync(partial, { recursive: true, force: true })
  }
}

function isMissingLibraries(executable: string): boolean {
  return spawnSync('ldd', [executable], { encoding: 'utf8' }).stdout.includes('not found')
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
}
