import type { z } from 'zod'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { sumMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { decideUnits, type FrozenLine } from '../rights/index.ts'
import type { priceAsk } from './contract.ts'
import { listGivenBack } from './money-store.ts'
import { findRefundSale, listReturnedUnits, type RefundSaleLine } from './store.ts'

/**
 * What the rules say of a fallen price, line by line: for the units asked about, else for all that are still with the
 * customer. The price is the catalogue's, or the one that was seen.
 */
export async function draftPrices(r: ReadHandle, call: Call, ask: z.output<typeof priceAsk>) {
  const sale = await findRefundSale(r, ask.receiptId)
  if (!sale) refuse('refunds.unknown_sale')
  if (sale.kind === 'return') refuse('refunds.return_receipt', { receiptNo: sale.receiptNo })
  const returned = await listReturnedUnits(r, sale.id)
  const { allowances } = await listGivenBack(r, sale.id)
  const left = ({ id, units }: RefundSaleLine) => units - (returned.get(id)?.length ?? 0)
  const lines = sale.lines.filter(
    (line) => line.kind === 'goods' && line.paidAmount > 0 && left(line) > 0,
  )
  const asked = lines.map((line) => {
    const own = ask.lines.find(({ saleLineId }) => saleLineId === line.id)
    const units = Math.min(own?.units ?? left(line), left(line))
    return { line, units: Math.max(units, 1), seenPrice: own?.seenPrice ?? null }
  })
  const decided = await decideUnits(
    r,
    call,
    sale.id,
    asked.map(({ line, units, seenPrice }) => ({
      saleLineId: line.id,
      units,
      answer: { reason: 'price' as const, receipt: true, ...(seenPrice !== null && { seenPrice }) },
    })),
  )
  return {
    currency: sale.currency,
    lines: asked.map(({ line, units }, at) => ({
      saleLineId: line.id,
      name: line.name,
      unitsLeft: left(line),
      units,
      given: sumMoney((allowances.get(line.id) ?? []).map(({ amount }) => amount)),
      ...sayOf(decided[at] ?? null, line),
    })),
  }
}

/** The price difference a verdict grants, or why it grants none. */
function sayOf(decided: FrozenLine | null, line: RefundSaleLine) {
  const remedy = decided?.verdict.remedies.find((each) => each.remedy === 'price_difference')
  return {
    paid: decided?.facts.line.paid ?? line.paidAmount,
    price: decided?.facts.line.currentPrice ?? null,
    amount: remedy?.allowed ? remedy.amount : 0,
    until: remedy?.allowed ? remedy.until : null,
    basis: [...(remedy?.basis ?? [])],
    reasons: (remedy?.allowed === false ? remedy.reasons : []).map(({ key, params }) => ({
      key,
      params: { ...params },
    })),
  }
}
