import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BusinessDate } from '../foundation/business-date.ts'
import type { DemoCalendar } from './calendar.ts'
import { type DemoProduct, productTable } from './catalogue.ts'
import type { DemoDesk } from './desk.ts'
import type { Member } from './people.ts'
import { encodeCsv, memberTable, saleTable } from './pos-export.ts'
import type { Chance } from './random.ts'
import { type DemoReceipt, inventSales } from './sales.ts'

export const storeName = '江城百货'

export interface DemoData {
  products: DemoProduct[]
  members: Member[]
  receipts: DemoReceipt[]
}

/** Catalogue, members and sales as other systems of the store export them, by the file each comes in. */
function exportsOf(data: DemoData) {
  return [
    { kind: 'products', fileName: 'products.csv', content: encodeCsv(productTable(data.products)) },
    { kind: 'customers', fileName: 'customers.csv', content: encodeCsv(memberTable(data.members)) },
    {
      kind: 'sales',
      fileName: 'sales.csv',
      content: encodeCsv(saleTable(storeName, data.receipts)),
    },
  ] as const
}

/** Brings the store's data in the way a store does it. */
export async function importExports(desk: DemoDesk, data: DemoData): Promise<void> {
  for (const file of exportsOf(data)) await importFile(desk, file)
}

/** Hands a file to the product's own import and waits for it. A row it refuses is a mistake of this generator. */
async function importFile(
  desk: DemoDesk,
  { kind, fileName, content }: ReturnType<typeof exportsOf>[number],
): Promise<void> {
  const { imports } = desk.system
  const chunk = new Blob([new Uint8Array(content)])
  const { fileId } = await imports.upload({ fileId: null, fileName, offset: 0, chunk })
  const { mapping } = await imports.inspect({ fileId, kind })
  const { jobId } = await imports.start({ fileId, mapping })
  for (;;) {
    const job = await imports.job({ jobId })
    if (job.state === 'finished' && job.counts.rejected === 0) return
    if (job.state !== 'running') {
      throw new Error(`${fileName}: ${job.state} ${JSON.stringify(job.failure ?? job.rejects[0])}`)
    }
    await sleep(5)
  }
}

/** Leaves the files in the data folder: the sales as they came, and a small export to try the import with. */
export async function writeTillFiles(
  desk: DemoDesk,
  chance: Chance,
  calendar: DemoCalendar,
  data: DemoData,
): Promise<void> {
  const dir = path.join(desk.dir, 'demo')
  await mkdir(dir, { recursive: true })
  for (const { fileName, content } of exportsOf(data)) {
    await writeFile(path.join(dir, fileName), content)
  }
  const small = encodeCsv(tryTable(chance, calendar, data))
  await writeFile(path.join(dir, 'try-import.csv'), small)
}

/** Yesterday's slips of a till that was offline, five of whose rows no desk should guess at. */
function tryTable(
  chance: Chance,
  calendar: DemoCalendar,
  { products, members }: DemoData,
): string[][] {
  const date = calendar.date(1)
  const slips = inventSales(chance, products, members, { today: date, lastMinute: 24 * 60 })
    .filter((receipt) => receipt.date === date && !receipt.isReturn)
    .slice(0, 8)
    .map((receipt, at) => ({ ...receipt, till: '501', receiptNo: offlineNumber(date, at + 1) }))
  const table = saleTable(storeName, slips)
  const header = table[1] ?? []
  const spoilt: [string, string][] = [
    ['条码', '6.90E+12'],
    ['销售日期', '2026-13-40'],
    ['数量', '两'],
    ['实收金额', '待定'],
    ['货号', '1.01E+06'],
  ]
  const rows = slips.slice(0, 1)
  spoilt.forEach(([column, cell], at) => {
    const [row] = saleTable(
      '',
      rows.map((slip) => ({ ...slip, receiptNo: offlineNumber(date, 90 + at) })),
    ).slice(2)
    if (!row) return
    row[header.indexOf(column)] = cell
    table.splice(table.length - 1, 0, row)
  })
  return table
}

function offlineNumber(date: BusinessDate, serial: number): string {
  return `0312-501-${date.slice(2).replaceAll('-', '')}-${String(serial).padStart(4, '0')}`
}
