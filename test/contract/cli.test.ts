import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTempFolder, openQuietDesk } from '../support/hosted-desk.ts'
import { NEW_STORE } from '../support/new-store.ts'
import { runCommand } from '../support/run-command.ts'

const DONE = 0
const REFUSED = 1
const WRONG_USAGE = 2

const folder = makeTempFolder('cli')
const dataDir = path.join(folder.dir, 'data')
const file = (name: string): string => path.join(folder.dir, name)

const SALES = `小票号,销售日期,商品编码,商品名称,数量,单价,实收金额
B0001,2026-11-20,690001,羊毛袜,2,30.00,60.00
B0002,2026-11-20,690002,短靴,1,599.00,abc
`

beforeAll(async () => {
  const desk = await openQuietDesk(dataDir)
  const client = createRouterClient(desk.router, { context: { trusted: true } })
  await client.settings.setUp(NEW_STORE)
  await desk.close()
  writeFileSync(file('sales.csv'), SALES)
})

afterAll(() => folder.remove())

interface Ran {
  code: number
  output: string
  json: Record<string, unknown>
}

/** Runs a command as `npm run desk` does, on the prepared data folder unless told otherwise. */
async function desk(...args: string[]): Promise<Ran> {
  const given = args.includes('--data') ? args : [...args, '--data', dataDir]
  const { code, output } = await runCommand([
    process.execPath,
    'src-main/hosts/cli/desk.ts',
    ...given,
  ])
  const json = args.includes('--json') ? (JSON.parse(output) as Record<string, unknown>) : {}
  return { code, output, json }
}

describe('the command line', () => {
  it('imports a file, then finds what is in it, in the store’s language', async () => {
    const imported = await desk('import', file('sales.csv'), '--json')
    expect(imported.code).toBe(DONE)
    expect(imported.json).toMatchObject({
      ok: true,
      state: 'finished',
      counts: { rows: 2, accepted: 1, unchanged: 0, skipped: 0, rejected: 1 },
      totals: { sales: '60.00' },
    })
    const rejects = String(imported.json['rejectFile'])
    expect(existsSync(rejects)).toBe(true)

    const again = await desk('import', file('sales.csv'))
    expect(again.code).toBe(DONE)
    expect(again.output).toMatch(/导入 0.未变 1/)

    const found = await desk('find', 'B0001')
    expect(found.code).toBe(DONE)
    expect(found.output).toContain('小票')
    expect(found.output).toContain('B0001')
    expect((await desk('find', 'nothing-like-it')).output).toContain('没有找到')
  })

  it('lists what waits for the POS and writes a day’s instructions', async () => {
    const listed = await desk('instructions', 'list', '--json')
    expect(listed.code).toBe(DONE)
    expect(listed.json).toMatchObject({ ok: true, instructions: [], count: 0, payOut: 0 })
    const out = file('instructions.json')
    const args = ['--date', '2026-11-20', '--format', 'json', '--out', out, '--json']
    const written = await desk('instructions', 'export', ...args)
    expect(written).toMatchObject({ code: DONE, json: { ok: true, file: out, rows: 0 } })
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      format: 'goodwill-desk.pos-instructions',
      version: 1,
      rows: [],
    })
    const nowhere = await desk('instructions', 'export', '--json')
    expect(nowhere).toMatchObject({ code: REFUSED, json: { reason: 'instructions.no_folder' } })
    expect((await desk('instructions', 'pay')).code).toBe(WRONG_USAGE)
  })

  it('writes the complaint report of a day', async () => {
    const out = file('report.pdf')
    const ran = await desk('report', 'day', '--date', '2026-11-20', '--out', out, '--json')
    expect(ran.code).toBe(DONE)
    expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-')
    expect(ran.json['bytes']).toBe(readFileSync(out).length)
  })

  it('verifies and backs up', async () => {
    expect((await desk('verify', '--json')).json).toMatchObject({
      ok: true,
      integrity: 'ok',
      closes: { ok: true, closes: 0, faults: [] },
    })
    const backup = await desk('backup', '--json')
    expect(backup.code).toBe(DONE)
    expect(existsSync(String(backup.json['file']))).toBe(true)
  })

  it('restores a backup into a new folder and verifies it, never over a store', async () => {
    const backup = String((await desk('backup', '--json')).json['file'])
    const into = ['--data', file('restored')]
    const restored = await desk('restore', backup, ...into, '--json')
    expect(restored).toMatchObject({ code: DONE, json: { ok: true, integrity: 'ok' } })
    expect((await desk('find', 'B0001', ...into)).output).toContain('B0001')
    const again = await desk('restore', backup, ...into, '--json')
    expect(again).toMatchObject({
      code: REFUSED,
      json: { ok: false, reason: 'restore.folder_not_empty' },
    })
    const args = ['src-main/hosts/cli/desk.ts', 'restore', backup]
    const unnamed = await runCommand([process.execPath, ...args])
    expect(unnamed.code).toBe(WRONG_USAGE)
    expect(unnamed.output).toContain('--data NEW_FOLDER')
  })

  it.each([
    [
      'a folder',
      () => (mkdirSync(file('folder'), { recursive: true }), file('folder')),
      '是文件夹',
    ],
    ['an empty file', () => (writeFileSync(file('empty.csv'), ''), file('empty.csv')), '是空的'],
    ['a file that is not there', () => file('missing.csv'), '读不到文件'],
  ])('refuses to import %s and says why', async (_what, make, words) => {
    const ran = await desk('import', make())
    expect(ran.code).toBe(REFUSED)
    expect(ran.output).toContain(words)
  })

  it('refuses a report it cannot write', async () => {
    const out = path.join(folder.dir, 'no-such-folder', 'report.pdf')
    const ran = await desk('report', 'day', '--date', '2026-11-20', '--out', out, '--json')
    expect(ran.code).toBe(REFUSED)
    expect(ran.json).toMatchObject({ ok: false, reason: 'cli.cannot_write' })
  })

  it('refuses to work on a folder without a store', async () => {
    const ran = await desk('find', 'B0001', '--data', file('empty-data'), '--json')
    expect(ran.code).toBe(REFUSED)
    expect(ran.json).toMatchObject({ ok: false, reason: 'desk.not_set_up' })
  })

  it.each([
    [[]],
    [['fly']],
    [['import']],
    [['find']],
    [['report', 'week']],
    [['report', 'day', '--date', '2026-02-30', '--out', 'x.pdf']],
    [['report', 'day', '--out', 'x.pdf']],
    [['import', 'x.csv', '--kind', 'people']],
    [['serve', '--port', '70000']],
    [['verify', '--loudly']],
  ])('calls %j wrong usage', async (args) => {
    const { code, output } = await runCommand([
      process.execPath,
      'src-main/hosts/cli/desk.ts',
      ...args,
    ])
    expect(code).toBe(WRONG_USAGE)
    expect(output).toContain('npm run --silent desk --')
  })

  it('explains every command', async () => {
    for (const name of [
      'import',
      'find',
      'report',
      'verify',
      'backup',
      'restore',
      'serve',
      'demo',
    ]) {
      const { code, output } = await desk(name, '--help')
      expect(code).toBe(DONE)
      expect(output).toContain('--data DIR')
    }
  })
})
