import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root, for hosts that run from source. */
export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What a build is made of: a change in any of these makes it stale. */
const INPUTS = [
  'src-main',
  'src-renderer',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
]
const STAMP = 'out/built-from.json'
/** Without these a build is none, whatever its stamp says. */
const OUTPUTS = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html']

/** Builds the desk when its sources changed since the last build; says so through `onBuild`. */
export async function buildIfStale(onBuild: () => void = () => undefined): Promise<void> {
  const sources = fingerprintSources()
  const isWhole = OUTPUTS.every((file) => existsSync(path.join(PROJECT_ROOT, file)))
  if (isWhole && readStamp() === sources) return
  onBuild()
  await runBundler()
  mkdirSync(path.join(PROJECT_ROOT, 'out'), { recursive: true })
  writeFileSync(path.join(PROJECT_ROOT, STAMP), sources)
}

/** Names, sizes and times of all inputs; a checkout that touches a file costs one build, never a stale page. */
function fingerprintSources(): string {
  const files: [string, number, number][] = []
  for (const input of INPUTS) {
    const at = path.join(PROJECT_ROOT, input)
    const names = statSync(at).isDirectory()
      ? readdirSync(at, { recursive: true }).map((name) => path.join(at, name.toString()))
      : [at]
    for (const file of names) {
      const { size, mtimeMs, isFile } = describeFile(file)
      if (isFile) files.push([path.relative(PROJECT_ROOT, file), size, Math.trunc(mtimeMs)])
    }
  }
  return JSON.stringify(files.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function describeFile(file: string): { size: number; mtimeMs: number; isFile: boolean } {
  const stat = statSync(file)
  return { size: stat.size, mtimeMs: stat.mtimeMs, isFile: stat.isFile() }
}

function readStamp(): string | null {
  try {
    return readFileSync(path.join(PROJECT_ROOT, STAMP), 'utf8')
  } catch {
    return null
  }
}

/** Shows the bundler's output only when it fails. */
function runBundler(): Promise<void> {
  const script = path.join(PROJECT_ROOT, 'node_modules/electron-vite/bin/electron-vite.js')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, 'build', '--logLevel', 'warn'], {
      cwd: PROJECT_ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`the build failed:\n${output}`)),
    )
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfStale()
