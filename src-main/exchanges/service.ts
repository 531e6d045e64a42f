import { command, query, type RoomHandlers } from '../handlers.ts'
import { describeReturn, requireVoucherLawful } from '../refunds/index.ts'
import { authorityFor } from './authority.ts'
import type { exchangesContract } from './contract.ts'
import { requireFreeSerials } from './free-serials.ts'
import { goodsHandlers } from './goods.ts'
import { type ExchangeQuote, quoteExchange } from './quote.ts'
import { recordExchange } from './record.ts'
import type { Verdict } from '../policy/facts.ts'
import { settingsHandlers } from './settings.ts'
import { stepHandlers } from './steps.ts'
import { viewHandlers } from './views.ts'

/** A quote as the contract tells it. */
function describeQuote(quote: ExchangeQuote, reason: Parameters<typeof describeReturn>[2]) {
  const { back, settlement, credit, given, difference } = quote
  return {
    ...describeReturn(back, settlement, reason),
    credit,
    given,
    difference,
    rounding: settlement.rounding,
    returned: back.lines.map(({ choice, units, amount, fee }, at) => ({
      saleLineId: choice.line.id,
      name: choice.line.name,
      units: units.length,
      unitNos: units.map((unit) => unit.unitNo),
      amount,
      fee: fee?.amount ?? 0,
      soldSerialNos: [...new Set(quote.serials[at]?.sold.map((each) => each.serialNo))],
      serials: quote.serials[at]?.units ?? [],
      granted: isGranted(back.decision.lines[at]?.verdict),
    })),
    lines: quote.lines.map((line) => ({
      ...line,
      name: line.choice.goods.name,
      units: line.choice.units,
      discountReason: line.choice.discount?.reason ?? '',
    })),
    carried: quote.carried,
    collect: quote.collect,
    figures: quote.figures.map((each) => ({ ...each, detail: { ...each.detail } })),
  }
}

function isGranted(verdict: Pick<Verdict, 'remedies'> | undefined): boolean | null {
  const found = verdict?.remedies.find(({ remedy }) => remedy === 'exchange')
  return found ? found.allowed : null
}

export const exchangesHandlers: RoomHandlers<typeof exchangesContract> = {
  ...settingsHandlers,
  ...viewHandlers,
  ...goodsHandlers,
  ...stepHandlers,

  preview: query(async (r, call, input) => {
    const quote = await quoteExchange(r, call, input)
    const units = quote.serials.flatMap((line) => line.units)
    await requireFreeSerials(r, call, quote.lines, { exchangeId: null, units })
    const { sale } = quote.back
    const { payBacks } = quote.settlement
    await requireVoucherLawful(r, call, { sale, payBacks }, input.voucherHolder)
    return {
      ...describeQuote(quote, input.reason),
      ...(await authorityFor(r, call, quote, input)),
    }
  }),

  record: command(
    ['exchanges', 'refunds', 'sales', 'cases', 'approvals', 'instructions', 'vouchers'],
    recordExchange,
  ),
}
