import words from '../../resources/rights/line-words.json' with { type: 'json' }
import { holidaysOf } from '../foundation/holidays.ts'
import { findCategory, tagsOf } from '../policy/categories.ts'
import { goodsCategories } from '../policy/files.ts'
import type { StoreProfile } from '../settings/index.ts'
import type { RightsContext } from './rules.ts'

/** The day and the words by which the facts of this store are read. */
export function contextOf(profile: Pick<StoreProfile, 'currency'>, today: string): RightsContext {
  return {
    today,
    calendar: holidaysOf(profile.currency),
    currency: profile.currency,
    words,
    categoryOf: (goods) => {
      const code = findCategory(goodsCategories, goods)?.code
      return code === undefined ? null : { code, tags: tagsOf(goodsCategories, code) }
    },
  }
}
