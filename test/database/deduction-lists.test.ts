import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import iconv from 'iconv-lite'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf, type TestDesk } from '../support/desk.ts'
import { openVendorDesk, type VendorDesk } from '../support/vendor-visit.ts'
import { readWorkbook } from '../support/workbook.ts'

let house: VendorDesk
let test: TestDesk

beforeAll(async () => {
  house = await openVendorDesk()
  test = house.test
})
afterAll(() => test.close())

const clerk = () => test.clerk.client.vendors
const manager = () => test.manager.client.vendors

/** Charges a vendor for goods that came back; returns how to take it back. */
async function charge(vendor: string, amount: number) {
  const { caseId } = await house.takeBack({ vendor, amount })
  const { id } = await house.claim(caseId)
  await house.agree(id, amount)
  return async () => {
    const { version } = await house.read(caseId, id)
    await manager().reverse({ claimId: id, version, reason: '对方举证' })
  }
}

async function close(vendorId: number, month: string) {
  const { entries, total } = await clerk().deductionList({ vendorId, month })
  return manager().closeMonth({
    vendorId,
    month,
    expected: { entries: entries.length, total },
  })
}

const bytesOf = async ({ content }: { content: Blob }) =>
  new Uint8Array(await content.arrayBuffer())

describe('the list of a month', () => {
  it('is closed once, as it was seen; what comes later goes to the next', async () => {
    const takeBack = await charge('雪峰', 30_000)
    await charge('雪峰', 12_345)
    const vendorId = await house.vendorId('雪峰')
    const asked = { vendorId, month: '2026-11' }
    expect(await clerk().month({ month: '2026-11' })).toMatchObject({
      rows: [{ vendor: { name: '雪峰' }, list: null, entries: 2, total: 42_345 }],
    })
    const stale = manager().closeMonth({ ...asked, expected: { entries: 1, total: 30_000 } })
    expect(await refusalOf(stale)).toMatchObject({ reason: 'vendors.list_changed' })
    const { number } = await close(vendorId, '2026-11')
    expect(number).toMatch(/^KK-0312-/)
    expect(await refusalOf(close(vendorId, '2026-11'))).toMatchObject({
      reason: 'vendors.month_closed',
    })
    // Booked on the same day, after the close: the closed list stays as it was signed.
    await takeBack()
    expect(await clerk().deductionList(asked)).toMatchObject({ number, total: 42_345 })
    expect((await clerk().deductionList(asked)).entries).toHaveLength(2)
    const next = await clerk().deductionList({ vendorId, month: '2026-12' })
    expect(next).toMatchObject({ number: null, total: -30_000, mayClose: false })
    expect(await refusalOf(close(vendorId, '2026-12'))).toMatchObject({
      reason: 'vendors.month_to_come',
    })
    await test.setNow('2026-12-31T06:00:00.000Z')
    await close(vendorId, '2026-12')
    expect(await refusalOf(close(vendorId, '2026-10'))).toMatchObject({
      reason: 'vendors.later_month_closed',
    })
    const { ledger, waiting } = await clerk().open({ vendorId })
    expect(ledger.every(({ listNumber }) => listNumber !== null)).toBe(true)
    expect({ waiting, sum: ledger.reduce((sum, each) => sum + each.amount, 0) }).toEqual({
      waiting: 0,
      sum: 42_345 - 30_000,
    })
  })

  it('says the same in CSV, GB18030 and a workbook', async () => {
    const vendorId = await house.vendorId('雪峰')
    const asked = { vendorId, month: '2026-11' }
    const csv = await clerk().listFile({ ...asked, format: 'csv' })
    const text = Buffer.from(await bytesOf(csv)).toString('utf8')
    expect(text.startsWith('\ufeff序,扣款单号,联营商')).toBe(true)
    expect(text).toContain('423.45')
    const gb = await bytesOf(await clerk().listFile({ ...asked, format: 'csv_gb18030' }))
    expect(iconv.decode(Buffer.from(gb), 'gb18030')).toBe(text.slice(1))
    const workbook = await clerk().listFile({ ...asked, format: 'xlsx' })
    const cells = readWorkbook(await bytesOf(workbook))
    expect(cells).toEqual(
      expect.arrayContaining(['联营商扣款单', '雪峰', '羊毛衫', '300', '123.45', '423.45']),
    )
    expect(cells).toContain('人民币肆佰贰拾叁元肆角伍分')
    expect(workbook.fileName).toMatch(/^KK0312\w+-2026-11-雪峰\.xlsx$/)
  })

  it('goes into the folder of the POS when it is closed', async () => {
    const month = '2026-11'
    const exported = () => manager().exportMonth({ month, format: 'xlsx' })
    expect(await refusalOf(exported())).toMatchObject({ reason: 'instructions.no_folder' })
    const exportFolder = path.join(test.dir, 'pos')
    mkdirSync(exportFolder)
    await test.manager.client.posInstructions.changeSettings({
      exportFolder,
      windowDays: 7,
      version: 0,
    })
    const { files } = await exported()
    expect(readdirSync(exportFolder)).toEqual(files)
    const written = readFileSync(path.join(exportFolder, files[0] ?? ''))
    expect(readWorkbook(new Uint8Array(written))).toContain('雪峰')
    expect(
      await refusalOf(manager().exportMonth({ month: '2026-09', format: 'csv' })),
    ).toMatchObject({
      reason: 'vendors.nothing_to_export',
    })
  })

  it('cannot be changed once it is closed', async () => {
    for (const change of [
      'update deduction_list set total = 0',
      'delete from deduction_list_entry',
      'update deduction_list_entry set list_id = list_id',
    ]) {
      await expect(test.write((w) => sql.raw(change).execute(w))).rejects.toThrow(/append-only/)
    }
  })
})
