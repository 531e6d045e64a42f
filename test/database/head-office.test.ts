import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { columns } from '../../src-main/head-office/format.ts'
import {
  caseLine,
  dayCloseLine,
  FORMAT_MINOR,
  FORMAT_VERSION,
  ledgerLine,
  manifest as manifestShape,
} from '../../src-main/head-office/lines.ts'
import { recordSigned } from '../support/approve.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { exportEnded, exportNext as exportOf, filesOf, readExport } from '../support/head-office.ts'
import { addManyCases } from '../support/many-cases.ts'
import { openHouse } from '../support/open-house.ts'
import { ROOT } from '../support/run-command.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

const manyCases = 10_000

let test: TestDesk
let out: string
let refund: { id: number; number: string }

beforeAll(async () => {
  test = await openTestDesk()
  out = mkdtempSync(path.join(os.tmpdir(), 'goodwill-out-'))
  await test.write(openHouse)
  await addManyCases(test, { cases: manyCases, open: 400 })
  const sale = await test.write(async (w) => {
    const customerId = await addCustomer(w, { name: '欧阳静怡', phone: '13812345521' })
    return addReceipt(w, {
      receiptNo: 'POS-HQ-1',
      businessDate: '2026-11-20',
      customerId,
      lines: [{ name: '=羊毛衫，"特价"', paid_amount: 39_900 }],
    })
  })
  const [saleLineId = 0] = sale.lineIds
  refund = await recordSigned(test, {
    receiptId: sale.id,
    lines: [{ saleLineId, units: 1, condition: 'sealed', packagingIntact: true }],
    reason: 'preference',
    expectedAmount: 39_900,
    note: '顾客 13812345521 说不合身',
  })
})
afterAll(async () => {
  await test.close()
  rmSync(out, { recursive: true })
})

const exportNext = (choice: Partial<Parameters<typeof exportOf>[1]> = {}) =>
  exportOf(test, { folder: out, ...choice })

