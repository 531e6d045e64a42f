import { readFileSync } from 'node:fs'
import { createRouterClient, type RouterClient } from '@orpc/server'
import type { Router } from '@orpc/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DeskContract } from '../../src-main/contract.ts'
import type { CallContext, Desk } from '../../src-main/desk.ts'
import { makeTempFolder, openQuietDesk } from '../support/hosted-desk.ts'
import { NEW_STORE } from '../support/new-store.ts'
import { realFile } from '../support/import-file.ts'

let desk: Desk
let client: RouterClient<Router<DeskContract, CallContext>>
const folder = makeTempFolder('imports-desk')

beforeEach(async () => {
  desk = await openQuietDesk(folder.dir)
  client = createRouterClient(desk.router, { context: { trusted: true } })
  await client.settings.setUp(NEW_STORE)
})
afterEach(async () => {
  await desk.close()
  folder.remove()
})

const text = `导出时间,2025-07-05
小票号,销售日期,货号,品名,数量,实收金额
0001,2025-07-04,A1,电吹风,1,199.00
0002,2025-02-29,A2,茶杯,1,9.00
`

async function upload(
  fileName: string,
  bytes: Uint8Array<ArrayBuffer>,
  pieces = 2,
): Promise<string> {
  let fileId: string | null = null
  const size = Math.ceil(bytes.length / pieces)
  for (let offset = 0; offset < bytes.length; offset += size) {
    const chunk = new Blob([bytes.subarray(offset, offset + size)])
    const answer: { fileId: string } = await client.imports.upload({
      fileId,
      fileName,
      offset,
      chunk,
    })
    fileId = answer.fileId
  }
  if (fileId === null) throw new Error('nothing to upload')
  return fileId
}

async function follow(jobId: string) {
  for (;;) {
    const job = await client.imports.job({ jobId })
    if (job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const utf8 = (value: string) => new Uint8Array(Buffer.from(value))

it('takes a file from the first look to the reject file, in a worker', async () => {
  const fileId = await upload('日销售.csv', utf8(text))
  const seen = await client.imports.inspect({ fileId, kind: null })
  expect(seen).toMatchObject({
    fileName: '日销售.csv',
    encoding: 'utf-8',
    delimiter: ',',
    headerLine: 2,
    problems: [],
  })
  expect(seen.columns.map(({ header, field }) => [header, field])).toEqual([
    ['小票号', 'receiptNo'],
    ['销售日期', 'date'],
    ['货号', 'sku'],
    ['品名', 'name'],
    ['数量', 'qty'],
    ['实收金额', 'paidAmount'],
  ])
  expect(seen.firstLines[0]).toEqual({ lineNo: 1, text: '导出时间,2025-07-05' })

  const tried = await follow((await client.imports.dryRun({ fileId, mapping: seen.mapping })).jobId)
  expect(tried).toMatchObject({
    dryRun: true,
    state: 'finished',
    counts: { accepted: 1, rejected: 1 },
  })
  const done = await follow((await client.imports.start({ fileId, mapping: seen.mapping })).jobId)
  expect(done).toMatchObject({
    dryRun: false,
    state: 'finished',
    counts: { rows: 2, accepted: 1, rejected: 1 },
    totals: { file: '208.00', sales: '199.00', rejected: '9.00' },
    rejects: [{ lineNo: 4, reason: 'import.impossible_date' }],
  })
  const [past] = await client.imports.list()
  expect(past).toMatchObject({
    fileName: '日销售.csv',
    state: 'finished',
    counts: { rejected: 1 },
    totals: { file: '208.00' },
  })
  const rejects = await client.imports.rejects({ importId: done.importId ?? 0 })
  expect(await rejects.csv.text()).toContain('不存在这一天')
  const found = await client.sales.find({ text: '0001' })
  expect(found.exact).toMatchObject({ kind: 'receipt', label: '0001' })
})

it('keeps a mapping as a profile and finds it again by the header', async () => {
  const odd = '编码甲,日子,东西,个数,钱\n1,2025-07-04,A,1,10\n'
  const fileId = await upload('odd.csv', utf8(odd))
  const seen = await client.imports.inspect({ fileId, kind: 'sales' })
  expect(seen.problems.map(({ reason }) => reason)).toEqual([
    'import.lacks_date',
    'import.lacks_amount',
    'import.lacks_receiptNo',
  ])
  await expect(client.imports.start({ fileId, mapping: seen.mapping })).rejects.toMatchObject({
    data: { reason: 'import.not_sales_file' },
  })
  const mapping = {
    kind: 'sales' as const,
    columns: { receiptNo: 0, date: 1, sku: 2, qty: 3, paidAmount: 4 },
    dateOrder: 'ymd' as const,
    decimalMark: '.' as const,
  }
  await client.imports.saveProfile({ name: '总店收银', fileId, mapping })
  const again = await upload('odd2.csv', utf8(odd))
  const known = await client.imports.inspect({ fileId: again, kind: null })
  expect(known).toMatchObject({ profile: { name: '总店收银' }, mapping, problems: [] })
  const done = await follow(
    (await client.imports.start({ fileId: again, mapping: known.mapping })).jobId,
  )
  expect(done.counts).toMatchObject({ rows: 1, accepted: 1 })
  expect(await client.imports.profiles()).toMatchObject([{ name: '总店收银', kind: 'sales' }])
})

it('refuses pieces out of order, unknown files, and a second import beside the first', async () => {
  const fileId = await upload('a.csv', utf8(text), 1)
  await expect(
    client.imports.upload({ fileId, fileName: 'a.csv', offset: 1, chunk: new Blob(['x']) }),
  ).rejects.toMatchObject({ data: { reason: 'import.piece_out_of_order' } })
  await expect(
    client.imports.inspect({ fileId: 'never-was-here', kind: null }),
  ).rejects.toMatchObject({
    data: { reason: 'import.file_unknown' },
  })
  const { mapping } = await client.imports.inspect({ fileId, kind: null })
  const { jobId } = await client.imports.start({ fileId, mapping })
  await expect(client.imports.start({ fileId, mapping })).rejects.toMatchObject({
    data: { reason: 'import.busy' },
  })
  await follow(jobId)
})

it('says what a payment bill is when somebody imports it', async ({ skip }) => {
  const { file, missing } = realFile('cn-payment-bill-exports/alipay_gb18030.csv')
  skip(missing !== undefined, missing)
  const fileId = await upload('alipay.csv', new Uint8Array(readFileSync(file)))
  const seen = await client.imports.inspect({ fileId, kind: null })
  expect(seen).toMatchObject({
    headerLine: 25,
    encoding: 'gb18030',
    problems: [{ reason: 'import.payment_bill' }],
  })
  await expect(client.imports.start({ fileId, mapping: seen.mapping })).rejects.toMatchObject({
    data: { reason: 'import.payment_bill' },
  })
})

it('marks an import that a crash broke off', async () => {
  await desk.folder.store.write((w) =>
    w
      .insertInto('import_batch')
      .values({
        kind: 'sales',
        file_name: 'lost.csv',
        file_size: 1,
        file_sha256: '',
        encoding: 'utf-8',
        delimiter: ',',
        header_line: 1,
        mapping: '{}',
        state: 'running',
        operator_id: null,
        started_at: '2026-11-21T05:00:00.000Z',
        finished_at: null,
        failure: null,
        reject_file: null,
      })
      .execute(),
  )
  expect(await client.imports.list()).toMatchObject([{ fileName: 'lost.csv', state: 'failed' }])
})
