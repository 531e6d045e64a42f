import type { ReadHandle } from '../database/store.ts'
import { partRefund, shareOfVendor } from './rules.ts'
import { sumMoney } from '../foundation/money.ts'

/** Something the store gave for a case. `vendor` is whose goods it was for; null where it was for none. */
export interface Cost {
  kind: 'goods' | 'freight' | 'test_fee' | 'compensation' | 'repair'
  number: string
  amount: number
  /** By whose goods it was: what of the amount is which vendor's. */
  shares: { vendor: string; amount: number }[]
}

/** Everything the store gave for a case so far, in the order it did. Nothing that was only promised counts. */
export async function listCosts(r: ReadHandle, caseId: number): Promise<Cost[]> {
  return [
    ...(await listRefundCosts(r, caseId)),
    ...(await listRepairCosts(r, caseId)),
    ...(await listTestFees(r, caseId)),
    ...(await listCompensation(r, caseId)),
  ]
}

async function listRefundCosts(r: ReadHandle, caseId: number): Promise<Cost[]> {
  const refunds = await r
    .selectFrom('refund')
    .leftJoin('exchange', 'exchange.id', 'refund.exchange_id')
    .select(['refund.id', 'refund.number', 'refund.amount', 'exchange.number as exchangeNumber'])
    .where('refund.case_id', '=', caseId)
    .where('refund.state', '=', 'recorded')
    .where((row) =>
      row.or([row('exchange.state', 'is', null), row('exchange.state', '<>', 'void')]),
    )
    .orderBy('refund.id')
    .execute()
  const costs: Cost[] = []
  for (const refund of refunds) {
    const lines = await listRefundedLines(r, refund.id)
    const spent = await listExpenses(r, refund.id)
    const parts = partRefund({ paidOut: refund.amount, costs: spent })
    const number = refund.exchangeNumber ?? refund.number
    const vendors = [...new Set(lines.map(({ vendor }) => vendor))]
    const each = [
      { kind: 'goods' as const, amount: parts.goods },
      { kind: 'freight' as const, amount: parts.freight },
      { kind: 'test_fee' as const, amount: parts.testFee },
    ]
    for (const { kind, amount } of each) {
      if (amount <= 0) continue
      const shares = vendors.map((vendor) => ({
        vendor,
        amount: shareOfVendor(amount, lines, vendor),
      }))
      costs.push({ kind, number, amount, shares })
    }
  }
  return costs
}

async function listRefundedLines(r: ReadHandle, refundId: number) {
  const returned = await r
    .selectFrom('refund_line')
    .innerJoin('sale_line', 'sale_line.id', 'refund_line.sale_line_id')
    .select(['sale_line.vendor', 'refund_line.amount'])
    .where('refund_line.refund_id', '=', refundId)
    .execute()
  const allowed = await r
    .selectFrom('refund_allowance')
    .innerJoin('sale_line', 'sale_line.id', 'refund_allowance.sale_line_id')
    .select(['sale_line.vendor', 'refund_allowance.amount'])
    .where('refund_allowance.refund_id', '=', refundId)
    .execute()
  return [...returned, ...allowed]
}

async function listExpenses(r: ReadHandle, refundId: number) {
  return r
    .selectFrom('refund_cost')
    .select([
      'kind',
      'amount',
      'paid_by as paidBy',
      'customer_amount as customerAmount',
      'store_amount as storeAmount',
    ])
    .where('refund_id', '=', refundId)
    .execute()
}

/** Work on goods the customer did not have to pay for. */
async function listRepairCosts(r: ReadHandle, caseId: number): Promise<Cost[]> {
  const rows = await r
    .selectFrom('repair_fee')
    .innerJoin('repair_work', 'repair_work.id', 'repair_fee.work_id')
    .innerJoin('repair_item', 'repair_item.id', 'repair_work.item_id')
    .innerJoin('repair', 'repair.id', 'repair_item.repair_id')
    .leftJoin('sale_line', 'sale_line.id', 'repair_item.sale_line_id')
    .select(['repair.number', 'sale_line.vendor'])
    .select((row) => row.fn.sum<number>('repair_fee.amount').as('amount'))
    .where('repair.case_id', '=', caseId)
    .where('repair_item.acceptance', '=', 'free')
    .groupBy(['repair.number', 'sale_line.vendor'])
    .execute()
  return rows
    .filter(({ amount }) => amount > 0)
    .map(({ number, amount, vendor }) => ({
      kind: 'repair' as const,
      number,
      amount,
      shares: [{ vendor: vendor ?? '', amount }],
    }))
}

