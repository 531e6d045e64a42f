import type { z } from 'zod'
import { holidaysOf } from '../foundation/holidays.ts'
import type { trial } from './contract.ts'
import type { RightsFacts } from './facts.ts'
import type { Place } from './places.ts'

export type Trial = z.output<typeof trial>

/** The facts of the try-it panel as the engine takes them. */
export function factsOfTrial(input: Trial, place: Place, currency: string): RightsFacts {
  return {
    today: input.today,
    claimedOn: null,
    ...place,
    calendar: holidaysOf(currency),
    currency,
    channel: input.channel,
    line: {
      currency,
      category: input.category,
      sku: input.sku,
      brand: input.brand,
      counter: input.counter,
      tags: input.tags,
      paid: input.paid,
      units: input.units,
      unitsSold: input.units,
      unitsReturned: 0,
      currentPrice: input.currentPrice,
    },
    tier: input.tier,
    dates: {
      sold: input.sold,
      delivered: input.delivered,
      installed: input.installed,
      exchanged: input.exchanged,
    },
    card: null,
    reason: input.reason,
    condition: input.condition,
    complete: input.complete,
    part: input.part,
    proof: input.proof,
    findings: input.findings,
    foundSubstandard: input.foundSubstandard,
    repairs: input.repairs,
    sameModelInStock: input.sameModelInStock,
    kilometres: input.kilometres,
    wish: input.wish,
  }
}
