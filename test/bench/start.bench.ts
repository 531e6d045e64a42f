import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildIfStale } from '../../src-main/hosts/build.ts'
import { launchElectron, missingForElectron } from '../support/electron.ts'
import { makeTempFolder } from '../support/hosted-desk.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

/** Started in turns, so that both meet the machine in the same state. */
const ROUNDS = 7

const bench: Bench = { name: 'start', run }
export default bench

/** From starting the process to the first screen that takes input, beside an Electron window with nothing in it. */
async function run(): Promise<Figure[]> {
  const missing = missingForElectron()
  if (missing) throw new Error(`not measured: ${missing}`)
  await buildIfStale()
  const folder = makeTempFolder('start')
  try {
    const empty = writeEmptyApp(path.join(folder.dir, 'empty'))
    const times = { empty: [] as number[], first: [] as number[], again: [] as number[] }
    for (let round = 0; round < ROUNDS; round += 1) {
      times.empty.push(await timeStart(path.join(folder.dir, `e${round}`), 'body', empty))
      const data = path.join(folder.dir, `d${round}`)
      times.first.push(await timeStart(data, 'input'))
      times.again.push(await timeStart(data, 'input'))
    }
    const baseline = { name: 'empty Electron window', value: quantile(times.empty, 0.5) }
    return [
      figure('new data folder to the set-up screen', quantile(times.first, 0.5), 'ms', baseline),
      figure('later start to the first screen', quantile(times.again, 0.5), 'ms', baseline),
    ]
  } finally {
    folder.remove()
  }
}

/** Milliseconds from the start of the process until `selector` is on the page. */
async function timeStart(dataDir: string, selector: string, app?: string): Promise<number> {
  mkdirSync(dataDir, { recursive: true })
  const started = performance.now()
  const desk = await launchElectron({ dataDir, ...(app ? { app } : {}) })
  await desk.page
    .locator(selector)
    .first()
    .waitFor({ state: app ? 'attached' : 'visible' })
  const took = performance.now() - started
  await desk.close()
  return took
}

function writeEmptyApp(dir: string): string {
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    path.join(dir, 'package.json'),
    JSON.stringify({ name: 'empty', version: '1.0.0', type: 'module', main: 'main.js' }),
  )
  writeFileSync(
    path.join(dir, 'main.js'),
    `import { app, BrowserWindow } from 'electron'
app.setPath('userData', app.commandLine.getSwitchValue('data'))
app.on('window-all-closed', () => app.quit())
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1360, height: 860, webPreferences: { sandbox: true } })
  window.loadURL('data:text/html,<title>empty</title><body></body>')
})
`,
  )
  return dir
}