/** Tests the store paid for and bears; one that a refund reckoned with already stands there. */
async function listTestFees(r: ReadHandle, caseId: number): Promise<Cost[]> {
  const rows = await r
    .selectFrom('test_certificate')
    .select(['number', 'fee as amount'])
    .where('case_id', '=', caseId)
    .where('paid_by', '=', 'store')
    .where('bearer', '=', 'store')
    .where('fee', '>', 0)
    .where('voided_at', 'is', null)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('refund_cost')
            .innerJoin('refund', 'refund.id', 'refund_cost.refund_id')
            .select('refund_cost.id')
            .whereRef('refund.case_id', '=', 'test_certificate.case_id')
            .where('refund.state', '=', 'recorded')
            .where('refund_cost.kind', '=', 'test_fee'),
        ),
      ),
    )
    .orderBy('id')
    .execute()
  return rows.map(({ number, amount }) => ({
    kind: 'test_fee' as const,
    number,
    amount,
    shares: [{ vendor: '', amount }],
  }))
}

async function listCompensation(r: ReadHandle, caseId: number): Promise<Cost[]> {
  const gifts = await r
    .selectFrom('goodwill_entry')
    .select(['what as number', 'amount'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  const paid = await r
    .selectFrom('compensation')
    .select(['number', 'amount'])
    .where('case_id', '=', caseId)
    .where('voided_at', 'is', null)
    .orderBy('id')
    .execute()
  return [...gifts, ...paid].map(({ number, amount }) => ({
    kind: 'compensation' as const,
    number,
    amount,
    shares: [{ vendor: '', amount }],
  }))
}

/** What others bear of a case already: charges that stand, and what carriers paid without one. */
export async function sumBornByOthers(r: ReadHandle, caseId: number): Promise<number> {
  const charges = await r
    .selectFrom('charge_back')
    .innerJoin('vendor_claim', 'vendor_claim.id', 'charge_back.claim_id')
    .select('charge_back.amount')
    .where('vendor_claim.case_id', '=', caseId)
    .execute()
  const paid = await r
    .selectFrom('carrier_claim')
    .select('received_amount as amount')
    .where('case_id', '=', caseId)
    .where('state', '=', 'settled')
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('vendor_claim')
            .select('vendor_claim.id')
            .whereRef('vendor_claim.carrier_claim_id', '=', 'carrier_claim.id')
            .where('vendor_claim.state', 'in', ['agreed', 'deemed', 'ruled']),
        ),
      ),
    )
    .execute()
  return sumMoney([...charges, ...paid].map(({ amount }) => amount ?? 0))
}

/** Units that came back in a case, by whose they are; void papers left out. */
export async function listUnitsBack(r: ReadHandle, caseId: number) {
  return r
    .selectFrom('returned_unit')
    .innerJoin('refund', 'refund.id', 'returned_unit.refund_id')
    .innerJoin('sale_line', 'sale_line.id', 'returned_unit.sale_line_id')
    .select([
      'returned_unit.sale_line_id as saleLineId',
      'returned_unit.unit_no as unitNo',
      'sale_line.vendor',
      'sale_line.name',
    ])
    .where('refund.case_id', '=', caseId)
    .where('refund.state', '=', 'recorded')
    .where('returned_unit.live', '=', 1)
    .orderBy('returned_unit.id')
    .execute()
}

/** What a case is about: lines named by its complaints and repairs, with the words that were said. */
export async function listSubjects(r: ReadHandle, caseId: number) {
  const complaints = await r
    .selectFrom('complaint')
    .leftJoin('sale_line', 'sale_line.id', 'complaint.sale_line_id')
    .select([
      'complaint.id as complaintId',
      'complaint.sale_line_id as saleLineId',
      'complaint.vendor',
      'complaint.text as fault',
      'sale_line.name',
      'sale_line.vendor as lineVendor',
      'sale_line.units',
    ])
    .where('complaint.case_id', '=', caseId)
    .orderBy('complaint.id')
    .execute()
  const repairs = await r
    .selectFrom('repair_item')
    .innerJoin('repair', 'repair.id', 'repair_item.repair_id')
    .innerJoin('sale_line', 'sale_line.id', 'repair_item.sale_line_id')
    .select([
      'repair_item.sale_line_id as saleLineId',
      'repair_item.unit_no as unitNo',
      'repair_item.fault',
      'sale_line.vendor',
      'sale_line.name',
    ])
    .where('repair.case_id', '=', caseId)
    .orderBy('repair_item.id')
    .execute()
  return [
    ...complaints.map((each) => ({
      complaintId: each.complaintId,
      saleLineId: each.saleLineId,
      unitNo: each.units === 1 ? 1 : 0,
      vendor: each.lineVendor || each.vendor,
      name: each.name ?? '',
      fault: each.fault,
    })),
    ...repairs.map((each) => ({ ...each, complaintId: null, unitNo: each.unitNo ?? 0 })),
  ]
}

/** What the findings of a case say others answer for, in money: the split that holds. */
export async function listLiability(r: ReadHandle, caseId: number) {
  return r
    .selectFrom('liability_share')
    .innerJoin('liability_split', 'liability_split.id', 'liability_share.split_id')
    .select([
      'liability_share.party',
      'liability_share.party_name as name',
      'liability_share.amount',
    ])
    .where('liability_share.case_id', '=', caseId)
    .where('liability_split.live', '=', 1)
    .where('liability_split.sealed', '=', 1)
    .where('liability_share.party', 'in', ['vendor', 'carrier'])
    .execute()
}

