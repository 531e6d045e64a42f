import catalogue from '../../resources/policies/warranty-catalogue.json' with { type: 'json' }
import words from '../../resources/rights/line-words.json' with { type: 'json' }
import { findCategory } from '../cards/rules.ts'
import { holidaysOf } from '../foundation/holidays.ts'
import type { StoreProfile } from '../settings/index.ts'
import type { RightsContext } from './rules.ts'

/** The day, the place and the words by which the facts of this store are read. */
export function contextOf(
  profile: Pick<StoreProfile, 'currency'>,
  place: { country: string; region: string | null },
  today: string,
): RightsContext {
  return {
    today,
    country: place.country,
    region: place.region,
    calendar: holidaysOf(profile.currency),
    words,
    categoryOf: (goods) => findCategory(catalogue, goods)?.code ?? null,
  }
}
