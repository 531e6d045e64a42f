import lineWords from '../../resources/rights/line-words.json' with { type: 'json' }
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
    words: lineWords,
    categoryOf,
  }
}

type Kind = ReturnType<RightsContext['categoryOf']>

/** Words of goods that were looked up before: a store sells the same goods all day. */
const known = new Map<string, Kind>()
const mostKnown = 20_000

function categoryOf(goods: { category: string; name: string }): Kind {
  const words = `${goods.category}\n${goods.name}`
  const before = known.get(words)
  if (before !== undefined) return before
  const code = findCategory(goodsCategories, goods)?.code
  const kind = code === undefined ? null : { code, tags: tagsOf(goodsCategories, code) }
  if (known.size >= mostKnown) known.clear()
  known.set(words, kind)
  return kind
}
