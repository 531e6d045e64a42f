import type { z } from 'zod'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import type { intakeItem } from './contract.ts'
import {
  insertQuote,
  listQuotes,
  listWorks,
  type QuoteRecord,
  writeAnswer,
} from './course-store.ts'
import { attachAll } from './evidence.ts'
import { accountOf } from './account.ts'
import type { RepairItemRecord } from './store.ts'
import { takeAnswer, type Work } from './ticket.ts'

type Item = z.output<typeof intakeItem>
type QuoteAsk = NonNullable<Item['quote']>
type ConsentAsk = NonNullable<Item['consent']>

/**
 * Quotes a paid repair: what it will cost, and what it may cost at most without asking again. A quote before it no
 * longer counts, consent or not. Refuses a limit below the estimate or below what was spent already.
 */
export async function writeQuote(work: Work, quote: QuoteAsk): Promise<number> {
  const { w, call, moment, item, repair } = work
  const { estimate, limit, note } = quote
  if (limit < estimate) refuse('repairs.limit_below_estimate', { name: item.name })
  const { fees } = accountOf(item, await listWorks(w, [item.id]))
  if (limit < fees) {
    refuse('repairs.limit_below_fees', {
      fees: formatMoney(fees, repair.currency, call.profile.language),
    })
  }
  const quoteId = await insertQuote(w, {
    itemId: item.id,
    estimate,
    limit,
    note,
    at: moment.at,
    by: moment.actorId,
  })
  await takeAnswer(work, 'quote', {
    event: 'repair_quoted',
    data: { quoteId, amount: estimate, limit, currency: repair.currency },
  })
  return quoteId
}

/** The customer says yes (who, how, when) or no to the open quote. */
export async function answerQuote(
  work: Work,
  quoteId: number,
  answer: { consent: ConsentAsk } | { declined: string },
): Promise<RepairItemRecord> {
  const { w, call, moment, item, repair } = work
  const quote = (await listQuotes(w, [item.id])).find((each) => each.id === quoteId)
  if (!quote) refuse('repairs.unknown_quote')
  const consent = 'consent' in answer ? answer.consent : null
  const isWritten = await writeAnswer(w, quote, {
    state: consent ? 'consented' : 'declined',
    at: moment.at,
    by: moment.actorId,
    how: consent?.how ?? null,
    name: consent?.by ?? '',
    signature: consent?.signature ?? null,
  })
  if (!isWritten) refuse('repairs.quote_answered')
  await attachAll(w, call, moment, {
    repair,
    files: [consent?.signature ?? null],
    role: 'signature',
    label: consent?.by ?? '',
  })
  const figures = { quoteId, amount: quote.estimate, limit: quote.limit, currency: repair.currency }
  if (consent) {
    return takeAnswer(work, 'consent', {
      event: 'repair_consented',
      data: { ...figures, how: consent.how, by: consent.by },
      audit: { signature: consent.signature },
    })
  }
  return takeAnswer(work, 'decline', {
    event: 'repair_declined',
    data: { ...figures, note: 'declined' in answer ? answer.declined : '' },
  })
}

/** The quote the customer agreed to last, while it counts. */
export function consentedQuote(quotes: readonly QuoteRecord[]): QuoteRecord | undefined {
  return quotes.findLast(({ state }) => state === 'consented')
}