describe('the export for head office', () => {
  let first: Awaited<ReturnType<typeof exportNext>>

  it('tells every case and every movement of money once, by hash and by shape', async () => {
    first = await exportNext()
    expect(first.state).toBe('done')
    const read = readExport(first.dir ?? '')
    expect(read.manifest).toMatchObject({ fromSeq: 1, previous: '', deskNo: '0312' })
    expect(read.sha256).toBe(first.manifestSha256)
    const ids = read.cases.map((line) => line.caseId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(manyCases)
    expect(read.ledger).toMatchObject([
      { kind: 'refund', number: refund.number, amount: 39_900, reversed: false, currency: 'CNY' },
    ])
  })

  it('names no customer in its lines, and masks them in the file beside', async () => {
    const { people } = readExport(first.dir ?? '')
    expect(people).toContain('138****5521')
    expect(people).not.toContain('静怡')
    for (const [name, content] of filesOf(first.dir ?? '')) {
      const text = Buffer.from(content, 'base64').toString()
      expect([name, /13812345521|欧阳静怡/.test(text)]).toEqual([name, false])
    }
  })

  it('has nothing new right after, and the change since when there is one', async () => {
    expect(await exportNext()).toMatchObject({ state: 'nothing_new', dir: null })
    await test.manager.client.refunds.void({ refundId: refund.id, reason: '录错了', version: 1 })
    const second = await exportNext()
    const read = readExport(second.dir ?? '')
    expect(read.manifest.previous).toBe(first.manifestSha256)
    expect(read.manifest.fromSeq).toBe(readExport(first.dir ?? '').manifest.toSeq + 1)
    expect(read.ledger).toMatchObject([
      { kind: 'refund', reversed: true, reverses: refund.number, amount: -39_900 },
    ])
    expect(read.cases).toHaveLength(1)
    expect(await exportNext()).toMatchObject({ state: 'nothing_new' })
  })

  it('is the same to the byte when it is written again, whatever has changed since', async () => {
    const { exports } = await test.manager.client.headOffice.exports()
    const made = exports.find((each) => each.fromSeq === 0)
    const elsewhere = path.join(out, 'again')
    mkdirSync(elsewhere)
    const { jobId } = await test.manager.client.headOffice.again({
      id: made?.id ?? 0,
      folder: elsewhere,
    })
    const again = await exportEnded(test, jobId)
    expect(again.state).toBe('done')
    expect(filesOf(again.dir ?? '')).toEqual(filesOf(first.dir ?? ''))
    expect(again.manifestSha256).toBe(first.manifestSha256)
  })

  it('keeps a place of its own for every target', async () => {
    const other = await exportNext({ target: 'auditor', people: 'none' })
    const read = readExport(other.dir ?? '')
    expect(read.manifest).toMatchObject({ fromSeq: 1, previous: '', target: 'auditor' })
    expect(read.people).toBeNull()
  })

  it('gives whole names for a reason alone, written down, and never of the erased', async () => {
    expect(await refusalOf(exportNext({ target: 'lawyer', people: 'full' }))).toMatchObject({
      reason: 'head_office.reason_missing',
    })
    expect(await refusalOf(test.clerk.client.headOffice.start({ folder: out }))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    const asked = { people: 'full', reason: '集团法务部来函' } as const
    const whole = await exportNext({ target: 'lawyer', ...asked })
    expect(readExport(whole.dir ?? '').people).toContain('欧阳静怡,13812345521')
    await test.write((w) =>
      w
        .updateTable('customer')
        .set({ erased_at: test.now().toISOString() })
        .where('name', '=', '欧阳静怡')
        .execute(),
    )
    const later = await exportNext({ target: 'lawyer-2', ...asked })
    expect(readExport(later.dir ?? '').people).toMatch(/\d+,true,,,\r\n/)
  })

  it('can be cancelled, says where it cannot write, and leaves no half folder', async () => {
    const { jobId } = await test.manager.client.headOffice.start({ folder: out, target: 'slow' })
    expect(
      await refusalOf(test.manager.client.headOffice.start({ folder: out, target: 'other' })),
    ).toMatchObject({ reason: 'head_office.under_way' })
    await test.manager.client.headOffice.cancel({ jobId })
    expect(['cancelled', 'done']).toContain((await exportEnded(test, jobId)).state)
    expect(await refusalOf(exportNext({ folder: '' }))).toMatchObject({
      reason: 'head_office.no_folder',
    })
    expect(await refusalOf(exportNext({ folder: '/proc' }))).toMatchObject({
      reason: 'settings.folder_unwritable',
    })
    expect(await refusalOf(exportNext({ folder: '/nowhere' }))).toMatchObject({
      reason: 'settings.folder_missing',
    })
    const done = await exportNext({ target: 'slow' })
    expect(['done', 'nothing_new']).toContain(done.state)
    expect(readdirSync(out).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('publishes the shape of its lines', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: `Goodwill Desk: export for head office, ${FORMAT_VERSION}.${FORMAT_MINOR}`,
      $defs: Object.fromEntries(
        Object.entries({
          manifest: manifestShape,
          ledger: ledgerLine,
          case: caseLine,
          dayClose: dayCloseLine,
        }).map(([name, shape]) => {
          const { $schema: _, ...rest } = z.toJSONSchema(shape)
          return [name, rest]
        }),
      ),
    }
    const published = path.join(ROOT, 'resources', 'head-office', 'schema-1.json')
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(schema)
    const page = readFileSync(path.join(ROOT, 'docs', 'head-office.md'), 'utf8')
    for (const name of Object.values(columns).flat()) expect(page).toContain(`\`${name}\``)
  })
})

describe('desk export', () => {
  const desk = (args: readonly string[]): ChildProcess =>
    spawn(process.execPath, ['src-main/hosts/cli/desk.ts', 'export', '--json', ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    })

  const answerOf = (child: ChildProcess) =>
    new Promise<Record<string, unknown>>((resolve) => {
      let text = ''
      child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
      child.on('close', () => resolve(JSON.parse(text) as Record<string, unknown>))
    })

  it('is made whole by the next run when it was killed in the middle', async () => {
    const beside = path.join(out, 'beside')
    mkdirSync(beside)
    const { version } = await test.manager.client.settings.folders()
    await test.manager.client.settings.changeFolders({ exports: beside, drafts: '', version })
    expect(await test.manager.client.headOffice.exports()).toMatchObject({ folder: beside })
    await test.desk.close()
    const folder = path.join(out, 'killed')
    mkdirSync(folder)
    // The same desk at which nothing goes wrong, and which takes the folder of its settings.
    const undisturbed = path.join(out, 'undisturbed')
    cpSync(test.dir, undisturbed, { recursive: true })
    const args = ['--data', test.dir, '--out', folder, '--target', 'killed']
    const child = desk(args)
    const closed = new Promise((resolve) => child.on('close', resolve))
    // Half a folder is there: now the power goes.
    while (readdirSync(folder).length === 0 && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    child.kill('SIGKILL')
    await closed
    const half = readdirSync(folder)
    expect(half.filter((name) => !name.endsWith('.part'))).toEqual([])
    const answer = await answerOf(desk(args))
    expect(answer).toMatchObject({ ok: true, state: 'done' })
    expect(readdirSync(folder)).toHaveLength(1)
    const read = readExport(String(answer['dir']))
    expect(read.manifest.fromSeq).toBe(1)
    expect(new Set(read.cases.map((line) => `${line.caseId}:${line.revision}`)).size).toBe(
      read.cases.length,
    )
    const whole = await answerOf(desk(['--data', undisturbed, '--target', 'killed']))
    expect(path.dirname(String(whole['dir']))).toBe(beside)
    expect(filesOf(String(answer['dir']))).toEqual(filesOf(String(whole['dir'])))
  }, 180_000)
})