/** Claims on carriers of a case that the refunds room opened. */
export async function listCarrierClaims(r: ReadHandle, caseId: number) {
  return r
    .selectFrom('carrier_claim')
    .innerJoin('refund', 'refund.id', 'carrier_claim.refund_id')
    .select([
      'carrier_claim.id',
      'carrier_claim.carrier',
      'carrier_claim.waybill',
      'carrier_claim.state',
      'carrier_claim.opened_on as openedOn',
      'carrier_claim.freight_amount as freight',
      'carrier_claim.goods_amount as goods',
      'refund.number',
    ])
    .where('carrier_claim.case_id', '=', caseId)
    .where('carrier_claim.state', '<>', 'dropped')
    .orderBy('carrier_claim.id')
    .execute()
}

/** Open claims on carriers that no notice was written for. */
export async function countUntoldCarriers(r: ReadHandle): Promise<number> {
  const { count } = await r
    .selectFrom('carrier_claim')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('state', '=', 'open')
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('vendor_claim')
            .select('vendor_claim.id')
            .whereRef('vendor_claim.carrier_claim_id', '=', 'carrier_claim.id')
            .where('vendor_claim.state', 'not in', ['drafted', 'withdrawn', 'reversed']),
        ),
      ),
    )
    .executeTakeFirstOrThrow()
  return count
}

/** A case with its currency: that of its sale, else of its papers; null where it has neither. */
export async function findCaseMoney(
  r: ReadHandle,
  caseId: number,
): Promise<{ currency: string | null } | undefined> {
  return r
    .selectFrom('case_file')
    .leftJoin('receipt', 'receipt.id', 'case_file.receipt_id')
    .leftJoin('refund', 'refund.case_id', 'case_file.id')
    .select((each) => each.fn.coalesce('receipt.currency', 'refund.currency').as('currency'))
    .where('case_file.id', '=', caseId)
    .executeTakeFirst()
}

/** From the goods of a case back to their slip, clerk, counter, vendor and batch. */
export async function traceCase(r: ReadHandle, caseId: number, lineIds: readonly number[]) {
  if (lineIds.length === 0) return []
  const rows = await r
    .selectFrom('sale_line')
    .innerJoin('receipt', 'receipt.id', 'sale_line.receipt_id')
    .leftJoin('vendor', (join) =>
      join.onRef('vendor.name', '=', 'sale_line.vendor').on('vendor.kind', '=', 'vendor'),
    )
    .select([
      'sale_line.id as saleLineId',
      'receipt.id as receiptId',
      'receipt.receipt_no as receiptNo',
      'receipt.business_date as soldOn',
      'receipt.cashier',
      'receipt.currency',
      'sale_line.name',
      'sale_line.sku',
      'sale_line.clerk',
      'sale_line.floor',
      'sale_line.counter',
      'sale_line.serial_no as serialNo',
      'sale_line.units',
      'sale_line.paid_amount as paid',
      'sale_line.product_id as productId',
      'vendor.id as vendorId',
      'vendor.name as vendorName',
    ])
    .where('sale_line.id', 'in', [...lineIds])
    .orderBy('sale_line.id')
    .execute()
  const traced = []
  for (const row of rows) {
    const cards = await r
      .selectFrom('card_line')
      .select(['batch_no', 'serial_no'])
      .where('sale_line_id', '=', row.saleLineId)
      .execute()
    const batches = distinct(cards.map((each) => each.batch_no))
    const { productId, serialNo, vendorId, vendorName, ...told } = row
    traced.push({
      ...told,
      vendor:
        vendorId === null || vendorName === null
          ? null
          : { id: vendorId, kind: 'vendor' as const, name: vendorName },
      batches,
      serials: distinct([serialNo, ...cards.map((each) => each.serial_no)]),
      sameProduct: productId === null ? 0 : await countSameProduct(r, caseId, productId),
      sameBatch: await countSameBatch(r, caseId, batches),
    })
  }
  return traced
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words.filter((each) => each !== ''))]
}

async function countSameProduct(r: ReadHandle, caseId: number, productId: number): Promise<number> {
  const { count } = await r
    .selectFrom('complaint')
    .select((row) => row.fn.count<number>('case_id').distinct().as('count'))
    .where('product_id', '=', productId)
    .where('case_id', '<>', caseId)
    .executeTakeFirstOrThrow()
  return count
}

async function countSameBatch(
  r: ReadHandle,
  caseId: number,
  batches: readonly string[],
): Promise<number> {
  if (batches.length === 0) return 0
  const { count } = await r
    .selectFrom('complaint')
    .innerJoin('card_line', 'card_line.sale_line_id', 'complaint.sale_line_id')
    .select((row) => row.fn.count<number>('complaint.case_id').distinct().as('count'))
    .where('card_line.batch_no', 'in', [...batches])
    .where('complaint.case_id', '<>', caseId)
    .executeTakeFirstOrThrow()
  return count
}
