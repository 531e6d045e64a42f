import { z } from 'zod'
import { id, instant, line, procedure } from '../foundation/procedure.ts'

export const importKinds = ['sales', 'returns', 'products', 'customers'] as const

/** What a column of the file means; each kind of file uses those that make sense for it. */
export const fields = [
  'receiptNo',
  'lineNo',
  'store',
  'till',
  'date',
  'time',
  'saleType',
  'status',
  'sku',
  'barcode',
  'name',
  'spec',
  'brand',
  'model',
  'category',
  'categoryMiddle',
  'categorySmall',
  'unit',
  'qty',
  'unitPrice',
  'listAmount',
  'discountAmount',
  'discountRate',
  'paidAmount',
  'receiptTotal',
  'refundAmount',
  'paidAt',
  'tender',
  'tenderReference',
  'promo',
  'serialNo',
  'floor',
  'counter',
  'vendor',
  'clerk',
  'cashier',
  'memberNo',
  'customerName',
  'customerPhone',
  'customerAddress',
  'originalReceiptNo',
  'returned',
  'origin',
  'listPrice',
  'serialTracked',
  'warrantyUnitMonths',
  'warrantyPartMonths',
  'warrantyMainParts',
  'warrantyProvider',
  'warrantyProviderName',
  'warrantyProviderPhone',
  'joinedOn',
  'points',
  'tier',
  'note',
] as const

/** Which column (0-based) holds which field, and how dates that could be read two ways are meant. */
export const mapping = z.object({
  kind: z.enum(importKinds),
  columns: z.partialRecord(z.enum(fields), z.int().min(0)),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).nullable(),
  decimalMark: z.enum(['.', ',']),
})

/** Names an uploaded file until it is imported or the desk restarts. */
export const fileId = z.string().regex(/^[a-z0-9-]{8,64}$/)

const problem = z.object({
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const counts = z.object({
  /** Data rows of the file: accepted + unchanged + skipped + rejected. */
  rows: z.int(),
  accepted: z.int(),
  /** Rows of receipts that are already there, exactly so. */
  unchanged: z.int(),
  /** Rows that are understood and are no sale: unpaid orders, totals, blank lines. */
  skipped: z.int(),
  rejected: z.int(),
})

/** Exact decimal sums of the rows of the file, as text, because files carry more decimals than money has. */
export const totals = z.object({
  sales: z.string(),
  returns: z.string(),
  receipts: z.int(),
  returnReceipts: z.int(),
  lines: z.int(),
  returnLines: z.int(),
  nonGoodsLines: z.int(),
  newProducts: z.int(),
  newCustomers: z.int(),
  /** Missing in results of imports made before people could be erased. */
  erasedCustomers: z.int().default(0),
  /** The sum over the file's rows: sales + returns + unchanged + skipped + rejected. */
  file: z.string(),
  unchanged: z.string(),
  skipped: z.string(),
  rejected: z.string(),
  /** Rejected rows whose amount cannot be read, so that no sum holds them. */
  rowsWithoutAmount: z.int(),
  /** Sums of the file's own money columns over every row, as the file labels them. */
  columns: z.array(z.object({ field: z.enum(fields), header: z.string(), sum: z.string() })),
  /** How returns were matched to their sales, with the number of lines. */
  links: z.array(z.object({ kind: z.string(), count: z.int() })),
})

/** A reason with the number of its rows; `params` are those of the first such row. */
const reasonCount = z.object({
  reason: z.string(),
  count: z.int(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

const rejectedRow = z.object({
  lineNo: z.int(),
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  raw: z.string(),
})

export const importsContract = {
  /** Receives a file piece by piece; the first piece names no fileId and gets one. */
  upload: procedure('sales.import')
    .input(
      z.object({
        fileId: fileId.nullable(),
        fileName: line(255).min(1),
        offset: z.int().min(0),
        chunk: z.instanceof(Blob),
      }),
    )
    .output(z.object({ fileId, size: z.int() })),
  /** Looks at the file: encoding, delimiter, header row, columns with samples and the mapping they suggest. */
  inspect: procedure('sales.import')
    .input(z.object({ fileId, kind: z.enum(importKinds).nullable() }))
    .output(
      z.object({
        fileName: z.string(),
        size: z.int(),
        encoding: z.string(),
        delimiter: z.string(),
        /** The first physical lines as they stand in the file. */
        firstLines: z.array(z.object({ lineNo: z.int(), text: z.string() })),
        headerLine: z.int(),
        columns: z.array(
          z.object({
            index: z.int(),
            header: z.string(),
            samples: z.array(z.string()),
            field: z.enum(fields).nullable(),
          }),
        ),
        mapping,
        /** The saved profile whose header is the same, if any: its mapping is the one suggested. */
        profile: z.object({ id, name: z.string() }).nullable(),
        problems: z.array(problem),
      }),
    ),
  /** Reads the whole file without writing anything. Runs as a job. */
  dryRun: procedure('sales.import')
    .input(z.object({ fileId, mapping }))
    .output(z.object({ jobId: z.string() })),
  start: procedure('sales.import')
    .input(z.object({ fileId, mapping }))
    .output(z.object({ jobId: z.string() })),
  /** How a job stands; asked again and again while it runs. */
  job: procedure('sales.import')
    .input(z.object({ jobId: z.string() }))
    .output(
      z.object({
        fileName: z.string(),
        state: z.enum(['running', 'finished', 'cancelled', 'failed']),
        dryRun: z.boolean(),
        bytesRead: z.int(),
        bytesTotal: z.int(),
        rowsPerSecond: z.int(),
        counts,
        totals,
        rejectReasons: z.array(reasonCount),
        skipReasons: z.array(reasonCount),
        /** The first rejected rows; all of them are in the reject file. */
        rejects: z.array(rejectedRow),
        rejectFile: z.string().nullable(),
        failure: problem.nullable(),
        importId: id.nullable(),
      }),
    ),
  cancel: procedure('sales.import')
    .input(z.object({ jobId: z.string() }))
    .output(z.object({ done: z.boolean() })),
  list: procedure('sales.import').output(
    z.array(
      z.object({
        id,
        kind: z.enum(importKinds),
        fileName: z.string(),
        state: z.enum(['running', 'finished', 'cancelled', 'failed']),
        startedAt: instant,
        finishedAt: instant.nullable(),
        operator: z.string(),
        counts,
        totals,
        rejectFile: z.string().nullable(),
      }),
    ),
  ),
  /** The rejected rows of an import as a CSV for a spreadsheet. */
  rejects: procedure('sales.import')
    .input(z.object({ importId: id }))
    .output(z.object({ fileName: z.string(), csv: z.instanceof(Blob) })),
  profiles: procedure('sales.import').output(
    z.array(z.object({ id, name: z.string(), kind: z.enum(importKinds), mapping })),
  ),
  /** Keeps a mapping under a name; the same name again replaces it. */
  saveProfile: procedure('sales.import')
    .input(z.object({ name: line(60).min(1), fileId, mapping }))
    .output(z.object({ id })),
}
