import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { chooseChromium, launchBrowser } from '../support/chromium.ts'
import { makeTempFolder } from '../support/hosted-desk.ts'
import { ROOT } from '../support/run-command.ts'

const folder = makeTempFolder('start')
let running: ChildProcess | undefined

afterEach(async () => {
  await stop()
})

interface Started {
  output: string
  address: string
}

let said = ''

/** Runs what `npm start` runs, on a machine without a display, until it prints its address. */
function start(...args: string[]): Promise<Started> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  const child = spawn(process.execPath, ['src-main/hosts/cli/start.ts', ...args], {
    cwd: ROOT,
    env: { ...env, LANG: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running = child
  return new Promise((resolve, reject) => {
    let output = ''
    said = ''
    const take = (chunk: Buffer): void => {
      output += chunk.toString()
      said = output
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+\n/.exec(output)?.[0].trim()
      if (address) resolve({ output, address })
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('close', () => reject(new Error(output)))
  })
}

/** Ends what was started and returns its exit code, with everything it said where that is not 0. */
async function stop(): Promise<number | string | null> {
  const child = running
  running = undefined
  if (!child || child.exitCode !== null) return child?.exitCode ?? null
  child.kill('SIGINT')
  const [code] = (await once(child, 'close')) as [number | null]
  return code === 0 ? 0 : `${code}: ${said}`
}

describe.skipIf(process.platform !== 'linux')('npm start on a machine without a display', () => {
  it('says so in one line, serves the desk, and tells a page of the last run what to do', async () => {
    const first = await start('--data', path.join(folder.dir, 'own'))
    expect(first.output).toContain('There is no display, so the desk is served for the browser.')
    await chooseChromium()
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage()
      await page.goto(first.address)
      await page.getByRole('heading', { name: '开台' }).waitFor()
      expect(new URL(page.url()).search).toBe('')
      expect(await stop()).toBe(0)

      const { port } = new URL(first.address)
      const second = await start('--data', path.join(folder.dir, 'own'), '--port', port)
      await page.goto(first.address)
      await page.getByRole('heading', { name: '这个地址已失效' }).waitFor()
      await page.getByRole('heading', { name: 'This address is no longer valid' }).waitFor()
      await page.goto(second.address)
      await page.getByRole('heading', { name: '开台' }).waitFor()
    } finally {
      await browser.close()
    }
  })

  it('opens a store to try with --demo, which keeps to its own folder', async () => {
    const dir = path.join(folder.dir, 'demo')
    const { address } = await start('--demo', '--data', dir)
    expect(existsSync(path.join(dir, 'desk.sqlite'))).toBe(true)
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage()
      await page.goto(address)
      await page.getByText('M01').first().waitFor()
    } finally {
      await browser.close()
    }
  })
})
