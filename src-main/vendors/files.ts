import iconv from 'iconv-lite'
import type { Row } from 'write-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import { csvText } from '../foundation/csv.ts'
import { compactDocumentNumber } from '../foundation/document-number.ts'
import { formatDecimal, minorDigits } from '../foundation/money.ts'
import { toCapital } from '../foundation/rmb-capital.ts'
import type { Call } from '../handlers.ts'
import type { ListFormat } from './contract.ts'
import type { DeductionList } from './ledger.ts'
import type { WrittenTerms } from './register-store.ts'
import { wordsOf } from './words.ts'

export const mediaTypes: Record<ListFormat, string> = {
  csv: 'text/csv',
  csv_gb18030: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/**
 * A deduction list as a file: CSV in UTF-8 with its byte order mark, in GB18030 for older programs of a vendor, or a
 * workbook. The three say the same, cell by cell.
 */
export async function listFile(
  call: Call,
  list: DeductionList,
  terms: WrittenTerms,
  format: ListFormat,
): Promise<{ fileName: string; content: Uint8Array }> {
  const ending = format === 'xlsx' ? 'xlsx' : 'csv'
  const fileName = `${nameOf(list)}${format === 'csv_gb18030' ? '-gb18030' : ''}.${ending}`
  if (format === 'xlsx') return { fileName, content: await workbook(call, list, terms) }
  const text = csvText(tableOf(call, list))
  const bytes =
    format === 'csv_gb18030' ? iconv.encode(text.replace('\ufeff', ''), 'gb18030') : text
  return { fileName, content: new Uint8Array(Buffer.from(bytes)) }
}

function nameOf({ number, vendor, month }: DeductionList): string {
  // Names of vendors are typed by people: what no file system takes becomes a dash.
  const name = vendor.name.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 40)
  return [number === null ? 'open' : compactDocumentNumber(number), month, name].join('-')
}

function tableOf(call: Call, list: DeductionList): string[][] {
  const words = wordsOf(call.profile.language)
  const { currency } = list
  return [
    [...words.columns],
    ...list.entries.map((each, index) => [
      String(index + 1),
      list.number ?? '',
      list.vendor.name,
      list.month,
      each.businessDate,
      each.claimNumber,
      words.kinds[each.kind],
      words.bases[each.basis],
      each.goods,
      each.reason,
      formatDecimal(each.amount, currency),
      currency,
    ]),
    [
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      words.total,
      '',
      formatDecimal(list.total, currency),
      currency,
    ],
  ]
}

async function workbook(call: Call, list: DeductionList, terms: WrittenTerms): Promise<Uint8Array> {
  const words = wordsOf(call.profile.language)
  const digits = minorDigits(list.currency)
  // A spreadsheet knows no minor units: the figure is written from its decimal text, and the format shows it whole.
  const money = (amount: number) => ({
    type: Number,
    value: Number(formatDecimal(amount, list.currency)),
    format: digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`,
  })
  const bold = (value: string) => ({ value, fontWeight: 'bold' as const })
  const head: Row[] = [
    [{ value: words.title, fontWeight: 'bold', fontSize: 16 }],
    [words.store, call.profile.name],
    [words.vendor, list.vendor.name],
    [words.month, list.month],
    [words.number, list.number ?? words.open],
    [words.contract, terms.contractNo],
    [],
  ]
  const body: Row[] = list.entries.map((each, index) => [
    { type: Number, value: index + 1 },
    each.businessDate,
    each.claimNumber,
    words.kinds[each.kind],
    words.bases[each.basis],
    each.goods,
    each.reason,
    money(each.amount),
  ])
  const foot: Row[] = [
    [
      null,
      null,
      null,
      null,
      null,
      bold(words.total),
      null,
      { ...money(list.total), fontWeight: 'bold' },
    ],
    ...(list.currency === 'CNY' ? [[null, null, null, null, null, toCapital(list.total)]] : []),
  ]
  const [no, , , , date, claim, kind, basis, goods, reason, amount] = words.columns
  const titles = [no, date, claim, kind, basis, goods, reason, amount].map((each) =>
    bold(each ?? ''),
  )
  const file = writeExcelFile([...head, titles, ...body, ...foot], {
    sheet: list.month,
    columns: [6, 12, 26, 8, 10, 36, 30, 14].map((width) => ({ width })),
    orientation: 'landscape',
  })
  return new Uint8Array(await file.toBuffer())
}
