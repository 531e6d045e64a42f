import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type DataFolder, openDataFolder } from '../../src-main/database/folder.ts'
import { openSqlite, type SqliteDatabase } from '../../src-main/database/sqlite.ts'
import { bigramsOf } from '../../src-main/foundation/bigrams.ts'
import { formFor, inspectFile } from '../../src-main/imports/inspect-file.ts'
import type { JobState } from '../../src-main/imports/job.ts'
import { createImportJobs } from '../../src-main/imports/jobs.ts'
import { type Bench, type Figure, figure } from './figure.ts'

/**
 * The whole import of a file (read, decode, understand, check, write, index, link) beside raw inserts of the very rows
 * it wrote: prepared statements, one transaction, the same tables and indexes, rows already in memory.
 */
const lines = Number(process.env['GOODWILL_BENCH_LINES'] ?? 750_000)
const openData = path.resolve(import.meta.dirname, '../../../shared/data/uci-online-retail')
const target = 'at least 0.4×'

const bench: Bench = { name: 'import', run }
export default bench

async function run(): Promise<Figure[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'goodwill-import-bench-'))
  try {
    const generated = path.join(dir, 'sales.csv')
    writeSales(generated, lines)
    const figures = await measure('generated sales', generated, path.join(dir, 'generated'))
    const open = path.join(openData, 'sales_and_returns.csv')
    if (!existsSync(open)) return figures
    const repeated = path.join(dir, 'uci.csv')
    repeatSales(open, repeated, lines)
    return [...figures, ...(await measure('open UCI sales', repeated, path.join(dir, 'uci')))]
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function measure(name: string, file: string, dir: string): Promise<Figure[]> {
  const imported = openDataFolder(path.join(dir, 'imported'), 'bench', new Date())
  const raw = openDataFolder(path.join(dir, 'raw'), 'bench', new Date())
  try {
    const started = performance.now()
    const state = await importFile(file, imported)
    const seconds = (performance.now() - started) / 1000
    if (state.state !== 'finished') throw new Error(JSON.stringify(state.failure))
    const rawSeconds = insertRaw(imported.databaseFile, raw.databaseFile)
    const rows = state.counts.accepted
    return [
      figure(
        `import, ${name} (${rows} lines)`,
        rows / seconds,
        'lines/s',
        { name: 'raw inserts of the same rows', value: rows / rawSeconds },
        target,
      ),
      figure(
        `longest write lock, ${name}`,
        state.longestLockMs,
        'ms',
        { name: 'limit', value: 25 },
        'at most 25 ms',
      ),
    ]
  } finally {
    await imported.close()
    await raw.close()
  }
}

/** Imports a file as the desk does: in the worker, without a screen asking how it goes. */
async function importFile(file: string, folder: DataFolder): Promise<JobState> {
  const inspection = inspectFile(file, path.basename(file))
  const jobs = createImportJobs({ folder, log: quiet, now: () => new Date() })
  const job = {
    databaseFile: folder.databaseFile,
    rejectDir: folder.rejectDir,
    form: formFor(inspection, inspection.mapping),
    mapping: inspection.mapping,
    store: {
      storeCode: '',
      currency: 'CNY',
      microPerMinor: 10_000,
      timeZone: 'Asia/Shanghai',
      cutoffMinutes: 0,
      language: 'zh-CN' as const,
    },
    operatorId: null,
    dryRun: false,
  }
  jobs.start('bench', 'none', job, () => Promise.resolve())
  const state = await jobs.finished('bench')
  await jobs.close()
  return state
}

const quiet = { warn: () => undefined, error: () => undefined }

const copied = [
  'import_batch',
  'customer',
  'product',
  'receipt',
  'sale_line',
  'tender',
  'returned_unit',
]

/** The same look-ups as a database usually keeps them: indexes that grow with each row. */
const plainIndexes = `
DROP TABLE receipt_of_product; DROP TABLE receipt_by_tail; DROP TABLE receipt_by_amount;
CREATE INDEX sale_line_product ON sale_line (product_id, receipt_id) WHERE product_id IS NOT NULL;
CREATE INDEX receipt_by_tail ON receipt (content_hash, business_date);
CREATE INDEX receipt_by_amount ON receipt (total, business_date);`

/** Seconds spent in raw inserts of everything the import wrote; reading the rows is not counted. */
function insertRaw(from: string, to: string): number {
  const source = openSqlite(from, { readonly: true })
  const target = openSqlite(to)
  let ms = 0
  try {
    // As the import: references are known to be good, and a return may stand before its sale.
    target.pragma('foreign_keys = OFF')
    target.exec(plainIndexes)
    target.exec('BEGIN IMMEDIATE')
    for (const table of copied) ms += copyTable(source, target, table)
    ms += copyGrams(
      source,
      target,
      'product',
      "name || ' ' || brand || ' ' || model || ' ' || category",
    )
    ms += copyGrams(source, target, 'customer', 'name')
    const started = performance.now()
    target.exec('COMMIT')
    // The import writes its WAL back as it goes; what both have done at the end must be the same.
    target.pragma('wal_checkpoint(TRUNCATE)')
    return (ms + performance.now() - started) / 1000
  } finally {
    source.close()
    target.close()
  }
}

const rowsAtOnce = 50_000

function copyTable(source: SqliteDatabase, target: SqliteDatabase, table: string): number {
  const columns = (source.pragma(`table_info(${table})`) as { name: string }[]).map(
    (one) => one.name,
  )
  const insert = target.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  const select = source.prepare(`SELECT * FROM ${table} WHERE id > ? ORDER BY id LIMIT ?`).raw()
  let ms = 0
  let last = 0
  for (;;) {
    const rows = select.all(last, rowsAtOnce) as unknown[][]
    const end = rows.at(-1)
    if (!end) return ms
    last = end[columns.indexOf('id')] as number
    const started = performance.now()
    for (const row of rows) insert.run(row)
    ms += performance.now() - started
  }
}

function copyGrams(
  source: SqliteDatabase,
  target: SqliteDatabase,
  table: 'product' | 'customer',
  text: string,
): number {
  const rows = source.prepare(`SELECT id, ${text} AS text FROM ${table}`).all() as {
    id: number
    text: string
  }[]
  const grams = rows.map((row) => [row.id, bigramsOf(row.text)])
  const insert = target.prepare(`INSERT INTO ${table}_grams (rowid, grams) VALUES (?, ?)`)
  const started = performance.now()
  for (const row of grams) insert.run(row)
  return performance.now() - started
}

const goods = [
  '电吹风',
  '保温杯',
  '运动鞋',
  '羊毛衫',
  '蓝牙耳机',
  '电饭煲',
  '行李箱',
  '连衣裙',
  '洗发露',
  '台灯',
]
const brands = ['松风', '青禾', '远山', '云杉', '海棠', '北斗', '白鹭', '晨光里', '南湖', '金盏']
const tenders = ['微信支付', '支付宝', '现金', '银行卡', '购物卡']

/** A till's export as a department store has it: receipts of one to five lines, members, tenders, a few returns. */
function writeSales(file: string, count: number): void {
  const handle = openSync(file, 'w')
  const random = sequence(20_261_121)
  let text =
    '\ufeff门店,收银机号,小票号,销售日期,销售时间,货号,条码,品名,数量,单价,实收金额,收款方式,专柜,供应商,会员卡号,收银员,原小票号\r\n'
  let written = 0
  for (let receipt = 1; written < count; receipt += 1) {
    const day = new Date(Date.UTC(2025, 0, 1) + Math.floor(receipt / 700) * 86_400_000)
    const date = day.toISOString().slice(0, 10)
    const time = `${10 + (receipt % 11)}:${String(random(60)).padStart(2, '0')}:${String(random(60)).padStart(2, '0')}`
    const till = 1 + random(24)
    const number = `X${String(receipt).padStart(8, '0')}`
    const member = random(10) < 3 ? `V${String(random(20_000)).padStart(6, '0')}` : ''
    const isReturn = receipt > 1000 && random(50) === 0
    const sold = isReturn ? receipt - 1 - random(900) : receipt
    const original = isReturn ? `X${String(sold).padStart(8, '0')}` : ''
    const tender = tenders[random(tenders.length)] ?? ''
    const size = 1 + (sold % 5)
    for (let index = 0; index < size && written < count; index += 1) {
      const product = (sold * 31 + index * 7_919) % 20_000
      const qty = (1 + (product % 3)) * (isReturn ? -1 : 1)
      const price = 500 + ((product * 7_919) % 90_000)
      const paid = Math.round((price * qty * (70 + (sold % 31))) / 100)
      const name = `${brands[product % 10] ?? ''}${goods[Math.floor(product / 10) % 10] ?? ''}${product}型`
      text += `S01,${till},${number},${date},${time},${String(product).padStart(6, '0')},69${String(product).padStart(11, '0')},${name},${qty},${(price / 100).toFixed(2)},${(paid / 100).toFixed(2)},${tender},${product % 40}号柜,供应商${product % 300},${member},C${till},${original}\r\n`
      written += 1
    }
    if (text.length > 4_000_000) {
      writeSync(handle, text)
      text = ''
    }
  }
  writeSync(handle, text)
  closeSync(handle)
}

/**
 * The open UCI file over and over until it has about `count` lines, each round with invoices and customers of its own:
 * as many real lines as the whole data set has, so that the figure is not the start of a worker.
 */
function repeatSales(from: string, to: string, count: number): void {
  const [header = '', ...rows] = readFileSync(from, 'utf8').trimEnd().split(/\r?\n/)
  const handle = openSync(to, 'w')
  writeSync(handle, `${header}\n`)
  for (let round = 0; round * rows.length < count; round += 1) {
    const mark = String(round).padStart(2, '0')
    const own = rows.map((row) =>
      row.replace(/^([A-Z]?\d+),/, `$1${mark},`).replace(/,(\d+)\.0,([^,]*)$/, `,$1${mark}.0,$2`),
    )
    writeSync(handle, `${own.join('\n')}\n`)
  }
  closeSync(handle)
}

/** A small generator of whole numbers below its argument, the same for the same seed. */
function sequence(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
