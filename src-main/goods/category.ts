import { findCategory, tagsOf } from '../policy/categories.ts'
import { goodsCategories } from '../policy/files.ts'

/** The category and tags of goods by the store's words for them, as the rules of returns know them. */
export function kindOf(goods: { category: string; name: string }): {
  category: string | null
  tags: string[]
} {
  const code = findCategory(goodsCategories, goods)?.code ?? null
  return { category: code, tags: code === null ? [] : tagsOf(goodsCategories, code) }
}

/** Tags of a category code. */
export function tagsOfCategory(code: string | null): string[] {
  return code === null ? [] : tagsOf(goodsCategories, code)
}
